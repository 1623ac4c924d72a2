"""The table of comments of a round as a paper: by item, and by State; its workbook is `formats/comment_table.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.core.i18n import Message
from planner.papers import words as said
from planner.papers.front import Front
from planner.papers.markdown import text_content
from planner.papers.shape import Block, Cell, Content, Heading, NumberedParagraph, Paper, Row, Run, Table
from planner.rules.comment_rows import CommentRow, by_item, by_state
from planner.rules.comment_words import COMMENT_KINDS, DISPOSITIONS

_WIDTHS = (22, 18, 34, 26)


@dataclass(frozen=True)
class CommentsTable:
    """The comments of a round on a version, as far as the reader may see them."""

    front: Front
    version: str
    rows: tuple[CommentRow, ...]


def comments_table(made: CommentsTable) -> Paper:
    """Return the paper; what is withdrawn stays in the table and says so."""
    words = made.front.words
    head = made.front.head(words.say(said.COMMENT_TABLE), words.say(said.COMMENTS_ON, version=made.version))
    return Paper(head, made.front.language, made.front.modified_at, tuple(_blocks(made)))


def _blocks(made: CommentsTable) -> Iterator[Block]:
    words, rows = made.front.words, made.rows
    count = (said.NO_COMMENTS, said.COMMENTS_ONE)[len(rows)] if len(rows) < 2 else said.COMMENTS_COUNT
    yield NumberedParagraph((Run(words.say(count, count=len(rows))),))
    if rows:
        yield Heading(1, (Run(words.say(said.BY_ITEM)),))
        yield _table(made, said.BY_ITEM, by_item(rows))
        yield Heading(1, (Run(words.say(said.BY_STATE)),))
        yield _table(made, said.BY_STATE, by_state(rows))


def _table(made: CommentsTable, caption: Message, rows: Iterable[CommentRow]) -> Table:
    words = made.front.words
    columns = [(said.ON, _item), (said.FROM, _from), (said.COMMENT, _comment), (said.ANSWER, _answer)]
    if caption is said.BY_STATE:
        columns[:2] = reversed(columns[:2])
    head = tuple(words.say(word) for word, _ in columns)
    made_rows = tuple(Row(tuple(Cell(cell(made, row)) for _, cell in columns)) for row in rows)
    return Table(words.say(caption), head, made_rows, _WIDTHS)


def _item(made: CommentsTable, row: CommentRow) -> Content:
    if row.item_title is None:
        return (Run(made.front.words.say(said.WHOLE_PLAN)),)
    number = f"{row.item_number} " if row.item_number else ""
    return (Run(number), Run(row.item_title, language=made.front.foreign))


def _from(made: CommentsTable, row: CommentRow) -> Content:
    words = made.front.words
    date = words.date(row.submitted_at.date())
    return (Run(f"{row.stakeholder}\n{date}, {words.say(said.LATE)}" if row.is_late else f"{row.stakeholder}\n{date}"),)


def _comment(made: CommentsTable, row: CommentRow) -> Content:
    words, language = made.front.words, made.front.foreign
    kind = COMMENT_KINDS.get(row.kind)
    parts: list[Content] = [(Run(words.say(kind) if kind else row.kind, bold=True),)]
    if row.is_withdrawn:
        parts.append((Run(words.say(said.WITHDRAWN)),))
    if row.text:
        parts.append(text_content(row.text, language=language))
    if row.proposed_title:
        parts.append((Run(words.say(said.PROPOSED_TITLE, text=row.proposed_title)),))
    if row.proposed_text:
        parts.append((Run(words.say(said.PROPOSED_TEXT, text="")), *text_content(row.proposed_text, language=language)))
    return _on_lines(parts)


def _answer(made: CommentsTable, row: CommentRow) -> Content:
    words = made.front.words
    if row.is_withdrawn and not row.disposition:
        return ()
    disposition = DISPOSITIONS.get(row.disposition or "")
    parts: list[Content] = [(Run(_upper(words.say(disposition)) if disposition else words.say(said.OPEN), bold=True),)]
    if row.reason:
        parts.append(text_content(row.reason, language=made.front.foreign))
    return _on_lines(parts)


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _on_lines(parts: Iterable[Content]) -> Content:
    found: Content = ()
    for part in parts:
        found = (*found, Run("\n"), *part) if found else part
    return found
