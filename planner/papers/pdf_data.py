"""A paper as plain data for the template of its PDF: numbers counted, lists nested, comments gathered.

Text goes to the template as data and is never read as markup. A paragraph or heading that is taken out has no number:
the numbers are those of the new text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from planner.papers.glyphs import showable
from planner.papers.legible import symbol_lines
from planner.papers.shape import (
    Annex,
    Block,
    Bullets,
    Change,
    Comment,
    Content,
    Contents,
    Footnote,
    Heading,
    Inline,
    Item,
    LetteredList,
    Mark,
    NumberedParagraph,
    Paper,
    Paragraph,
    Run,
    Table,
    is_redline,
    plain,
)
from planner.papers.words import COMMENTS, CONTENTS, LEGEND, Words

Data = dict[str, Any]


def paper_data(paper: Paper) -> Data:
    """Return what the template reads."""
    words = Words(paper.language)
    gathered = _Blocks(words)
    blocks = list(gathered.grouped(paper.blocks))
    before, between, after = words.page("\0", "\0").split("\0")
    head = paper.head
    said = {
        name: showable(getattr(head, name))
        for name in ("organisation", "body", "symbol", "kicker", "lead", "submitted_by")
    }
    # a title of signs that cannot be shown would be none
    title = " ".join(showable(head.title).split()) or showable(head.symbol) or "…"
    return {
        "language": paper.language,
        "head": {
            **said,
            "title": title,
            "symbol_lines": [showable(line) for line in symbol_lines(head.symbol)],
            "facts": [showable(text) for text in (head.date, head.original, head.state) if text],
        },
        "words": {
            "page": [before, between, after],
            "contents": words.say(CONTENTS),
            "comments": words.say(COMMENTS),
            "legend": words.say(LEGEND) if is_redline(paper.blocks) else "",
        },
        "blocks": blocks,
        "comments": gathered.comments,
    }


class _Blocks:
    """Turns blocks into data in their order, counting paragraphs and comments."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._number = 0
        self._level = 0
        self.comments: list[Data] = []

    def grouped(self, blocks: Sequence[Block]) -> Iterator[Data]:
        """Yield data of blocks; numbered paragraphs that follow one another, with their lists, are one list."""
        runs = groupby(blocks, key=lambda block: isinstance(block, NumberedParagraph | LetteredList | Bullets))
        for is_run, found in runs:
            made = [self._block(block) for block in found]
            if is_run:
                yield from _joined(made)
            else:
                yield from made

    def _block(self, block: Block) -> Data:
        match block:
            case Heading():
                made = self._heading(block)
            case NumberedParagraph():
                made = {"kind": "numbered", "number": self._next_number(block.mark), "lists": []}
                made["content"] = self._content(block.content, block.mark, block.comments)
            case Paragraph():
                made = {"kind": "paragraph", "content": self._content(block.content, block.mark, block.comments)}
            case LetteredList() | Bullets():
                made = self._list(block)
            case Table():
                made = self._table(block)
            case Annex():
                self._number = 0 if block.restarts else self._number
                self._level = 1
                label, title = self._words.annex(showable(block.letter)), showable(block.title)
                made = {"kind": "annex", "label": label, "title": title}
            case Contents():
                made = {"kind": "contents"}
        return made

    def _heading(self, heading: Heading) -> Data:
        is_out = _is_out(heading.mark)
        # the outline of the file names headings, so that there must be something to name
        names_something = bool(showable(plain(heading.content)).strip()) and not is_out
        # under a heading that is taken out the next one moves up: the standard wants no level to be skipped
        level = min(heading.level, self._level + 1)
        if names_something:
            self._level = level
        return {
            "kind": "heading" if names_something else "struck-heading",
            "level": level,
            "numbered": heading.numbered and heading.level < 3,
            "content": self._content(heading.content, heading.mark, heading.comments),
        }

    def _next_number(self, mark: Mark | None) -> int:
        """Return the number of a paragraph, or 0 for one that is taken out."""
        if _is_out(mark):
            return 0
        self._number += 1
        return self._number

    def _list(self, found: LetteredList | Bullets) -> Data:
        items = [self._item(item) for item in found.items]
        top: list[Data] = []
        path: list[Data] = []
        for item, made in zip(found.items, items, strict=True):
            del path[min(item.depth, len(path)) :]
            (path[-1]["items"] if path else top).append(made)
            path.append(made)
        return {"kind": "list", "lettered": isinstance(found, LetteredList), "items": top}

    def _item(self, item: Item) -> Data:
        return {"content": self._content(item.content, item.mark, item.comments), "items": []}

    def _table(self, table: Table) -> Data:
        rows = [[self._content(cell.content, row.mark, cell.comments) for cell in row.cells] for row in table.rows]
        head = [showable(word) for word in table.head]
        return {"kind": "table", "head": head, "rows": rows, "widths": table.widths, "align": table.align}

    def _content(self, content: Content, outer: Mark | None, comments: Sequence[Comment] = ()) -> list[Data]:
        made = [data for inline in content for data in self._inline(inline, outer)]
        return [*made, *(self._comment(comment) for comment in comments)]

    def _inline(self, inline: Inline, outer: Mark | None) -> Iterator[Data]:
        changes = {mark.change for mark in (outer, inline.mark) if mark}
        marks = {"inserted": Change.INSERTED in changes, "deleted": Change.DELETED in changes}
        if isinstance(inline, Footnote):
            inside = [data for run in inline.content for data in self._inline(run, outer or inline.mark)]
            yield {"note": inside}
            return
        yield {**_run(inline), **marks}
        yield from (self._comment(comment) for comment in inline.comments)

    def _comment(self, comment: Comment) -> Data:
        name = self._words.comment(len(self.comments) + 1)
        lines = [showable(line) for line in comment.text.split("\n")]
        said = {"author": showable(comment.author), "date": self._words.date(comment.at.date()), "lines": lines}
        self.comments.append({"name": name, **said})
        return {"comment": name}


def _run(run: Run) -> Data:
    lines = [showable(line) for line in run.text.split("\n")]
    return {"lines": lines, "bold": run.bold, "link": run.link, "language": run.language}


def _is_out(mark: Mark | None) -> bool:
    return mark is not None and mark.change is Change.DELETED


def _joined(made: Sequence[Data]) -> Iterator[Data]:
    """Yield lists before the first number as they are, then the paragraphs as one, each with the lists after it."""
    paragraphs: list[Data] = []
    for data in made:
        if data["kind"] == "numbered":
            paragraphs.append(data)
        elif paragraphs:
            paragraphs[-1]["lists"].append(data)
        else:
            yield data
    if paragraphs:
        yield {"kind": "paragraphs", "paragraphs": paragraphs}
