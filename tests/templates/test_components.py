"""Each macro against the markup that the stylesheets and screen readers rely on, and against markup in its values."""

import pytest
from lxml import html
from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.fields.choices import SelectChoice

from planner.pictures.balance import balance as lay_out

EVIL = '<x-evil onclick="1">\'&'


class ItemForm(Form):
    title = StringField("Topic", [validators.InputRequired("Name the topic.")], description="One line.")
    articles = StringField("Articles")
    question = TextAreaField("Guiding question")
    cycle = SelectField("Cycle", choices=[SelectChoice("13", "CSP13"), SelectChoice("14", "CSP14")])
    bodies = SelectMultipleField("Bodies", choices=[SelectChoice("wgeti", "WGETI"), SelectChoice("wgtr", "WGTR")])
    mode = RadioField("Mode", choices=[SelectChoice("person", "In person"), SelectChoice("hybrid", "Hybrid")])
    closed = BooleanField("Closed to observers")
    version = HiddenField()


def text_of(element):
    return " ".join(element.text_content().split())


def outline(element):
    """Return a tree as (tag, class) pairs in document order, the wrapping div left out."""
    return [(node.tag, node.get("class")) for node in element.iter() if node is not element]


def test_state_is_told_by_colour_shape_and_word(parse):
    tree = parse('{% from "components/state.html" import state %}{{ state(tone="open", word="draft", shape="draft") }}')
    assert outline(tree) == [("span", "st st-open"), ("svg", "i"), ("use", None), ("span", None)]
    assert tree.find(".//use").get("href") == "#i-draft"
    assert text_of(tree) == "draft"


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("takes_note", "#i-v1"),
        ("takes note", "#i-v1"),
        ("welcomes", "#i-v2"),
        ("endorses", "#i-v3"),
        ("adopts", "#i-v4"),
        ("establishes", "#i-settled"),
        ("confirms", "#i-settled"),
    ],
)
def test_verb_has_the_mark_of_its_weight(parse, name, mark):
    tree = parse('{% from "components/verb.html" import verb %}{{ verb(name=name, word="by CSP5") }}', name=name)
    assert tree.find(".//use").get("href") == mark


def test_class_of_stakeholder_shows_its_name_or_two_letters(parse):
    tree = parse(
        '{% from "components/cls.html" import cls %}'
        '{{ cls(code="RO") }}{{ cls(code="CS", short=true) }}{{ cls(code="XX", name="Facilitator") }}'
    )
    assert [(span.get("class"), text_of(span)) for span in tree.findall("span")] == [
        ("cls k-ro", "Regional organisation"),
        ("cls k-cs", "CS"),
        ("cls k-xx", "Facilitator"),
    ]
    assert tree.find(".//abbr").get("title") == "Civil society"


def test_chain_marks_where_the_record_stands_and_says_what_is_missing(parse):
    stations = [
        {"label": "Plan", "items": [("Version 3", "/plan")], "position": "behind", "far": True},
        {"label": "Question", "items": [("2", "/q/2"), ("5", None)], "position": "behind"},
        {"label": "Session", "items": [("16 February", None)], "position": "here"},
        {"label": "Action", "items": [], "position": "ahead", "far": True},
    ]
    tree = parse('{% from "components/chain.html" import chain %}{{ chain(stations=stations) }}', stations=stations)
    items = tree.findall(".//li")
    assert [(item.get("class"), item.get("aria-current"), text_of(item)) for item in items] == [
        ("far", None, "PlanVersion 3"),
        (None, None, "Question2, 5"),
        ("here", "location", "Session16 February"),
        ("later far", None, "Actionnone yet"),
    ]
    assert [link.get("href") for link in tree.iter("a")] == ["/plan", "/q/2"]
    assert tree.find("nav").get("aria-label") == "Where this record stands in the chain"


