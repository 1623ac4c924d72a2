"""After a change: which invitations it concerns, and what their people must be told now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from planner.core.db import db, table_of
from planner.core.i18n import gettext_of
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
    event_in: Callable[[str], str]
    """Language → the event in it."""
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


def settle_person(person_id: int, *, at: datetime) -> None:
    """Bring the open messages of one person to what they must be told now, in their language."""
    chosen = select(Invitation.id).where(Invitation.ended_at.is_(None), Invitation.person_id == person_id)
    settle(db.session.scalars(chosen).all(), at=at)


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
        return _invitation_to(one)
    if one.told is None or one.told.method == "CANCEL":
        return None
    if entry is not None:
        return _Due(Occasion.CALLED_OFF, "CANCEL", one.text_in, _next(one))
    # what they know already: whatever becomes of the session, its SEQUENCE too, does not concern them any more
    known = itip.known_part(one.told_event)
    return _Due(Occasion.TAKEN_BACK, "CANCEL", lambda _language: known, (one.highest or 0) + 1)


def _invitation_to(one: Standing) -> _Due | None:
    if one.told is None:
        return _Due(Occasion.ASKED, "REQUEST", one.text_in, _next(one))
    # in the language in which it was told: another language of its reader is no news of the session
    now = one.text_in(one.told.language)
    if one.told.method == "REQUEST" and itip.gist(one.told_event) == itip.gist(now):
        return None
    return _Due(Occasion.CHANGED, "REQUEST", one.text_in, _next(one))


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
    if _is_in_language(waiting, one) and _says_the_same(waiting, due, one, at):
        return
    if _says_the_same(one.refused, due, one, at):
        return
    message = waiting or OutboxMessage(
        invitation_id=invitation.id,
        record_id=invitation.session_id,
        person_id=invitation.person_id,
        created_at=at,
        state=MessageState.DRAFT,
        attempts=0,
    )
    name = _name_of(one)
    words = write(due.occasion, _event(due.event_in(one.language)), name=name, gettext=gettext_of(one.language))
    message.message_kind = _KINDS[due.occasion]
    message.to_name, message.to_address = name, invitation.address
    message.reply_to = invited_by(invitation.id).address
    message.language = one.language
    message.subject, message.text, message.html = words.subject, words.text, words.html
    message.calendar, message.method, message.sequence = (
        _calendar(due, one, one.language, at),
        due.method,
        due.sequence,
    )
    message.changed_at = at
    # another mail: whoever got the one before, though it is booked as failed, must not take this for a repeat
    message.message_id = new_message_id()
    if message.state is not MessageState.HELD:
        # an officer has read what it said before, not this
        message.state, message.send_after = MessageState.DRAFT, None
    message.attempts, message.last_error, message.handled_by = 0, None, None
    db.session.add(message)


def _name_of(one: Standing) -> str:
    return one.invitation.person.public_title or one.invitation.person.title


def _calendar(due: _Due, one: Standing, language: str, at: datetime) -> str:
    organizer, event = invited_by(one.invitation.id), due.event_in(language)
    return itip.message_text(
        event,
        method=due.method,
        organizer=itip.Party(organizer.address, organizer.name),
        attendee=itip.Party(one.invitation.address, _name_of(one)),
        sequence=due.sequence,
        stamp=at,
        zones=zones_in(event),
    )


def _is_in_language(message: OutboxMessage | None, one: Standing) -> bool:
    """Say whether a message may go out in the language that it has. One that an officer has sent on its way does not
    wait for them again because its reader chose another.
    """
    waits = (MessageState.DRAFT, MessageState.HELD)
    return message is not None and (message.language == one.language or message.state not in waits)


def _says_the_same(message: OutboxMessage | None, due: _Due, one: Standing, at: datetime) -> bool:
    """Say whether a message says what is due, whatever the language."""
    if message is None or message.method != due.method or message.message_kind != _KINDS[due.occasion]:
        return False
    if message.sequence != due.sequence and message.state is not MessageState.WITHDRAWN:
        return False
    now = _calendar(due, one, message.language, at)
    return itip.gist(itip.event_in(message.calendar or "")) == itip.gist(itip.event_in(now))


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
