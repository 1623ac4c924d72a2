"""After a change: which invitations it concerns, and what their people must be told now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from planner.core.db import db, table_of
from planner.formats import itip
from planner.formats.ical import zones_in
from planner.messages.invitation import Event, Occasion, write
from planner.models import (
    CalendarEntry,
    Delegation,
    EntryKind,
    Invitation,
    MessageKind,
    MessageState,
    OfficeUser,
    OutboxMessage,
    PlanSession,
    UserAccount,
)
from planner.services.invitation_mail import state
from planner.services.invitation_mail.senders import invited_by, new_message_id
from planner.services.invitation_mail.state import Standing

_KINDS = {
    Occasion.ASKED: MessageKind.INVITATION,
    Occasion.CHANGED: MessageKind.UPDATE,
    Occasion.CALLED_OFF: MessageKind.CANCELLATION,
    Occasion.TAKEN_BACK: MessageKind.CANCELLATION,
}


@dataclass(frozen=True)
class _Due:
    """What somebody must be told."""

    occasion: Occasion
    method: itip.Method
    event: str
    sequence: int


def follow(record_ids: set[int], *, at: datetime) -> None:
    """Draft what the people of invitations must be told after the records changed. Part of the same transaction."""
    concerned = concerned_by(record_ids)
    if concerned:
        settle(concerned, at=at)


def concerned_by(record_ids: set[int]) -> list[int]:
    """Return the invitations to a session, of a meeting or of a person among the records, or of somebody whose
    delegation or office is.
    """
    of_session, ids = table_of(PlanSession), list(record_ids)
    delegates = select(Delegation.person_id).where(Delegation.stakeholder_id.in_(ids))
    officers = (
        select(UserAccount.person_id)
        .join(OfficeUser, OfficeUser.user_id == UserAccount.id)
        .where(OfficeUser.office_id.in_(ids))
    )
    sessions = select(of_session.c.id).where(of_session.c.meeting_id.in_(ids))
    concerned = or_(
        Invitation.session_id.in_(ids),
        Invitation.person_id.in_(ids),
        Invitation.session_id.in_(sessions),
        Invitation.person_id.in_(delegates),
        Invitation.person_id.in_(officers),
    )
    return list(db.session.scalars(select(Invitation.id).where(Invitation.ended_at.is_(None), concerned)))


def settle_all(*, at: datetime) -> int:
    """Draft what follows from the day alone, such as a State's status that has ended; return how many were looked at.

    Sessions that are over are left alone.
    """
    ahead = select(CalendarEntry.record_id).where(
        CalendarEntry.entry_kind == EntryKind.SESSION, CalendarEntry.ends_on >= at.date()
    )
    chosen = select(Invitation.id).where(Invitation.ended_at.is_(None), Invitation.session_id.in_(ahead))
    ids = list(db.session.scalars(chosen))
    settle(ids, at=at)
    return len(ids)


def settle(invitation_ids: Iterable[int], *, at: datetime) -> None:
    """Bring the one open message of each invitation to what its person must be told now, or withdraw it."""
    for standing in state.read(invitation_ids, day=at.date()):
        due = _due(standing, at.date())
        if due is not None:
            _draft(standing, due, at)
        elif standing.waiting is not None:
            _withdraw(standing.waiting)
    db.session.flush()


def _due(one: Standing, day: date) -> _Due | None:
    """Return what somebody must be told, or None where they know it."""
    if _is_over(one, day):
        return None
    entry = one.entry if one.may_know else None
    if entry is not None and not state.is_off(entry):
        return _invitation_to(entry, one)
    if one.told is None or one.told.method == "CANCEL":
        return None
    if entry is not None:
        return _Due(Occasion.CALLED_OFF, "CANCEL", entry.text, _next(one))
    # what they know already: whatever becomes of the session, its SEQUENCE too, does not concern them any more
    return _Due(Occasion.TAKEN_BACK, "CANCEL", itip.known_part(one.told_event), (one.highest or 0) + 1)


def _invitation_to(entry: CalendarEntry, one: Standing) -> _Due | None:
    if one.told is None:
        return _Due(Occasion.ASKED, "REQUEST", entry.text, _next(one))
    if one.told.method == "REQUEST" and itip.gist(one.told_event) == itip.gist(entry.text):
        return None
    return _Due(Occasion.CHANGED, "REQUEST", entry.text, _next(one))


def _is_over(one: Standing, day: date) -> bool:
    """Say whether both the session and what was told of it lie behind."""
    if one.entry is None or one.entry.ends_on >= day:
        return False
    if one.told is None:
        return True
    said = itip.read_event(one.told_event)
    last = said.ends or said.starts
    return (last.date() if isinstance(last, datetime) else last) < day


def _next(one: Standing) -> int:
    """Return the SEQUENCE of the next message: the entry's, but always above what has gone out.

    A person may be told more often than the entry changes: who may no longer see the session is told so, and RFC 5546
    section 2.1.4 asks a higher number of every such message.
    """
    of_entry = one.entry.sequence if one.entry else 0
    return of_entry if one.highest is None else max(of_entry, one.highest + 1)


def _draft(one: Standing, due: _Due, at: datetime) -> None:
    invitation, waiting = one.invitation, one.waiting
    organizer = invited_by(invitation.id)
    name = invitation.person.public_title or invitation.person.title
    calendar = itip.message_text(
        due.event,
        method=due.method,
        organizer=itip.Party(organizer.address, organizer.name),
        attendee=itip.Party(invitation.address, name),
        sequence=due.sequence,
        stamp=at,
        zones=zones_in(due.event),
    )
    if _says_the_same(waiting, due, calendar) or _says_the_same(one.refused, due, calendar):
        return
    message = waiting or OutboxMessage(
        invitation_id=invitation.id,
        record_id=invitation.session_id,
        person_id=invitation.person_id,
        created_at=at,
        state=MessageState.DRAFT,
        attempts=0,
        language="en",
    )
    words = write(due.occasion, _event(due.event), name=name)
    message.message_kind = _KINDS[due.occasion]
    message.to_name, message.to_address, message.reply_to = name, invitation.address, organizer.address
    message.subject, message.text, message.html = words.subject, words.text, words.html
    message.calendar, message.method, message.sequence = calendar, due.method, due.sequence
    message.changed_at = at
    # another mail: whoever got the one before, though it is booked as failed, must not take this for a repeat
    message.message_id = new_message_id()
    if message.state is not MessageState.HELD:
        # an officer has read what it said before, not this
        message.state, message.send_after = MessageState.DRAFT, None
    message.attempts, message.last_error, message.handled_by = 0, None, None
    db.session.add(message)


def _says_the_same(message: OutboxMessage | None, due: _Due, calendar: str) -> bool:
    return (
        message is not None
        and message.method == due.method
        and message.message_kind == _KINDS[due.occasion]
        and (message.sequence == due.sequence or message.state is MessageState.WITHDRAWN)
        and itip.gist(itip.event_in(message.calendar or "")) == itip.gist(itip.event_in(calendar))
    )


def _event(text: str) -> Event:
    said = itip.read_event(text)
    return Event(
        title=said.summary,
        starts=said.starts,
        ends=said.ends,
        zone=said.zone,
        place=said.location,
        about=said.description,
        url=said.url,
    )


def _withdraw(message: OutboxMessage) -> None:
    message.state, message.send_after, message.handled_by = MessageState.WITHDRAWN, None, None
