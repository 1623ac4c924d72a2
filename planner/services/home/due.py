"""What is due next: calls that close, comment rounds that end, follow-ups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, String, and_, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import UTCDateTime, db
from planner.models import (
    Call,
    FollowUp,
    Meeting,
    Origin,
    Plan,
    PlanVersion,
    Record,
)
from planner.rules.due_dates import CLOSED, Due, due_on_day

_plan = aliased(Plan, flat=True)
_owner = aliased(Record)
_meeting = aliased(Meeting, flat=True)

DUE = 8
_KINDS = {Call: "call", FollowUp: "follow_up", PlanVersion: "plan_version"}


@dataclass(frozen=True)
class DueNext:
    """Something with an end: a call, a comment round, a follow-up (with its owner, and how it stands today)."""

    kind: str
    id: int
    title: str
    who: str | None
    on: date
    until: datetime | None
    due: Due | None
    is_illustration: bool = False


def read_due(viewer: Viewer, now: datetime) -> tuple[DueNext, ...]:
    """Return open calls, comment rounds and follow-ups, what is overdue first, in one query."""
    no_day, no_instant = cast(null(), Date), cast(null(), UTCDateTime())
    calls = _first(
        _ending(Call, viewer, title(viewer, _meeting), no_day, Call.closes_at)
        .join(_meeting, _meeting.id == Call.meeting_id)
        .where(Call.state == "open", Call.opens_at <= now, Call.closes_at > now),
        Call.closes_at,
    )
    rounds = _first(
        _ending(PlanVersion, viewer, title(viewer, _plan), no_day, PlanVersion.comments_until)
        .join(_plan, _plan.id == PlanVersion.plan_id)
        .where(PlanVersion.state == "circulated", PlanVersion.comments_until > now),
        PlanVersion.comments_until,
    )
    actions = _first(
        _ending(FollowUp, viewer, title(viewer, _owner), FollowUp.due_on, no_instant)
        .outerjoin(_owner, and_(_owner.id == FollowUp.owner_id, visible(viewer, _owner)))
        .where(FollowUp.due_on.is_not(None), or_(FollowUp.state.is_(None), FollowUp.state.not_in(CLOSED))),
        FollowUp.due_on,
    )
    rows: Any = db.session.execute(union_all(calls, rounds, actions)).all()
    found = [
        DueNext(
            row.kind,
            row.id,
            row.title,
            row.who,
            row.due_on or row.until.date(),
            row.until,
            due_on_day(row.state or "open", row.due_on, viewer.day) if row.kind == "follow_up" else None,
            row.origin == Origin.ILLUSTRATION.value,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda entry: (entry.on, entry.kind, entry.id))[:DUE])


def _ending(kind: Any, viewer: Viewer, who: Any, due_on: Any, until: Any) -> Select[Any]:
    columns = (
        literal(_KINDS[kind]).label("kind"),
        kind.id.label("id"),
        title(viewer, kind).label("title"),
        cast(who, String).label("who"),
        due_on.label("due_on"),
        until.label("until"),
        kind.state.label("state"),
        cast(kind.origin, String).label("origin"),
    )
    return select(*columns).select_from(kind).where(visible(viewer, kind))


def _first(rows: Select[Any], order: Any) -> Select[Any]:
    cut = rows.order_by(order).limit(DUE).subquery()
    return select(*cut.c)
