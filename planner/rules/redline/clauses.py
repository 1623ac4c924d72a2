"""Both versions laid out as one text, with what was put in and taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from planner.rules.redline.compare import Change, Redline
from planner.rules.redline.text import Item, PlanText, Value
from planner.rules.redline.words import Mark, Piece, compare_words

WORDED = ("title", "text", "rationale", "result")
"""Fields that are compared word by word; all others are struck and written anew as a whole."""


@dataclass(frozen=True)
class Part:
    """What an item says in one field in both versions: pieces where it is words, else the values."""

    field: str
    pieces: tuple[Piece, ...]
    old: Value = None
    new: Value = None

    @property
    def is_changed(self) -> bool:
        """Say whether the two versions differ here."""
        return any(piece.mark is not Mark.SAME for piece in self.pieces) or self.old != self.new


@dataclass(frozen=True)
class Clause:
    """An item with its number in the new version (in the old one where it is gone) and all that changed about it."""

    item: Item
    number: str
    mark: Mark
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]

    @property
    def is_changed(self) -> bool:
        """Say whether anything about it changed."""
        return bool(self.changes) or self.mark is not Mark.SAME


def clauses(redline: Redline, old: PlanText, new: PlanText) -> tuple[Clause, ...]:
    """Return the items of both versions in the order of reading; one that is gone stands where it stood before.

    `redline` is that of the two texts.
    """
    told: dict[int, list[Change]] = {}
    for change in redline.changes:
        if change.item is not None:
            told.setdefault(change.item.id, []).append(change)
        for other in change.others:
            told.setdefault(other.id, []).append(change)
    found: list[Clause] = []
    for item, number in new.in_reading_order:
        before = old.by_id.get(item.id)
        mark = Mark.SAME if before else Mark.INSERTED
        found.append(Clause(item, number, mark, tuple(_parts(before, item)), tuple(told.get(item.id, ()))))
    _put_back(found, old, new, told)
    return tuple(found)


def _put_back(found: list[Clause], old: PlanText, new: PlanText, told: dict[int, list[Change]]) -> None:
    """Put the items that are gone behind what stood before them in the old version."""
    behind: int | None = None
    for item, number in old.in_reading_order:
        if item.id not in new.by_id:
            place = next((at + 1 for at, clause in enumerate(found) if clause.item.id == behind), 0)
            parts = tuple(_parts(item, None))
            found.insert(place, Clause(item, number, Mark.DELETED, parts, tuple(told.get(item.id, ()))))
        behind = item.id


def _parts(old: Item | None, new: Item | None) -> Iterator[Part]:
    sides = [side.said if side else {} for side in (old, new)]
    names: Collection[str] = dict.fromkeys((*WORDED[:1], *sides[1], *sides[0]))
    for name in names:
        was, now = (side.get(name) for side in sides)
        if name in WORDED:
            yield Part(name, compare_words(str(was or ""), str(now or "")))
        else:
            yield Part(name, (), was, now)
