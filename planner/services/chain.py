"""The chain: from a mandate to a follow-up and back. Links are kept beside the records, so that one query walks
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Select, case, delete, func, insert, literal, select, union_all, update
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import CompoundSelect

from planner.access.viewer import Viewer
from planner.access.visibility import linked, title, visible
from planner.core.db import db, table_of
from planner.models import (
    ChainLink,
    Contribution,
    Decision,
    FollowUp,
    OfferItem,
    Output,
    Plan,
    PlanItem,
    PlanItemRevision,
    PublishedSession,
    PublishedSlot,
    Record,
    SessionItem,
    Slot,
)
from planner.services.chain_starts import above, under

_reached = aliased(Record)
_IN = {"working": (True, False), "public": (False, True), "both": (True, True)}
"""In which editions (working, public) a step stands."""


def refresh(record_ids: set[int]) -> None:
    """Rewrite the links from the given records (as the lower ends) to what they came of, in both editions."""
    ids = sorted(record_ids)
    table = table_of(ChainLink)
    wanted = _wanted(ids)
    # Those under the given records too: the offers of a session are among the wanted, whichever of the two was touched.
    near = table.c.lower_id.in_(ids) | table.c.upper_id.in_(ids)
    held = {(row.upper_id, row.lower_id): row for row in db.session.execute(select(table).where(near))}
    for (upper, lower), row in held.items():
        this = (table.c.upper_id == upper) & (table.c.lower_id == lower)
        now = wanted.get((upper, lower), (False, False))
        if lower not in record_ids:
            now = (row.working or now[0], row.public or now[1])
        if now == (False, False):
            db.session.execute(delete(table).where(this))
        elif now != (row.working, row.public):
            db.session.execute(update(table).where(this).values(working=now[0], public=now[1]))
    new = [
        {"upper_id": link[0], "lower_id": link[1], "working": working, "public": public}
        for link, (working, public) in sorted(wanted.items())
        if link not in held
    ]
    if new:
        db.session.execute(insert(table), new)


def _wanted(ids: list[int]) -> dict[tuple[int, int], tuple[bool, bool]]:
    """Return the steps (upper id, lower id) to the given records, with the editions in which each stands."""
    found = [(upper, lower, *_IN[edition]) for upper, lower, edition in db.session.execute(_uppers_of(ids))]
    frozen = select(PublishedSession.session_id, PublishedSession.programme).where(PublishedSession.session_id.in_(ids))
    for session_id, programme in db.session.execute(frozen):
        found += [(item_id, session_id, False, True) for item_id in programme["treats"]]
    wanted: dict[tuple[int, int], tuple[bool, bool]] = {}
    for upper, lower, working, public in found:
        if upper != lower:
            before = wanted.get((upper, lower), (False, False))
            wanted[upper, lower] = (before[0] or working, before[1] or public)
    return wanted


def _uppers_of(ids: list[int]) -> CompoundSelect[Any, Any, Any]:
    """Return the select of (upper id, lower id, editions): the one place that says what hangs on what.

    What a session treats in the public edition stands in its frozen programme, not in a table: see `_wanted`.
    """
    plans = select(table_of(Plan).c.proposed_by_id, table_of(Plan).c.id)
    items = select(table_of(PlanItem).c.plan_id, table_of(PlanItem).c.id)
    shown = select(PlanItemRevision.item_id).where(PlanItemRevision.is_shown)
    # Only where it stands now: an item that has moved hangs no more on the theme that it had in an earlier version.
    revisions = select(PlanItemRevision.parent_id, PlanItemRevision.item_id).where(
        PlanItemRevision.is_shown | PlanItemRevision.item_id.not_in(shown)
    )
    sessions = select(SessionItem.item_id, SessionItem.session_id)
    slots = select(Slot.session_id, Slot.offer_id)
    offers = select(OfferItem.item_id, OfferItem.offer_id)
    answers = select(table_of(Contribution).c.item_id, table_of(Contribution).c.id)
    inputs = select(table_of(Contribution).c.session_id, table_of(Contribution).c.id)
    outputs = select(table_of(Output).c.item_id, table_of(Output).c.id)
    products = select(table_of(Output).c.session_id, table_of(Output).c.id)
    decisions = select(table_of(Decision).c.session_id, table_of(Decision).c.id)
    follow_ups = select(table_of(FollowUp).c.comes_from_id, table_of(FollowUp).c.id)
    frozen = select(PublishedSlot.session_id, PublishedSlot.offer_id)
    both = (plans, revisions, offers, answers, inputs, outputs, products, decisions, follow_ups)
    return union_all(
        *(_of(step, ids, "both") for step in both),
        _top_items(items, ids).add_columns(literal("both")),
        *(_of(step, ids, "working") for step in (sessions, slots)),
        _of(frozen, ids, "public"),
        select(Slot.session_id, Slot.offer_id, literal("working")).where(Slot.session_id.in_(ids)),
        frozen.where(PublishedSlot.session_id.in_(ids)).add_columns(literal("public")),
    )


def _of(step: Select[Any, Any], ids: list[int], edition: str) -> Select[Any, Any, Any]:
    upper, lower = step.selected_columns
    return step.where(lower.in_(ids), upper.is_not(None)).add_columns(literal(edition))


def _top_items(items: Select[Any, Any], ids: list[int]) -> Select[Any, Any]:
    """Return the items that hang directly on their plan: themes, and questions that no topic holds."""
    item = table_of(PlanItem)
    placed = select(PlanItemRevision.item_id).where(PlanItemRevision.parent_id.is_not(None))
    return items.where(item.c.id.in_(ids), item.c.id.not_in(placed))


STATIONS = ("mandate", "plan", "theme", "topic", "question", "session", "output", "action", "follow_up")
"""The stations of the chain in their order; presentations and inputs hang between session and output."""
SHOWN = 3
"""How many records of a station are named; the rest are counted."""


@dataclass(frozen=True)
class Linked:
    """A record on the chain as the viewer may see it."""

    id: int
    kind: str
    title: str
    state: str | None


@dataclass(frozen=True)
class Station:
    """One station seen from a record: "behind", "here" or "ahead", the first records there, and how many there are."""

    name: str
    position: str
    records: tuple[Linked, ...]
    count: int


@dataclass(frozen=True)
class Walk:
    """The chain through one record: its stations, and the inputs that hang on it (presentations, contributions)."""

    record_id: int
    stations: tuple[Station, ...]
    inputs: tuple[Linked, ...]

    def at(self, name: str) -> Station:
        """Return a station by name."""
        return next(station for station in self.stations if station.name == name)


def walk(viewer: Viewer, record: Record) -> Walk:
    """Return the chain up and down from a record, as far as the viewer may see it, in one query."""
    up, down = all_above(viewer, above(viewer, record)), all_below(viewer, under(viewer, record))
    found_on_ways = union_all(
        select(up.c.id, literal("behind").label("way")),
        select(down.c.id, literal("ahead").label("way")),
        select(literal(record.id).label("id"), literal("here").label("way")),
    ).subquery()
    # Beside the chain one record may be met both ways: the parts of a body, and what they came of. It stands once.
    near = (
        select(found_on_ways.c.id, func.min(found_on_ways.c.way).label("way")).group_by(found_on_ways.c.id).subquery()
    )
    item = table_of(PlanItem)
    station = case(
        (Record.kind == "document", "mandate"),
        (Record.kind == "plan_item", case((item.c.item_kind == "expected_output", "output"), else_=item.c.item_kind)),
        (Record.kind == "plan_session", "session"),
        (Record.kind == "decision", "action"),
        (Record.kind.in_(("offer", "contribution")), "input"),
        else_=Record.kind,
    ).label("station")
    rank = func.row_number().over(partition_by=(near.c.way, station), order_by=Record.id).label("rank")
    count = func.count().over(partition_by=(near.c.way, station)).label("count")
    found = (
        select(
            Record.id,
            Record.kind,
            title(viewer).label("title"),
            Record.standing.label("state"),
            near.c.way,
            station,
            rank,
            count,
        )
        .join(near, near.c.id == Record.id)
        .outerjoin(item, item.c.id == Record.id)
        .where(visible(viewer))
        .subquery()
    )
    rows = db.session.execute(select(found).where(found.c.rank <= SHOWN).order_by(found.c.rank)).all()
    inputs = tuple(_linked(row) for row in rows if row.station == "input" and row.way == "ahead")
    return Walk(record.id, tuple(_station(name, rows) for name in STATIONS), inputs)


def all_above(viewer: Viewer, start: Any, *, seen_only: bool = False) -> CTE:
    """Return the table of ids (as `id`): those of `start`, and all that they came of in the edition of the viewer.

    `seen_only` goes no further than what the viewer may see: where a narrowing by one record must not tell that another
    one hangs on it through a third.
    """
    return _all(viewer, start, ChainLink.lower_id, ChainLink.upper_id, seen_only=seen_only)


def all_below(viewer: Viewer, start: Any, *, seen_only: bool = False) -> CTE:
    """Return the table of ids (as `id`): those of `start`, and all that came of them; otherwise as `all_above`."""
    return _all(viewer, start, ChainLink.upper_id, ChainLink.lower_id, seen_only=seen_only)


def _all(viewer: Viewer, start: Any, here: Any, there: Any, *, seen_only: bool) -> CTE:
    reached = _once(start).cte(recursive=True)  # without a name: a query may walk twice
    step = select(there).join(reached, here == reached.c.id).where(linked(viewer))
    if seen_only:
        step = step.join(_reached, _reached.id == there).where(visible(viewer, _reached))
    return reached.union(step)


def _once(start: Any) -> Select[Any]:
    """Return a select of the ids that a select or a union of selects gives: a recursive one begins with one select."""
    given = start.subquery()
    return select(given.c.id)


def _station(name: str, rows: Sequence[Any]) -> Station:
    mine = [row for row in rows if row.station == name]
    here = [row for row in mine if row.way == "here"]
    if here:
        return Station(name, "here", (_linked(here[0]),), 1)
    position = "ahead" if _is_ahead(name, rows) else "behind"
    counts = {row.way: row.count for row in mine}
    return Station(name, position, tuple(_linked(row) for row in mine)[:SHOWN], sum(counts.values()))


def _is_ahead(name: str, rows: Sequence[Any]) -> bool:
    """Say whether a station lies after the record's own; beside the chain, what was found decides."""
    here = next((row.station for row in rows if row.way == "here"), "")
    here = "session" if here == "input" else here
    if here in ("meeting", "release", "call"):
        return STATIONS.index(name) >= STATIONS.index("session")
    if here in STATIONS:
        return STATIONS.index(name) > STATIONS.index(here)
    return any(row.way == "ahead" for row in rows if row.station == name)


def _linked(row: Any) -> Linked:
    return Linked(row.id, row.kind, row.title, row.state)
