"""The statement of differences: what a version of a plan says otherwise than another one, told and shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.papers import words as said
from planner.papers.front import Front
from planner.papers.redlined import Redliner
from planner.papers.shape import Block, Heading, NumberedParagraph, Paper, Paragraph, Run
from planner.papers.words import Words
from planner.rules.redline import Clause, Mark, Part, Piece, Redline, Value
from planner.rules.redline.sentences import Names, sentence
from planner.rules.words import word

_BLOCKS = ("text", "rationale", "result")
"""Fields that are texts of several paragraphs. Of the others all that changed is shown in a line each."""


@dataclass(frozen=True)
class Statement:
    """Two versions of a plan by name, what lies between them, and whose changes they are, made when.

    `redline` and `clauses` are those of the two texts; `names` says what cycles and items are called.
    """

    front: Front
    plan: str
    old: str
    new: str
    author: str
    redline: Redline
    clauses: tuple[Clause, ...]
    names: Names


def statement(told: Statement) -> Paper:
    """Return the paper: each change as a numbered sentence, then the changed items as a redline."""
    words = told.front.words
    lead = words.say(said.STATEMENT_OF, new=told.new, old=told.old)
    head = told.front.head(words.say(said.STATEMENT), f"{told.plan}: {lead}" if told.plan else lead)
    return Paper(head, told.front.language, told.front.modified_at, tuple(_blocks(told)))


def _blocks(told: Statement) -> Iterator[Block]:
    words = told.front.words
    changes = told.redline.changes
    yield Heading(1, (Run(words.say(said.CHANGES)),))
    count = (said.NO_CHANGES, said.CHANGES_ONE)[len(changes)] if len(changes) < 2 else said.CHANGES_COUNT
    yield NumberedParagraph((Run(words.say(count, count=len(changes), old=told.old, new=told.new)),))
    for change in changes:
        yield NumberedParagraph((Run(words.say(sentence(change, told.names))),))
    changed = [clause for clause in told.clauses if clause.is_changed]
    if changed:
        yield Heading(1, (Run(words.say(said.CHANGED_TEXT)),))
    for clause in changed:
        yield from _clause(told, clause)


def _clause(told: Statement, clause: Clause) -> Iterator[Block]:
    words = told.front.words
    redliner = Redliner(told.author, told.front.modified_at, told.front.foreign)
    parts = {part.field: part for part in clause.parts}
    title = redliner.runs(parts["title"].pieces if "title" in parts else (Piece(clause.mark, clause.item.title),))
    number = (Run(f"{words.say(said.ITEM, number=clause.number)} "),) if clause.number else ()
    # the item's number is no change: what is taken out keeps it for reference
    yield Heading(2, (*number, *title), numbered=False)
    notes = {Mark.INSERTED: said.NEW_ITEM, Mark.DELETED: said.ITEM_GONE}
    if clause.mark in notes:
        yield Paragraph((Run(words.say(notes[clause.mark])),))
    for part in clause.parts:
        if part.field in _BLOCKS:
            old, new = (_side(part, mark) for mark in (Mark.INSERTED, Mark.DELETED))
            yield from redliner.blocks(old, new)
        elif part.field != "title" and part.is_changed:
            label = words.say(said.FIELD_VALUE, field=word("field", part.field))
            values = redliner.values(*(_value(words, part.field, value) for value in (part.old, part.new)))
            yield Paragraph((Run(label, bold=True), *values))


def _side(part: Part, without: Mark) -> str:
    """Return one version's text: that of all pieces but those that only the other one has."""
    return "".join(piece.text for piece in part.pieces if piece.mark is not without)


def _value(words: Words, field: str, value: Value) -> str:
    if field == "output_kind" and value:
        return words.say(word("output_kind", str(value)))
    return ", ".join(value) if isinstance(value, tuple) else str(value if value is not None else "")
