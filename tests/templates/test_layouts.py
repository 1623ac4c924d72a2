"""The layouts and the error page, as whole pages: what strangers and signed-in people meet, what every page keeps."""

from collections import Counter

import pytest

LANGUAGES = [("en", "English"), ("fr", "Français")]
RECORD = (
    '{% extends "layouts/record.html" %}{% block title %}Session 1{% endblock %}{% block kicker %}WGETI{% endblock %}'
    '{% block lead %}Four presentations.{% endblock %}{% block acts %}<a href="/x">Add</a>{% endblock %}'
    '{% block sections %}<section class="sec">…</section>{% endblock %}'
)
STATUSES = [400, 403, 404, 405, 409, 413, 422, 429, 500, 503]


def text_of(element):
    return " ".join(element.text_content().split())


def menu_of(page):
    return {text_of(link): link.get("href") for link in page.findall('.//nav[@class="nav nav-big"]//a')}


def test_stranger_meets_the_public_menu_and_a_way_in(parse_page):
    page = parse_page(RECORD)
    assert menu_of(page) == {
        "Plan": "/plan/index",
        "Sessions": "/sessions/index",
        "Documents": "/documents/index",
        "Follow-ups": "/follow_ups/index",
        "Calendars": "/calendars/index",
        "All registers": "/home/registers",
    }
    assert page.find('.//div[@class="mast-top"]//a[@href="/account/sign_in"]') is not None
    assert page.find('.//form[@action="/account/sign_out"]') is None


def test_signed_in_person_has_a_name_and_a_way_out(parse_page):
    page = parse_page(RECORD, person_name="Delegate of State A")
    assert text_of(page.find('.//details[@class="account"]/summary')) == "Delegate of State A"
    form = page.find('.//form[@action="/account/sign_out"]')
    assert (form.get("method"), form.find("input").get("value")) == ("post", "token-of-the-session")
    assert page.find('.//a[@href="/account/sign_in"]') is None


def test_officers_find_the_workbench(parse_page):
    assert menu_of(parse_page(RECORD, is_officer=True))["Workbench"] == "/administration/workbench"


def test_current_entry_of_the_menu_is_marked(parse_page):
    page = parse_page(RECORD, current="sessions")
    marked = page.findall('.//nav[@class="nav nav-big"]//a[@aria-current="page"]')
    assert [text_of(link) for link in marked] == ["Sessions"]


def test_child_template_can_set_its_place_in_the_menu(parse_page):
    page = parse_page(
        '{% extends "layouts/record.html" %}{% set current = "plan" %}{% block title %}Plan{% endblock %}'
    )
    marked = page.findall('.//nav[@class="nav nav-big"]//a[@aria-current="page"]')
    assert [text_of(link) for link in marked] == ["Plan"]


@pytest.mark.parametrize(("languages", "shown"), [([], []), (LANGUAGES[:1], []), (LANGUAGES, ["English", "Français"])])
def test_language_switch_shows_only_what_can_be_switched(parse_page, languages, shown):
    page = parse_page(RECORD, languages=languages, lang="fr")
    links = page.findall('.//div[@class="mast-top"]/ul[@class="lg"]//a')
    assert [text_of(link) for link in links] == shown
    assert [link.get("lang") for link in links if link.get("aria-current")] == (["fr"] if shown else [])


def test_language_and_direction_of_the_page(parse_page):
    page = parse_page(RECORD, lang="ar", dir="rtl")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize("illustration", [True, False])
def test_worked_examples_say_so(parse_page, illustration):
    note = parse_page(RECORD, illustration=illustration).find('.//aside[@class="illus"]')
    assert (note is not None) is illustration
    if illustration:
        assert text_of(note) == (
            "Illustration. A worked example: the body, its States and its papers are made up. "
            "Nothing here was decided by the Conference."
        )


def test_messages_are_read_aloud(environment):
    environment = environment.overlay()
    environment.globals = {
        **environment.globals,
        "get_flashed_messages": lambda **_options: [("message", "Saved <b>."), ("late", "Not sent.")],
    }
    markup = environment.from_string(RECORD).render()
    assert "Saved &lt;b&gt;." in markup
    assert markup.count('role="status"') == 2
    assert 'class="notice notice-late"' in markup


def test_record_has_one_head(parse_page):
    page = parse_page(RECORD)
    assert text_of(page.find(".//title")) == "Session 1 - Planner"
    assert [text_of(heading) for heading in page.iter("h1")] == ["Session 1"]
    assert text_of(page.find('.//div[@class="head"]')) == "WGETISession 1Four presentations.Add"


def test_head_without_kicker_lead_and_acts_has_only_its_title(parse_page):
    page = parse_page('{% extends "layouts/record.html" %}{% block title %}Plan{% endblock %}')
    head = page.find('.//div[@class="head"]')
    assert [node.tag for node in head.iter()] == ["div", "div", "h1"]


