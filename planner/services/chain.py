"""The chain: from a mandate to a follow-up and back. Links are kept beside the records, so that one query walks
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, delete, func, insert, literal, select, union, union_all
from sqlalchemy.sql.selectable import CompoundSelect

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db, table_of
from planner.models import (
    Call,
    ChainLink,
    Contribution,
    Decision,
    FollowUp,
    OfferItem,
    Output,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PublishedSlot,
    Record,
    Release,
    SessionItem,
    Slot,
    ThemeMeeting,
)


def refresh(record_ids: set[int]) -> None:
    """Rewrite the links from the given records (as the lower ends) to what they came of."""
    ids = sorted(record_ids)
    table = table_of(ChainLink)
    wanted = {(upper, lower) for upper, lower in db.session.execute(_uppers_of(ids)) if upper != lower}
    # Those under the given records too: the offers of a session are among the wanted, whichever of the two was touched.
    near = table.c.lower_id.in_(ids) | table.c.upper_id.in_(ids)
    held = {
        (upper, lower) for upper, lower in db.session.execute(select(table.c.upper_id, table.c.lower_id).where(near))
    }
    for upper, lower in {link for link in held if link[1] in record_ids} - wanted:
        db.session.execute(delete(table).where(table.c.upper_id == upper, table.c.lower_id == lower))
    if wanted - held:
        rows = [{"upper_id": upper, "lower_id": lower} for upper, lower in sorted(wanted - held)]
        db.session.execute(insert(table), rows)


def _uppers_of(ids: list[int]) -> CompoundSelect[Any, Any]:
    """Return the select of (upper id, lower id): the one place that says what hangs on what."""
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
    offers_of_sessions = select(Slot.session_id, Slot.offer_id).where(Slot.session_id.in_(ids))
    steps = (plans, revisions, sessions, slots, offers, answers, inputs, outputs, products, decisions, follow_ups)
    return union(*(_of(step, ids) for step in steps), _top_items(items, ids), offers_of_sessions)


def _of(step: Select[Any, Any], ids: list[int]) -> Select[Any, Any]:
    upper, lower = step.selected_columns
    return step.where(lower.in_(ids), upper.is_not(None))


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
    up = _just_above(viewer, record).cte("up", recursive=True)
    up = up.union(select(ChainLink.upper_id).join(up, ChainLink.lower_id == up.c.id))
    down = _just_below(record).cte("down", recursive=True)
    down = down.union(select(ChainLink.lower_id).join(down, ChainLink.upper_id == down.c.id))
    near = union_all(
        select(up.c.id, literal("behind").label("way")),
        select(down.c.id, literal("ahead").label("way")),
        select(literal(record.id).label("id"), literal("here").label("way")),
    ).subquery()
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
        select(Record.id, Record.kind, title(viewer).label("title"), Record.state, near.c.way, station, rank, count)
        .join(near, near.c.id == Record.id)
        .outerjoin(item, item.c.id == Record.id)
        .where(visible(viewer))
        .subquery()
    )
    rows = db.session.execute(select(found).where(found.c.rank <= SHOWN).order_by(found.c.rank)).all()
    inputs = tuple(_linked(row) for row in rows if row.station == "input" and row.way == "ahead")
    return Walk(record.id, tuple(_station(name, rows) for name in STATIONS), inputs)


def _just_above(viewer: Viewer, record: Record) -> Any:
    """Return the select of the ids (as `id`) of what a record directly hangs on.

    A presentation hangs on the session that the viewer knows: for all but officers that of the current release.
    Meetings, releases and calls are no stations; they stand on the chain where their themes or their topic do.
    """
    if record.kind == "offer" and not viewer.is_officer_of(record.home_body_id):
        place = select(PublishedSlot.session_id.label("id")).where(PublishedSlot.offer_id == record.id)
        both = place.union(select(OfferItem.item_id).where(OfferItem.offer_id == record.id)).subquery()
        return select(both.c.id)
    if record.kind == "call":
        topic = select(table_of(Call).c.item_id.label("id")).where(table_of(Call).c.id == record.id)
        return topic.where(table_of(Call).c.item_id.is_not(None))
    if record.kind in ("meeting", "release"):
        return select(ThemeMeeting.item_id.label("id")).where(ThemeMeeting.meeting_id == _meeting_of(record))
    return select(ChainLink.upper_id.label("id")).where(ChainLink.lower_id == record.id)


def _just_below(record: Record) -> Select[Any]:
    """Return the select of the ids (as `id`) of what directly hangs on a record; of a meeting its sessions."""
    if record.kind in ("meeting", "release"):
        sessions = table_of(PlanSession)
        return select(sessions.c.id.label("id")).where(sessions.c.meeting_id == _meeting_of(record))
    return select(ChainLink.lower_id.label("id")).where(ChainLink.upper_id == record.id)


def _meeting_of(record: Record) -> Any:
    release = table_of(Release)
    if record.kind == "meeting":
        return record.id
    return select(release.c.meeting_id).where(release.c.id == record.id).scalar_subquery()


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
