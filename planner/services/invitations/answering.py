"""Answers to invitations: on the page by who is signed in, or in a mail of a calendar program.

What a mail must have to be believed: its From, its ATTENDEE and the address that was invited are one; it names the UID
of that invitation; where the settings say so, it was sent to the secret address of that one invitation. From can be
forged, the secret address cannot be guessed. Nothing else of a mail changes anything, and nothing in one is an error.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.core.errors import Conflict, NotVisible
from planner.core.i18n import N_
from planner.formats.itip_reply import Bounce, Envelope, Reply, Unreadable, read_mail
from planner.models import (
    REFUSED_OUTCOMES,
    TOLD_STATES,
    Answer,
    Invitation,
    MailReply,
    MessageState,
    OutboxMessage,
    PlanSession,
    Record,
    ReplyOutcome,
    UserAccount,
)
from planner.services import changes, invitation_mail, outbox
from planner.services.invitation_mail.state import entry_of, is_ahead


@dataclass(frozen=True)
class _Verdict:
    """What becomes of a mail."""

    outcome: ReplyOutcome
    invitation: Invitation | None = None
    answer: Answer | None = None
    reason: str | None = None
    session_id: int | None = None
    about: str = ""


def answer_on_page(viewer: Viewer, session_id: int, answer: Answer, *, at: datetime) -> None:
    """Answer the viewer's own invitation. Raises NotVisible where there is none to a session that they may see, and
    Conflict where it was taken back or the session is over or off.
    """
    with changes.change(viewer, at=at) as c:
        invitation = db.session.scalars(
            own_invitations(viewer).where(Invitation.session_id == session_id).with_for_update(of=Invitation)
        ).first()
        if invitation is None:
            raise NotVisible
        set_answer(invitation, answer, c)


def own_invitations(viewer: Viewer) -> Select[Invitation]:
    """Return the select of the viewer's own invitations to sessions that they may see, the newest first.

    One of which no mail has gone out is the officers' draft as yet.
    """
    gone_out = exists().where(
        OutboxMessage.invitation_id == Invitation.id,
        OutboxMessage.state.in_((*TOLD_STATES, MessageState.BOUNCED)),
    )
    return (
        select(Invitation)
        .join(PlanSession, PlanSession.id == Invitation.session_id)
        .join(UserAccount, UserAccount.person_id == Invitation.person_id)
        .where(UserAccount.id == viewer.user_id, Invitation.ended_at.is_(None), visible(viewer, PlanSession))
        .where(gone_out)
        .order_by(Invitation.id.desc())
    )


def answer_mail(actor: Viewer, raw: bytes, *, at: datetime) -> ReplyOutcome | None:
    """Take the answer in a mail, or note why it was not taken; None for a mail that was read before.

    Never raises for what a mail holds. Of a mail without an answer no more is kept than that it was read; of an answer
    that is refused who it is from and what it seemed to be about, so that an officer can see to it.
    """
    key = hashlib.sha256(raw).hexdigest()
    try:
        envelope, content = read_mail(raw)
    except Unreadable as fault:
        envelope, content = fault.args[1], None
        reason = str(fault.args[0])[:300]
        verdict = _Verdict(ReplyOutcome.UNREADABLE, reason=reason, about=envelope.subject)
    else:
        verdict = _Verdict(ReplyOutcome.NO_ANSWER)
    with changes.change(actor, at=at) as c:
        if db.session.scalar(select(MailReply.id).where(MailReply.mail_key == key)) is not None:
            return None
        if isinstance(content, Bounce):
            verdict = _take_bounce(content)
        elif isinstance(content, Reply):
            verdict = _judge(envelope, content)
            if verdict.outcome is ReplyOutcome.TAKEN and verdict.invitation and verdict.answer:
                _set(verdict.invitation, verdict.answer, min(content.stamp, at), content.sequence, c)
        invitation = verdict.invitation
        is_kept = invitation is not None or verdict.outcome in REFUSED_OUTCOMES
        session_id = invitation.session_id if invitation else verdict.session_id
        if session_id is None and verdict.outcome is ReplyOutcome.UNREADABLE:
            session_id = _only_session_of(envelope.sender)
        db.session.add(
            MailReply(
                mail_key=key,
                read_at=at,
                from_address=(envelope.sender or envelope.shown_sender or None) if is_kept else None,
                outcome=verdict.outcome,
                answer=verdict.answer if is_kept else None,
                reason=verdict.reason,
                about=verdict.about or None if session_id is None else None,
                session_id=session_id,
                invitation_id=invitation.id if invitation else None,
            )
        )
        return verdict.outcome


def _judge(envelope: Envelope, reply: Reply) -> _Verdict:
    """Decide what becomes of an answer."""
    of_event = select(Invitation).where(Invitation.uid == reply.uid).order_by(Invitation.id)
    of_person = of_event.where(Invitation.address == reply.attendee).with_for_update()
    invitation = db.session.scalars(of_person).first()
    answer = Answer(reply.answer)
    if invitation is None:
        session_id = db.session.scalar(select(Invitation.session_id).where(Invitation.uid == reply.uid).limit(1))
        about = reply.title or envelope.subject
        return _Verdict(ReplyOutcome.UNKNOWN, answer=answer, session_id=session_id, about=about)
    if envelope.sender != invitation.address:
        return _Verdict(ReplyOutcome.WRONG_SENDER, invitation, answer)
    to = envelope.recipients | ({reply.organizer} if reply.organizer else set())
    if not invitation_mail.reads_code(invitation.id, frozenset(to)):
        return _Verdict(ReplyOutcome.WRONG_CODE, invitation, answer)
    if answer is Answer.NEEDS_ACTION or invitation.ended_at is not None or _is_outdated(invitation, reply):
        return _Verdict(ReplyOutcome.OUTDATED, invitation, answer)
    return _Verdict(ReplyOutcome.TAKEN, invitation, answer)


def _is_outdated(invitation: Invitation, reply: Reply) -> bool:
    """Say whether a later answer is known (RFC 5546 section 2.1.5), the answer is to a time that the session no longer
    has, or to a version that was never sent.
    """
    if not invitation.asked_sequence <= reply.sequence <= _highest(invitation):
        return True
    if invitation.answered_at is None or invitation.answered_sequence is None:
        return False
    # seconds are all that a DTSTAMP has
    held = (invitation.answered_sequence, invitation.answered_at.replace(microsecond=0))
    return (reply.sequence, reply.stamp) < held


def _only_session_of(address: str | None) -> int | None:
    """Return the one session to which somebody at an address is invited, None where there are none or several."""
    of_address = select(Invitation.session_id).where(Invitation.address == address, Invitation.ended_at.is_(None))
    found = db.session.scalars(of_address.distinct().limit(2)).all()
    return found[0] if len(found) == 1 else None


def set_answer(invitation: Invitation, answer: Answer, c: changes.Changes) -> None:
    """Set an answer that was not given by mail, to the session as it is now. Raises Conflict where it is over or off.

    Part of the change of whoever gives it, with the invitation's row locked.
    """
    entry = entry_of(invitation.session_id)
    if entry is None or not is_ahead(entry, c.at.date()):
        raise Conflict(N_("This session is over, or does not take place as it stands. It needs no answer."))
    _set(invitation, answer, c.at, max(entry.sequence, _highest(invitation)), c)


def _highest(invitation: Invitation) -> int:
    """Return the highest SEQUENCE that an invitation was written with."""
    found = select(func.max(OutboxMessage.sequence)).where(OutboxMessage.invitation_id == invitation.id)
    return db.session.scalar(found) or 0


def _take_bounce(bounce: Bounce) -> _Verdict:
    message = outbox.note_bounce(bounce.message_id, bounce.reason)
    if message is None:
        return _Verdict(ReplyOutcome.NO_ANSWER)
    invitation = db.session.get(Invitation, message.invitation_id) if message.invitation_id else None
    return _Verdict(ReplyOutcome.BOUNCE, invitation, reason=bounce.reason[:300])


def _set(invitation: Invitation, answer: Answer, answered_at: datetime, sequence: int, c: changes.Changes) -> None:
    kind = db.session.scalars(select(Record.kind).where(Record.id == invitation.session_id)).one()
    row = f"invitation.{invitation.person_id}"
    c.note(invitation.session_id, kind, f"{row}.invited_id", None, invitation.person_id)
    c.note(invitation.session_id, kind, f"{row}.answer", invitation.answer, answer)
    invitation.answer = answer
    invitation.answered_at = None if answer is Answer.NEEDS_ACTION else answered_at
    invitation.answered_sequence = None if answer is Answer.NEEDS_ACTION else sequence
    db.session.flush()
