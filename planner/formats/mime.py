"""Mail as it goes out: the parts of one message to finished bytes (RFC 5322, and RFC 6047 for invitations)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail to one person. Names and subject are one line of text; `date` is an aware instant."""

    message_id: str
    date: datetime
    from_name: str
    from_address: str
    to_name: str
    to_address: str
    reply_to: str | None = None
    subject: str
    language: str
    text: str
    html: str | None = None
    calendar: str | None = None
    method: str | None = None


def mail_bytes(mail: Mail) -> bytes:
    """Return the mail with lines ended by CRLF; equal values give equal bytes, so that a repeat is the same mail.

    The calendar stands among the alternatives with its METHOD in the header too, as RFC 6047 section 2.4 asks and as
    programs need that show buttons for an answer; and once more as a file, for those that look at files alone.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(mail.from_name, mail.from_address)
    message["To"] = _address(mail.to_name, mail.to_address)
    if mail.reply_to:
        message["Reply-To"] = _address("", mail.reply_to)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = mail.message_id
    message["Content-Language"] = mail.language
    # RFC 3834 section 5: who answers by machine, such as a holiday notice, must not answer this.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.calendar is not None and mail.method is not None:
        parameters = {"method": mail.method}
        message.add_alternative(mail.calendar, subtype="calendar", params=parameters, cte="base64")
        message.add_attachment(
            mail.calendar.encode(), maintype="application", subtype="ics", filename="invite.ics", cte="base64"
        )
    _name_boundaries(message, mail.message_id)
    return message.as_bytes()


def one_line(text: str) -> str:
    """Return a text without what would end a header or be unseen in it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _address(name: str, address: str) -> Address:
    return Address(one_line(name), addr_spec=address)


def _name_boundaries(message: EmailMessage, message_id: str) -> None:
    """Give the parts boundaries that follow from the mail: the library's are random."""
    stem = "".join(sign for sign in message_id if sign.isalnum())[:40]
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}_{stem}")
