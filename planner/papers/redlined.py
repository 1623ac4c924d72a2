"""A text in two versions as blocks with tracked changes.

Paragraphs and items are set against one another first, then the words of those that stand in the same place: so a
paragraph that is new is new as a whole. Marks of Markdown within a changed text are left out; its words are all there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, zip_longest
from typing import Literal

from rapidfuzz.distance import Indel

from planner.papers.markdown import TextBlock, text_blocks
from planner.papers.shape import (
    Bullets,
    Change,
    Content,
    Item,
    LetteredList,
    Mark,
    NumberedParagraph,
    Paragraph,
    Run,
    plain,
)
from planner.rules.redline import Mark as PieceMark
from planner.rules.redline import Piece, compare_words


@dataclass(frozen=True)
class Redliner:
    """Marks changes as somebody's, made at an instant."""

    author: str
    at: datetime
    language: str = ""

    def mark(self, kind: PieceMark) -> Mark | None:
        """Return the mark of a piece; None where nothing changed."""
        if kind is PieceMark.SAME:
            return None
        change = Change.INSERTED if kind is PieceMark.INSERTED else Change.DELETED
        return Mark(change, self.author, self.at)

    def runs(self, pieces: Sequence[Piece], *, bold: bool = False) -> Content:
        """Return pieces of one text as runs."""
        return tuple(Run(piece.text, bold=bold, mark=self.mark(piece.mark), language=self.language) for piece in pieces)

    def values(self, old: str, new: str) -> Content:
        """Return a value that is struck and written anew as a whole."""
        if old == new:
            return (Run(new, language=self.language),) if new else ()
        sides = ((PieceMark.DELETED, old), (PieceMark.INSERTED, new))
        return self.runs([Piece(mark, text) for mark, text in sides if text])

    def blocks(self, old: str, new: str) -> tuple[TextBlock, ...]:
        """Return both versions of a Markdown text as one."""
        before, after = (_lines(text_blocks(text, language=self.language)) for text in (old, new))
        return tuple(_gathered(self._compared(before, after)))

    def _compared(self, before: Sequence[_Line], after: Sequence[_Line]) -> Iterator[_Line]:
        gone: list[_Line] = []
        new: list[_Line] = []
        for step in Indel.opcodes([line.key for line in before], [line.key for line in after]):
            if step.tag == "equal":
                yield from self._replaced(gone, new)
                gone, new = [], []
                yield from after[step.dest_start : step.dest_end]
            else:
                gone += before[step.src_start : step.src_end]
                new += after[step.dest_start : step.dest_end]
        yield from self._replaced(gone, new)

    def _replaced(self, gone: Sequence[_Line], new: Sequence[_Line]) -> Iterator[_Line]:
        """Yield lines that stand for others: word by word where they are of one kind, else the old before the new."""
        for old_line, new_line in zip_longest(gone, new):
            if old_line and new_line and (old_line.kind, old_line.depth) == (new_line.kind, new_line.depth):
                pieces = compare_words(plain(old_line.content), plain(new_line.content))
                yield replace(new_line, content=self.runs(pieces))
                continue
            for line, mark in ((old_line, PieceMark.DELETED), (new_line, PieceMark.INSERTED)):
                if line:
                    yield replace(line, mark=self.mark(mark))


@dataclass(frozen=True)
class _Line:
    """A paragraph, or an item of a list, by itself."""

    kind: type[TextBlock]
    depth: Literal[0, 1, 2]
    content: Content
    mark: Mark | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """Return what makes two of them the same."""
        return self.kind.__name__, self.depth, plain(self.content)


def _lines(blocks: Sequence[TextBlock]) -> list[_Line]:
    found: list[_Line] = []
    for block in blocks:
        if isinstance(block, Paragraph | NumberedParagraph):
            found.append(_Line(type(block), 0, block.content))
        else:
            found += [_Line(type(block), item.depth, item.content) for item in block.items]
    return found


def _gathered(lines: Iterator[_Line]) -> Iterator[TextBlock]:
    """Yield blocks of lines: items of one kind that follow one another are one list again."""
    for kind, found in groupby(lines, key=lambda line: line.kind):
        if kind is LetteredList or kind is Bullets:
            yield kind(tuple(Item(line.content, line.depth, line.mark) for line in found))
        else:
            yield from (kind(line.content, line.mark) for line in found)
