"""Asking people to a session: those registered for its meeting who have an address and may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotVisible
from planner.core.i18n import N_
from planner.models import (
    CalendarEntry,
    Invitation,
    MessageState,
    OutboxMessage,
    Person,
    PlanSession,
    Registration,
    Stakeholder,
)
from planner.rules.mail_addresses import is_plain, normal
from planner.services import changes, invitation_mail
from planner.services.invitation_mail.state import entry_of, is_off, may_see
from planner.services.standings import class_of

_OVER = N_("This session is over.")
_NO_DAY = N_("This session has no released day. Release its programme first.")
_OFF = N_("This session does not take place as it stands. There is nothing to invite to.")


class Hindrance(StrEnum):
    """Why somebody who is registered cannot be invited."""

    NO_ADDRESS = "no_address"
    CLOSED = "closed"
    """They may not see the session."""
    INVITED = "invited"
    SAME_ADDRESS = "same_address"
    """Somebody else was invited at this address."""


@dataclass(frozen=True)
class Candidate:
    """A person registered for the meeting, and what keeps them from being invited."""

    person_id: int
    name: str
    stakeholder: str | None
    stakeholder_class: str | None
    hindrance: Hindrance | None


def list_candidates(actor: Viewer, session_id: int, *, day: date) -> tuple[Candidate, ...]:
    """Return who is registered for the meeting of a session, ordered by name, each with what hinders an invitation;
    of those whom the actor may see.

    Raises NotVisible, NotAllowed.
    """
    plan_session = get_own_session(actor, session_id)
    people = db.session.scalars(
        select(Person)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.meeting_id == plan_session.meeting_id, visible(actor, Person))
        .options(joinedload(Person.stakeholder).selectinload(Stakeholder.statuses))
        .order_by(Person.title, Person.id)
    ).all()
    sees = may_see(session_id, [person.id for person in people], day=day)
    asked = db.session.execute(
        select(Invitation.address, Invitation.person_id, Invitation.ended_at).where(Invitation.session_id == session_id)
    ).all()
    taken = {row.address: row for row in asked}

    def hindrance(person: Person) -> Hindrance | None:
        address = normal(person.email or "")
        held = taken.get(address)
        if not is_plain(address):
            return Hindrance.NO_ADDRESS
        if person.id not in sees:
            return Hindrance.CLOSED
        if held is not None and held.person_id != person.id:
            return Hindrance.SAME_ADDRESS
        return Hindrance.INVITED if held is not None and held.ended_at is None else None

    return tuple(
        Candidate(
            person.id,
            person.title,
            person.stakeholder.title if person.stakeholder else None,
            _class_of(person, day),
            hindrance(person),
        )
        for person in people
    )


def invite(actor: Viewer, session_id: int, person_ids: Iterable[int], *, at: datetime) -> int:
    """Invite people to a session; return how many. The mails are drafts until an officer sends them.

    Raises NotVisible, NotAllowed, Conflict where the session has no day to come, and Invalid (`people`) where somebody
    may not be invited: nobody is then.
    """
    wanted = set(person_ids)
    with changes.change(actor, at=at) as c:
        plan_session = get_own_session(actor, session_id)
        entry = _require_ahead(session_id, at.date())
        candidates = {one.person_id: one for one in list_candidates(actor, session_id, day=at.date())}
        if not wanted:
            raise Invalid({"people": N_("Choose somebody.")})
        if any(one not in candidates or candidates[one].hindrance is not None for one in wanted):
            raise Invalid({"people": N_("Somebody of these cannot be invited. Choose among those that are offered.")})
        ids = [_invitation(plan_session, person, entry, at).id for person in _people(wanted)]
        for person_id in sorted(wanted):
            c.note(session_id, plan_session.kind, f"invitation.{person_id}.invited_id", None, person_id)
        invitation_mail.settle(ids, at=at)
        return len(ids)


def take_back(actor: Viewer, invitation_id: int, *, at: datetime) -> int:
    """End an invitation; who was told of it is told that too. Return the session's id.

    Raises NotVisible, NotAllowed, Conflict.
    """
    with changes.change(actor, at=at) as c:
        invitation = db.session.get(Invitation, invitation_id, with_for_update=True)
        if invitation is None:
            raise NotVisible
        plan_session = get_own_session(actor, invitation.session_id)
        if invitation.ended_at is not None:
            raise Conflict(N_("This invitation has been taken back already."))
        invitation.ended_at = at
        person_id = invitation.person_id
        c.note(plan_session.id, plan_session.kind, f"invitation.{person_id}.invited_id", person_id, None)
        db.session.flush()
        invitation_mail.settle([invitation_id], at=at)
        return plan_session.id


def review(actor: Viewer, *, at: datetime) -> int:
    """Draft what the day alone changes, such as for whom a State's status has ended; return how many were looked at."""
    with changes.change(actor, at=at):
        return invitation_mail.settle_all(at=at)


def get_own_session(actor: Viewer, session_id: int) -> PlanSession:
    """Return a session of a body for which the actor may invite. Raises NotVisible, NotAllowed."""
    chosen = select(PlanSession).where(PlanSession.id == session_id, visible(actor, PlanSession))
    plan_session = db.session.scalars(chosen).one_or_none()
    if plan_session is None:
        raise NotVisible
    policy.require(actor, Verb.SEND_MAIL, plan_session.home_body_id)
    return plan_session


def _require_ahead(session_id: int, day: date) -> CalendarEntry:
    entry = entry_of(session_id)
    if entry is None:
        raise Conflict(_NO_DAY)
    if entry.ends_on < day:
        raise Conflict(_OVER)
    if is_off(entry):
        raise Conflict(_OFF)
    return entry


def _people(ids: set[int]) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))


def _invitation(plan_session: PlanSession, person: Person, entry: CalendarEntry, at: datetime) -> Invitation:
    """Return a new invitation, or the one that was taken back before."""
    address = normal(person.email or "")
    held = select(Invitation).where(Invitation.session_id == plan_session.id, Invitation.address == address)
    invitation = db.session.scalars(held).one_or_none()
    if invitation is None:
        invitation = Invitation(
            session_id=plan_session.id, person_id=person.id, address=address, uid=entry.uid, asked_sequence=0
        )
    else:
        # asking again is the officer's word against an earlier withdrawal of the mail
        withdrawn = select(OutboxMessage).where(
            OutboxMessage.invitation_id == invitation.id, OutboxMessage.state == MessageState.WITHDRAWN
        )
        for message in db.session.scalars(withdrawn):
            message.handled_by = None
    invitation.invited_at, invitation.ended_at = at, None
    db.session.add(invitation)
    db.session.flush()
    return invitation


def _class_of(person: Person, day: date) -> str | None:
    found = class_of(person.stakeholder, day) if person.stakeholder else None
    return found.value if found else None