def test_record_shows_its_chain(parse_page):
    stations = [{"label": "Plan", "items": [("Version 3", None)], "position": "here"}]
    assert parse_page(RECORD).find('.//nav[@class="chain"]') is None
    assert text_of(parse_page(RECORD, stations=stations).find('.//nav[@class="chain"]')) == "PlanVersion 3"


REGISTER = (
    '{% extends "layouts/register.html" %}{% block title %}Documents{% endblock %}'
    "{% block count %}Showing 1 to 2 of 2.{% endblock %}{% block table %}<table></table>{% endblock %}"
    '{% block pager %}<nav class="pager"></nav>{% endblock %}{% block empty %}<div class="empty"></div>{% endblock %}'
)


def test_register_offers_what_it_shows_as_a_file(parse_page):
    page = parse_page(REGISTER, csv_url="/documents.csv")
    assert text_of(page.find('.//main/p[@class="cap gap"]')) == "Showing 1 to 2 of 2. Download what is shown (CSV)"
    assert page.find('.//a[@href="/documents.csv"]') is not None
    assert page.find('.//div[@class="empty"]') is None


def test_empty_register_says_so_instead(parse_page):
    page = parse_page(REGISTER, has_rows=False, csv_url="/documents.csv")
    assert page.find('.//div[@class="empty"]') is not None
    assert page.find(".//main//table") is None
    assert page.find('.//a[@href="/documents.csv"]') is None


@pytest.mark.parametrize("status", STATUSES)
def test_error_page_says_what_happened_and_where_to_go(parse_page, status):
    page = parse_page('{% extends "errors/error.html" %}', status=status)
    head = page.find('.//div[@class="head"]')
    assert text_of(head.find('.//p[@class="kicker"]')) == f"Error {status}"
    assert text_of(head.find(".//h1"))
    assert text_of(head.find('.//p[@class="lead"]'))
    ways = [link.get("href") for link in page.findall(".//main//ul//a")]
    assert ways[:2] == ["/home/index", "/home/search"]


def test_error_pages_differ(render):
    markups = {render('{% extends "errors/error.html" %}', status=status) for status in STATUSES}
    assert len(markups) == len(STATUSES)


def test_unlisted_statuses_fall_back(parse_page):
    titles = {
        status: text_of(parse_page('{% extends "errors/error.html" %}', status=status).find(".//h1"))
        for status in (415, 502)
    }
    assert titles == {415: "This request cannot be read", 502: "The program made a mistake"}


def test_error_page_takes_better_words(parse_page):
    page = parse_page(
        '{% extends "errors/error.html" %}',
        status=409,
        title="Room 3 is taken",
        text="Session 2 is there until 13:00.",
        links=[("Session 2", "/sessions/2")],
        reference="a1b2",
    )
    assert text_of(page.find(".//h1")) == "Room 3 is taken"
    assert text_of(page.find('.//p[@class="lead"]')) == "Session 2 is there until 13:00."
    assert page.find('.//main//a[@href="/sessions/2"]') is not None
    assert "Reference: a1b2" in text_of(page.find(".//main"))


@pytest.mark.parametrize(
    "source", [RECORD, REGISTER, '{% extends "layouts/form.html" %}', '{% extends "errors/error.html" %}']
)
def test_every_page_obeys_the_content_policy(parse_page, source):
    page = parse_page(source, status=404, languages=LANGUAGES, person_name="A", is_officer=True, illustration=True)
    attributes = [key for node in page.iter() for key in node.attrib]
    assert [key for key in attributes if key == "style" or key.startswith("on")] == []
    assert page.findall(".//style") == []
    assert [script.get("src") for script in page.iter("script")] == [
        f"/static/js/{name}.js" for name in ("copy", "zone", "confirm", "unsaved", "menus")
    ]
    assert {script.get("type") for script in page.iter("script")} == {"module"}
    assert [text for script in page.iter("script") if (text := (script.text or "").strip())] == []
    assert len(page.findall('.//link[@rel="stylesheet"]')) <= 3


@pytest.mark.parametrize(
    "source", [RECORD, REGISTER, '{% extends "layouts/form.html" %}', '{% extends "errors/error.html" %}']
)
def test_ids_are_unique_and_the_skip_link_has_a_target(parse_page, source):
    page = parse_page(source, status=404, languages=LANGUAGES, person_name="A")
    ids = Counter(node.get("id") for node in page.iter() if node.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert page.find('.//a[@class="skip"]').get("href") == "#main"
    assert "main" in ids


@pytest.mark.parametrize("name", ["person_name", "treaty_name", "search_query", "title", "text"])
def test_markup_in_context_is_text(render, name):
    markup = render('{% extends "errors/error.html" %}', status=404, **{name: "<x-evil>"})
    assert "&lt;x-evil&gt;" in markup
    assert "<x-evil>" not in markup