def test_section_has_its_label_beside_the_matter(parse):
    tree = parse(
        '{% from "components/section.html" import section %}'
        '{% call section(title="Items", notes=["Eleven topics.", "Numbers follow."], id="items") %}matter{% endcall %}'
    )
    assert tree.find("section").get("id") == "items"
    assert outline(tree.find("section")) == [
        ("header", None),
        ("h2", None),
        ("p", None),
        ("p", None),
        ("div", None),
    ]


def test_facts_leave_out_what_is_not_known(parse):
    tree = parse(
        '{% from "components/facts.html" import facts %}{{ facts(items=items) }}',
        items=[("Place", "Room 3"), ("Mode", None), ("Seats", 0)],
    )
    assert [(text_of(row.find("dt")), text_of(row.find("dd"))) for row in tree.findall(".//dl/div")] == [
        ("Place", "Room 3"),
        ("Seats", "0"),
    ]


def test_table_says_how_it_is_sorted_and_can_be_sorted(parse):
    columns = ["What", {"label": "Due", "url": "?sort=due", "sort": "ascending"}, {"label": "Act", "hidden": True}]
    tree = parse(
        '{% from "components/table.html" import table, tr, row_head %}'
        '{% call table(caption="Follow-ups", columns=columns, flagged=true) %}'
        '{% call tr(tone="fault") %}{{ row_head(text="Lessons", url="/f/1", sub="from CSP11") }}'
        "<td>30 October</td><td></td>{% endcall %}"
        "{% call tr() %}{{ row_head(text='List') }}<td>1 May</td><td></td>{% endcall %}{% endcall %}",
        columns=columns,
    )
    assert tree.find("table").get("class") == "tbl stackable flagged"
    assert text_of(tree.find(".//caption")) == "Follow-ups"
    assert [(head.get("aria-sort"), text_of(head)) for head in tree.findall(".//thead//th")] == [
        (None, "What"),
        ("ascending", "Due"),
        (None, "Act"),
    ]
    assert [(row.get("class"), text_of(row.find("th"))) for row in tree.findall(".//tbody/tr")] == [
        ("is-fault", "Lessonsfrom CSP11"),
        (None, "List"),
    ]


def test_data_table_names_each_row_by_its_first_cell(parse):
    tree = parse(
        '{% from "components/table.html" import data_table %}'
        '{{ data_table(caption="Topics", columns=["Cycle", "Topic"], rows=[["CSP5", "End use"]]) }}'
    )
    row = tree.find(".//tbody/tr")
    assert [(cell.tag, cell.get("scope"), text_of(cell)) for cell in row] == [
        ("th", "row", "CSP5"),
        ("td", None, "End use"),
    ]


def test_rows_carry_date_words_and_state(parse):
    items = [
        {"when": "18 Nov", "iso": "2026-11-18", "lead": "Moved.", "text": "Session 3", "tone": "late", "word": "moved"}
    ]
    tree = parse('{% from "components/rows.html" import rows %}{{ rows(items=items) }}', items=items)
    assert tree.find(".//time").get("datetime") == "2026-11-18"
    assert text_of(tree) == "18 Nov Moved. Session 3 moved"


def test_pager_marks_the_page_shown(parse):
    tree = parse(
        '{% from "components/pager.html" import pager %}{{ pager(pages=pages, next_url="?page=2", note="20 a page") }}',
        pages=[("1", "?page=1", True), ("…", None, False), ("9", "?page=9", False)],
    )
    assert [text_of(item) for item in tree.findall(".//li")] == ["1", "…", "9", "Next"]
    assert text_of(tree.find('.//*[@aria-current="page"]')) == "1"
    assert [(link.get("href"), link.get("aria-label")) for link in tree.iter("a")] == [
        ("?page=9", "Page 9"),
        ("?page=2", None),
    ]


def test_tabs_show_a_count_of_nought_but_not_an_unknown_one(parse):
    items = [
        {"text": "Documents", "url": "/documents", "count": 0, "is_current": True},
        {"text": "Outputs", "url": "/outputs", "count": None},
    ]
    tree = parse('{% from "components/tabs.html" import tabs %}{{ tabs(items=items, label="Registers") }}', items=items)
    assert [(text_of(link), link.get("aria-current")) for link in tree.iter("a")] == [
        ("Documents 0", "page"),
        ("Outputs", None),
    ]


