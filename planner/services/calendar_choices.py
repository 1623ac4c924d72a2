"""What calendars can be narrowed to, as their forms offer it: bodies, cycles, themes and topics. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import in_feed, title, visible
from planner.core.db import db, table_of
from planner.models import (
    GONE,
    ON_REQUEST,
    CalendarEntry,
    Cycle,
    EntryKind,
    ItemKind,
    Plan,
    PlanItem,
    Record,
)
from planner.services.calendar_pages import BodyFeed, body_feeds
from planner.services.chain import all_above
from planner.services.feed_choice import Choice

NARROWS = (ItemKind.THEME, ItemKind.TOPIC)
"""Kinds of items of a plan that a calendar is narrowed to."""


@dataclass(frozen=True)
class CycleOffered:
    """A cycle, and how many entries of it lie ahead."""

    id: int
    code: str
    ahead: int


@dataclass(frozen=True)
class ItemOffered:
    """A theme or topic, the plan it is of, and whether anything that came of it lies ahead."""

    id: int
    title: str
    plan: str
    is_theme: bool
    is_ahead: bool


@dataclass(frozen=True)
class Offered:
    """All that a viewer can choose among."""

    bodies: tuple[BodyFeed, ...] = ()
    cycles: tuple[CycleOffered, ...] = ()
    items: tuple[ItemOffered, ...] = ()


def list_offered(viewer: Viewer, day: date, *, chosen: Choice | None = None) -> Offered:
    """Return what the viewer may choose among, and what lies ahead of it from a day on. Three queries.

    Bodies without entries, and themes and topics that were withdrawn, are left out, but for those `chosen` already:
    who saves a feed again must not lose them unasked.
    """
    chosen = chosen or Choice()
    bodies = body_feeds(viewer, day, chosen=chosen.body_ids)
    return Offered(bodies, _cycles(viewer, day), _items(viewer, day, chosen.item_ids))


def names_of(offered: Offered, choice: Choice) -> dict[str, list[str]]:
    """Return what addresses call the bodies, cycles and items of a choice (calendars/query.py); those not offered, of
    which no feed holds anything, are left out.
    """
    return {
        "body": [one.slug for one in offered.bodies if one.id in choice.body_ids],
        "cycle": [one.code for one in offered.cycles if one.id in choice.cycle_ids],
        "theme": [str(one.id) for one in offered.items if one.id in choice.item_ids],
    }


def _cycles(viewer: Viewer, day: date) -> tuple[CycleOffered, ...]:
    ahead = (
        select(CalendarEntry.cycle_id, func.count().label("ahead"))
        .where(in_feed(viewer, with_illustration=True), CalendarEntry.component == "VEVENT")
        .where(CalendarEntry.digest != GONE, CalendarEntry.entry_kind.not_in(ON_REQUEST))
        .where(CalendarEntry.ends_on >= day)
        .group_by(CalendarEntry.cycle_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Cycle.id, Cycle.code, func.coalesce(ahead.c.ahead, 0))
        .outerjoin(ahead, ahead.c.cycle_id == table_of(Cycle).c.id)
        .where(visible(viewer, Cycle))
        .order_by(Cycle.until_on.desc(), Cycle.code)
    )
    return tuple(CycleOffered(*row) for row in rows)


def _items(viewer: Viewer, day: date, chosen: frozenset[int]) -> tuple[ItemOffered, ...]:
    """Return themes and topics, by plan. What lies ahead is little, so the chain is followed upwards from there."""
    dated = (
        select(CalendarEntry.record_id)
        .where(in_feed(viewer, with_illustration=True), CalendarEntry.digest != GONE)
        .where(CalendarEntry.entry_kind != EntryKind.BUSY, CalendarEntry.ends_on >= day)
    )
    seen = select(Record.id.label("id")).where(Record.id.in_(dated), visible(viewer))
    item, of_plan = table_of(PlanItem), aliased(Plan)
    is_ahead = item.c.id.in_(select(all_above(viewer, seen, seen_only=True).c.id))
    plan_title = title(viewer, of_plan)
    rows = db.session.execute(
        select(Record.id, title(viewer), plan_title, item.c.item_kind, is_ahead)
        .join(item, item.c.id == Record.id)
        .join(of_plan, of_plan.id == item.c.plan_id)
        .where(item.c.item_kind.in_(NARROWS), visible(viewer), visible(viewer, of_plan))
        .where(or_(Record.is_withdrawn.is_(False), is_ahead, item.c.id.in_(sorted(chosen))))
        .order_by(plan_title, of_plan.id, item.c.item_kind, title(viewer), Record.id)
    )
    return tuple(ItemOffered(row[0], row[1], row[2], row[3] is ItemKind.THEME, bool(row[4])) for row in rows)
