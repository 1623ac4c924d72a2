"""A paper as plain values: its head, and blocks of marked text. The writers (`docx`, `pdf`) know nothing else.

Every text is made legible when its value is made (`legible`). A paper of more than `LONGEST_PAPER` signs or
`MOST_LINES` lines is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal
from urllib.parse import urlsplit

from planner.papers.legible import Legible, legible

Language = Literal["en", "fr", "es"]
Align = Literal["start", "end"]

LONGEST_PAPER = 1_000_000
MOST_LINES = 20_000
LINK_SCHEMES = ("http", "https", "mailto")


class Change(StrEnum):
    """What a redline did to a text."""

    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True)
class Mark(Legible):
    """A change of a text, by whom and when (an aware instant)."""

    change: Change
    author: str
    at: datetime


@dataclass(frozen=True)
class Comment(Legible):
    """What somebody said about a text, beside it."""

    author: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Run(Legible):
    """Text of one kind; a line end in it begins a new line.

    `link` is an address (http, https, mailto; a ValueError else), `language` is given where it is not the paper's.
    """

    text: str
    bold: bool = False
    link: str = ""
    mark: Mark | None = None
    comments: tuple[Comment, ...] = ()
    language: str = ""

    def __post_init__(self) -> None:
        """Refuse an address that a reader should not follow from a paper."""
        super().__post_init__()
        if self.link and not is_safe_link(self.link):
            raise ValueError(f"“{self.link[:60]}” is not an address of {', '.join(LINK_SCHEMES)}.")


@dataclass(frozen=True)
class Footnote:
    """A note under the page; its sign stands after the text before it."""

    content: tuple[Run, ...]
    mark: Mark | None = None

    def __post_init__(self) -> None:
        """Refuse comments: Word has none in notes."""
        if any(run.comments for run in self.content):
            raise ValueError("A comment cannot stand in a note.")


Inline = Run | Footnote
Content = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph without a number; `mark` says that all of it was put in or taken out."""

    content: Content
    mark: Mark | None = None
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class NumberedParagraph:
    """A paragraph with the paper's running number (1., 2., 3.)."""

    content: Content
    mark: Mark | None = None
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (I., II.), 2 (A., B.) or 3 (no number)."""

    level: Literal[1, 2, 3]
    content: Content
    numbered: bool = True
    mark: Mark | None = None
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Item:
    """An item of a list; `depth` 1 and 2 are lists within it."""

    content: Content
    depth: Literal[0, 1, 2] = 0
    mark: Mark | None = None
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class LetteredList:
    """(a), (b), (c); within it (i), (ii), and a, b."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Bullets:
    """A list without numbers."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Cell:
    """A place of a table."""

    content: Content = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of a table; `mark` says that all of it was put in or taken out."""

    cells: tuple[Cell, ...]
    mark: Mark | None = None


@dataclass(frozen=True)
class Table(Legible):
    """A table: what it shows, its head, its rows; widths are shares of the page. The first column heads each row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    align: tuple[Align, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not fit under the head."""
        super().__post_init__()
        object.__setattr__(self, "head", tuple(legible(word) for word in self.head))
        object.__setattr__(self, "align", self.align or ("start",) * len(self.head))
        lengths = {len(row.cells) for row in self.rows} | {len(self.widths), len(self.align)}
        if not self.head or lengths != {len(self.head)}:
            raise ValueError(f"The table “{self.caption[:60]}” has {len(self.head)} columns, but not everywhere.")
        if min(self.widths) <= 0:
            raise ValueError("Each column of a table needs a width.")


@dataclass(frozen=True)
class Annex(Legible):
    """An annex begins, on a new page: letter ("A", "B-1", or none where it is the only one) and title.

    Headings begin again with I. in each annex; paragraphs with 1., as in the letters with sub-group papers, unless they
    go on.
    """

    letter: str
    title: str
    restarts: bool = True


@dataclass(frozen=True)
class Contents:
    """The list of the paper's headings (levels 1 and 2) and annexes."""


Block = Heading | Paragraph | NumberedParagraph | LetteredList | Bullets | Table | Annex | Contents


@dataclass(frozen=True)
class Head(Legible):
    """What stands above a paper; ready words. A text that is empty is left out."""

    organisation: str
    body: str
    title: str
    symbol: str = ""
    date: str = ""
    original: str = ""
    state: str = ""
    kicker: str = ""
    lead: str = ""
    submitted_by: str = ""

    def __post_init__(self) -> None:
        """Refuse a head without a title: a reader's program says it first."""
        super().__post_init__()
        if not self.title.strip():
            raise ValueError("A paper needs a title.")


@dataclass(frozen=True)
class Paper:
    """A whole paper. `modified_at` is all that the files say of time: the same paper gives the same bytes.

    Raise ValueError where it is too long, and where a heading skips a level, which no reader can follow.
    """

    head: Head
    language: Language
    modified_at: datetime
    blocks: tuple[Block, ...] = field(default=())

    def __post_init__(self) -> None:
        """Check length and order."""
        if self.modified_at.tzinfo is None:
            raise ValueError("modified_at needs a zone.")
        texts = [run.text for run in runs_of(self.blocks)]
        _limit(sum(map(len, texts)), LONGEST_PAPER, "signs")
        _limit(sum(text.count("\n") for text in texts) + len(texts), MOST_LINES, "lines")
        level = 0
        for block in self.blocks:
            if isinstance(block, Annex):
                level = 1
            elif isinstance(block, Heading):
                if block.level > level + 1:
                    raise ValueError(f"A heading of level {block.level} stands under one of level {level}.")
                level = block.level


def _limit(count: int, most: int, what: str) -> None:
    if count > most:
        raise ValueError(f"The paper has {count} {what}: {most} is the most.")


def is_safe_link(address: str) -> bool:
    """Return whether an address may be followed from a paper."""
    try:
        return urlsplit(address).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


def contents_of(block: Block) -> Iterator[Content]:
    """Yield the texts of a block, in reading order."""
    if isinstance(block, Paragraph | NumberedParagraph | Heading):
        yield block.content
    elif isinstance(block, LetteredList | Bullets):
        yield from (item.content for item in block.items)
    elif isinstance(block, Table):
        yield from (cell.content for row in block.rows for cell in row.cells)


def runs_of(blocks: Iterable[Block]) -> Iterator[Run]:
    """Yield all runs of text in reading order, those of notes where their sign stands."""
    for block in blocks:
        for content in contents_of(block):
            for inline in content:
                yield from inline.content if isinstance(inline, Footnote) else (inline,)


def plain(content: Content) -> str:
    """Return a text as it reads with all changes accepted, without its notes."""
    kept = (one for one in content if isinstance(one, Run) and not (one.mark and one.mark.change is Change.DELETED))
    return "".join(run.text for run in kept)


def is_redline(blocks: Iterable[Block]) -> bool:
    """Return whether anything is marked as put in or taken out."""
    found = tuple(blocks)
    marked = [getattr(block, "mark", None) for block in found]
    for block in found:
        if isinstance(block, LetteredList | Bullets):
            marked += [item.mark for item in block.items]
        elif isinstance(block, Table):
            marked += [row.mark for row in block.rows]
    return any(marked) or any(inline.mark for block in found for content in contents_of(block) for inline in content)
