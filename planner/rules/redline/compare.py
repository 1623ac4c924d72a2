"""The changes from one version of a plan to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planner.rules.order import out_of_order
from planner.rules.redline.text import Item, PlanText, Value

ChangeKind = Literal[
    "shifted", "added", "removed", "merged", "split", "carried_over", "moved", "moved_under", "reordered", "spans",
    "edited", "question_changed",
]  # fmt: skip
"""All kinds of change. `moved` is to another year, `moved_under` to another theme or topic in the same year, `spans`
that it runs to another last cycle."""
LAST_CYCLE = "last_cycle"


@dataclass(frozen=True)
class Added:
    """An item that only the new version has, and its place among its new siblings (from 0)."""

    item: Item
    index: int


@dataclass(frozen=True)
class Removed:
    """An item that only the old version has."""

    item: Item


@dataclass(frozen=True)
class Edited:
    """A field of an item that says something else. `last_cycle` counts as one, by its place in the series."""

    item_id: int
    field: str
    old: Value
    new: Value


@dataclass(frozen=True)
class Placed:
    """An item that stands elsewhere: under another parent, in another year, or elsewhere among its siblings.

    `old` and `new` are parent and cycle; `index` is its place among its new siblings (from 0).
    """

    item_id: int
    old: tuple[int | None, int | None]
    new: tuple[int | None, int | None]
    index: int


@dataclass(frozen=True)
class Change:
    """One change as people are told it. `item` is what it is about, as the new version has it where it has it.

    `others` are the items that were merged into it or that it was split into (for `carried_over`: what it carries on);
    `old` and `new` belong to `field`, to the cycles (`moved`, `spans`), to the parents (`moved_under`), or are the
    number of cycles (`shifted`, which is about no item).
    """

    kind: ChangeKind
    item: Item | None
    others: tuple[Item, ...] = ()
    field: str | None = None
    old: Value = None
    new: Value = None


@dataclass(frozen=True)
class Redline:
    """All that has to be done to the old version to get the new one, in the order of `apply`, and the same in words.

    `shift` is by how many cycles the whole schedule moves; the places and years of `placed` and `edited` are read after
    that.
    """

    shift: int
    removed: tuple[Removed, ...]
    placed: tuple[Placed, ...]
    added: tuple[Added, ...]
    edited: tuple[Edited, ...]
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        return bool(self.changes)


def compare(old: PlanText, new: PlanText) -> Redline:
    """Return the changes from one version to another.

    Nothing is reported that follows from something else: of a schedule that moves as a whole, only that; of items that
    were merged or split, that, and not that they are gone or new.
    """
    shift = _shift(old, new)
    old = old.shifted(shift)
    removed = tuple(Removed(item) for item in old.items if item.id not in new.by_id)
    placed = tuple(_placed(old, new))
    added = tuple(Added(item, _index(new, item)) for item in new.items if item.id not in old.by_id)
    edited = tuple(edit for item in new.items if item.id in old.by_id for edit in _edits(old.by_id[item.id], item))
    changes = _in_words(old, new, shift, placed, edited)
    return Redline(shift, removed, placed, added, edited, tuple(changes))


def _shift(old: PlanText, new: PlanText) -> int:
    """Return by how many cycles the schedule moved: all items moved, more than half and at least two by the same."""
    distances = [
        item.cycle - before.cycle
        for item in new.items
        if (before := old.by_id.get(item.id)) and before.cycle is not None and item.cycle is not None
    ]
    if len(distances) < 2 or 0 in distances:
        return 0
    distance, count = Counter(distances).most_common(1)[0]
    return distance if count > 1 and count * 2 > len(distances) else 0


def _index(text: PlanText, item: Item) -> int:
    return text.siblings[item.place].index(item.id)


def _placed(old: PlanText, new: PlanText) -> Iterator[Placed]:
    out_of_place = {
        key
        for place, ids in new.siblings.items()
        for key in out_of_order(old.siblings.get(place, ()), ids)
    }  # fmt: skip
    for item in new.items:
        before = old.by_id.get(item.id)
        if before is not None and (before.place != item.place or item.id in out_of_place):
            places = (before.parent_id, before.cycle), (item.parent_id, item.cycle)
            yield Placed(item.id, *places, _index(new, item))


def _edits(old: Item, new: Item) -> Iterator[Edited]:
    for field in dict.fromkeys((*old.said, *new.said)):
        if old.said.get(field) != new.said.get(field):
            yield Edited(new.id, field, old.said.get(field), new.said.get(field))
    if old.last_cycle != new.last_cycle:
        yield Edited(new.id, LAST_CYCLE, old.last_cycle, new.last_cycle)


def _in_words(
    old: PlanText, new: PlanText, shift: int, placed: tuple[Placed, ...], edited: tuple[Edited, ...]
) -> Iterator[Change]:
    if shift:
        yield Change("shifted", None, new=shift)
    made, gone = _made_of_others(old, new)
    moved = {place.item_id for place in placed}
    edits: dict[int, list[Edited]] = {}
    for edit in edited:
        edits.setdefault(edit.item_id, []).append(edit)
    for item, _ in new.in_reading_order:
        yield from made.get(item.id, ())
        if item.id not in old.by_id:
            if not any(change.item is item or item in change.others for found in made.values() for change in found):
                yield Change("added", item)
            continue
        if item.id in moved:
            yield _move(item, old.by_id[item.id])
        yield from _edit_changes(item, old.by_id[item.id], edits.get(item.id, []))
    for item, _ in old.in_reading_order:
        if item.id not in new.by_id and item.id not in gone:
            yield Change("removed", item)


def _move(item: Item, before: Item) -> Change:
    if before.cycle != item.cycle:
        return Change("moved", item, old=before.cycle, new=item.cycle)
    if before.parent_id != item.parent_id or before.kind != item.kind:
        return Change("moved_under", item, old=before.parent_id, new=item.parent_id)
    return Change("reordered", item)


def _edit_changes(item: Item, before: Item, edits: list[Edited]) -> Iterator[Change]:
    for edit in edits:
        if edit.field == LAST_CYCLE:
            if not _moved_whole(before, item):
                yield Change("spans", item, field=LAST_CYCLE, old=edit.old, new=edit.new)
            continue
        is_question = item.kind == "question" and edit.field in ("title", "text")
        kind: ChangeKind = "question_changed" if is_question else "edited"
        yield Change(kind, item, field=edit.field, old=edit.old, new=edit.new)


def _moved_whole(before: Item, after: Item) -> bool:
    """Say whether an item moved to another year with its length: then its last cycle is no news."""
    spans = [(one.cycle, one.last_cycle) for one in (before, after)]
    if None in spans[0] or None in spans[1]:
        return False
    lengths = [last - first for first, last in spans if first is not None and last is not None]
    return spans[0][0] != spans[1][0] and lengths[0] == lengths[1]


def _made_of_others(old: PlanText, new: PlanText) -> tuple[dict[int, list[Change]], set[int]]:
    """Return merges, splits and items carried over, by the item they are told at, and the items that ended in them."""
    made: dict[int, list[Change]] = {}
    gone: set[int] = set()
    merged: dict[int, list[Item]] = {}
    split: dict[int, list[Item]] = {}
    for link in sorted(new.lineage, key=lambda one: (one.item_id, one.from_id)):
        source, target = old.by_id.get(link.from_id), new.by_id.get(link.item_id)
        if source is None or target is None:
            continue
        if link.kind == "merged" and source.id not in new.by_id:
            merged.setdefault(target.id, []).append(source)
            gone.add(source.id)
        elif link.kind == "split" and target.id not in old.by_id:
            split.setdefault(source.id, []).append(target)
            if source.id not in new.by_id:
                gone.add(source.id)
        elif link.kind == "carried_over" and target.id not in old.by_id:
            made.setdefault(target.id, []).append(Change("carried_over", target, (source,)))
    for key, items in merged.items():
        made.setdefault(key, []).insert(0, Change("merged", new.by_id[key], tuple(items)))
    for key, items in split.items():
        # told at the item itself where it goes on, else at the first that it was split into
        told_at = key if key in new.by_id else items[0].id
        made.setdefault(told_at, []).insert(0, Change("split", new.by_id.get(key, old.by_id[key]), tuple(items)))
    return made, gone
