"""What a sender does with the outbox: takes what is due, says what became of it. The mail itself is sent elsewhere.

A mail is never sent twice by itself. A sender takes a message for a while (a lease), and notes in a transaction of its
own when it is about to hand the text over. One that ends before that is taken up again when its lease is over. One that
ends after it may have sent the mail or not, and nobody can find out: the message is then `unclear`, and an officer
decides. So is one whose connection broke while the server had the text and had not answered (RFC 5321 section
4.5.3.2.6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.core.errors import Conflict
from planner.formats.mime import Mail
from planner.models import OPEN_STATES, Invitation, MessageState, OutboxMessage
from planner.services import changes, invitation_mail
from planner.services.invitation_mail.answers import ask_again
from planner.services.outbox.mailing import mail_of

LEASE = timedelta(minutes=10)
"""Longer than a server may take over one mail."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
"""How long is waited after each attempt that failed for a while; after the last the message is `failed`."""
INTERRUPTED = "The program ended while the mail was being handed over. It may have arrived."
LONGEST_ERROR = 500

_other = aliased(OutboxMessage)


@dataclass(frozen=True)
class Claimed:
    """A message that a sender has taken, and until when: nobody else has the same end."""

    id: int
    until: datetime
    mail: Mail


def has_work(*, at: datetime) -> bool:
    """Say whether something is due, or was left behind. A look, in no write: most rounds of a sender find nothing."""
    due = and_(OutboxMessage.state == MessageState.QUEUED, OutboxMessage.send_after <= at)
    left = and_(OutboxMessage.state == MessageState.SENDING, OutboxMessage.lease_until <= at)
    return db.session.scalar(select(OutboxMessage.id).where(or_(due, left)).limit(1)) is not None


def sweep(actor: Viewer, *, at: datetime) -> int:
    """Take up again what a sender has left behind, and say so where it may have been sent; return how many."""
    with changes.change(actor, at=at):
        is_left = (OutboxMessage.state == MessageState.SENDING, OutboxMessage.lease_until <= at)
        left = db.session.scalars(select(OutboxMessage).where(*is_left).with_for_update(skip_locked=True)).all()
        for message in left:
            if message.handed_at is not None:
                _end(message, MessageState.UNCLEAR, INTERRUPTED)
            else:
                _take_back(message, at, at=at)
        return len(left)


def claim(actor: Viewer, *, at: datetime) -> Claimed | None:
    """Take the message that has waited longest, for LEASE; None where nothing is due.

    Before it goes out it is compared with what its reader may know on this day: what is no longer right is withdrawn
    or drafted anew instead. Two senders never take the same message, nor two of one invitation at a time.
    """
    with changes.change(actor, at=at):
        while (message := _first_due(at)) is not None:
            if message.invitation_id is not None:
                invitation_mail.settle([message.invitation_id], at=at)
            if message.state is not MessageState.QUEUED:
                continue
            message.state, message.lease_until = MessageState.SENDING, at + LEASE
            message.handed_at, message.attempts = None, message.attempts + 1
            db.session.flush()
            return Claimed(message.id, at + LEASE, mail_of(message))
        return None


def _first_due(at: datetime) -> OutboxMessage | None:
    under_way = (
        select(_other.id)
        .where(_other.invitation_id == OutboxMessage.invitation_id, _other.state == MessageState.SENDING)
        .exists()
    )
    due = (OutboxMessage.state == MessageState.QUEUED, OutboxMessage.send_after <= at, ~under_way)
    chosen = select(OutboxMessage).where(*due).order_by(OutboxMessage.send_after, OutboxMessage.id).limit(1)
    return db.session.scalars(chosen.with_for_update(skip_locked=True)).one_or_none()


def hand_over(actor: Viewer, claimed: Claimed, *, at: datetime) -> None:
    """Note that the text is handed over from now on. Raises Conflict where the sender has lost the message."""
    with changes.change(actor, at=at):
        message = _taken(claimed)
        message.handed_at = at


def note_sent(actor: Viewer, claimed: Claimed, *, at: datetime) -> None:
    """Note that a server, or the folder, has taken the mail. Raises Conflict where the message was lost meanwhile."""
    with changes.change(actor, at=at):
        message = _taken(claimed)
        message.sent_at = at
        _end(message, MessageState.SENT, None)
        ask_again(message)


def note_failed(actor: Viewer, claimed: Claimed, error: str, *, at: datetime, is_final: bool, is_unclear: bool) -> None:
    """Note that a mail was not taken: for good, for now (then it is tried again), or that nobody can say.

    Where something newer has been drafted in between, the older is withdrawn: the newer says all. Raises Conflict.
    """
    with changes.change(actor, at=at):
        message = _taken(claimed)
        error = error[:LONGEST_ERROR]
        if is_unclear:
            _end(message, MessageState.UNCLEAR, error)
            return
        pause = PAUSES[message.attempts - 1] if message.attempts <= len(PAUSES) else None
        _take_back(message, None if is_final or pause is None else at + pause, at=at)
        message.last_error = error


def note_bounce(message_id: str, reason: str) -> OutboxMessage | None:
    """Note that a mail of that Message-ID came back; return it, None for one that was not sent from here.

    Inside the change of whoever read of it.
    """
    sent = (MessageState.SENT, MessageState.UNCLEAR)
    chosen = select(OutboxMessage).where(OutboxMessage.message_id == message_id, OutboxMessage.state.in_(sent))
    message = db.session.scalars(chosen.with_for_update()).one_or_none()
    if message is not None:
        message.sent_at = message.sent_at or message.handed_at
        _end(message, MessageState.BOUNCED, reason[:LONGEST_ERROR])
    return message


def _taken(claimed: Claimed) -> OutboxMessage:
    message = db.session.get(OutboxMessage, claimed.id, with_for_update=True, populate_existing=True)
    if message is None or message.state is not MessageState.SENDING or message.lease_until != claimed.until:
        raise Conflict
    return message


def _end(message: OutboxMessage, state: MessageState, error: str | None) -> None:
    message.state, message.lease_until, message.send_after, message.last_error = state, None, None, error
    db.session.flush()


def _take_back(message: OutboxMessage, send_after: datetime | None, *, at: datetime) -> None:
    """Let a message that has not gone out wait again, or fail, or give way to what was drafted in between."""
    if message.invitation_id is not None:
        # whatever is decided about this invitation meanwhile waits for its row
        db.session.get(Invitation, message.invitation_id, with_for_update=True)
    newer = (OutboxMessage.invitation_id == message.invitation_id, OutboxMessage.state.in_(OPEN_STATES))
    if message.invitation_id is not None and db.session.scalar(select(OutboxMessage.id).where(*newer)) is not None:
        _end(message, MessageState.WITHDRAWN, message.last_error)
    elif send_after is None:
        _end(message, MessageState.FAILED, message.last_error)
    else:
        message.state, message.lease_until, message.send_after = MessageState.QUEUED, None, send_after
        db.session.flush()
    if message.invitation_id is not None:
        invitation_mail.settle([message.invitation_id], at=at)
