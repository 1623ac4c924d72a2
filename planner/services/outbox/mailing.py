"""From a message of the outbox to the mail that leaves."""

from __future__ import annotations

from planner.formats.mime import Mail
from planner.messages.wording import with_note, with_note_html
from planner.models import OutboxMessage
from planner.services import invitation_mail


def mail_of(message: OutboxMessage) -> Mail:
    """Return the mail that a message is, with the officer's words at its head."""
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
        text=with_note(message.note, message.text),
        html=with_note_html(message.note, message.html, message.language) if message.html is not None else None,
        calendar=message.calendar,
        method=message.method,
    )
