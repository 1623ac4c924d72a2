"""What changed lately: releases and their changes, plans circulated, calls opened, Conferences held."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import UTCDateTime, db
from planner.models import (
    Body,
    BodyKind,
    Call,
    Meeting,
    Origin,
    Plan,
    PlanSession,
    PlanVersion,
    Release,
    VersionKind,
)
from planner.rules.programme import others_named
from planner.services.home.coming import COMING

_meeting = aliased(Meeting, flat=True)
_plan = aliased(Plan, flat=True)
_body = aliased(Body, flat=True)

RELEASES, CHANGES, NEWS = 3, 6, 8
"""How many releases are read, how many changes of each are told, and how long the list is."""
_KINDS = {Call: "call", Meeting: "meeting", PlanVersion: "plan_version"}


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
    names: Mapping[int, str] = field(default_factory=dict)
    """Titles of the sessions that the change names beside its own, as far as the viewer may see them."""


def read_news(viewer: Viewer, now: datetime) -> tuple[News, ...]:
    """Return what changed, the newest first, in three queries."""
    news = [*_released(viewer), *_happened(viewer, now)]
    return tuple(sorted(news, key=lambda entry: entry.on, reverse=True)[:NEWS])


def _released(viewer: Viewer) -> list[News]:
    """Return the latest releases of meetings that are not over: the first in one line, a later one change by change.

    A change of a session that the viewer may not see is left out.
    """
    rows: Any = db.session.execute(
        select(
            Release.id,
            Release.number,
            Release.effective_at,
            Release.changes,
            Release.origin,
            title(viewer, _meeting).label("meeting"),
            _meeting.zone,
        )
        .select_from(Release)
        .join(_meeting, _meeting.id == Release.meeting_id)
        .where(visible(viewer, Release), Release.effective_at.is_not(None), _meeting.state.in_(COMING))
        .order_by(Release.effective_at.desc(), Release.id.desc())
        .limit(RELEASES)
    ).all()
    touched = sorted({change["session_id"] for row in rows if row.number > 1 for change in row.changes})
    others = {key for row in rows if row.number > 1 for key in others_named(row.changes)}
    sessions = db.session.execute(
        select(PlanSession.id, PlanSession.zone, title(viewer, PlanSession).label("title")).where(
            PlanSession.id.in_([*touched, *sorted(others)]), visible(viewer, PlanSession)
        )
    ).all()
    zones = {row.id: row.zone for row in sessions}
    names = {row.id: row.title for row in sessions if row.id in others}
    found = []
    for row in rows:
        told = [change for change in row.changes if _is_told(change, zones)][:CHANGES] if row.number > 1 else []
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
                names=names,
                **base,
            )
            for change in told
        )
    return found


def _is_told(change: Mapping[str, Any], seen: Collection[int]) -> bool:
    """Say whether a change is one of a session that is seen; of which nothing is split that is not seen either."""
    return change["session_id"] in seen and (change["kind"] != "split" or change["new"] in seen)


def _happened(viewer: Viewer, now: datetime) -> list[News]:
    """Return versions circulated, calls opened and Conferences held, the latest of each kind, in one query."""
    versions = _latest(
        _news(PlanVersion, viewer, title(viewer, _plan), PlanVersion.on_text, PlanVersion.comments_until)
        .join(_plan, _plan.id == PlanVersion.plan_id)
        .where(PlanVersion.version_kind == VersionKind.NUMBERED, PlanVersion.state != "draft")
        .where(PlanVersion.on_text <= viewer.day.isoformat()),
        PlanVersion.on_text,
    )
    calls = _latest(
        _news(Call, viewer, title(viewer, _meeting), func.substr(cast(Call.opens_at, String), 1, 10), Call.closes_at)
        .join(_meeting, _meeting.id == Call.meeting_id)
        .where(Call.opens_at <= now, Call.state.in_(("open", "closed"))),
        Call.opens_at,
    )
    held = _latest(
        _news(Meeting, viewer, Meeting.city, Meeting.end_on, cast(null(), UTCDateTime()))
        .join(_body, _body.id == Meeting.body_id)
        .where(_body.body_kind == BodyKind.CONFERENCE, Meeting.series == "Conf", Meeting.state == "held")
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
