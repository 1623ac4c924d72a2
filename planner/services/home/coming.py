"""The next session, in the edition that is for the viewer, and how much the public calendar holds from today on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer, public
from planner.access.visibility import in_feed, is_officer_of, title, visible
from planner.core.db import db
from planner.models import (
    Body,
    CalendarEntry,
    Cycle,
    Meeting,
    Origin,
    PlanItem,
    PlanSession,
    PublishedSlot,
    SessionItem,
    Slot,
)
from planner.rules.audience import Ground
from planner.services.sessions.columns import session_columns, with_edition

_meeting = aliased(Meeting, flat=True)
_body = aliased(Body, flat=True)
_cycle = aliased(Cycle, flat=True)
_item = aliased(PlanItem, flat=True)

COMING = ("tentative", "confirmed")
"""States of what is still to be held."""


@dataclass(frozen=True)
class NextSession:
    """The next session in the edition that is for the viewer, with its meeting, body and cycle."""

    id: int
    title: str
    state: str
    on_text: str
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str
    room: str | None
    mode: str | None
    meeting_id: int
    meeting_title: str
    city: str | None
    venue: str | None
    body_title: str
    cycle_code: str | None
    is_illustration: bool
    presentation_count: int
    item_count: int
    has_public_feed: bool
    """Everybody may see it, so that a calendar without an account may have it."""


def next_session(viewer: Viewer) -> NextSession | None:
    """Return the first session from today on that is tentative or confirmed, of the record or the illustration."""
    one = session_columns(viewer)
    slots = select(func.count()).where(Slot.session_id == PlanSession.id).correlate(PlanSession).scalar_subquery()
    released = select(func.count()).where(PublishedSlot.session_id == PlanSession.id)
    items = (
        select(func.count())
        .select_from(SessionItem)
        .join(_item, _item.id == SessionItem.item_id)
        .where(SessionItem.session_id == PlanSession.id, visible(viewer, _item))
        .correlate(PlanSession)
        .scalar_subquery()
    )
    row: Any = db.session.execute(
        with_edition(
            select(
                PlanSession.id,
                one.title,
                one.state,
                one.on_text,
                one.starts_at,
                one.ends_at,
                one.zone,
                one.room,
                one.mode,
                _meeting.id,
                title(viewer, _meeting),
                _meeting.city,
                _meeting.venue,
                title(viewer, _body),
                _cycle.code,
                (PlanSession.origin == Origin.ILLUSTRATION).label("illustrated"),
                case(
                    (is_officer_of(viewer, PlanSession), slots), else_=released.correlate(PlanSession).scalar_subquery()
                ),
                items,
                and_(PlanSession.published, PlanSession.audience.bitwise_and(int(Ground.PUBLIC)) != 0),
            ).select_from(PlanSession)
        )
        .join(_meeting, _meeting.id == PlanSession.meeting_id)
        .join(_body, _body.id == func.coalesce(one.body_id, _meeting.body_id))
        .outerjoin(_cycle, _cycle.id == _meeting.cycle_id)
        .where(visible(viewer, PlanSession), one.state.in_(COMING), one.on_text >= viewer.day.isoformat())
        .order_by(one.on_text, one.starts_at.is_(None), one.starts_at, PlanSession.id)
        .limit(1)
    ).one_or_none()
    return NextSession(*row) if row else None


def entries_ahead(viewer: Viewer) -> dict[Origin, int]:
    """Return how many events the public feeds hold from today on, by origin."""
    rows: Any = db.session.execute(
        select(CalendarEntry.origin, func.count())
        .where(CalendarEntry.component == "VEVENT", CalendarEntry.ends_on >= viewer.day)
        .where(in_feed(public(viewer.day), with_illustration=True))
        .group_by(CalendarEntry.origin)
    )
    return dict(rows.all())