def test_filters_ask_by_get_and_offer_a_way_back(parse):
    tree = parse(
        '{% from "components/filters.html" import filters %}'
        '{% from "components/field.html" import plain_field, plain_select %}'
        '{% call filters(action="/documents", label="Filter documents", clear_url="/documents") %}'
        '{{ plain_field(name="q", label="Words", value="tracing", type="search") }}'
        '{{ plain_select(name="cycle", label="Cycle", options=[("", "All"), ("13", "CSP13")], value=13) }}{% endcall %}'
    )
    form = tree.find("form")
    assert (form.get("method"), form.get("action"), form.get("aria-label")) == ("get", "/documents", "Filter documents")
    assert form.find('.//input[@name="q"]').get("value") == "tracing"
    assert text_of(form.find(".//option[@selected]")) == "CSP13"
    assert [text_of(part) for part in (form.find(".//button"), form.find(".//a"))] == ["Filter", "Clear"]


FIELD = '{% from "components/field.html" import field %}'


def test_field_ties_hint_and_error_to_its_control(parse):
    form = ItemForm(data={"title": ""})
    form.validate()
    tree = parse(FIELD + "{{ field(form.title, span=8, autocomplete='off') }}", form=form)
    control = tree.find(".//input")
    assert {key: control.get(key) for key in ("id", "class", "aria-describedby", "aria-invalid", "autocomplete")} == {
        "id": "title",
        "class": "in",
        "aria-describedby": "title-hint title-error",
        "aria-invalid": "true",
        "autocomplete": "off",
    }
    assert tree.find("div").get("class") == "fld g8"
    assert text_of(tree.find('.//*[@id="title-hint"]')) == "One line."
    assert text_of(tree.find('.//*[@id="title-error"]')) == "Name the topic."
    assert tree.find(".//label").get("for") == "title"


def test_field_says_that_it_may_stay_empty(parse):
    tree = parse(FIELD + "{{ field(form.articles) }}{{ field(form.cycle, optional=false) }}", form=ItemForm())
    assert [text_of(label) for label in tree.iter("label")] == ["Articles (optional)", "Cycle"]
    assert tree.find(".//select").get("class") == "in"


@pytest.mark.parametrize(("name", "kind"), [("bodies", "checkbox"), ("mode", "radio")])
def test_choice_is_a_fieldset_of_plain_boxes(parse, name, kind):
    form = ItemForm(data={"bodies": ["wgtr"], "mode": "hybrid"})
    tree = parse(FIELD + "{{ field(choice, counts={'wgtr': 4}) }}", choice=form[name])
    boxes = tree.findall(".//fieldset//input")
    assert [(box.get("type"), box.get("name"), "checked" in box.attrib) for box in boxes] == [
        (kind, name, False),
        (kind, name, True),
    ]
    assert [label.get("for") for label in tree.iter("label")] == [box.get("id") for box in boxes]
    assert tree.find(".//fieldset").get("id") == name


def test_single_box_has_its_label_behind_it(parse):
    tree = parse(FIELD + "{{ field(form.closed, hint='Titles stay hidden.') }}", form=ItemForm())
    box, label = tree.find('.//div[@class="chk"]')
    assert (box.get("type"), box.get("aria-describedby"), label.get("for")) == ("checkbox", "closed-hint", "closed")


def test_hidden_field_has_no_label(parse):
    tree = parse(FIELD + "{{ field(form.version) }}", form=ItemForm(data={"version": "7"}))
    assert [node.tag for node in tree] == ["input"]


