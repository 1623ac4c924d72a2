"""A paper as DOCX: Word's own styles, headings, numbers, contents, notes, comments and tracked changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.papers.docx_blocks import TEXT_WIDTH, BlockWriter, field
from planner.papers.docx_package import LOCALES, Package, house_part, text_element, w
from planner.papers.docx_text import TextWriter, lines
from planner.papers.legible import symbol_lines
from planner.papers.shape import Head, Paper
from planner.papers.words import Words

_SYMBOL_WIDTH = 3856  # twips: 68 mm, the right part of the head
_PAGE_MARGINS = {"top": 1134, "right": 1247, "bottom": 1134, "left": 1247, "header": 567, "footer": 567, "gutter": 0}


def docx_bytes(paper: Paper) -> bytes:
    """Return a paper as a DOCX file; the same paper gives the same bytes."""
    package, words = Package(), Words(paper.language)
    text = TextWriter(package)
    blocks = BlockWriter(text, words, paper.blocks)
    body = w("body", *_head(paper.head), *blocks.elements(), _section(package, paper.head, words))
    package.set("document", w("document", body))
    package.set("numbering", blocks.numbering)
    package.set("styles", _styles(LOCALES[paper.language]))
    package.set("settings", _settings(LOCALES[paper.language]))
    package.set("fontTable", _fonts())
    text.finish()
    package.describe(paper)
    return package.to_bytes()


def _styled(style: str, text: str, *, bold: bool = False) -> Any:
    kind = w("rPr", w("rStyle", val="Strong")) if bold else None
    return w("p", w("pPr", w("pStyle", val=style)), w("r", kind, *lines(text)))


def _head(head: Head) -> Iterator[Any]:
    """Yield what stands above the text: who and which paper, between two rules, then its title."""
    said = [text for text in (head.date, head.original, head.state) if text]
    symbol = [_styled("SymbolLine", "\n".join(symbol_lines(head.symbol)), bold=True)] if head.symbol else []
    left = [_styled("Organisation", head.organisation), _styled("BodyLine", head.body)]
    right = [*symbol, *(_styled("SymbolLine", text) for text in said)] or [_styled("SymbolLine", "")]
    widths = (TEXT_WIDTH - _SYMBOL_WIDTH, _SYMBOL_WIDTH)
    rule = w("tblBorders", w("bottom", val="single", sz=18, space=0, color="14171A"))
    look = w("tblLook", val="0000", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    yield w(
        "tbl",
        w("tblPr", w("tblW", w=TEXT_WIDTH, type="dxa"), rule, w("tblLayout", type="fixed"), _below(160), look),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        w(
            "tr",
            *(
                w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *cell)
                for width, cell in zip(widths, (left, right), strict=True)
            ),
        ),
    )
    title = _styled("Title", head.title)
    if head.kicker:
        yield _styled("Kicker", head.kicker)
    else:
        title[0].append(w("spacing", before=480))
    yield title
    if head.lead:
        yield _styled("Subtitle", head.lead)
    if head.submitted_by:
        yield _styled("SubmittedBy", head.submitted_by)


def _below(twips: int) -> Any:
    margins = {"top": 0, "left": 0, "bottom": twips, "right": 120}
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in margins.items()))


def _section(package: Package, head: Head, words: Words) -> Any:
    """Return the page: A4, the symbol above all pages but the first, the page's number below all."""
    package.set("header1", w("hdr", _styled("Header", head.symbol or head.title)))
    before, between, after = words.page("\0", "\0").split("\0")
    number = [
        w("r", text_element("t", before)),
        *field("PAGE", "1"),
        w("r", text_element("t", between)),
        *field("NUMPAGES", "1"),
        w("r", text_element("t", after)) if after else None,
    ]
    body = w("r", text_element("t", head.body), w("tab"))
    package.set("footer1", w("ftr", w("p", w("pPr", w("pStyle", val="Footer")), body, *number)))
    footer = package.relation("footer1")
    return w(
        "sectPr",
        w("headerReference", type="default", r_id=package.relation("header1")),
        w("footerReference", type="default", r_id=footer),
        w("footerReference", type="first", r_id=footer),
        w("pgSz", w=11906, h=16838),
        w("pgMar", **_PAGE_MARGINS),
        w("titlePg"),
    )


def _styles(locale: str) -> Any:
    styles = house_part("styles")
    language = styles.find(f".//{w('lang').tag}")
    language.set(f"{{{language.nsmap['w']}}}val", locale)
    return styles


def _settings(locale: str) -> Any:
    uri = "http://schemas.microsoft.com/office/word"
    return w(
        "settings",
        w("defaultTabStop", val=600),
        w("footnotePr", w("footnote", id=0), w("footnote", id=1)),
        # 15 is Word 2013 and newer: without it Word opens the paper in a mode for old files
        w("compat", w("compatSetting", name="compatibilityMode", uri=uri, val=15)),
        w("themeFontLang", val=locale),
    )


def _fonts() -> Any:
    """Return what Word takes where the house's font is not installed."""
    return w(
        "fonts",
        *(
            w("font", w("altName", val="Arial"), w("family", val="swiss"), w("pitch", val="variable"), name=name)
            for name in ("IBM Plex Sans", "IBM Plex Sans Arabic")
        ),
    )
