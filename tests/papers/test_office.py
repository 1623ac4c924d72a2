"""Papers in LibreOffice, which reads DOCX with a program of its own: the text, the changes, the headings."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from zipfile import ZipFile

import pytest
from lxml import etree

from planner.papers.docx import docx_bytes
from planner.papers.draft_plan import draft_plan
from planner.papers.shape import Cell, NumberedParagraph, Row, Run, Table

from .examples import DELETED, INSERTED, PAPER, numbered
from .test_builders import PLAN
from .word_reader import settled

OFFICE = shutil.which("soffice")
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE_NS = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

MANY = replace(
    PAPER,
    blocks=(
        *(
            NumberedParagraph((Run("Kept "), Run(f"old {n}", mark=DELETED), Run(f"new {n}", mark=INSERTED)))
            for n in range(5)
        ),
        numbered("Any signs: < > & \x0b \ud800 العربية 中文 é 😀"),
        Table("T", ("A", "B"), tuple(Row((Cell((Run(f"a{n}"),)), Cell((Run(f"b{n}"),)))) for n in range(3)), (1, 1)),
        numbered("The end."),
    ),
)
PAPERS = {"everything": PAPER, "many": MANY, "plan": draft_plan(PLAN)}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The papers as LibreOffice saves them after opening, all in one start of it."""
    if OFFICE is None:
        if os.environ.get("PLANNER_REQUIRE_OFFICE"):
            pytest.fail("No LibreOffice was found, and PLANNER_REQUIRE_OFFICE is set.")
        pytest.skip("no LibreOffice (soffice) was found")
    folder = tmp_path_factory.mktemp("office")
    for name, paper in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(docx_bytes(paper))
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "odt"]
    names = [f"{name}.docx" for name in PAPERS]
    subprocess.run([*command, *names], cwd=folder, check=True, capture_output=True, timeout=120)
    return {name: parts(folder / f"{name}.odt") for name in PAPERS}


def parts(path):
    with ZipFile(path) as zipped:
        return {name: etree.fromstring(zipped.read(f"{name}.xml")) for name in ("content", "styles", "meta")}


def lines(body):
    """Return the text of each paragraph as it reads with all changes accepted; notes and comments are no part of it."""
    found = []
    for paragraph in body.iter(f"{TEXT}p", f"{TEXT}h"):
        inside = (f"{TEXT}tracked-changes", f"{TEXT}note", f"{OFFICE_NS}annotation")
        if not any(above.tag in inside for above in paragraph.iterancestors()):
            found.append((paragraph.tag.removeprefix(TEXT), read(paragraph)))
    return found


def read(element):
    said = element.text or ""
    for part in element:
        if part.tag in {f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"}:
            said += {"s": " " * int(part.get(f"{TEXT}c", 1)), "tab": "\t", "line-break": "\n"}[part.tag.split("}")[1]]
        elif part.tag not in {f"{TEXT}note", f"{OFFICE_NS}annotation"}:
            said += read(part)
        said += part.tail or ""
    return said


def body_of(opened, name):
    return opened[name]["content"].find(f".//{OFFICE_NS}text")


@pytest.mark.parametrize("name", ["many", "plan"])
def test_the_text_is_the_same(opened, name):
    ours = [text for _, text in settled(docx_bytes(PAPERS[name]), accept=True)]
    theirs = [text for _, text in lines(body_of(opened, name))]
    assert [text.strip() for text in theirs if text.strip()] == [text.strip() for text in ours if text.strip()]


def test_changes_are_tracked_changes(opened):
    regions = body_of(opened, "many").findall(f"{TEXT}tracked-changes/{TEXT}changed-region")
    kinds = [region[0].tag.removeprefix(TEXT) for region in regions]
    assert (kinds.count("insertion"), kinds.count("deletion")) == (5, 5)
    authors = {
        creator.text for region in regions for creator in region.iter("{http://purl.org/dc/elements/1.1/}creator")
    }
    assert authors == {"Facilitator"}
    gone = [read(region[0][-1]) for region in regions if region[0].tag == f"{TEXT}deletion"]
    assert gone == [f"old {n}" for n in range(5)]


def test_whole_paragraphs_and_rows_are_tracked_too(opened):
    changes = body_of(opened, "everything").find(f"{TEXT}tracked-changes")
    gone = "".join(read(region[0]) for region in changes if region[0].tag == f"{TEXT}deletion")
    for words in ("proposal", "A whole old paragraph.", "10:30", "Presentations"):
        assert words in gone
    said = [text for _, text in lines(body_of(opened, "everything"))]
    assert "A whole new paragraph." in said
    assert "A whole old paragraph." not in said


def test_headings_notes_comments_and_contents_are_what_they_are(opened):
    body = body_of(opened, "everything")
    headings = [text for kind, text in lines(body) if kind == "h"]
    assert headings[:4] == ["Purpose", "Order of work", "The day", "A word on times"]
    assert len(list(body.iter(f"{TEXT}note"))) == 1
    assert len(list(body.iter(f"{OFFICE_NS}annotation"))) == 2
    (contents,) = body.iter(f"{TEXT}table-of-content")
    assert "Order of work" in read(contents)
    rows = list(body.iter(f"{TABLE}table-header-rows"))
    assert len(rows) == 1
    assert read(rows[0].find(f".//{TEXT}p")) == "Time"


def test_the_language_and_title_arrive(opened):
    assert opened["plan"]["meta"].findtext(".//{http://purl.org/dc/elements/1.1/}title") == "Draft multi-year work plan"
    languages = {style.get(f"{FO}language") for style in opened["plan"]["styles"].iter() if style.get(f"{FO}language")}
    assert "en" in languages