def test_error_summary_links_to_each_field_and_takes_the_focus(parse):
    form = ItemForm(data={"title": ""})
    form.validate()
    tree = parse('{% from "components/form.html" import error_summary %}{{ error_summary(form=form) }}', form=form)
    box = tree.find("div")
    assert (box.get("role"), box.get("tabindex"), box.get("autofocus")) == ("alert", "-1", "")
    assert ("#title", "Topic: Name the topic.") in [(li.find("a").get("href"), text_of(li)) for li in tree.iter("li")]


def test_error_summary_is_absent_without_errors(render):
    source = '{% from "components/form.html" import error_summary %}{{ error_summary(form=form) }}'
    assert render(source, form=ItemForm()).strip() == ""


def test_form_carries_its_token_and_its_guard(parse):
    tree = parse(
        '{% from "components/form.html" import form %}'
        '{% call form(action="/x", csrf="token", files=true) %}{% endcall %}'
    )
    form = tree.find("form")
    assert dict(form.attrib) == {
        "class": "form",
        "method": "post",
        "action": "/x",
        "enctype": "multipart/form-data",
        "data-guard": "",
        "novalidate": "",
    }
    assert form.find("input").get("value") == "token"


def test_buttons(parse):
    tree = parse(
        '{% from "components/button.html" import button, link_button, post_button %}'
        '{{ button(text="Save", name="do", value="0") }}'
        '{{ link_button(text="Add", url="/a", kind="outlined", icon_name="cal") }}'
        '{{ post_button(text="Revoke", action="/r", csrf="t", kind="destroys", small=true,'
        ' about="feed A", confirm="Sure?", hidden={"id": 4}) }}'
    )
    save, add, revoke = tree
    assert dict(save.attrib) == {"class": "btn", "type": "submit", "name": "do", "value": "0"}
    assert (add.get("class"), add.get("href"), text_of(add)) == ("btn btn-2", "/a", "Add")
    assert [(part.get("name"), part.get("value")) for part in revoke.findall("input")] == [
        ("csrf_token", "t"),
        ("id", "4"),
    ]
    button = revoke.find("button")
    assert (button.get("class"), button.get("data-confirm"), text_of(button)) == (
        "btn btn-x btn-s",
        "Sure?",
        "Revoke feed A",
    )


def test_notice_has_tone_and_shape(parse):
    tree = parse(
        '{% from "components/notice.html" import notice %}{{ notice(title="One clash.", tone="fault", status=true) }}'
    )
    box = tree.find("div")
    assert (box.get("class"), box.get("role"), text_of(box)) == ("notice notice-fault", "status", "One clash.")
    assert box.find(".//use").get("href") == "#i-fault"


def test_empty_list_offers_one_next_step(parse):
    tree = parse(
        '{% from "components/empty.html" import empty %}'
        '{% call empty(title="No outputs yet.", text="Outline one.") %}<a href="/new">Outline</a>{% endcall %}'
    )
    assert text_of(tree) == "No outputs yet. Outline one.Outline"
    assert tree.find('.//p[@class="acts"]/a').get("href") == "/new"


def test_fold_keeps_the_table_behind_a_summary(parse):
    tree = parse(
        '{% from "components/fold.html" import fold %}{% call fold(summary="Show as a table") %}x{% endcall %}'
    )
    assert (tree.find("details").get("open"), text_of(tree.find(".//summary"))) == (None, "Show as a table")


def test_address_can_be_selected_and_tells_the_script_its_words(parse):
    tree = parse('{% from "components/address.html" import address %}{{ address(url="https://h/c.ics", label="All") }}')
    box = tree.find('.//div[@class="addr"]')
    assert (box.get("data-copy"), box.get("data-copied"), box.get("data-about")) == ("Copy", "Copied", "address of All")
    assert text_of(box.find("code")) == "https://h/c.ics"


def test_times_are_for_people_and_machines(render):
    assert (
        render(
            '{% from "components/time.html" import date, time_range %}'
            '{{ date(iso="2027-02-16", text="16 February 2027") }}'
            '{{ time_range(start="2027-02-16T10:00:00+01:00", end="2027-02-16T13:00:00+01:00",'
            ' text="10:00–13:00", zone="Europe/Zurich") }}'
        )
        == '<time datetime="2027-02-16">16 February 2027</time>'
        '<time datetime="2027-02-16T10:00:00+01:00" data-zone="Europe/Zurich" data-end="2027-02-16T13:00:00+01:00" '
        'data-own="your time">10:00–13:00</time>'
    )


