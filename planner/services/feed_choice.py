"""What a feed holds and how it is written: one choice for public feeds, feeds of persons, devices and pages.

Every choice only narrows, or adds a form of what the viewer may see anyway; who may see what is `access/visibility`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db, table_of
from planner.core.i18n import N_
from planner.models import (
    Body,
    CalendarEntry,
    Cycle,
    EntryKind,
    Follow,
    PlanItem,
    PublishedSession,
    Record,
    Release,
)
from planner.services import calendars
from planner.services.chain import all_below
from planner.services.registers import BadQuery

CLASSES: dict[str, frozenset[EntryKind]] = {
    "meetings": frozenset({EntryKind.MEETING}),
    "sessions": frozenset({EntryKind.SESSION, EntryKind.BUSY, EntryKind.PRESENTATION}),
    "deadlines": frozenset(
        {EntryKind.CALL, EntryKind.CONSULTATION, EntryKind.REGISTRATION_OPENS, EntryKind.REGISTRATION_CLOSES}
    ),
}
"""What readers choose among; the meetings and the deadlines alone are the short feed."""
SHORT = frozenset({"meetings", "deadlines"})
ALARMS = (0, 10, 15, 30, 60, 120, 1440)
"""Minutes before the beginning at which a calendar may remind its reader."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a feed holds. Nothing chosen of a kind means all of it; a body holds those below it, a theme or topic all
    that came of it.
    """

    name: str = ""
    body_ids: frozenset[int] = frozenset()
    item_ids: frozenset[int] = frozenset()
    cycle_ids: frozenset[int] = frozenset()
    classes: frozenset[str] = frozenset()
    """Of `CLASSES`."""
    only_ours: bool = False
    """Only what the viewer's States and organisations present, chair, host or owe."""
    only_followed: bool = False
    deadlines_as_days: bool = False
    """Follow-ups also as all-day events, for programs that show no tasks."""
    with_presentations: bool = False
    """Presentations also as events of their own."""
    with_busy: bool = False
    """The hours of closed sessions of meetings that the viewer may know of, and nothing else of them."""
    with_illustration: bool = False
    alarm_minutes: int | None = None
    """How long before it begins a calendar reminds of a session; None: not at all."""
    language: str | None = None
    """The language of the fixed words; None is English."""

    def as_json(self) -> dict[str, Any]:
        """Return the choice as it is stored, its name apart: what differs from the usual."""
        usual = Choice()
        values = {key: value for key, value in vars(self).items() if key != "name" and value != getattr(usual, key)}
        return {key: sorted(value) if isinstance(value, frozenset) else value for key, value in values.items()}


def from_json(name: str, stored: dict[str, Any]) -> Choice:
    """Return a stored choice."""
    values: dict[str, Any] = {k: frozenset(v) if isinstance(v, list) else v for k, v in stored.items()}
    return Choice(name=name, **values)


def conditions(viewer: Viewer, choice: Choice, component: str = "VEVENT") -> list[ColumnElement[bool]]:
    """Return the conditions on CalendarEntry that make the feed of a choice: what the viewer may have of it."""
    kept = calendars.entries_for(
        viewer,
        component=component,
        with_illustration=choice.with_illustration,
        with_deadlines=choice.deadlines_as_days,
        with_busy=choice.with_busy,
        with_presentations=choice.with_presentations,
        concerns=viewer.stakeholders if choice.only_ours else None,
    )
    if choice.body_ids:
        kept.append(of_bodies(calendars.with_those_below(choice.body_ids)))
    if choice.cycle_ids:
        kept.append(CalendarEntry.cycle_id.in_(sorted(choice.cycle_ids)))
    if choice.item_ids:
        kept.append(came_of(viewer, sorted(choice.item_ids)))
    if choice.classes and component == "VEVENT":
        kinds = frozenset().union(*(CLASSES[one] for one in choice.classes))
        kinds |= {EntryKind.DEADLINE} if choice.deadlines_as_days else frozenset()
        kept.append(CalendarEntry.entry_kind.in_(sorted(kinds)))
    if choice.only_followed:
        kept.append(is_followed(viewer))
    return kept


def of_bodies(ids: Any) -> ColumnElement[bool]:
    """Return the condition that an entry is of some bodies, or of several together with one of them."""
    return or_(CalendarEntry.body_id.in_(ids), CalendarEntry.record_id.in_(calendars.held_jointly(ids)))


def came_of(viewer: Viewer, ids: Any) -> ColumnElement[bool]:
    """Return the condition that an entry is of what came of some records along the chain (DESIGN section 1), as far as
    the viewer may see every step; or of a meeting of such a session.
    """
    start = select(Record.id.label("id")).where(Record.id.in_(ids), visible(viewer))
    came = select(all_below(viewer, start, seen_only=True).c.id)
    release = table_of(Release)
    meetings = (
        select(release.c.meeting_id)
        .join(PublishedSession, PublishedSession.release_id == release.c.id)
        .where(PublishedSession.session_id.in_(came))
    )
    return or_(
        CalendarEntry.record_id.in_(came),
        and_(CalendarEntry.entry_kind == EntryKind.MEETING, CalendarEntry.record_id.in_(meetings)),
    )


def is_followed(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that an entry is of a record that the viewer follows: the record itself, a part of a
    followed meeting, body or cycle, or what came of a followed theme or topic.
    """
    if viewer.user_id is None:
        return false()
    ids = select(Follow.record_id).where(Follow.user_id == viewer.user_id)
    bodies = calendars.with_those_below(ids)
    # the hours of a session that was open when it was followed, and is closed now, must not be told apart by this
    itself = and_(CalendarEntry.record_id.in_(ids), CalendarEntry.entry_kind != EntryKind.BUSY)
    return or_(
        itself,
        CalendarEntry.meeting_id.in_(ids),
        CalendarEntry.cycle_id.in_(ids),
        of_bodies(bodies),
        came_of(viewer, ids.where(Follow.record_id.in_(select(table_of(PlanItem).c.id)))),
    )


@dataclass(frozen=True)
class Names:
    """What addresses call the things that feeds are narrowed to: slugs of bodies, codes of cycles, ids of items."""

    bodies: frozenset[str] = frozenset()
    cycles: frozenset[str] = frozenset()
    items: frozenset[int] = frozenset()


def find_ids(viewer: Viewer, names: Names) -> dict[str, Any]:
    """Return the ids that a `Choice` takes, by its fields. Raises BadQuery for a name of nothing that may be seen."""
    found: dict[str, Any] = {}
    asked = (
        ("body_ids", names.bodies, Body, Body.slug),
        ("cycle_ids", names.cycles, Cycle, Cycle.code),
        ("item_ids", names.items, PlanItem, PlanItem.id),
    )
    for field, wanted, model, column in asked:
        if not wanted:
            continue
        may = visible(viewer, model)
        rows = db.session.execute(select(model.id, column).where(column.in_(sorted(wanted)), may)).all()
        missing = sorted(str(one) for one in wanted - {row[1] for row in rows})
        if missing:
            raise BadQuery(N_("“{name}” names nothing here.", name=missing[0][:40]))
        found[field] = frozenset(row[0] for row in rows)
    return found
