"""The text of one version of a plan as a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

KINDS = ("theme", "topic", "question", "expected_output")
"""The kinds of item in the order in which siblings are read."""

Value = str | int | tuple[str, ...] | None
"""What an item says in one field: words, a key, or several names in order."""
LineageKind = Literal["carried_over", "merged", "split"]
Place = tuple[str, int | None, int | None]
"""Where siblings stand that follow one another: kind, parent, cycle."""


@dataclass(frozen=True)
class Item:
    """An item in one version.

    `cycle` and `last_cycle` are places of cycles in their series, so that their difference is a number of cycles;
    `said` is what it says by name of field ("title", "text", "articles" …); what is empty may be left out.
    """

    id: int
    kind: str
    parent_id: int | None
    cycle: int | None
    last_cycle: int | None
    said: Mapping[str, Value] = field(hash=False)

    @property
    def title(self) -> str:
        """Return its title."""
        return str(self.said.get("title") or "")

    @property
    def place(self) -> Place:
        """Return where it stands with its siblings."""
        return (self.kind, self.parent_id, self.cycle)

    def shifted(self, cycles: int) -> Item:
        """Return the item moved by a number of cycles."""
        if not cycles:
            return self
        first, last = (None if one is None else one + cycles for one in (self.cycle, self.last_cycle))
        return replace(self, cycle=first, last_cycle=last)


@dataclass(frozen=True)
class Lineage:
    """That an item was made of another one."""

    item_id: int
    from_id: int
    kind: LineageKind


@dataclass(frozen=True)
class PlanText:
    """All items of a version, siblings in the order of reading, and what they were made of.

    Two texts are equal when their items say the same in the same places and siblings are in the same order. A parent
    that is not in the version counts as none.
    """

    items: tuple[Item, ...]
    lineage: frozenset[Lineage] = field(default=frozenset(), compare=False)

    def __post_init__(self) -> None:
        """Bring the items into the one order in which equal texts are equal."""
        known = {item.id for item in self.items}
        items = (item if item.parent_id in known else replace(item, parent_id=None) for item in self.items)
        trimmed = [
            replace(item, said={name: value for name, value in item.said.items() if value not in (None, "", ())})
            for item in items
        ]
        # stable: siblings keep the order in which they came
        object.__setattr__(self, "items", tuple(sorted(trimmed, key=_order)))

    @cached_property
    def by_id(self) -> Mapping[int, Item]:
        """Return the items by their identity."""
        return {item.id: item for item in self.items}

    @cached_property
    def siblings(self) -> Mapping[Place, tuple[int, ...]]:
        """Return the items of each place, in their order."""
        found: dict[Place, list[int]] = {}
        for item in self.items:
            found.setdefault(item.place, []).append(item.id)
        return {place: tuple(ids) for place, ids in found.items()}

    def shifted(self, cycles: int) -> PlanText:
        """Return the text with its whole schedule moved by a number of cycles."""
        return PlanText(tuple(item.shifted(cycles) for item in self.items), self.lineage) if cycles else self

    @cached_property
    def in_reading_order(self) -> tuple[tuple[Item, str], ...]:
        """Return every item with its number ("2.1"): themes by year, under each its topics, under these questions.

        Items that stand under one another in a circle hang under nothing that is read: they come last, without one.
        """
        below: dict[int | None, list[Item]] = {}
        for item in self.items:
            below.setdefault(item.parent_id, []).append(item)
        read = tuple(_numbered(below, None, "", frozenset()))
        reached = {item.id for item, _ in read}
        return read + tuple((item, "") for item in self.items if item.id not in reached)


def _order(item: Item) -> tuple[int, bool, int, int]:
    return (KINDS.index(item.kind), item.cycle is None, item.cycle or 0, item.parent_id or 0)


def _numbered(
    below: Mapping[int | None, Iterable[Item]], parent: int | None, number: str, path: frozenset[int]
) -> Iterator[tuple[Item, str]]:
    for place, item in enumerate(below.get(parent, ()), start=1):
        if item.id not in path:
            own = f"{number}.{place}" if number else str(place)
            yield item, own
            yield from _numbered(below, item.id, own, path | {item.id})