def test_history_shows_old_beside_new(parse):
    entries = [
        {
            "when": "18 Nov",
            "who": "Secretariat",
            "what": "Moved session 3.",
            "changes": [{"field": "Start", "old": "10:00", "new": "15:00"}, {"field": "Room", "old": None, "new": "3"}],
        }
    ]
    tree = parse('{% from "components/history.html" import history %}{{ history(entries=entries) }}', entries=entries)
    assert [[(part.tag, text_of(part)) for part in value] for value in tree.iter("dd")] == [
        [("del", "10:00"), ("ins", "15:00")],
        [("ins", "3")],
    ]


def test_history_marks_nothing_where_a_record_was_made_and_names_a_field_once(parse):
    made = [{"field": "Room", "old": None, "new": "3"}, *({"field": "Treats", "old": None, "new": x} for x in "AB")]
    entries = [{"when": "18 Nov", "who": "Secretariat", "what": "Created.", "changes": made, "is_first": True}]
    tree = parse('{% from "components/history.html" import history %}{{ history(entries=entries) }}', entries=entries)
    assert [(text_of(value), len(value)) for value in tree.iter("dd")] == [("3", 0), ("A", 0), ("B", 0)]
    assert [(text_of(name), [part.get("class") for part in name]) for name in tree.iter("dt")] == [
        ("Room", []),
        ("Treats", []),
        ("Treats", ["vh"]),
    ]


def test_chain_folds_several_records_of_a_station_but_not_the_one_here(parse):
    several = [("2", "/q/2"), ("5", "/q/5")]
    stations = [
        {"label": "Topic", "items": several[:1], "position": "behind"},
        {"label": "Question", "items": several, "position": "behind"},
        {"label": "Session", "items": [("A", None), ("B", None)], "position": "here"},
    ]
    tree = parse('{% from "components/chain.html" import chain %}{{ chain(stations=stations) }}', stations=stations)
    assert [text_of(part) for part in tree.iter("span") if part.get("class") == "many"] == ["2, 5"]


def test_conflict_shows_both_texts_and_lets_choose(parse):
    fields = [{"name": "title", "label": "Title", "yours": "A", "theirs": "B"}]
    tree = parse(
        '{% from "components/conflict.html" import conflict %}{{ conflict(fields=fields, who="Chair") }}', fields=fields
    )
    assert [(box.get("name"), box.get("value")) for box in tree.iter("input")] == [
        ("keep_title", "yours"),
        ("keep_title", "theirs"),
    ]
    assert [text_of(side) for side in tree.findall('.//div[@class="side"]')] == ["YoursA", "Saved by ChairB"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("recalled", "recalled Not checked against a document. Source: Report, para. 30"),
        ("derived", "Worked out from other facts of the record. Source: Report, para. 30"),
        ("sourced", "Source: Report, para. 30"),
    ],
)
def test_provenance_says_how_far_a_fact_can_be_trusted(parse, kind, words):
    tree = parse(
        '{% from "components/provenance.html" import provenance %}'
        '{{ provenance(kind=kind, sources=[("Report, para. 30", "/d/1")]) }}',
        kind=kind,
    )
    assert text_of(tree) == words


TIMETABLE = '{% from "components/timetable.html" import timetable %}{{ timetable(rows=rows, axis=axis, steps=steps) }}'
OPENING = {"from_step": 0, "len_step": 2, "number": "1", "title": "Opening", "minutes": 10, "start": "10:00"}
TALK = {"from_step": 2, "len_step": 4, "number": "2", "title": "Talk", "minutes": 20, "start": "10:10", "who": "SP"}


