"""From a message of the outbox to the mail that leaves."""

from __future__ import annotations

from sqlalchemy import select

from planner.core.db import db
from planner.formats.mime import Mail
from planner.messages.wording import with_note, with_note_html
from planner.models import ConsultationLink, OutboxMessage
from planner.services import invitation_mail, rounds


def mail_of(message: OutboxMessage, *, is_leaving: bool = True) -> Mail:
    """Return the mail that a message is, with the officer's words at its head. Where it leaves, its personal
    address as it is now is put in; nobody else reads that.
    """
    text, html = with_address(message) if is_leaving else (message.text, message.html)
    sender = invitation_mail.senders().mail_from
    return Mail(
        message_id=message.message_id,
        date=message.changed_at,
        from_name=sender.name,
        from_address=sender.address,
        to_name=message.to_name,
        to_address=message.to_address,
        reply_to=message.reply_to,
        subject=message.subject,
        language=message.language,
        text=with_note(message.note, text),
        html=with_note_html(message.note, html, message.language) if html is not None else None,
        calendar=message.calendar,
        method=message.method,
    )


def with_address(message: OutboxMessage) -> tuple[str, str | None]:
    """Return text and HTML of a message with the personal address in the place of its mark."""
    if message.link_id is None:
        return message.text, message.html
    generation = db.session.scalars(
        select(ConsultationLink.generation).where(ConsultationLink.id == message.link_id)
    ).one()
    token = rounds.token_of(message.link_id, generation)
    return (
        message.text.replace(rounds.MARK, token),
        message.html.replace(rounds.MARK, token) if message.html is not None else None,
    )
