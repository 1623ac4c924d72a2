"""The home page: the next session, what changed lately, what is due next, and how much the public calendar holds.

Every list is cut in SQL, so that the page costs the same at any number of records; with the glance it takes nine
queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, String, and_, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer, public
from planner.access.visibility import in_feed, is_officer_of, title, visible
from planner.core.db import UTCDateTime, db
from planner.models import (
    Body,
    BodyKind,
    CalendarEntry,
    Call,
    Cycle,
    FollowUp,
    Meeting,
    Origin,
    Plan,
    PlanItem,
    PlanSession,
    PlanVersion,
    PublishedSlot,
    Record,
    Release,
    SessionItem,
    Slot,
    VersionKind,
)
from planner.rules.audience import Ground
from planner.rules.due_dates import CLOSED, Due, due_on_day
from planner.services.plans import Overview, get_glance
from planner.services.sessions.columns import session_columns, with_edition

RELEASES, CHANGES, NEWS, DUE = 3, 6, 8, 8
"""How many releases are read, how many changes of each are told, and how long the two lists are."""
COMING = ("tentative", "confirmed")
_KINDS = {Call: "call", FollowUp: "follow_up", Meeting: "meeting", PlanVersion: "plan_version"}


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


@dataclass(frozen=True)
class News:
    """One thing that happened: `kind` is that of the record, or "change" with the change of a release.

    `title` is the record's, `of` what it belongs to; `until` an instant up to which it is open.
    """

    kind: str
    id: int
    title: str
    of: str | None
    on: str
    until: datetime | None
    state: str | None
    is_illustration: bool
    change: Mapping[str, Any] | None = None
    zone: str = "UTC"


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


@dataclass(frozen=True)
class Home:
    """All that the home page shows. `entries_ahead`: what the public feed holds, and the illustration beside it."""

    next: NextSession | None
    news: tuple[News, ...]
    due: tuple[DueNext, ...]
    glance: Overview
    entries_ahead: int
    examples_ahead: int

    @property
    def has_illustration(self) -> bool:
        """Say whether the page shows a worked example."""
        coming = self.next is not None and self.next.is_illustration
        return coming or self.glance.has_illustration or any(entry.is_illustration for entry in self.news)


def get_home(viewer: Viewer, *, now: datetime) -> Home:
    """Return what the home page shows at an instant (aware)."""
    ahead = _entries_ahead(viewer)
    examples = ahead.pop(Origin.ILLUSTRATION, 0)
    news = [*_released(viewer), *_happened(viewer, now)]
    return Home(
        next=_next_session(viewer),
        news=tuple(sorted(news, key=lambda entry: entry.on, reverse=True)[:NEWS]),
        due=_due(viewer, now),
        glance=get_glance(viewer),
        entries_ahead=sum(ahead.values()),
        examples_ahead=examples,
    )


def _next_session(viewer: Viewer) -> NextSession | None:
    one = session_columns(viewer)
    meeting, body, cycle = aliased(Meeting, flat=True), aliased(Body, flat=True), aliased(Cycle, flat=True)
    item = aliased(PlanItem, flat=True)
    slots = select(func.count()).where(Slot.session_id == PlanSession.id).correlate(PlanSession).scalar_subquery()
    released = select(func.count()).where(PublishedSlot.session_id == PlanSession.id)
    items = (
        select(func.count())
        .select_from(SessionItem)
        .join(item, item.id == SessionItem.item_id)
        .where(SessionItem.session_id == PlanSession.id, visible(viewer, item))
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
                meeting.id,
                title(viewer, meeting),
                meeting.city,
                meeting.venue,
                title(viewer, body),
                cycle.code,
                (PlanSession.origin == Origin.ILLUSTRATION).label("illustrated"),
                case(
                    (is_officer_of(viewer, PlanSession), slots), else_=released.correlate(PlanSession).scalar_subquery()
                ),
                items,
                and_(PlanSession.published, PlanSession.audience.bitwise_and(int(Ground.PUBLIC)) != 0),
            ).select_from(PlanSession)
        )
        .join(meeting, meeting.id == PlanSession.meeting_id)
        .join(body, body.id == func.coalesce(one.body_id, meeting.body_id))
        .outerjoin(cycle, cycle.id == meeting.cycle_id)
        .where(visible(viewer, PlanSession), one.state.in_(COMING), one.on_text >= viewer.day.isoformat())
        .order_by(one.on_text, one.starts_at.is_(None), one.starts_at, PlanSession.id)
        .limit(1)
    ).one_or_none()
    return NextSession(*row) if row else None


def _released(viewer: Viewer) -> list[News]:
    """Return the latest releases of meetings that are not over: the first in one line, a later one change by change.

    A change of a session that the viewer may not see is left out.
    """
    meeting = aliased(Meeting, flat=True)
    rows: Any = db.session.execute(
        select(
            Release.id,
            Release.number,
            Release.effective_at,
            Release.changes,
            Release.origin,
            title(viewer, meeting).label("meeting"),
            meeting.zone,
        )
        .select_from(Release)
        .join(meeting, meeting.id == Release.meeting_id)
        .where(visible(viewer, Release), Release.effective_at.is_not(None), meeting.state.in_(COMING))
        .order_by(Release.effective_at.desc(), Release.id.desc())
        .limit(RELEASES)
    ).all()
    touched = sorted({change["session_id"] for row in rows if row.number > 1 for change in row.changes})
    sessions: Any = db.session.execute(
        select(PlanSession.id, PlanSession.zone).where(PlanSession.id.in_(touched), visible(viewer, PlanSession))
    ).all()
    zones: dict[int, str] = dict(sessions)
    found = []
    for row in rows:
        told = [change for change in row.changes if change["session_id"] in zones][:CHANGES] if row.number > 1 else []
        base = {
            "of": row.meeting,
            "on": row.effective_at.date().isoformat(),
            "until": None,
            "state": None,
            "is_illustration": row.origin is Origin.ILLUSTRATION,
        }
        if row.number == 1:
            found.append(News(kind="release", id=row.id, title=row.meeting, **base))
        found.extend(
            News(
                kind="change",
                id=change["session_id"],
                title=change["title"],
                change=change,
                zone=zones[change["session_id"]],
                **base,
            )
            for change in told
        )
    return found


def _happened(viewer: Viewer, now: datetime) -> list[News]:
    """Return versions circulated, calls opened and Conferences held, the latest of each kind, in one query."""
    plan, body = aliased(Plan, flat=True), aliased(Body, flat=True)
    meeting = aliased(Meeting, flat=True)
    versions = _latest(
        _news(PlanVersion, viewer, title(viewer, plan), PlanVersion.on_text, PlanVersion.comments_until)
        .join(plan, plan.id == PlanVersion.plan_id)
        .where(PlanVersion.version_kind == VersionKind.NUMBERED, PlanVersion.state != "draft")
        .where(PlanVersion.on_text <= viewer.day.isoformat()),
        PlanVersion.on_text,
    )
    calls = _latest(
        _news(Call, viewer, title(viewer, meeting), func.substr(cast(Call.opens_at, String), 1, 10), Call.closes_at)
        .join(meeting, meeting.id == Call.meeting_id)
        .where(Call.opens_at <= now, Call.state.in_(("open", "closed"))),
        Call.opens_at,
    )
    held = _latest(
        _news(Meeting, viewer, Meeting.city, Meeting.end_on, cast(null(), UTCDateTime()))
        .join(body, body.id == Meeting.body_id)
        .where(body.body_kind == BodyKind.CONFERENCE, Meeting.series == "Conf", Meeting.state == "held")
        .where(Meeting.end_on <= viewer.day.isoformat()),
        Meeting.end_on,
    )
    rows: Any = db.session.execute(union_all(versions, calls, held)).all()
    return [
        News(
            kind=row.kind,
            id=row.id,
            title=row.title,
            of=row.of,
            on=row.day,
            until=row.until,
            state=row.state,
            is_illustration=row.origin == Origin.ILLUSTRATION.value,
        )
        for row in rows
    ]


def _news(kind: Any, viewer: Viewer, of: Any, on: Any, until: Any) -> Select[Any]:
    columns = (
        literal(_KINDS[kind]).label("kind"),
        kind.id.label("id"),
        title(viewer, kind).label("title"),
        cast(of, String).label("of"),
        cast(on, String).label("day"),
        until.label("until"),
        kind.state.label("state"),
        cast(kind.origin, String).label("origin"),
    )
    return select(*columns).select_from(kind).where(visible(viewer, kind), on.is_not(None))


def _latest(rows: Select[Any], order: Any) -> Select[Any]:
    cut = rows.order_by(order.desc()).limit(NEWS).subquery()
    return select(*cut.c)


def _due(viewer: Viewer, now: datetime) -> tuple[DueNext, ...]:
    """Return open calls, comment rounds and follow-ups, what is overdue first, in one query."""
    plan, owner, meeting = aliased(Plan, flat=True), aliased(Record), aliased(Meeting, flat=True)
    no_day, no_instant = cast(null(), Date), cast(null(), UTCDateTime())
    calls = _first(
        _ending(Call, viewer, title(viewer, meeting), no_day, Call.closes_at)
        .join(meeting, meeting.id == Call.meeting_id)
        .where(Call.state == "open", Call.opens_at <= now, Call.closes_at > now),
        Call.closes_at,
    )
    rounds = _first(
        _ending(PlanVersion, viewer, title(viewer, plan), no_day, PlanVersion.comments_until)
        .join(plan, plan.id == PlanVersion.plan_id)
        .where(PlanVersion.state == "circulated", PlanVersion.comments_until > now),
        PlanVersion.comments_until,
    )
    actions = _first(
        _ending(FollowUp, viewer, title(viewer, owner), FollowUp.due_on, no_instant)
        .outerjoin(owner, and_(owner.id == FollowUp.owner_id, visible(viewer, owner)))
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


def _entries_ahead(viewer: Viewer) -> dict[Origin, int]:
    """Return how many events the public feeds hold from today on, by origin."""
    rows: Any = db.session.execute(
        select(CalendarEntry.origin, func.count())
        .where(CalendarEntry.component == "VEVENT", CalendarEntry.ends_on >= viewer.day)
        .where(in_feed(public(viewer.day), with_illustration=True))
        .group_by(CalendarEntry.origin)
    )
    return dict(rows.all())
