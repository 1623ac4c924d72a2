"""A paper as DOCX: what Word finds in it, and that changes lead to both texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings

from planner.papers.docx import docx_bytes
from planner.papers.shape import Change, Footnote, Heading, Paper, contents_of

from .examples import AT, DELETED, HEAD, INSERTED, PAPER, any_paper, numbered
from .word_reader import NS, W, part, settled


@pytest.fixture(scope="module")
def written():
    return docx_bytes(PAPER)


def values(root, path):
    return [element.get(f"{W}val") for element in root.findall(path, NS)]


def test_the_same_paper_gives_the_same_bytes(written):
    assert docx_bytes(PAPER) == written
    assert docx_bytes(replace(PAPER, modified_at=AT + timedelta(seconds=1))) != written
    with ZipFile(BytesIO(written)) as zipped:
        assert {entry.date_time for entry in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_programs_are_told_title_language_and_time(written):
    known = Document(BytesIO(written)).core_properties
    assert (known.title, known.language, known.subject) == (HEAD.title, "en-GB", HEAD.symbol)
    assert (known.created, known.modified, known.author) == (AT, AT, HEAD.body)
    for language, locale in (("en", "en-GB"), ("fr", "fr-FR"), ("es", "es-ES")):
        styles = part(docx_bytes(replace(PAPER, language=language)), "word/styles.xml")
        assert values(styles, "w:docDefaults//w:lang") == [locale]


def test_headings_are_headings_in_order(written):
    found = [(p.style.name, p.text) for p in Document(BytesIO(written)).paragraphs]
    headings = [(name, text) for name, text in found if name.startswith(("Heading", "Annex", "Title"))]
    assert headings == [
        ("Title", "Annotated agenda of session 1"),
        ("Heading 1", "Purpose"),
        ("Heading 1", "Order of work"),
        ("Heading 2", "The day"),
        ("Heading 3", "A word on times"),
        ("Heading 1", "Annotations"),
        ("Annex Title", "Annex A\nGuiding questions"),
        ("Heading 1", "First cycle"),
        ("Annex Title", "Annex B\nSources"),
        ("Heading 1", "Second cycle"),
    ]


def test_numbers_are_words_own_and_restart_where_they_should(written):
    document, numbering = part(written, "word/document.xml"), part(written, "word/numbering.xml")
    formats = {
        (abstract.get(f"{W}abstractNumId"), values(abstract, "w:lvl/w:numFmt")[0])
        for abstract in numbering.findall("w:abstractNum", NS)
    }
    assert formats == {("0", "upperRoman"), ("1", "decimal"), ("2", "lowerLetter"), ("3", "bullet")}
    used = {}
    for paragraph in document.findall(".//w:body/w:p", NS):
        style, number = (values(paragraph, f"w:pPr/w:{path}") for path in ("pStyle", "numPr/w:numId"))
        used.setdefault(style[0], []).append(number[0] if number else None)
    # running on in the style's own list, then anew in annex A, which annex B goes on with
    assert used["NumberedParagraph"] == [None] * 8 + [used["NumberedParagraph"][-1]] * 2
    assert used["Heading1"][:3] == [None] * 3
    assert len(set(used["Heading1"])) == 3
    letters = used["LetteredItem"]
    assert letters[0] == letters[1] == letters[3] != letters[4]
    definitions = {number.get(f"{W}numId"): number for number in numbering.findall("w:num", NS)}
    for number in {*used["Heading1"], *letters, used["NumberedParagraph"][-1]} - {None}:
        assert values(definitions[number], "w:lvlOverride/w:startOverride")[0] == "1"


def test_the_contents_are_a_field_with_its_lines(written):
    document = part(written, "word/document.xml")
    contents = document.find(".//w:sdt/w:sdtContent", NS)
    assert contents.findtext(".//w:instrText", namespaces=NS) == r' TOC \o "1-2" \h \z \u '
    lines = contents.findall(".//w:hyperlink", NS)
    shown = ["".join(line.itertext(f"{W}t")).strip() for line in lines]
    expected = ["I.Purpose", "II.Order of work", "A.The day", "III.Annotations", "Annex A. Guiding questions"]
    assert shown == [*expected, "I.First cycle", "Annex B. Sources", "I.Second cycle"]
    anchors = [line.get(f"{W}anchor") for line in lines]
    marks = [mark.get(f"{W}name") for mark in document.findall(".//w:bookmarkStart", NS)]
    assert anchors == marks
    kinds = [sign.get(f"{W}fldCharType") for sign in contents.findall(".//w:fldChar", NS)]
    assert kinds[:2] == ["begin", "separate"]
    assert kinds[-1] == "end"
    assert kinds.count("begin") == kinds.count("end") == len(lines) + 1


def test_pages_say_which_paper_and_which_page(written):
    section = Document(BytesIO(written)).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == HEAD.symbol
    footer = part(written, "word/footer1.xml")
    assert [sign.text.strip() for sign in footer.findall(".//w:instrText", NS)] == ["PAGE", "NUMPAGES"]
    assert section.footer.paragraphs[0].text == f"{HEAD.body}\tPage 1 of 1"


def test_a_table_repeats_its_head_and_says_what_it_shows(written):
    head, table = part(written, "word/document.xml").findall(".//w:tbl", NS)
    assert head.find(".//w:tblHeader", NS) is None
    first, *rest = table.findall("w:tr", NS)
    assert first.find("w:trPr/w:tblHeader", NS) is not None
    assert len(rest) == 3
    assert not any(row.findall("w:trPr/w:tblHeader", NS) for row in rest)
    assert values(table, "w:tblPr/w:tblCaption") == ["Order of work"]
    assert sum(int(column.get(f"{W}w")) for column in table.findall("w:tblGrid/w:gridCol", NS)) == 9412


def test_changes_say_who_and_when_and_have_ids_of_their_own(written):
    document = part(written, "word/document.xml")
    changes = document.findall(".//w:ins", NS) + document.findall(".//w:del", NS)
    assert {(one.get(f"{W}author"), one.get(f"{W}date")) for one in changes} == {
        ("Facilitator", "2026-11-23T09:30:00Z")
    }
    ids = [one.get(f"{W}id") for one in changes] + [
        one.get(f"{W}id") for one in document.findall(".//w:bookmarkStart", NS)
    ]
    assert len(ids) == len(set(ids))
    assert [row.find("w:trPr/*", NS).tag for row in document.findall(".//w:tr", NS)[3:5]] == [f"{W}ins", f"{W}del"]
    assert not document.findall(".//w:del//w:t", NS)
    assert not document.findall(".//w:ins//w:delText", NS)


def test_comments_stand_at_their_words(written):
    comments = list(Document(BytesIO(written)).comments)
    assert [(one.author, one.initials, one.text, one.timestamp) for one in comments] == [
        ("Delegate of A", "DoA", "Why?\nSay it.", AT),
        ("Chair", "C", "Settled.", AT),
    ]
    document = part(written, "word/document.xml")
    start = document.find(".//w:commentRangeStart", NS)
    assert "".join(start.getnext().itertext(f"{W}t")) == "paper"
    assert [one.get(f"{W}id") for one in document.findall(".//w:commentReference", NS)] == ["0", "1"]


def test_notes_and_links(written):
    notes = part(written, "word/footnotes.xml").findall("w:footnote", NS)
    assert ["".join(note.itertext(f"{W}t")) for note in notes] == ["", "", " In 2021, 20 of 110 had answered."]
    document = part(written, "word/document.xml")
    assert [one.get(f"{W}id") for one in document.findall(".//w:footnoteReference", NS)] == ["2"]
    link = next(run for p in Document(BytesIO(written)).paragraphs for run in p.hyperlinks if run.address)
    assert (link.text, link.address) == ("the Treaty", "https://treaty.example.org/?a=1&b=2")


def said(paper: Paper, *, accept: bool):
    """Return the texts of a paper's blocks with changes accepted or refused, as they were put in."""
    gone = Change.DELETED if accept else Change.INSERTED
    found = []
    for block in paper.blocks:
        parts = getattr(block, "items", None) or (block,)
        for one in parts:
            if one.mark is None or one.mark.change is not gone:
                (content,) = contents_of(one) if one is block else (one.content,)
                kept = (run.text for run in content if not run.mark or run.mark.change is not gone)
                found.append("".join(kept))
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_paper)
def test_accepting_gives_the_new_text_and_refusing_the_old(paper):
    # a last paragraph that nobody changed: a mark has something to run into
    paper = replace(paper, blocks=(*paper.blocks, numbered("The end.")))
    written = docx_bytes(paper)
    Document(BytesIO(written))
    for accept in (True, False):
        body = [text for style, text in settled(written, accept=accept) if style not in HEAD_STYLES]
        assert body == said(paper, accept=accept)


