"""Texts of papers: what they may hold, Markdown, and two versions as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.papers.legible import legible, symbol_lines
from planner.papers.markdown import text_blocks, text_content
from planner.papers.numbers import upper_letter, upper_roman
from planner.papers.redlined import Redliner
from planner.papers.shape import (
    Bullets,
    Cell,
    Change,
    Comment,
    Footnote,
    Heading,
    Item,
    LetteredList,
    Mark,
    NumberedParagraph,
    Paragraph,
    Row,
    Run,
    Table,
    contents_of,
    plain,
)
from planner.papers.words import PARAGRAPH, Words

from .examples import AT, HEAD, PAPER, numbered, text

REDLINER = Redliner("Facilitator", AT)
PUT_IN, TAKEN_OUT = (Mark(change, "Facilitator", AT) for change in (Change.INSERTED, Change.DELETED))


def test_texts_are_made_legible():
    assert legible("a\r\nb\rc\x0bd\u2028e\tf\x00g\ud800h\ufffei") == "a\nb\nc\nd\ne f\ufffdg\ufffdh\ufffdi"
    assert Run("a\x00").text == Comment("a\x00", AT, "").author == "a\ufffd"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Run("x" * 200_001), "200001 signs is too long"),
        (lambda: replace(PAPER, blocks=(numbered("x" * 190_000),) * 6), "1140000 signs: 1000000 is the most"),
        (lambda: replace(PAPER, blocks=(numbered("\n" * 20_000),)), "20001 lines: 20000 is the most"),
        (lambda: Run("x", link="javascript:alert(1)"), "is not an address of http, https, mailto"),
        (lambda: Run("x", link="http://[bad"), "is not an address"),
        (lambda: replace(HEAD, title=" "), "needs a title"),
        (lambda: Mark(Change.INSERTED, "A", datetime(2026, 1, 1)), "at needs a zone"),  # noqa: DTZ001 - what is refused
        (lambda: replace(PAPER, modified_at=datetime(2026, 1, 1)), "modified_at needs a zone"),  # noqa: DTZ001
        (lambda: replace(PAPER, blocks=(Heading(2, text("x")),)), "level 2 stands under one of level 0"),
        (lambda: Table("T", ("A",), (Row((Cell(), Cell())),), (1,)), "“T” has 1 columns, but not everywhere"),
        (lambda: Table("T", ("A",), (), (0,)), "needs a width"),
        (lambda: Footnote((Run("x", comments=(Comment("A", AT, "x"),)),)), "cannot stand in a note"),
    ],
)
def test_what_no_paper_can_hold_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_symbols_are_broken_after_a_stroke():
    assert symbol_lines("ATT/CSP3.WGTU/2017/CHAIR/160") == ["ATT/CSP3.WGTU/2017/CHAIR/160"]
    long = "ATT/CSP6.WGETI/2020/CHAIR/584/M1.LetterWorkPlans.Rev1"
    assert symbol_lines(long) == ["ATT/CSP6.WGETI/2020/CHAIR/584/", "M1.LetterWorkPlans.Rev1"]
    assert symbol_lines("x" * 50) == ["x" * 50]


def test_numbers_as_word_writes_them():
    roman = {1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 90: "XC", 400: "CD", 1999: "MCMXCIX"}
    assert {number: upper_roman(number) for number in roman} == roman
    assert [upper_letter(n) for n in (1, 26, 27, 28, 53)] == ["A", "Z", "AA", "BB", "AAA"]
    assert Words("fr").say(PARAGRAPH, number=4) == "paragraphe 4"


def test_markdown_becomes_blocks():
    blocks = text_blocks(
        "# Head\n\n"
        "Plain *em* **strong** <b>html</b> &amp; [good](https://a.org/x) [bad](javascript:x)\nsoft\\\nhard\n\n"
        "1. one\n2. two\n   - inner\n\n     more\n     - third\n       - fourth\n\n"
        "> quoted\n\n![words](x.png) `code`\n\n---\n"
    )
    assert blocks == (
        NumberedParagraph((Run("Head", bold=True),)),
        NumberedParagraph(
            (
                Run("Plain "),
                Run("em", bold=True),
                Run(" "),
                Run("strong", bold=True),
                Run(" <b>html</b> & "),
                Run("good", link="https://a.org/x"),
                Run(" [bad](javascript:x) soft\nhard"),
            )
        ),
        LetteredList(
            (
                Item(text("one")),
                Item(text("two")),
                Item((Run("inner"), Run("\n"), Run("more")), depth=1),
                Item(text("third"), depth=2),
                Item(text("fourth"), depth=2),
            )
        ),
        NumberedParagraph(text("quoted")),
        NumberedParagraph(text("words code")),
    )
    assert text_blocks("- a", numbered=False, language="fr") == (Bullets((Item((Run("a", language="fr"),)),)),)
    assert text_blocks("    a\n    b", numbered=False) == (Paragraph(text("a\nb")),)
    assert text_blocks(" \n\n---") == ()
    assert text_content("a\n\n- b\n- **c**") == (
        *text("a"),
        *text("\n"),
        *text("– "),
        *text("b"),
        *text("\n"),
        *text("– "),
        Run("c", bold=True),
    )


@given(st.lists(st.text("abc xyz.", min_size=1).map(str.strip).filter(bool), max_size=6))
def test_no_word_of_plain_paragraphs_is_lost(paragraphs):
    found = [
        plain(block.content) for block in text_blocks("\n\n".join(paragraphs)) if isinstance(block, NumberedParagraph)
    ]
    assert [" ".join(one.split()) for one in found] == [" ".join(one.split()) for one in paragraphs]


def test_two_versions_as_one():
    old = "One two three.\n\nGone.\n\n- a\n- b"
    new = "One two four.\n\n- a\n- c\n- d\n\nEnd."
    assert REDLINER.blocks(old, new) == (
        NumberedParagraph((Run("One two "), Run("three", mark=TAKEN_OUT), Run("four", mark=PUT_IN), Run("."))),
        NumberedParagraph(text("Gone."), mark=TAKEN_OUT),
        Bullets(
            (
                Item(text("a")),
                Item((Run("b", mark=TAKEN_OUT), Run("c", mark=PUT_IN))),
                Item(text("d"), mark=PUT_IN),
            )
        ),
        NumberedParagraph(text("End."), mark=PUT_IN),
    )
    assert REDLINER.blocks(old, old) == text_blocks(old)
    assert REDLINER.values("11(2)", "") == (Run("11(2)", mark=TAKEN_OUT),)
    assert REDLINER.values("11(2)", "11(2)") == text("11(2)")


def sides(blocks, without):
    """Return the lines of one version: those of all runs but what only the other one has."""
    found = []
    for block in blocks:
        for one in getattr(block, "items", (block,)):
            if one.mark is None or one.mark.change is not without:
                (content,) = contents_of(one) if one is block else (one.content,)
                kept = "".join(run.text for run in content if not run.mark or run.mark.change is not without)
                found.append((type(block).__name__, kept))
    return found


pieces = st.sampled_from(["One two.", "Two three four.", "- a\n- b", "- b\n- c d", "1. x\n   - y", "**End**"])
markdown = st.lists(pieces).map("\n\n".join)


@given(markdown, markdown)
def test_each_version_can_be_read_out_of_both(old, new):
    blocks = REDLINER.blocks(old, new)
    assert sides(blocks, Change.INSERTED) == sides(text_blocks(old), Change.INSERTED)
    assert sides(blocks, Change.DELETED) == sides(text_blocks(new), Change.DELETED)
