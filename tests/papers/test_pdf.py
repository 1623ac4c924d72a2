"""A paper as PDF/UA: what a screen reader is told, and that no text breaks it. Typst itself checks the standard."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.papers import pdf, pdf_data
from planner.papers.glyphs import showable
from planner.papers.pdf import PdfError, pdf_bytes
from planner.papers.shape import Head, Heading, NumberedParagraph, Paper, Run

from . import pdf_reader
from .examples import AT, BLOCKS, DELETED, HEAD, PAPER, any_text, numbered, text


@pytest.fixture(scope="module")
def written():
    return pdf_bytes(PAPER)


def test_the_same_paper_gives_the_same_bytes(written):
    assert pdf_bytes(PAPER) == written
    assert pdf_bytes(replace(PAPER, modified_at=AT + timedelta(seconds=1))) != written


def test_it_says_that_it_is_accessible_and_what_it_is(written):
    catalog, known = pdf_reader.catalog(written), pdf_reader.metadata(written)
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", known)
    assert HEAD.title in known
    assert pdf_reader.read(written).metadata.title == HEAD.title
    assert pdf_reader.read(written).metadata.creation_date == AT
    for language in ("en", "fr", "es"):
        assert pdf_reader.catalog(pdf_bytes(replace(PAPER, language=language)))["/Lang"] == language


def test_the_structure_is_that_of_the_paper(written):
    tree = pdf_reader.tree(written)
    assert tree.name == "Document"
    headings = [tag.name for tag in tree.all("Title", "H1", "H2", "H3")]
    # the last one heads the comments
    assert headings == ["Title", "H1", "H1", "H2", "H3", "H1", "H1", "H1", "H1", "H1", "H1"]
    (table,) = tree.all("Table")
    assert [len(row.parts) for row in table.all("TR")] == [3] * 4
    assert len(table.all("TH")) == 3
    lists = tree.all("L")
    # paragraphs 1 to 4, 5, 6 to 8 with their lists, the two annexes
    assert [sum(part.name == "LI" for part in one.parts) for one in lists] == [4, 1, 3, 2, 2, 1, 1, 1, 1, 1]
    assert len(tree.all("TOCI")) == 9
    assert len(tree.all("Note")) == 1


def test_a_heading_that_is_taken_out_is_none_and_skips_no_level():
    blocks = (Heading(1, text("Old"), mark=DELETED), Heading(2, text("Below")), Heading(2, text(" ")), numbered("x"))
    written = pdf_bytes(replace(PAPER, blocks=blocks))
    assert [tag.name for tag in pdf_reader.tree(written).all("H1", "H2")] == ["H1"]
    assert "Old" in pdf_reader.text(written)


def test_changes_are_told_in_the_structure_too(written):
    kinds = [
        tag.attributes["/TextDecorationType"]
        for tag in pdf_reader.tree(written).all("Span")
        if "/TextDecorationType" in tag.attributes
    ]
    # a word, a paragraph, three cells of each
    assert kinds.count("/LineThrough") == 5
    assert kinds.count("/Underline") >= 5
    legend = "Changes: text put in is underlined, text taken out is struck through."
    assert legend in pdf_reader.text(written)
    assert legend not in pdf_reader.text(pdf_bytes(replace(PAPER, blocks=(numbered("Nothing changed."),))))


def test_the_outline_names_the_headings(written):
    flat = [entry.title for entry in _flat(pdf_reader.read(written).outline)]
    assert flat[:3] == ["I. Purpose", "II. Order of work", "A. The day"]
    assert len(flat) == 10


def _flat(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def test_the_words_are_there_with_their_numbers(written):
    said = re.sub(r"\s+", " ", pdf_reader.text(written))
    for words in (
        "ATT/CSP13.WGETI/2027/CHAIR/…/ AnnAgenda",
        "2. It takes up the",
        "– A whole old paragraph.",
        "(b) What confirmation is given?",
        "1. The annex begins anew.",
        "2. This one goes on.",
        "Comment 1. Delegate of A, 23 November 2026 Why? Say it.",
        "Page 2 of",
    ):
        assert words in said


def test_fonts_are_the_houses_and_in_the_file(written):
    fonts = {
        font["/BaseFont"].split("+")[1]
        for page in pdf_reader.read(written).pages
        for font in (value.get_object() for value in page["/Resources"]["/Font"].values())
        if font["/DescendantFonts"][0]["/FontDescriptor"].keys() & {"/FontFile2", "/FontFile3"}
    }
    assert fonts == {"IBMPlexSans-Regular", "IBMPlexSans-SemiBold"}


def test_a_text_in_another_language_says_so():
    block = NumberedParagraph((Run("The article: "), Run("détournement", language="fr")))
    (page,) = pdf_reader.read(pdf_bytes(replace(PAPER, blocks=(block,)))).pages
    # at the words themselves: they are no part of the structure
    assert page.get_contents().get_data().count(b"/Lang(fr)") == 1


def test_text_is_never_markup():
    attack = '#panic("x") = [*_`$ <a> @b // /* ]] #read("paper.typ") \\u{0} ${'
    said = pdf_reader.text(pdf_bytes(replace(PAPER, blocks=(Heading(1, text(attack)), numbered(attack)))))
    assert re.sub(r"\s", "", said).count(re.sub(r"\s", "", attack)) == 2


def test_signs_that_no_font_of_the_house_shows_are_named():
    assert showable("Naïve → 中😀 Đ العربية e\u0301 a\u200d\ufe0f") == "Naïve → [U+4E2D][U+1F600] Đ العربية é a\u200d"
    said = pdf_reader.text(pdf_bytes(replace(PAPER, blocks=(numbered("From 中 to Đ."),))))
    assert "From [U+4E2D] to Đ." in said


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(any_text, min_size=1, max_size=30), any_text)
def test_any_text_can_be_set(texts, title):
    """A whole paper of texts an example: each is a process."""
    blocks = (*(numbered(one) for one in texts), *(Heading(1, text(one)) for one in texts), *BLOCKS)
    written = pdf_bytes(Paper(Head("A", "B", f"T {title}", symbol=title), "fr", AT, blocks))
    assert pdf_reader.catalog(written)["/Lang"] == "fr"


def test_what_takes_too_long_is_ended():
    long = "word " * 39_000
    with pytest.raises(PdfError, match=r"not set within 0\.1 seconds"):
        pdf_bytes(replace(PAPER, blocks=(numbered(long),) * 5), seconds=0.1)
    assert len(pdf_bytes(replace(PAPER, blocks=(numbered(long),) * 5))) > 100_000


def test_marks_stacked_without_end_are_cut():
    assert showable("x" + "\u0301" * 90_000) == "x" + "\u0301" * 8
    pdf_bytes(replace(PAPER, blocks=(numbered("x" + "\u0301\u0303" * 90_000),)))


def test_a_child_that_ends_badly_is_an_error_and_no_more(monkeypatch, tmp_path):
    for program, message in (("import os; os.abort()", "ended with -6"), ("import no_such", "ended with 1")):
        (tmp_path / "child.py").write_text(program, encoding="utf-8")
        monkeypatch.setattr(pdf, "_CHILD", tmp_path / "child.py")
        with pytest.raises(PdfError, match=message):
            pdf_bytes(PAPER)


def test_what_typst_refuses_is_told(monkeypatch):
    monkeypatch.setattr(pdf_data, "showable", str)
    with pytest.raises(PdfError, match="could not be displayed"):
        pdf_bytes(replace(PAPER, blocks=(numbered("中"),)))
