"""What waits for an officer: programmes to release, drafts, presentations without place, what closes or is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, null, or_, select
from sqlalchemy.orm import aliased

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, visible
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.core.i18n import N_, Message
from planner.models import (
    AgendaItem,
    Call,
    Comment,
    Consultation,
    FollowUp,
    Meeting,
    Offer,
    Origin,
    PlanSession,
    PlanVersion,
    Record,
    Release,
    Slot,
)
from planner.rules.programme import compare
from planner.services.programmes import ON_PROGRAMME, digest_of, working_programme

_above = aliased(Record)
_one = aliased(PlanSession, flat=True)
_of_item = aliased(PlanSession, flat=True)
_offer = aliased(Offer, flat=True)
_item = aliased(AgendaItem, flat=True)

SHOWN = 12
CLOSING_DAYS = 14
_OPEN = ("open", "in_progress", "carried_over")


@dataclass(frozen=True)
class Waiting:
    """A record that waits, and since or until when ("until" a day or an instant), where that is known."""

    id: int
    kind: str
    title: str
    state: str | None
    until: Any = None
    below: str | None = None
    """Title of what it belongs to."""


@dataclass(frozen=True)
class Part:
    """One part of the workbench: its name, what to do about it, what waits, and how many there are in all."""

    name: str
    title: Message
    note: Message
    entries: tuple[Waiting, ...]
    count: int


@dataclass(frozen=True)
class Pending:
    """What the next release of a meeting would change."""

    meeting: Meeting
    current: Release | None
    changes: tuple[dict[str, Any], ...]


def get_workbench(viewer: Viewer, *, at: datetime) -> tuple[Part, ...]:
    """Return what waits for an officer, the parts that hold something. Raises NotAllowed for everybody else."""
    policy.require(viewer, Verb.SEE_WORKBENCH)
    parts = (
        _releases(viewer),
        _part(
            "rounds",
            N_("Rounds of comments that run"),
            N_("A round closes only when every comment has an answer."),
            _records(viewer, PlanVersion, PlanVersion.comments_until).where(
                PlanVersion.state == "circulated", PlanVersion.comments_until > at
            ),
        ),
        _part(
            "comments",
            N_("Comments without an answer"),
            N_("Taken, taken in part or not taken: each delegation is told, with the reason."),
            _records(viewer, Comment, None).where(
                Comment.disposition.is_(None), ~Comment.is_withdrawn, Comment.version_id.in_(_open_rounds())
            ),
        ),
        _part(
            "overdue",
            N_("Follow-ups that are late"),
            N_("They come onto the next agenda."),
            _records(viewer, FollowUp, FollowUp.due_on).where(FollowUp.state.in_(_OPEN), FollowUp.due_on < viewer.day),
        ),
        _part(
            "offers",
            N_("Presentations that wait"),
            N_("Offered, accepted or confirmed, and without a place in a session."),
            _records(viewer, Offer, None).where(
                Offer.state.in_(("submitted", "accepted", "confirmed")), ~exists().where(Slot.offer_id == Offer.id)
            ),
        ),
        _part(
            "calls",
            N_("Calls that close"),
            N_("In the next two weeks, or overdue to be closed."),
            _records(viewer, Call, Call.closes_at).where(
                Call.state == "open", Call.closes_at < at + timedelta(days=CLOSING_DAYS)
            ),
        ),
        _part(
            "drafts",
            N_("Drafts"),
            N_("Seen by officers alone until they move on."),
            _records(viewer, Record, None).where(
                or_(
                    Record.kind.in_(("call", "offer")) & (Record.state == "draft"),
                    Record.id.in_(select(PlanVersion.id).where(PlanVersion.version_kind == "working_copy")),
                    # what the record tells of the past is nobody's draft any more
                    (Record.kind == "output")
                    & Record.state.in_(("outlined", "drafted"))
                    & (Record.origin != Origin.RECORD)
                    & ~Record.is_withdrawn,
                    (Record.kind == "contribution") & (Record.state == "received"),
                )
            ),
        ),
    )
    return tuple(part for part in parts if part.count)


def _open_rounds() -> Select[int]:
    return select(Consultation.version_id).where(Consultation.closed_at.is_(None))


def _records(viewer: Viewer, model: Any, until: Any) -> Select[Any]:
    day = until.label("until") if until is not None else null().label("until")
    rows = (
        select(model.id, model.kind, model.title, model.state, day, _above.title.label("below"))
        .outerjoin(_above, _above.id == model.audience_parent_id)
        .where(is_officer_of(viewer, model))
    )
    return rows.order_by(until if until is not None else model.updated_at.desc(), model.id)


def _part(name: str, title: Message, note: Message, rows: Select[Any]) -> Part:
    count = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    found = db.session.execute(rows.limit(SHOWN)) if count else ()
    entries = tuple(Waiting(row.id, row.kind, row.title, row.state, row.until, row.below) for row in found)
    return Part(name, title, note, entries, count)


def _releases(viewer: Viewer) -> Part:
    """Return the meetings whose working copy was written after their last release."""
    last = (
        select(func.max(Release.released_at))
        .where(Release.meeting_id == Meeting.id)
        .correlate(Meeting)
        .scalar_subquery()
    )
    sessions = select(_one.id).where(_one.meeting_id == Meeting.id, or_(last.is_(None), _one.updated_at > last))
    placed = select(_offer.id).where(
        _offer.meeting_id == Meeting.id, _offer.updated_at > last, _offer.state.in_(ON_PROGRAMME)
    )
    items = (
        select(_item.id)
        .join(_of_item, _of_item.id == _item.session_id)
        .where(_of_item.meeting_id == Meeting.id, _item.updated_at > last)
    )
    newer = or_(*(rows.correlate(Meeting).exists() for rows in (sessions, placed, items)))
    rows = _records(viewer, Meeting, None).where(newer)
    note = N_("The working copy was changed after the last release. Everybody else still sees that release.")
    return _part("releases", N_("Programmes to release"), note, rows)


def get_pending(viewer: Viewer, meeting_id: int) -> Pending:
    """Return what the next release of a meeting would change. Raises NotVisible, NotAllowed."""
    meeting = db.session.scalars(
        select(Meeting).where(Meeting.id == meeting_id, visible(viewer, Meeting))
    ).one_or_none()
    if meeting is None:
        raise NotVisible
    policy.require(viewer, Verb.PUBLISH, meeting.home_body_id)
    current = db.session.scalars(
        select(Release).where(Release.meeting_id == meeting_id, Release.is_current)
    ).one_or_none()
    known = [one["id"] for one in current.programme["sessions"]] if current else []
    programme = working_programme(meeting, known)
    if current is not None and current.digest == digest_of(programme):
        return Pending(meeting, current, ())
    return Pending(meeting, current, tuple(compare(current.programme if current else None, programme)))
