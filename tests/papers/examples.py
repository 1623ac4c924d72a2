"""A paper with something of everything, and any paper at all."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from planner.papers.shape import (
    Annex,
    Bullets,
    Cell,
    Change,
    Comment,
    Contents,
    Footnote,
    Head,
    Heading,
    Item,
    LetteredList,
    Mark,
    NumberedParagraph,
    Paper,
    Paragraph,
    Row,
    Run,
    Table,
)

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
INSERTED = Mark(Change.INSERTED, "Facilitator", AT)
DELETED = Mark(Change.DELETED, "Facilitator", AT)
HEAD = Head(
    organisation="Arms Trade Treaty",
    body="Working Group on Effective Treaty Implementation",
    title="Annotated agenda of session 1",
    symbol="ATT/CSP13.WGETI/2027/CHAIR/…/AnnAgenda",
    date="23 November 2026",
    original="Original: English",
    state="Draft, serial not yet allotted",
    kicker="First series of meetings, CSP13 cycle. Geneva, 16 and 17 February 2027",
    lead="What States learned when arms were diverted",
    submitted_by="Submitted by the facilitators through the Chair.",
)


def text(words, **kind):
    return (Run(words, **kind),)


def numbered(words, **kind):
    return NumberedParagraph(text(words), **kind)


def row(*words, mark=None):
    return Row(tuple(Cell(text(word)) for word in words), mark)


BLOCKS = (
    Contents(),
    Heading(1, text("Purpose")),
    numbered("The session opens the theme of the cycle, lessons learned."),
    NumberedParagraph(
        (
            Run("It takes up the "),
            Run("proposal", mark=DELETED),
            Run("paper", mark=INSERTED, comments=(Comment("Delegate of A", AT, "Why?\nSay it."),)),
            Run(" of 29 January 2019. See "),
            Run("the Treaty", link="https://treaty.example.org/?a=1&b=2"),
            Run("."),
        )
    ),
    numbered("A whole new paragraph.", mark=INSERTED),
    numbered("A whole old paragraph.", mark=DELETED),
    Heading(1, text("Order of work")),
    Heading(2, text("The day")),
    NumberedParagraph(text("The session is held on 16 February 2027."), comments=(Comment("Chair", AT, "Settled."),)),
    Table(
        "Order of work",
        ("Time", "Minutes", "Subject"),
        (
            row("10:00", "10", "Opening by the facilitator"),
            row("10:10", "20", "Outline", mark=INSERTED),
            row("10:30", "80", "Presentations", mark=DELETED),
        ),
        (12, 10, 78),
        ("start", "end", "start"),
    ),
    Heading(3, text("A word on times")),
    Paragraph(text("All times are Geneva’s.\nA new line.")),
    Heading(1, text("Annotations")),
    NumberedParagraph((Run("Item 2.", bold=True), Run(" Participants may wish to address:"))),
    LetteredList(
        (
            Item(text("Which warning signs are there?")),
            Item(text("Which of them early?"), depth=1),
            Item(text("Which late?"), depth=1),
            Item(text("What confirmation is given?")),
        )
    ),
    NumberedParagraph((Run("Written answers are taken up first."), Footnote(text("In 2021, 20 of 110 had answered.")))),
    Bullets((Item(text("One")), Item(text("Deeper"), depth=1))),
    numbered("And once more:"),
    LetteredList((Item(text("A list of its own.")),)),
    Annex("A", "Guiding questions"),
    Heading(1, text("First cycle")),
    numbered("The annex begins anew."),
    Annex("B", "Sources", restarts=False),
    Heading(1, text("Second cycle")),
    numbered("This one goes on."),
)
PAPER = Paper(HEAD, "en", AT, BLOCKS)

any_text = st.text(max_size=40)
marks = st.sampled_from((None, INSERTED, DELETED))


@st.composite
def any_content(draw):
    runs = draw(st.lists(st.builds(Run, any_text, bold=st.booleans(), mark=marks), min_size=1, max_size=4))
    return tuple(runs)


items = st.builds(Item, any_content(), depth=st.sampled_from((0, 1)), mark=marks)
any_block = st.one_of(
    st.builds(Paragraph, any_content(), mark=marks),
    st.builds(NumberedParagraph, any_content(), mark=marks),
    st.builds(Heading, st.just(1), any_content(), mark=marks),
    st.lists(items, min_size=1, max_size=3).map(lambda found: LetteredList(tuple(found))),
    st.lists(items, min_size=1, max_size=3).map(lambda found: Bullets(tuple(found))),
)
any_paper = st.builds(
    lambda title, blocks: Paper(Head("Treaty", "Body", f"T{title}"), "en", AT, tuple(blocks)),
    any_text,
    st.lists(any_block, max_size=6),
)
