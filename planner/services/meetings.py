"""Meetings: what the page of one shows. Releases have their own page (services/release_pages.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import aliased, joinedload

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db
from planner.models import (
    AttendanceCount,
    Call,
    Chairing,
    Decision,
    Document,
    Meeting,
    MeetingBody,
    Mode,
    PlanSession,
    Record,
    RecordDocument,
    RecordHost,
    Release,
    ThemeMeeting,
)
from planner.rules.lifecycle import ConferenceVerb
from planner.services import pages
from planner.services.sessions import Named, list_offers, list_sessions, offer_columns, session_columns

_one = aliased(Record)
_body = aliased(Record)
_other = aliased(Meeting, flat=True)
_call = aliased(Call, flat=True)
_document = aliased(Document, flat=True)


@dataclass(frozen=True)
class SessionLine:
    """A session in the list of its meeting, in the edition for the viewer."""

    id: int
    title: str
    state: str | None
    on_text: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str | None
    duration_minutes: int | None
    room: str | None
    mode: Mode | None
    session_kind: str | None
    presentations: int


@dataclass(frozen=True)
class Outcome:
    """A decision or outcome of a meeting."""

    id: int
    title: str
    state: str
    verb: ConferenceVerb | None
    paragraph: str | None


@dataclass(frozen=True)
class ReleaseLine:
    """A release of the programme of a meeting."""

    id: int
    title: str
    number: int
    released_at: datetime
    effective_at: datetime
    is_current: bool
    published: bool


@dataclass(frozen=True)
class MeetingView:
    """All that the page of a meeting shows."""

    frame: pages.Frame
    meeting: Meeting
    sessions: tuple[SessionLine, ...]
    outcomes: tuple[Outcome, ...]
    releases: tuple[ReleaseLine, ...]
    seats: tuple[Named, ...]
    """Chairs and facilitators, their role and body in `role` and `note`."""
    hosts: tuple[Named, ...]
    bodies: tuple[Named, ...]
    themes: tuple[Named, ...]
    beside: tuple[Named, ...]
    """The meeting that this one is held during, and those held during this one (`role`)."""
    calls: tuple[Named, ...]
    papers: tuple[Named, ...]
    """Documents submitted to it that it does not point to, the latest first; kind in `role`, day in `note`."""
    attendance: tuple[tuple[str, int], ...]
    hides_work: bool
    """That it meets may be known, what it works on is not for this viewer."""

    @property
    def days(self) -> tuple[tuple[str | None, tuple[SessionLine, ...]], ...]:
        """Return the sessions by day, in their order; those without a day last."""
        found: dict[str | None, list[SessionLine]] = {}
        for line in self.sessions:
            found.setdefault(line.on_text, []).append(line)
        return tuple((on_text, tuple(lines)) for on_text, lines in found.items())


def get_meeting(viewer: Viewer, meeting_id: int) -> MeetingView:
    """Return a meeting with its sessions, papers and what it decided. Raises NotVisible."""
    meeting = pages.get(
        visible_records(viewer, Meeting)
        .where(Meeting.id == meeting_id)
        .options(joinedload(Meeting.cycle), joinedload(Meeting.body)),
    )
    around = _around(viewer, meeting)
    knows_work = _may_know_work(viewer, meeting)
    return MeetingView(
        frame=pages.frame(viewer, meeting),
        meeting=meeting,
        sessions=_sessions(viewer, meeting.id),
        outcomes=_outcomes(viewer, meeting.id),
        releases=_releases(viewer, meeting.id),
        seats=_named(around, "seat"),
        hosts=_named(around, "host"),
        bodies=_named(around, "body"),
        themes=_named(around, "theme"),
        beside=(*_named(around, "during"), *_named(around, "beside")),
        calls=_named(around, "call"),
        papers=_named(around, "paper"),
        attendance=tuple((row.word, row.count) for row in around if row.part == "attendance" and knows_work),
        hides_work=not knows_work,
    )


def _may_know_work(viewer: Viewer, meeting: Meeting) -> bool:
    """Say whether the viewer belongs to those for whom the body works; else who took part is not for them either."""
    work = meeting.body.work_audience
    return work is None or bool(work & viewer.grounds) or viewer.is_officer_of(meeting.home_body_id)


def _sessions(viewer: Viewer, meeting_id: int) -> tuple[SessionLine, ...]:
    one = session_columns(viewer)
    offers = (
        list_offers(viewer)
        .where(offer_columns(viewer).session_id == PlanSession.id)
        .with_only_columns(func.count(), maintain_column_froms=True)
        .correlate(PlanSession)
        .scalar_subquery()
    )
    rows = db.session.execute(
        list_sessions(viewer)
        .where(PlanSession.meeting_id == meeting_id)
        .with_only_columns(
            PlanSession.id,
            one.title,
            one.state,
            one.on_text,
            one.starts_at,
            one.ends_at,
            one.zone,
            one.duration_minutes,
            one.room,
            one.mode,
            one.session_kind,
            offers,
            maintain_column_froms=True,
        )
        .order_by(
            one.on_text.is_(None), one.on_text, one.starts_at.is_(None), one.starts_at, one.position, PlanSession.id
        )
    )
    return tuple(SessionLine(*row) for row in rows)


def _outcomes(viewer: Viewer, meeting_id: int) -> tuple[Outcome, ...]:
    rows: Any = db.session.execute(
        select(Decision.id, title(viewer, Decision), Decision.state, Decision.verb, Decision.paragraph)
        .where(Decision.meeting_id == meeting_id, visible(viewer, Decision))
        .order_by(Decision.position, Decision.id)
    )
    return tuple(Outcome(*row) for row in rows)


def _releases(viewer: Viewer, meeting_id: int) -> tuple[ReleaseLine, ...]:
    rows = db.session.execute(
        select(
            Release.id,
            title(viewer, Release),
            Release.number,
            Release.released_at,
            Release.effective_at,
            Release.is_current,
            Release.published,
        )
        .where(Release.meeting_id == meeting_id, visible(viewer, Release))
        .order_by(Release.number.desc())
    )
    return tuple(ReleaseLine(*row) for row in rows)


def _named(rows: list[Any], part: str) -> tuple[Named, ...]:
    return tuple(
        Named(row.id, row.kind, row.title, row.word, row.note, row.count, _cited_as(row))
        for row in rows
        if row.part == part
    )


def _cited_as(row: Any) -> str | None:
    """Return the field under which the record cites where it knows a seat from; facilitators are counted from 1."""
    if row.seat == "facilitator":
        return f"facilitators.{row.position + 1}"
    return str(row.seat) if row.seat else None


def _around(viewer: Viewer, meeting: Meeting) -> list[Any]:
    """Return who and what stands beside a meeting, as far as the viewer may see it, in one query."""
    number = cast(null(), Integer)
    text = cast(null(), String)

    def part(
        name: str, position: Any, word: Any = text, *, count: Any = number, note: Any = text, seat: Any = text
    ) -> Select[Any]:
        chosen = (_one.id, _one.kind, title(viewer, _one).label("title"))
        return select(
            literal(name).label("part"),
            position.label("position"),
            *chosen,
            word.label("word"),
            count.label("count"),
            note.label("note"),
            seat.label("seat"),
        ).where(visible(viewer, _one))

    role = func.coalesce(Chairing.role, Chairing.seat)
    seats = (
        part("seat", Chairing.position, role, count=Chairing.count, note=title(viewer, _body), seat=Chairing.seat)
        .join(Chairing, Chairing.holder_id == _one.id)
        .outerjoin(_body, (_body.id == Chairing.body_id) & (_body.id != meeting.body_id) & visible(viewer, _body))
        .where(Chairing.record_id == meeting.id)
    )
    hosts = (
        part("host", RecordHost.position)
        .join(RecordHost, RecordHost.stakeholder_id == _one.id)
        .where(RecordHost.record_id == meeting.id)
    )
    bodies = (
        part("body", number)
        .join(MeetingBody, MeetingBody.body_id == _one.id)
        .where(MeetingBody.meeting_id == meeting.id)
    )
    themes = (
        part("theme", ThemeMeeting.position)
        .join(ThemeMeeting, ThemeMeeting.item_id == _one.id)
        .where(ThemeMeeting.meeting_id == meeting.id)
    )
    during = part("during", number).where(_one.id == meeting.held_during_id)
    beside = part("beside", number).join(_other, _other.id == _one.id).where(_other.held_during_id == meeting.id)
    calls = part("call", number, _call.state).join(_call, _call.id == _one.id).where(_call.meeting_id == meeting.id)
    linked = select(RecordDocument.document_id).where(RecordDocument.record_id == meeting.id)
    papers = (
        part("paper", -_document.id, _document.doc_kind, note=_document.on_text)
        .join(_document, _document.id == _one.id)
        .where(_document.meeting_id == meeting.id, _document.id.not_in(linked))
    )
    attendance = select(
        literal("attendance").label("part"), AttendanceCount.position, number.label("id"), text.label("kind"),
        text.label("title"), AttendanceCount.group.label("word"), AttendanceCount.count.label("count"),
        text.label("note"), text.label("seat"),
    ).where(AttendanceCount.meeting_id == meeting.id)  # fmt: skip
    rows: Any = db.session.execute(
        union_all(seats, hosts, bodies, themes, during, beside, calls, papers, attendance)
    ).all()
    order = {"President": 0, "Chair": 0, "chair": 0}
    return sorted(rows, key=lambda row: (order.get(row.word or "", 1), row.position or 0, row.id or 0))