HEAD_STYLES = {"Organisation", "BodyLine", "SymbolLine", "Kicker", "Title", "Subtitle", "SubmittedBy"}


def test_changes_of_the_example(written):
    new = [text for _, text in settled(written, accept=True)]
    old = [text for _, text in settled(written, accept=False)]
    assert "It takes up the paper of 29 January 2019. See the Treaty." in new
    assert "It takes up the proposal of 29 January 2019. See the Treaty." in old
    only_new = {"A whole new paragraph.", "10:10", "20", "Outline"}
    only_old = {"A whole old paragraph.", "10:30", "80", "Presentations"}
    assert only_new <= set(new)
    assert only_old <= set(old)
    assert not only_new & set(old)
    assert not only_old & set(new)
    assert new.index("A whole new paragraph.") + 1 == new.index("Order of work")


def test_a_change_within_a_change_leaves_nothing():
    block = replace(numbered("gone", mark=DELETED), mark=INSERTED)
    written = docx_bytes(replace(PAPER, blocks=(replace(block, content=(replace(block.content[0], mark=DELETED),)),)))
    assert "gone" not in "".join(text for way in (True, False) for _, text in settled(written, accept=way))
    note = Footnote(block.content, mark=INSERTED)
    heading = Heading(1, (*block.content, note), numbered=False)
    document = part(docx_bytes(replace(PAPER, blocks=(heading,))), "word/document.xml")
    assert document.find(".//w:ins/w:r/w:footnoteReference", NS) is not None
    assert values(document, ".//w:numPr/w:numId") == ["0"]


def test_papers_in_every_language():
    assert [words(docx_bytes(replace(PAPER, language=language))) for language in ("fr", "es")] == [
        ("Annexe A. Guiding questions", "Page 1 sur 1"),
        ("Anexo A. Guiding questions", "Página 1 de 1"),
    ]


def words(written):
    lines = part(written, "word/document.xml").findall(".//w:sdtContent//w:hyperlink", NS)
    footer = Document(BytesIO(written)).sections[0].footer.paragraphs[0].text
    return "".join(lines[4].itertext(f"{W}t")).strip("\u2007"), footer.split("\t")[1]
