"""The blocks of a paper as paragraphs and tables of WordprocessingML, with the numbers left to Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from planner.papers.docx_package import house_part, text_element, w
from planner.papers.docx_text import TextWriter
from planner.papers.numbers import upper_letter, upper_roman
from planner.papers.shape import (
    Annex,
    Block,
    Bullets,
    Change,
    Comment,
    Content,
    Contents,
    Heading,
    LetteredList,
    Mark,
    NumberedParagraph,
    Paragraph,
    Row,
    Run,
    Table,
    plain,
)
from planner.papers.words import CONTENTS, Words

TEXT_WIDTH = 9412  # twips: A4 less two margins of 22 mm

# what house/numbering.xml defines
_HEADINGS, _PARAGRAPHS, _LETTERS = 0, 1, 2


@dataclass(frozen=True)
class Entry:
    """A line of the list of contents."""

    level: int
    number: str
    title: str
    bookmark: str


class BlockWriter:
    """Writes the blocks of one paper in their order."""

    def __init__(self, text: TextWriter, words: Words, blocks: Sequence[Block]) -> None:
        self._text = text
        self._words = words
        self._blocks = blocks
        self._numbering = house_part("numbering")
        self._entries = {id(block): entry for block, entry in _entries(blocks, words)}
        # which list of numbers headings and paragraphs count in: the style's own (None) until an annex restarts them
        self._heading_list: int | None = None
        self._paragraph_list: int | None = None

    @property
    def numbering(self) -> Any:
        """The definitions of all lists, those of this paper included."""
        return self._numbering

    def elements(self) -> Iterator[Any]:
        """Yield the elements of all blocks."""
        previous: Block | None = None
        for block in self._blocks:
            if isinstance(block, Table) and isinstance(previous, Table):
                yield w("p")  # Word joins two tables that have nothing between them
            yield from self._block(block)
            previous = block
        if isinstance(previous, Table):
            yield w("p")  # nor does a text of Word end with a table

    def _block(self, block: Block) -> Iterator[Any]:
        match block:
            case Heading():
                yield self._heading(block)
            case Annex():
                yield self._annex(block)
            case NumberedParagraph():
                numbers = _numbers(self._paragraph_list) if self._paragraph_list else None
                yield self._paragraph("NumberedParagraph", block.content, block.mark, block.comments, numbers=numbers)
            case Paragraph():
                yield self._paragraph("BodyText", block.content, block.mark, block.comments)
            case LetteredList() | Bullets():
                yield from self._list(block)
            case Table():
                yield self._table(block)
            case Contents():
                yield self._contents()

    def _paragraph(
        self,
        style: str,
        content: Content,
        mark: Mark | None = None,
        comments: Sequence[Comment] = (),
        *,
        numbers: Any = None,
        bookmark: str = "",
    ) -> Any:
        properties = w("pPr", w("pStyle", val=style), numbers)
        if mark:
            properties.append(w("rPr", self._text.mark(mark)))
        inside = self._text.content(content, mark, comments)
        if bookmark:
            number = self._text.next_id()
            inside = [w("bookmarkStart", id=number, name=bookmark), *inside, w("bookmarkEnd", id=number)]
        return w("p", properties, *inside)

    def _heading(self, heading: Heading) -> Any:
        numbers = None
        if not heading.numbered and heading.level < 3:
            numbers = _numbers(0)
        elif self._heading_list and heading.level < 3:
            numbers = _numbers(self._heading_list, heading.level - 1)
        entry = self._entries.get(id(heading))
        style, bookmark = f"Heading{heading.level}", entry.bookmark if entry else ""
        return self._paragraph(
            style, heading.content, heading.mark, heading.comments, numbers=numbers, bookmark=bookmark
        )

    def _annex(self, annex: Annex) -> Any:
        self._heading_list = self._list_of(_HEADINGS)
        if annex.restarts:
            self._paragraph_list = self._list_of(_PARAGRAPHS)
        title = f"{self._words.annex(annex.letter)}\n{annex.title}" if annex.title else self._words.annex(annex.letter)
        return self._paragraph("AnnexTitle", (Run(title),), bookmark=self._entries[id(annex)].bookmark)

    def _list(self, found: LetteredList | Bullets) -> Iterator[Any]:
        lettered = isinstance(found, LetteredList)
        number = self._list_of(_LETTERS) if lettered else None
        for item in found.items:
            # a bullet of the first level is the style's own
            numbers = _numbers(number or 4, item.depth) if lettered or item.depth else None
            style = "LetteredItem" if lettered else "ListBullet"
            yield self._paragraph(style, item.content, item.mark, item.comments, numbers=numbers)

    def _list_of(self, definition: int) -> int:
        """Begin a list whose numbers start anew, and return its id."""
        number = len(self._numbering.findall(w("num").tag)) + 1
        levels = [w("lvlOverride", w("startOverride", val=1), ilvl=level) for level in range(2)]
        count = 1 if definition == _PARAGRAPHS else 2
        self._numbering.append(w("num", w("abstractNumId", val=definition), *levels[:count], numId=number))
        return number

    def _table(self, table: Table) -> Any:
        total = sum(table.widths)
        edges = [round(TEXT_WIDTH * sum(table.widths[:place]) / total) for place in range(len(table.widths) + 1)]
        widths = [right - left for left, right in pairwise(edges)]
        properties = w(
            "tblPr",
            w("tblStyle", val="PaperTable"),
            w("tblW", w=TEXT_WIDTH, type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="00A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1),
            w("tblCaption", val=table.caption[:255]) if table.caption else None,
        )
        head = w(
            "tr",
            w("trPr", w("cantSplit"), w("tblHeader")),
            *(
                _cell(width, self._paragraph("TableHead", (Run(word),)), align)
                for word, width, align in zip(table.head, widths, table.align, strict=True)
            ),
        )
        rows = (self._row(row, widths, table.align) for row in table.rows)
        return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), head, *rows)

    def _row(self, row: Row, widths: Sequence[int], align: Sequence[str]) -> Any:
        properties = w("trPr", self._text.mark(row.mark)) if row.mark else None
        cells = (
            _cell(width, self._paragraph("TableText", cell.content, row.mark, cell.comments), side)
            for cell, width, side in zip(row.cells, widths, align, strict=True)
        )
        return w("tr", properties, *cells)

    def _contents(self) -> Any:
        """Return a field that Word fills, with its lines in it already: programs that fill no fields show them."""
        entries = list(self._entries.values())
        title = self._paragraph("TOCHeading", (Run(self._words.say(CONTENTS)),))
        begin = [*field_begin(r' TOC \o "1-2" \h \z \u '), field_char("separate")]
        body = [w("p", w("pPr", w("pStyle", val=f"TOC{entry.level}")), _entry_link(entry)) for entry in entries]
        body = body or [w("p", w("pPr", w("pStyle", val="TOC1")))]
        body[0][1:1] = begin
        body[-1].append(field_char("end"))
        gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        return w("sdt", w("sdtPr", gallery), w("sdtContent", title, *body))


def field_char(kind: str, **more: str | int) -> Any:
    """Return a sign that bounds a field."""
    return w("r", w("fldChar", fldCharType=kind, **more))


def field_begin(instruction: str, **more: str | int) -> tuple[Any, Any]:
    """Return what stands before the shown text of a field."""
    return field_char("begin", **more), w("r", text_element("instrText", instruction))


def field(instruction: str, shown: str, **more: str | int) -> tuple[Any, ...]:
    """Return a whole field: `shown` stands until a program has filled it."""
    return (
        *field_begin(f" {instruction} ", **more),
        field_char("separate"),
        w("r", text_element("t", shown)),
        field_char("end"),
    )


def _entry_link(entry: Entry) -> Any:
    before = [w("r", text_element("t", entry.number)), w("r", w("tab"))] if entry.number else []
    # the page is not known before a program has laid the paper out: the field is dirty, to be filled when it is opened
    page = field(rf"PAGEREF {entry.bookmark} \h", "\u2007", dirty="true")
    title = w("r", text_element("t", entry.title))
    return w("hyperlink", *before, title, w("r", w("tab")), *page, anchor=entry.bookmark, history=1)


def _numbers(number: int, level: int = 0) -> Any:
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def _cell(width: int, paragraph: Any, align: str) -> Any:
    if align == "end":
        properties = paragraph.find(w("pPr").tag)
        mark = properties.find(w("rPr").tag)
        side = w("jc", val="end")
        if mark is None:
            properties.append(side)
        else:
            mark.addprevious(side)
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), paragraph)


def _entries(blocks: Sequence[Block], words: Words) -> Iterator[tuple[Block, Entry]]:
    """Yield the lines of the contents, each with its block; a heading that is taken out has none."""
    first = second = count = 0
    for block in blocks:
        entry: Entry | None = None
        bookmark = f"_Toc{count + 1:09}"
        if isinstance(block, Annex):
            first = second = 0
            entry = Entry(1, "", f"{words.annex(block.letter)}. {block.title}".removesuffix(". "), bookmark)
        elif isinstance(block, Heading) and block.level < 3:
            number = ""
            if block.numbered and block.level == 1:
                first, second = first + 1, 0
                number = upper_roman(first)
            elif block.numbered:
                second += 1
                number = upper_letter(second)
            title = plain(block.content).replace("\n", " ").strip()
            is_out = block.mark is not None and block.mark.change is Change.DELETED
            if title and not is_out:
                entry = Entry(block.level, f"{number}." if number else "", title, bookmark)
        if entry:
            count += 1
            yield block, entry
