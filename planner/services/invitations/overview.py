"""What pages show of invitations: to officers who was asked and how they answered, to a person their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import String, cast, func, literal, select
from sqlalchemy.orm import joinedload

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.models import (
    REFUSED_OUTCOMES,
    Answer,
    Invitation,
    MailReply,
    MessageState,
    OutboxMessage,
    Person,
    PlanSession,
    ReplyOutcome,
    Stakeholder,
)
from planner.services.invitation_mail.state import entry_of, is_ahead
from planner.services.invitations.answering import own_invitations
from planner.services.invitations.inviting import Candidate, get_own_session, list_candidates
from planner.services.standings import class_of

NOTES_SHOWN = 20
_LOST = "lost"


@dataclass(frozen=True)
class Guest:
    """Somebody who was asked: the answer, and how far the last mail to them is."""

    invitation_id: int
    person_id: int
    name: str
    address: str
    stakeholder: str | None
    stakeholder_class: str | None
    answer: Answer
    answered_at: datetime | None
    is_ended: bool
    message_id: int | None
    message_state: MessageState | None


@dataclass(frozen=True)
class Noted:
    """An answer that was not taken."""

    id: int
    read_at: datetime
    from_address: str | None
    outcome: ReplyOutcome
    answer: Answer | None
    name: str | None
    """Whose invitation it answered."""


@dataclass(frozen=True)
class Overview:
    """All that officers see of the invitations to a session."""

    plan_session: PlanSession
    guests: tuple[Guest, ...]
    candidates: tuple[Candidate, ...]
    counts: tuple[tuple[str, dict[Answer, int]], ...]
    """Class of stakeholder ("" where it has none) → how many of those asked gave each answer."""
    notes: tuple[Noted, ...]
    drafts: int
    is_open: bool
    """Whether people can be invited: the session has a released day that has not passed."""


@dataclass(frozen=True)
class Summary:
    """How many were asked to a session and what they answered, for its page."""

    asked: int
    counts: dict[Answer, int]
    undelivered: int


@dataclass(frozen=True)
class Mine:
    """The viewer's own invitation to a session."""

    answer: Answer
    address: str
    is_open: bool


def get_overview(viewer: Viewer, session_id: int, *, day: date) -> Overview:
    """Return who was asked to a session and how they answered. Raises NotVisible, NotAllowed."""
    plan_session = get_own_session(viewer, session_id)
    guests = _guests(session_id, day)
    return Overview(
        plan_session=plan_session,
        guests=guests,
        candidates=list_candidates(viewer, session_id, day=day),
        counts=_by_class(guests),
        notes=_notes(session_id),
        drafts=sum(guest.message_state is MessageState.DRAFT for guest in guests),
        is_open=is_ahead(entry_of(session_id), day),
    )


def get_summary(session_id: int) -> Summary:
    """Return the counts for the page of a session, whose officers alone are shown them. One query."""
    lost = (MessageState.FAILED, MessageState.BOUNCED, MessageState.UNCLEAR)
    undelivered = (OutboxMessage.record_id == session_id, OutboxMessage.state.in_(lost))
    rows = db.session.execute(
        select(cast(Invitation.answer, String), func.count())
        .where(Invitation.session_id == session_id, Invitation.ended_at.is_(None))
        .group_by(Invitation.answer)
        .union_all(select(literal(_LOST, String), func.count()).select_from(OutboxMessage).where(*undelivered))
    )
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    counts = {answer: found[answer] for answer in Answer if answer in found}
    return Summary(sum(counts.values()), counts, found[_LOST])


def get_mine(viewer: Viewer, session_id: int, *, day: date) -> Mine | None:
    """Return the viewer's own invitation to a session that they may see, None where there is none."""
    if not viewer.is_signed_in:
        return None
    invitation = db.session.scalars(own_invitations(viewer).where(Invitation.session_id == session_id)).first()
    if invitation is None:
        return None
    return Mine(invitation.answer, invitation.address, is_ahead(entry_of(session_id), day))


def _guests(session_id: int, day: date) -> tuple[Guest, ...]:
    newest = select(func.max(OutboxMessage.id)).where(OutboxMessage.record_id == session_id)
    last = newest.group_by(OutboxMessage.invitation_id)
    states = select(OutboxMessage.invitation_id, OutboxMessage.id, OutboxMessage.state)
    messages = {row.invitation_id: row for row in db.session.execute(states.where(OutboxMessage.id.in_(last)))}
    invitations = db.session.scalars(
        select(Invitation)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.session_id == session_id)
        .options(
            joinedload(Invitation.person).joinedload(Person.stakeholder).selectinload(Stakeholder.statuses),
        )
        .order_by(Invitation.ended_at.is_not(None), Person.title, Invitation.id)
    )
    return tuple(_guest(one, messages.get(one.id), day) for one in invitations)


def _guest(one: Invitation, message: object, day: date) -> Guest:
    stakeholder = one.person.stakeholder
    kind = class_of(stakeholder, day) if stakeholder else None
    return Guest(
        invitation_id=one.id,
        person_id=one.person_id,
        name=one.person.title,
        address=one.address,
        stakeholder=stakeholder.title if stakeholder else None,
        stakeholder_class=kind.value if kind else None,
        answer=one.answer,
        answered_at=one.answered_at,
        is_ended=one.ended_at is not None,
        message_id=getattr(message, "id", None),
        message_state=getattr(message, "state", None),
    )


def _by_class(guests: Iterable[Guest]) -> tuple[tuple[str, dict[Answer, int]], ...]:
    counts: dict[str, dict[Answer, int]] = {}
    for guest in guests:
        if not guest.is_ended:
            of_class = counts.setdefault(guest.stakeholder_class or "", dict.fromkeys(Answer, 0))
            of_class[guest.answer] += 1
    return tuple(sorted(counts.items()))


def _notes(session_id: int) -> tuple[Noted, ...]:
    rows = db.session.execute(
        select(MailReply, Person.title)
        .outerjoin(Invitation, Invitation.id == MailReply.invitation_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .where(MailReply.session_id == session_id, MailReply.outcome.in_(REFUSED_OUTCOMES))
        .order_by(MailReply.id.desc())
        .limit(NOTES_SHOWN)
    )
    return tuple(
        Noted(reply.id, reply.read_at, reply.from_address, reply.outcome, reply.answer, name) for reply, name in rows
    )
