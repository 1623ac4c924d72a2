"""What the pictures of a plan are made from: cycles, rows, plans, topics, the forum. Plain values, checked when made.

All words are ready to be shown (translated): they are measured before they are placed. Cycles and rows are named by
their place in the plan's own tuples, counted from 0. Moments on the axis are counted in cycles: 2.5 is the middle of
the third cycle. `axis_position` gives them from dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TopicState(StrEnum):
    """How far a topic has come; told by colour, shape and word."""

    DISCUSSED = "discussed"
    DELAYED = "delayed"
    PLANNED = "planned"
    CIRCULATED = "circulated"
    DRAFT = "draft"


class Mark(StrEnum):
    """What stands at a mark under a plan's bar: a verb of the Conference, or a state the plan was in."""

    TAKES_NOTE = "takes note"
    WELCOMES = "welcomes"
    ENDORSES = "endorses"
    ADOPTS = "adopts"
    SETTLED = "settled"
    CIRCULATED = "circulated"
    DRAFT = "draft"


@dataclass(frozen=True)
class Cycle:
    """A column: from one Conference to the next. `starts_on` is inclusive, `ends_on` exclusive; both may be unknown."""

    code: str
    years: str
    theme: str | None = None
    is_future: bool = False
    is_illustration: bool = False
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Row:
    """A stage of the transfer chain, or the whole chain (no number). `short` names it where there is little room."""

    title: str
    short: str
    number: str = ""
    note: str = ""


@dataclass(frozen=True)
class PlanMark:
    """What happened to a plan, and when."""

    mark: Mark
    label: str
    position: float


@dataclass(frozen=True)
class PlanBar:
    """A plan over the cycles it covers, both included."""

    title: str
    first: int
    last: int
    state: TopicState
    url: str | None = None
    marks: tuple[PlanMark, ...] = ()


@dataclass(frozen=True)
class Topic:
    """A topic over its cycles, both included; `carried_to` names the topics that carry it on."""

    key: str
    title: str
    row: int
    first: int
    last: int
    state: TopicState
    url: str | None = None
    is_recalled: bool = False
    moved_from: str | None = None
    carried_to: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether it bears the triangle: delayed, or moved to a later cycle."""
        return self.state is TopicState.DELAYED or self.moved_from is not None


@dataclass(frozen=True)
class Forum:
    """The closed forum: when it was set up and confirmed, and when it met. A moment off the axis is None."""

    title: str
    note: str = ""
    established: float | None = None
    established_label: str = ""
    meetings: tuple[float, ...] = ()
    meetings_label: str = ""
    confirmed: float | None = None
    confirmed_label: str = ""


@dataclass(frozen=True)
class Words:
    """The words of the picture itself."""

    title: str
    plans: str
    plans_note: str = ""
    today: str = ""
    record: str = ""
    illustration: str = ""


@dataclass(frozen=True)
class Plan:
    """All that one picture shows. Raises ValueError where a cycle or row is named that is not there, or a key twice."""

    cycles: tuple[Cycle, ...]
    rows: tuple[Row, ...]
    words: Words
    topics: tuple[Topic, ...] = ()
    plans: tuple[PlanBar, ...] = ()
    forum: Forum | None = None
    today: float | None = None

    def __post_init__(self) -> None:
        if not self.cycles:
            raise ValueError("a plan has at least one cycle")
        bars: tuple[PlanBar | Topic, ...] = (*self.plans, *self.topics)
        for bar in bars:
            if not 0 <= bar.first <= bar.last < len(self.cycles):
                raise ValueError(f"{bar.title!r} covers cycles {bar.first} to {bar.last}, of {len(self.cycles)}")
        for topic in self.topics:
            if not 0 <= topic.row < len(self.rows):
                raise ValueError(f"{topic.title!r} stands in row {topic.row}, of {len(self.rows)}")
        if len({topic.key for topic in self.topics}) < len(self.topics):
            raise ValueError("two topics have the same key")

    @property
    def today_cycle(self) -> int | None:
        """The cycle that is now, or None where today is off the axis."""
        if self.today is None or not 0 <= self.today <= len(self.cycles):
            return None
        return min(int(self.today), len(self.cycles) - 1)


def axis_position(cycles: Sequence[Cycle], day: date) -> float | None:
    """Return where a day stands on the axis, in cycles; None where no cycle with both its dates holds it."""
    for number, cycle in enumerate(cycles):
        if cycle.starts_on and cycle.ends_on and cycle.starts_on <= day < cycle.ends_on:
            return number + (day - cycle.starts_on).days / (cycle.ends_on - cycle.starts_on).days
    return None
