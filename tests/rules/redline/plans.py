"""Random plans and edits of them, each with the change that it plants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from planner.rules.redline import Item, Lineage, PlanText

WORDS = st.lists(
    st.sampled_from(
        ["licence", "transit", "broker", "storage", "record", "marking", "Éxito", "武器", "end-use", "11(3)"]
    ),
    min_size=1,
)
TEXTS = WORDS.map(" ".join)
CYCLES = range(13, 18)


@st.composite
def plans(draw: st.DrawFn, most: int = 12) -> PlanText:
    """A plan of themes in years, with topics, questions and expected outputs under them."""
    items: list[Item] = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        kind = draw(st.sampled_from(("theme", "topic", "topic", "question", "expected_output"))) if items else "theme"
        above = {"topic": "theme", "question": "topic", "expected_output": "theme"}.get(kind)
        parents = [item for item in items if item.kind == above]
        if above and not parents:
            kind, parents = "theme", []
        parent = draw(st.sampled_from(parents)) if parents else None
        cycle = draw(st.sampled_from(CYCLES)) if parent is None else parent.cycle
        last = draw(st.sampled_from((None, cycle + 1 if cycle else None))) if kind == "topic" else None
        said = {
            "title": draw(TEXTS),
            "text": draw(st.none() | TEXTS),
            "articles": draw(st.sampled_from(((), ("7",), ("11.3", "11.5")))),
        }
        items.append(Item(number, kind, parent.id if parent else None, cycle, last, said))
    return PlanText(tuple(items))


@dataclass
class Draft:
    """A working copy under edit: items in order, what was made of what."""

    items: list[Item]
    lineage: set[Lineage] = field(default_factory=set)

    @classmethod
    def of(cls, text: PlanText) -> Draft:
        return cls(list(text.items), set(text.lineage))

    @property
    def text(self) -> PlanText:
        return PlanText(tuple(self.items), frozenset(self.lineage))

    @property
    def next_id(self) -> int:
        return 1000 + len(self.lineage) + max((item.id for item in self.items), default=0)

    def find(self, key: int) -> Item:
        return next(item for item in self.items if item.id == key)

    def put(self, item: Item) -> None:
        self.items[next(at for at, one in enumerate(self.items) if one.id == item.id)] = item

    def say(self, key: int, name: str, value: object) -> None:
        item = self.find(key)
        self.put(replace(item, said={**item.said, name: value}))

    def remove(self, key: int) -> None:
        """Take an item out with all that hangs under it."""
        for below in [item.id for item in self.items if item.parent_id == key]:
            self.remove(below)
        self.items = [item for item in self.items if item.id != key]

    def move(self, key: int, cycle: int) -> None:
        item = self.find(key)
        last = item.last_cycle + cycle - item.cycle if item.last_cycle is not None and item.cycle is not None else None
        self.put(replace(item, cycle=cycle, last_cycle=last))
        for below in [one.id for one in self.items if one.parent_id == key and one.cycle == item.cycle]:
            self.move(below, cycle)

    def merge(self, into: int, key: int) -> None:
        self.lineage.add(Lineage(into, key, "merged"))
        for item in [one for one in self.items if one.parent_id == key]:
            self.put(replace(item, parent_id=into, cycle=self.find(into).cycle))
        self.items = [item for item in self.items if item.id != key]

    def split(self, key: int) -> int:
        item, new = self.find(key), self.next_id
        self.items.append(replace(item, id=new, said={**item.said, "title": f"{item.title}, second part"}))
        self.lineage.add(Lineage(new, key, "split"))
        return new


def _say(draft: Draft, draw: st.DrawFn, key: int) -> None:
    draft.say(key, draw(st.sampled_from(("title", "text", "articles"))), draw(TEXTS))


def _add(draft: Draft, draw: st.DrawFn, key: int) -> None:
    parent = draft.find(key)
    kind = {"theme": "topic", "topic": "question"}.get(parent.kind, "theme")
    over = parent.id if kind != "theme" else None
    at = draw(st.integers(0, len(draft.items)))
    draft.items.insert(at, Item(draft.next_id, kind, over, parent.cycle, None, {"title": draw(TEXTS)}))


def _merge(draft: Draft, draw: st.DrawFn, key: int) -> None:
    others = [item.id for item in draft.items if item.kind == draft.find(key).kind and item.id != key]
    if others:
        draft.merge(draw(st.sampled_from(others)), key)


def _under(draft: Draft, draw: st.DrawFn, key: int) -> None:
    themes = [item.id for item in draft.items if item.kind == "theme"]
    if draft.find(key).kind == "topic" and themes:
        draft.put(replace(draft.find(key), parent_id=draw(st.sampled_from(themes))))


def _span(draft: Draft, draw: st.DrawFn, key: int) -> None:
    draft.put(replace(draft.find(key), last_cycle=draw(st.none() | st.sampled_from(CYCLES))))


def _shuffle(draft: Draft, draw: st.DrawFn, _key: int) -> None:
    draft.items = draw(st.permutations(draft.items))


def _shift(draft: Draft, draw: st.DrawFn, _key: int) -> None:
    draft.items = list(draft.text.shifted(draw(st.integers(-2, 2))).items)


EDITS: tuple[Callable[[Draft, st.DrawFn, int], object], ...] = (
    _say,
    _add,
    _merge,
    _under,
    _span,
    _shuffle,
    _shift,
    lambda draft, _draw, key: draft.remove(key),
    lambda draft, _draw, key: draft.split(key),
    lambda draft, draw, key: draft.move(key, draw(st.sampled_from(CYCLES))),
)


@st.composite
def edited(draw: st.DrawFn, text: PlanText, most: int = 12) -> PlanText:
    """A plan after a random sequence of edits of every kind."""
    draft = Draft.of(text)
    for edit in draw(st.lists(st.sampled_from(EDITS), max_size=most)):
        if draft.items:
            edit(draft, draw, draw(st.sampled_from([item.id for item in draft.items])))
    return draft.text
