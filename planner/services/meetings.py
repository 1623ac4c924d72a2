"""Meetings and their releases: what the page of each shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db
from planner.models import (
    Body,
    Chairing,
    Decision,
    Document,
    Meeting,
    MeetingBody,
    PlanItem,
    PlanSession,
    PublishedSession,
    RecordHost,
    Release,
    ThemeMeeting,
)
from planner.services import neighbours, pages
from planner.services.neighbours import by_edition


@dataclass(frozen=True)
class SessionLine:
    """A session in its meeting's programme, in the edition of the viewer."""

    id: int
    title: str
    state: str | None
    on_text: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str
    room: str | None
    body: str | None


@dataclass(frozen=True)
class MeetingView:
    """All that the page of a meeting shows; `around` groups decisions, papers, releases and themes."""

    frame: pages.Frame
    meeting: Meeting
    sessions: tuple[SessionLine, ...]
    around: dict[str, neighbours.Group]
    hides_work: bool
    """The body's work is closed: that it meets is known, its sessions are not for everybody."""


@dataclass(frozen=True)
class ReleaseView:
    """All that the page of a release shows."""

    frame: pages.Frame
    release: Release
    meeting: neighbours.Named | None
    zones: dict[int, str]


def get_meeting(viewer: Viewer, meeting_id: int) -> MeetingView:
    """Return a meeting with its sessions, decisions, papers and releases. Raises NotVisible."""
    meeting = pages.get(
        visible_records(viewer, Meeting)
        .where(Meeting.id == meeting_id)
        .options(
            joinedload(Meeting.body),
            joinedload(Meeting.cycle),
            joinedload(Meeting.held_during),
            selectinload(Meeting.attendance),
            selectinload(Meeting.joint_bodies).joinedload(MeetingBody.body),
            selectinload(Meeting.chairings).options(joinedload(Chairing.holder), joinedload(Chairing.body)),
            selectinload(Meeting.hosts).joinedload(RecordHost.stakeholder),
        )
    )
    return MeetingView(
        pages.frame(viewer, meeting),
        meeting,
        _sessions(viewer, meeting.id),
        neighbours.gather(viewer, _parts(viewer, meeting.id)),
        hides_work=meeting.restricted or meeting.body.work_audience is not None,
    )


def _sessions(viewer: Viewer, meeting_id: int) -> tuple[SessionLine, ...]:
    working, public = PlanSession, PublishedSession
    group = aliased(Body, flat=True)

    def shown(name: str) -> Any:
        return by_edition(viewer, working, getattr(working, name), getattr(public, name)).label(name)

    rows = db.session.execute(
        select(
            working.id,
            title(viewer, working).label("title"),
            shown("state"),
            shown("on_text"),
            shown("starts_at"),
            shown("ends_at"),
            working.zone,
            shown("room"),
            group.title.label("body"),
        )
        .outerjoin(public, public.session_id == working.id)
        .outerjoin(group, group.id == working.body_id)
        .where(working.meeting_id == meeting_id, visible(viewer, working))
        .order_by(working.on_text.is_(None), working.on_text, working.starts_at, working.position)
    )
    return tuple(SessionLine(*row) for row in rows)


def _parts(viewer: Viewer, meeting_id: int) -> dict[str, Any]:
    part = neighbours.part
    del viewer
    return {
        "decisions": part(Decision.id, word=Decision.verb).where(Decision.meeting_id == meeting_id),
        "documents": part(Document.id, Document.on_text, Document.doc_kind).where(Document.meeting_id == meeting_id),
        "releases": part(Release.id).where(Release.meeting_id == meeting_id),
        "themes": part(ThemeMeeting.item_id, word=PlanItem.item_kind)
        .join(PlanItem, PlanItem.id == ThemeMeeting.item_id)
        .where(ThemeMeeting.meeting_id == meeting_id),
    }


def get_release(viewer: Viewer, release_id: int) -> ReleaseView:
    """Return a release, frozen as it is. Raises NotVisible; one under embargo is for officers."""
    release = pages.get(visible_records(viewer, Release).where(Release.id == release_id))
    zones = {one["id"]: one["zone"] for one in release.programme["sessions"]}
    meeting = neighbours.named(viewer, release.meeting_id).get(release.meeting_id)
    allowed = set(neighbours.named(viewer, *zones)) if zones else set()
    # the frozen programme may hold sessions that are closed to this viewer: those are left out here as anywhere
    return ReleaseView(pages.frame(viewer, release), release, meeting, {i: z for i, z in zones.items() if i in allowed})
