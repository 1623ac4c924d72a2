"""Which answers still count: another time of a session is another question."""

from __future__ import annotations

from sqlalchemy import select

from planner.core.db import db
from planner.formats import itip
from planner.models import TOLD_STATES, Answer, Invitation, MessageState, OutboxMessage


def ask_again(message: OutboxMessage) -> None:
    """Forget the answer to an invitation where the message that has just gone out names another time.

    An answer that was given on the page to the new time already stays. Part of the change that notes the sending.
    """
    if message.invitation_id is None or message.method != "REQUEST" or message.calendar is None:
        return
    before = db.session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.invitation_id == message.invitation_id,
            OutboxMessage.state.in_((*TOLD_STATES, MessageState.BOUNCED)),
            OutboxMessage.sequence < message.sequence,
        )
        .order_by(OutboxMessage.sequence.desc(), OutboxMessage.id.desc())
        .limit(1)
    ).one_or_none()
    if before is not None and before.method == "REQUEST" and _times(before) == _times(message):
        return
    invitation = db.session.get_one(Invitation, message.invitation_id)
    sequence = message.sequence or 0
    invitation.asked_sequence = sequence
    if invitation.answered_sequence is not None and invitation.answered_sequence < sequence:
        invitation.answer, invitation.answered_at, invitation.answered_sequence = Answer.NEEDS_ACTION, None, None


def _times(message: OutboxMessage) -> tuple[str, ...]:
    return itip.times(itip.event_in(message.calendar or ""))
