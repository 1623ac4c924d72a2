"""The papers that are built: what they say, in order, and that they are papers in every language and form."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.papers.comments_table import CommentsTable, comments_table
from planner.papers.docx import docx_bytes
from planner.papers.draft_plan import DraftPlan, draft_plan
from planner.papers.front import Front
from planner.papers.pdf import pdf_bytes
from planner.papers.shape import Annex, Bullets, Heading, NumberedParagraph, Table, contents_of, plain
from planner.papers.statement import Statement, statement
from planner.rules.comment_rows import CommentRow
from planner.rules.partial_dates import PartialDate
from planner.rules.redline import Item, PlanText, clauses, compare
from planner.rules.redline.sentences import Names

from .word_reader import settled

AT = datetime(2026, 11, 12, 8, tzinfo=UTC)
FRONT = Front(
    organisation="Arms Trade Treaty",
    body="Working Group on Effective Treaty Implementation",
    dated=date(2026, 11, 12),
    modified_at=AT,
    symbol="ATT/CSP13.WGETI/2026/CHAIR/…/M1.DrWP",
    original="en",
    is_serial_allotted=False,
    is_illustration=True,
    submitted_by="Submitted by the facilitators through the Chair.",
)
ITEMS = (
    Item(1, "theme", None, 0, 0, {"title": "Lessons learned", "years": "2026/27", "text": "What **went wrong**."}),
    Item(2, "theme", None, 1, 1, {"title": "Transit", "years": "2027/28", "rationale": "It was put off."}),
    Item(
        3,
        "topic",
        1,
        0,
        1,
        {
            "title": "Warning signs",
            "text": "Signs in:\n\n1. papers\n2. routes",
            "articles": ("11(2)", "15(4)"),
            "stages": ("Before the transfer",),
        },
    ),
    Item(4, "topic", 2, 1, 1, {"title": "Hubs"}),
    Item(5, "question", 3, 0, 0, {"title": "Which signs do officers know?"}),
    Item(6, "question", 3, 0, 0, {"title": "Who is told?"}),
    Item(7, "question", 4, 1, 1, {"title": "Who inspects?"}),
    Item(8, "expected_output", 1, 0, 0, {"title": "A catalogue of signs", "output_kind": "guidance"}),
)
PLAN = DraftPlan(
    FRONT, "Plan on diversion", "Drafted on the mandate of CSP12.", PlanText(ITEMS), {0: "CSP13", 1: "CSP14"}
)


FACTS = (
    "Runs to CSP14. Stage of the transfer chain: Before the transfer. Articles: 11(2), 15(4). "
    "The guiding questions are in annex A, paragraphs 1 to 2."
)


def said(paper):
    """Return each block as (its kind, its texts)."""
    return [
        (type(block).__name__, block.title if isinstance(block, Annex) else [plain(one) for one in contents_of(block)])
        for block in paper.blocks
    ]


def test_the_draft_plan():
    paper = draft_plan(PLAN)
    assert (paper.head.title, paper.head.lead) == ("Draft multi-year work plan", "Plan on diversion")
    assert (paper.head.date, paper.head.original) == ("12 November 2026", "Original: English")
    assert paper.head.state == "Draft, serial not yet allotted"
    assert paper.head.submitted_by.endswith("through the Chair. Illustration; not a document of the Treaty.")
    assert said(paper) == [
        ("Contents", []),
        ("Heading", ["Introduction"]),
        ("NumberedParagraph", ["Drafted on the mandate of CSP12."]),
        ("Heading", ["Overview"]),
        (
            "NumberedParagraph",
            ["The plan covers CSP13 to CSP14, with one theme or more for each cycle, as shown in the table."],
        ),
        (
            "Table",
            ["CSP13", "2026/27", "Lessons learned", "1.1 Warning signs", "CSP14", "2027/28", "Transit", "2.1 Hubs"],
        ),
        ("Heading", ["Themes and topics"]),
        ("Heading", ["Lessons learned (CSP13, 2026/27)"]),
        ("NumberedParagraph", ["What went wrong."]),
        ("NumberedParagraph", ["Item 1.1. Warning signs. Signs in:"]),
        ("LetteredList", ["papers", "routes"]),
        (
            "NumberedParagraph",
            [FACTS],
        ),
        ("NumberedParagraph", ["Expected outputs:"]),
        ("Bullets", ["A catalogue of signs"]),
        ("Heading", ["Transit (CSP14, 2027/28)"]),
        ("NumberedParagraph", ["Rationale. It was put off."]),
        ("NumberedParagraph", ["Item 2.1. Hubs."]),
        ("NumberedParagraph", ["The guiding questions are in annex B, paragraph 1."]),
        ("Annex", "Guiding questions: Lessons learned"),
        ("Heading", ["Item 1.1. Warning signs"]),
        ("NumberedParagraph", ["Which signs do officers know?"]),
        ("NumberedParagraph", ["Who is told?"]),
        ("Annex", "Guiding questions: Transit"),
        ("Heading", ["Item 2.1. Hubs"]),
        ("NumberedParagraph", ["Who inspects?"]),
    ]
    assert [block.letter for block in paper.blocks if isinstance(block, Annex)] == ["A", "B"]


def test_a_plan_without_items_says_so():
    paper = draft_plan(replace(PLAN, text=PlanText(()), introduction=" "))
    assert said(paper)[1:] == [
        ("Heading", ["Themes and topics"]),
        ("NumberedParagraph", ["This version holds no themes yet."]),
    ]


def test_the_only_annex_has_no_letter():
    paper = draft_plan(replace(PLAN, text=PlanText(tuple(item for item in ITEMS if item.id != 7))))
    (annex,) = (block for block in paper.blocks if isinstance(block, Annex))
    assert (annex.letter, annex.restarts) == ("", True)
    assert any("in annex, paragraphs 1 to 2." in text for kind, texts in said(paper) for text in texts)


@pytest.mark.parametrize(
    ("language", "title", "dated", "facts"),
    [
        ("fr", "Projet de plan de travail pluriannuel", "12 novembre 2026", "à l’annexe A, paragraphes 1 à 2."),
        ("es", "Proyecto de plan de trabajo plurianual", "12 de noviembre de 2026", "en el anexo A, párrafos 1 a 2."),
    ],
)
def test_the_draft_plan_in_other_languages(language, title, dated, facts):
    paper = draft_plan(replace(PLAN, front=replace(FRONT, language=language)))
    assert (paper.head.title, paper.head.date) == (title, dated)
    assert any(facts in text for _, texts in said(paper) for text in texts)
    # what the plan says stays English, and says so
    question = next(b for b in paper.blocks if isinstance(b, NumberedParagraph) and plain(b.content) == "Who is told?")
    assert [run.language for run in question.content] == ["en"]


@pytest.mark.parametrize(
    ("known", "english", "french", "spanish"),
    [
        (date(2027, 1, 1), "1 January 2027", "1er janvier 2027", "1 de enero de 2027"),
        (PartialDate(2027, 8, 1), "1 August 2027", "1er août 2027", "1 de agosto de 2027"),
        (PartialDate(2027, 8), "August 2027", "août 2027", "agosto de 2027"),
        (PartialDate(2027), "2027", "2027", "2027"),
    ],
)
def test_dates_as_far_as_they_are_known(known, english, french, spanish):
    fronts = (replace(FRONT, dated=known, language=language) for language in ("en", "fr", "es"))
    assert [front.head("T").date for front in fronts] == [english, french, spanish]


def told(old, new, **more):
    redline = compare(old, new)
    names = Names({0: "CSP13", 1: "CSP14"}, {item.id: item.title for item in (*old.items, *new.items)})
    laid = clauses(redline, old, new)
    return Statement(FRONT, "Plan on diversion", "version 2", "version 3", "Facilitator", redline, laid, names, **more)


def changed_items():
    found = {item.id: item for item in ITEMS}
    del found[7], found[4]
    found[3] = replace(
        found[3],
        said={
            **found[3].said,
            "title": "Early warning signs",
            "articles": ("11(2)",),
            "text": "Signs in:\n\n1. papers\n\nNew.",
        },
    )
    found[9] = Item(9, "question", 3, 0, 0, {"title": "Why so late?"})
    return PlanText(tuple(found.values()))


def test_the_statement_tells_and_shows_each_change():
    paper = statement(told(PlanText(ITEMS), changed_items()))
    assert paper.head.lead == "Plan on diversion: version 3, compared with version 2"
    sentences = [text for kind, texts in said(paper) for text in texts if kind == "NumberedParagraph"]
    assert sentences[0] == (
        "6 changes lead from version 2 to version 3. Each is told below, and shown in the text that follows."
    )
    assert {
        "“Why so late?” is new, in CSP13.",
        "“Hubs” is taken out.",
        "“Early warning signs”: Title changed.",
    } <= set(sentences)
    written = docx_bytes(paper)
    new, old = ([text for _, text in settled(written, accept=way)] for way in (True, False))
    assert "Item 1.1. Early warning signs" in new
    assert "Item 1.1. Warning signs" in old
    assert "routes" in old
    assert "routes" not in new
    assert "New." in new
    assert "Articles of the Treaty: 11(2)" in new
    assert "Articles of the Treaty: 11(2), 15(4)" in old
    assert "Item 2.1. Hubs" in old
    assert "Item 2.1. " in new


def test_versions_that_say_the_same():
    paper = statement(told(PlanText(ITEMS), PlanText(ITEMS)))
    assert said(paper) == [
        ("Heading", ["Changes"]),
        ("NumberedParagraph", ["version 3 says the same as version 2."]),
    ]


def comment(key, **facts):
    values = {
        "id": key,
        "rev": 1,
        "version_id": 1,
        "item_id": 3,
        "item_place": 3,
        "item_number": "1.1",
        "item_kind": "topic",
        "item_title": "Warning signs",
        "cycle_code": "CSP13",
        "stakeholder_id": key,
        "stakeholder": f"State {key}",
        "stakeholder_class": "state_party",
        "kind": "remark",
        "text": "Fine.",
        "proposed_title": None,
        "proposed_text": None,
        "submitted_at": AT,
        "is_late": False,
        "is_withdrawn": False,
        "in_reply_to_id": None,
        "through": None,
        "is_answered": False,
        "disposition": None,
        "reason": None,
        "disposed_at": None,
        "applied_at": None,
    }
    return CommentRow(**(values | facts))


ROWS = (
    comment(1, kind="proposed_wording", text=None, proposed_title="Signs", proposed_text="Signs in:\n\n- routes"),
    comment(2, disposition="taken_in_part", reason="The *second* half.", is_late=True),
    comment(3, stakeholder="A State", is_withdrawn=True, text=None),
    comment(4, item_id=None, item_place=0, item_number="", item_kind=None, item_title=None, kind="support"),
)


def test_the_table_of_comments():
    paper = comments_table(CommentsTable(FRONT, "version 2", ROWS))
    by_item, by_state = (block for block in paper.blocks if isinstance(block, Table))
    rows = [[plain(cell.content) for cell in row.cells] for row in by_item.rows]
    day = "12 November 2026"
    assert rows == [
        ["The plan as a whole", f"State 4\n{day}", "Support\nFine.", "Not answered yet."],
        [
            "1.1 Warning signs",
            f"State 1\n{day}",
            "Proposed wording\nProposed title: Signs\nProposed text: Signs in:\n– routes",
            "Not answered yet.",
        ],
        ["1.1 Warning signs", f"State 2\n{day}, late", "Remark\nFine.", "Taken in part.\nThe second half."],
        ["1.1 Warning signs", f"A State\n{day}", "Remark\nWithdrawn.", ""],
    ]
    assert by_state.head == ("From", "Item", "Comment", "What became of it, and why")
    assert [plain(row.cells[0].content).split("\n")[0] for row in by_state.rows] == [
        "A State",
        "State 1",
        "State 2",
        "State 4",
    ]
    assert [plain(content) for block in paper.blocks[:1] for content in contents_of(block)] == [
        "4 comments, those that its reader may see, are given by item, then by State or organisation."
    ]


def test_no_comments():
    paper = comments_table(CommentsTable(FRONT, "version 2", ()))
    assert said(paper) == [
        ("NumberedParagraph", ["This paper holds no comment: there is none that its reader may see."])
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_paper_is_the_same_each_time_in_both_forms(language):
    front = replace(FRONT, language=language)
    papers = (
        draft_plan(replace(PLAN, front=front)),
        statement(replace(told(PlanText(ITEMS), changed_items()), front=front)),
        comments_table(CommentsTable(front, "version 2", ROWS)),
    )
    for paper in papers:
        assert docx_bytes(paper) == docx_bytes(paper)
        assert pdf_bytes(paper) == pdf_bytes(paper)
        assert all(block.level <= 2 for block in paper.blocks if isinstance(block, Heading))


def test_a_list_of_outputs_is_a_list():
    assert any(isinstance(block, Bullets) for block in draft_plan(PLAN).blocks)


words = st.text(max_size=30)
any_item = st.builds(
    lambda key, kind, parent, title, text: Item(key, kind, parent, key % 3, None, {"title": title, "text": text}),
    st.integers(1, 12),
    st.sampled_from(("theme", "topic", "question", "expected_output")),
    st.one_of(st.none(), st.integers(1, 12)),
    words,
    words,
)
any_items = st.lists(any_item, max_size=10, unique_by=lambda item: item.id).map(lambda found: PlanText(tuple(found)))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_items, any_items)
def test_any_plan_can_be_written(old, new):
    docx_bytes(draft_plan(replace(PLAN, text=new)))
    written = docx_bytes(statement(told(old, new)))
    assert settled(written, accept=True)
    assert settled(written, accept=False)
