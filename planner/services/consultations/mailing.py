"""Drafts of the mails of a round in the outbox; officers send them. The secret of an address is put in when they
leave.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from planner.core.db import db
from planner.core.i18n import gettext_of, known_language
from planner.messages import consultation
from planner.messages.consultation import Call
from planner.models import (
    OPEN_STATES,
    ConsultationLink,
    MessageKind,
    MessageState,
    OutboxMessage,
    PlanVersion,
    UserAccount,
)
from planner.rules.mail_addresses import Address
from planner.services import rounds
from planner.services.invitation_mail.senders import new_message_id

_WRITE = {
    MessageKind.COMMENT_LINK: consultation.write_link,
    MessageKind.COMMENT_REMINDER: consultation.write_reminder,
}


def draft(
    kind: MessageKind,
    version: PlanVersion,
    call: Call,
    to: Address,
    *,
    at: datetime,
    link: ConsultationLink | None = None,
    person_id: int | None = None,
) -> OutboxMessage:
    """Write a mail into the outbox. One to the holder of a link takes the place of what waits for them."""
    if link is not None:
        withdraw_drafts(link, kinds=(kind,))
    language = _language_of(to, person_id)
    words = _WRITE[kind](call, name=to.name, gettext=gettext_of(language))
    message = OutboxMessage(
        message_kind=kind,
        record_id=version.id,
        link_id=link.id if link is not None else None,
        person_id=person_id,
        to_name=to.name,
        to_address=to.address,
        subject=words.subject[:1200],
        text=words.text,
        html=words.html,
        language=language,
        state=MessageState.DRAFT,
        created_at=at,
        changed_at=at,
        attempts=0,
        message_id=new_message_id(),
    )
    db.session.add(message)
    db.session.flush()
    return message


def _language_of(to: Address, person_id: int | None) -> str:
    """Return the language that somebody chose for their account; English for those who have none."""
    is_theirs = or_(UserAccount.person_id == person_id, UserAccount.email == to.address)
    chosen = select(UserAccount.language).where(is_theirs, UserAccount.is_active).order_by(UserAccount.id).limit(1)
    return known_language(db.session.scalar(chosen))


def withdraw_drafts(link: ConsultationLink, *, kinds: tuple[MessageKind, ...] = tuple(_WRITE)) -> None:
    """Take back what has not been sent to the holder of a link: the address in it opens nothing any more."""
    waiting = select(OutboxMessage).where(
        OutboxMessage.link_id == link.id,
        OutboxMessage.state.in_(OPEN_STATES),
        OutboxMessage.message_kind.in_(kinds),
    )
    for message in db.session.scalars(waiting.with_for_update()):
        message.state, message.send_after = MessageState.WITHDRAWN, None
    db.session.flush()


def address_in_mail() -> str:
    """Return what stands for a personal address in a kept mail. Raises Conflict where mail knows no site."""
    return rounds.in_full(f"/consultations/{rounds.MARK}")