def test_timetable_is_drawn_to_scale(parse):
    tree = parse(
        TIMETABLE,
        rows=[OPENING, {**TALK, "tone": "late", "word": "not confirmed"}],
        axis=[(0, "10:00", True)],
        steps=36,
    )
    assert tree.find(".//div").get("class") == "tt r36"
    assert [(item.get("class"), text_of(item)) for item in tree.iter("li")] == [
        ("tt-it f0 l2", "1Opening10:00 10 min"),
        ("tt-it f2 l4 k-sp late", "2Talknot confirmedState Party10:10 20 min"),
    ]
    assert [(mark.get("class"), mark.text) for mark in tree.find('.//div[@class="tt-axis"]')] == [("f0 hr", "10:00")]


@pytest.mark.parametrize(
    ("rows", "steps"),
    [
        pytest.param(
            [OPENING, {"title": "Talk", "from_step": None, "len_step": None}], 36, id="an item without a time"
        ),
        pytest.param([OPENING], None, id="a session without an end"),
        pytest.param([OPENING], 145, id="longer than twelve hours"),
    ],
)
def test_timetable_without_scale_is_a_plain_list(parse, rows, steps):
    tree = parse(TIMETABLE, rows=rows, axis=[(0, "10:00", True)], steps=steps)
    assert tree.find(".//div").get("class") == "tt tt-list"
    assert {item.get("class") for item in tree.iter("li")} == {"tt-it"}
    assert tree.find('.//div[@class="tt-axis"]') is None


def test_compact_timetable_shows_free_and_proposed_places(parse):
    rows = [
        {**TALK, "tone": "fault", "word": "clash", "is_selected": True},
        {"from_step": 6, "len_step": 4, "title": "Later visits", "note": "would start at 10:30", "tone": "ghost"},
        {"from_step": 10, "len_step": 2, "title": "10 minutes free", "tone": "free"},
    ]
    tree = parse(
        '{% from "components/timetable.html" import compact_timetable %}'
        '{{ compact_timetable(rows=rows, axis=[(0, "10:00", true)], steps=36) }}',
        rows=rows,
    )
    assert [(item.get("class"), text_of(item)) for item in tree.iter("li")] == [
        ("tt-it f2 l4 k-sp fault sel", "Talk10:10 20′ minutesSPclash"),
        ("tt-it f6 l4 ghost", "Later visitswould start at 10:30"),
        ("tt-it f10 l2 free", "10 minutes free"),
    ]


def test_balance_draws_the_bar_and_tells_its_minutes(parse):
    tree = parse(
        '{% from "components/balance.html" import balance %}{{ balance(segments=segments) }}',
        segments=lay_out({"RA": 10, "SP": 30, "RO": 0}),
    )
    bars = tree.findall(".//rect")
    assert [(bar.get("class"), bar.get("x"), bar.get("width")) for bar in bars] == [
        ("f-sp", "0.0", "747.0"),
        ("f-ra", "751.0", "249.0"),
    ]
    assert [text_of(item) for item in tree.iter("li")] == ["SP 30", "RA 10"]


def test_balance_of_nothing_is_nothing(render):
    assert render('{% from "components/balance.html" import balance %}{{ balance(segments=()) }}').strip() == ""


def test_progress_says_in_words_what_its_bar_shows(parse):
    tree = parse(
        '{% from "components/progress.html" import progress %}'
        '{{ progress(done=6, total=116, word="6 of 116 answers") }}'
    )
    bar = tree.find(".//progress")
    assert (bar.get("value"), bar.get("max"), text_of(tree)) == ("6", "116", "6 of 116 answers")


