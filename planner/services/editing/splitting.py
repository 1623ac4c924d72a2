"""Splitting a session at a time of day: what stands on its agenda from then on goes on in a new session.

The session keeps its identity and ends at that time; the new one begins with it, in the same room and for the same
readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import inspect
from sqlalchemy.orm import Mapper

from planner.access import policy
from planner.access.viewer import Viewer
from planner.core.db import Base, db
from planner.core.errors import Conflict, Invalid, NotVisible, Stale
from planner.core.i18n import N_
from planner.models import Origin, PlanSession
from planner.rules import lifecycle
from planner.rules.timetable import Item, lay_out, running_order
from planner.services import changes
from planner.services.editing.carrying import carry, items_of, slots_of
from planner.services.editing.faults import Wrong, guarded
from planner.services.editing.kinds import Clock, Text
from planner.services.editing.local_times import instant_of
from planner.services.editing.merging import Carried
from planner.services.editing.reading import load
from planner.services.editing.records import touch
from planner.services.editing.spec import Entry, Field, Spec
from planner.services.editing.specs.common import next_position
from planner.services.editing.writing import clean
from planner.services.sessions.working import read_working

SPLIT = Spec(
    kind="plan_session",
    model=PlanSession,
    creatable=False,
    fields=(Field("split_at", Clock(), required=True), Field("title", Text(), required=True)),
)
Row = TypeVar("Row", bound=Base)
_SPLITTABLE = ("tentative", "confirmed", "postponed")
_COPIED = ("meeting_id", "session_kind", "zone", "room", "mode", "remote_url", "body_id", "origin", "state",
           "audience_own", "audience_parent_id")  # fmt: skip
_COPIED_ROWS = ("joint_bodies", "item_links", "chairings", "hosts")


@dataclass(frozen=True)
class Split:
    """What a split would do: the instant, what goes to the new session, and of what no time is known, which stays."""

    at: datetime
    goes: Carried
    is_unsure: bool
    """Whether lengths are missing, so that not every hour is known."""


def get_session_to_split(viewer: Viewer, session_id: int) -> PlanSession:
    """Return a session that may be split. Raises NotVisible, NotAllowed, Conflict where it has no hours or is over."""
    record = load(viewer, session_id)
    if not isinstance(record, PlanSession):
        raise NotVisible
    policy.require_change(viewer, "plan_session", record.home_body_id)
    if record.state not in _SPLITTABLE:
        word = lifecycle.state_word("plan_session", record.state or "")
        raise Conflict(N_("Only a session that is still to come is split. This one is {state}.", state=word))
    if record.starts_at is None or record.ends_at is None:
        raise Conflict(N_("The hours of this session are not known. Enter them before you split it."))
    return record


def preview_split(viewer: Viewer, session_id: int, *, at: datetime, given: Mapping[str, Any]) -> Split:
    """Return what a split would do, without doing it. Raises as `split_session`."""
    record = get_session_to_split(viewer, session_id)
    values = clean(SPLIT, given, Entry(actor=viewer, at=at, kind="plan_session"))
    instant = _instant(record, values["split_at"])
    item_ids, offer_ids, is_unsure = _after(record, instant)
    items = tuple(item.title for item in items_of(record.id) if item.id in item_ids)
    presentations = tuple(offer.title for slot, offer in slots_of(record.id) if slot.offer_id in offer_ids)
    return Split(instant, Carried(items, presentations), is_unsure)


def split_session(actor: Viewer, session_id: int, *, rev: int, at: datetime, given: Mapping[str, Any]) -> PlanSession:
    """Split a session and return the new one. `given` holds values of `SPLIT`: the hour in the zone of the session.

    Raises NotVisible, NotAllowed, Invalid (also for an hour that is not within the session), and Conflict where it
    cannot be split or somebody else was faster.
    """
    with guarded(), changes.change(actor, at=at, action="split") as change:
        record = get_session_to_split(actor, session_id)
        if record.rev != rev:
            raise Stale(N_("Load the page again and look at what was changed before you save."))
        values = clean(SPLIT, given, Entry(actor=actor, at=at, kind="plan_session", changes=change))
        instant = _instant(record, values["split_at"])
        item_ids, offer_ids, _ = _after(record, instant)
        made = _copy(record, values["title"], instant)
        db.session.add(made)
        db.session.flush()
        items = [item for item in items_of(record.id) if item.id in item_ids]
        slots = [slot for slot, _ in slots_of(record.id) if slot.offer_id in offer_ids]
        carry(items, slots, made, came_from=None, change=change)
        record.ends_at = instant
        if record.duration_minutes is not None:
            record.duration_minutes = _minutes(record.starts_at, instant)
        change.touch(record.id, made.id)
        touch(record, at)
    return made


def _instant(record: PlanSession, clock: str) -> datetime:
    """Return the instant of an hour within the session, on whichever of its days. Raises Invalid where none is."""
    place = ZoneInfo(record.zone)
    starts_at, ends_at = _hours(record)
    day, last = (moment.astimezone(place).date() for moment in (starts_at, ends_at))
    while day <= last:
        try:
            instant = instant_of(f"{day.isoformat()}T{clock}", record.zone)
        except Wrong as wrong:
            raise Invalid({"split_at": wrong.parts[""]}) from None
        if starts_at < instant < ends_at:
            return instant
        day += timedelta(days=1)
    hours = (f"{moment.astimezone(place):%H:%M}" for moment in (starts_at, ends_at))
    raise Invalid(
        {
            "split_at": N_(
                "{found} is not between the start and the end of this session, {start} and {end} ({zone}).",
                **dict(zip(("start", "end"), hours, strict=True)), found=clock, zone=record.zone,
            )
        }
    )  # fmt: skip


def _hours(record: PlanSession) -> tuple[datetime, datetime]:
    if record.starts_at is None or record.ends_at is None:
        raise RuntimeError("only a session with hours is split")
    return record.starts_at, record.ends_at


def _after(record: PlanSession, instant: datetime) -> tuple[set[int], set[int], bool]:
    """Return the ids of the items and of the offers that begin at an instant or after it, and whether any hour is
    missing: what has none, because a length before it is not known, stays.
    """
    order = list(running_order(read_working(record)))
    timed = [Item(number, 0 if is_heading else part["minutes"]) for number, (part, is_heading) in enumerate(order)]
    items: set[int] = set()
    offers: set[int] = set()
    is_unsure = False
    for placed in lay_out(timed, record.starts_at):
        part = order[placed.key][0]
        if placed.starts_at is None:
            is_unsure = True
        elif placed.starts_at >= instant and "offer_id" in part:
            offers.add(part["offer_id"])
        elif placed.starts_at >= instant:
            items.add(part["id"])
    return items, offers, is_unsure


def _copy(record: PlanSession, title: str, instant: datetime) -> PlanSession:
    """Return the new session: where and for whom the old one is, from the instant until its end."""
    values = {name: getattr(record, name) for name in _COPIED}
    values["origin"] = Origin.ILLUSTRATION if record.origin is Origin.ILLUSTRATION else Origin.OWN
    made = PlanSession(
        **values,
        title=title,
        published=False,
        on_text=instant.astimezone(ZoneInfo(record.zone)).date().isoformat(),
        starts_at=instant,
        ends_at=record.ends_at,
        position=next_position(PlanSession.position, PlanSession.meeting_id == record.meeting_id),
        split_from_id=record.id,
    )
    for name in _COPIED_ROWS:
        getattr(made, name).extend(_again(row) for row in getattr(record, name))
    made.grants.extend(_again(row) for row in record.grants if row.own)
    return made


def _again(row: Row) -> Row:
    """Return a row like another, for another record: all its own columns but what names it and its record."""
    mapper: Mapper[Any] = inspect(type(row))
    left = {"id", getattr(row, "__audit_parent__", "record_id")}
    names = [attribute.key for attribute in mapper.column_attrs if attribute.key not in left]
    return type(row)(**{name: getattr(row, name) for name in names})


def _minutes(start: datetime | None, end: datetime) -> int | None:
    return int((end - start).total_seconds() // 60) if start else None