CALLS = {
    "state": "state(tone='late', word=x)",
    "verb": "verb(name=x, word=x)",
    "cls": "cls(code='SP', name=x) }}{{ cls(code='SP', name=x, short=true)",
    "recalled": "recalled(word=x)",
    "chain": "chain(label=x, stations=[{'label': x, 'items': [(x, x), (x, none)], 'position': 'behind'},"
    " {'label': x, 'items': [(x, x)], 'position': 'here'}])",
    "head": "head(title=x, kicker=x, lead=x)",
    "facts": "facts(items=[(x, x)])",
    "rows": "rows(items=[{'when': x, 'iso': x, 'lead': x, 'text': x, 'url': x, 'sub': x, 'tone': 'late', 'word': x}])",
    "pager": "pager(pages=[(x, x, false), (x, none, false)], previous_url=x, next_url=x, note=x)",
    "tabs": "tabs(items=[{'text': x, 'url': x, 'count': x}], label=x)",
    "notice": "notice(title=x, text=x)",
    "empty": "empty(title=x, text=x)",
    "address": "address(url=x, label=x)",
    "steps": "steps(items=[x])",
    "history": "history(entries=[{'when': x, 'iso': x, 'who': x, 'what': x, 'reason': x,"
    " 'changes': [{'field': x, 'old': x, 'new': x}]}])",
    "conflict": "conflict(who=x, fields=[{'name': 'a', 'label': x, 'yours': x, 'theirs': x}])",
    "provenance": "provenance(kind='sourced', sources=[(x, x), (x, none)], note=x)",
    "timetable": "timetable(steps=12, axis=[(0, x, true)], caption=x, figure=x, rows=[{'from_step': 0, 'len_step': 2,"
    " 'number': x, 'title': x, 'url': x, 'note': x, 'who': 'SP', 'who_name': x, 'minutes': x, 'start': x,"
    " 'tone': 'late', 'word': x}])",
    "timetable.compact_timetable": "compact_timetable(steps=12, axis=[(0, x, true)], rows=[{'from_step': 0,"
    " 'len_step': 2, 'title': x, 'url': x, 'who': 'SP', 'who_name': x, 'minutes': x, 'start': x, 'word': x,"
    " 'action': x}])",
    "progress": "progress(done=x, total=x, word=x)",
    "table.data_table": "data_table(caption=x, columns=[x, {'label': x, 'url': x, 'class': x}], rows=[[x, x]])",
    "table.row_head": "row_head(text=x, url=x, sub=x, extra=x)",
    "time.date": "date(iso=x, text=x)",
    "time.time_range": "time_range(start=x, end=x, text=x, zone=x)",
    "button": "button(text=x, name=x, value=x, about=x, confirm=x)",
    "button.link_button": "link_button(text=x, url=x, about=x)",
    "button.post_button": "post_button(text=x, action=x, csrf=x, about=x, confirm=x, hidden={'a': x})",
    "field.plain_field": "plain_field(name='a', label=x, value=x, hint=x)",
    "field.plain_select": "plain_select(name='a', label=x, options=[(x, x)])",
    "form.error_summary": "error_summary(items=[(x, x), (x, none)])",
}


@pytest.mark.parametrize("name", CALLS)
def test_markup_in_values_is_text(render, name):
    file, _, macro = name.partition(".")
    source = f'{{% from "components/{file}.html" import {macro or file} %}}{{{{ {CALLS[name]} }}}}'
    markup = render(source, x=EVIL)
    tree = html.fragment_fromstring(markup, create_parent="div")
    assert EVIL in "".join([tree.text_content(), *(value for node in tree.iter() for value in node.attrib.values())])
    assert tree.find(".//x-evil") is None
    assert [key for node in tree.iter() for key in node.attrib if key.startswith("on") or key == "style"] == []


def test_markup_in_field_values_is_text(parse):
    form = ItemForm(data={"title": EVIL, "articles": EVIL})
    form.title.errors = [EVIL]
    form.bodies.choices = [SelectChoice(EVIL, EVIL)]
    tree = parse(
        FIELD
        + "{{ field(form.title, label=x, hint=x) }}{{ field(form.bodies, counts={x: x}) }}{{ field(form.articles) }}",
        form=form,
        x=EVIL,
    )
    assert tree.find(".//x-evil") is None
    assert tree.find('.//input[@name="articles"]').get("value") == EVIL
