"""Mail that comes in, read for the answer of a calendar program (RFC 5546 section 3.2.3, RFC 6047). Strict and bounded:
whatever is not plainly one answer of one person is none.

Not here: whether the answer is to be believed. Section numbers without a name are those of RFC 5546.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from typing import Any

from icalendar import Calendar

from planner.rules.mail_addresses import is_plain, normal

LARGEST_MAIL = 1024 * 1024
LARGEST_CALENDAR = 64 * 1024
MOST_PARTS = 50
_SHOWN = 254
PARTSTATS = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
    "NEEDS-ACTION": "needs_action",
}


class Unreadable(ValueError):  # noqa: N818 - named after the fact
    """A mail that means to answer and cannot be read as one answer; the text says why, in words for officers."""


@dataclass(frozen=True)
class Envelope:
    """Who a mail is from (None where it is not one plain address), and the addresses it was sent to."""

    sender: str | None
    shown_sender: str
    """What stands in From, cut, for showing alone."""
    recipients: frozenset[str]
    subject: str = ""
    """What stands in Subject, cut, for showing alone."""


@dataclass(frozen=True)
class Reply:
    """One answer. `sequence` is 0 where the program says none (section 2.1.5); `stamp` is when it was given."""

    uid: str
    attendee: str
    organizer: str | None
    answer: str
    sequence: int
    stamp: datetime
    title: str = ""
    """What it calls the event, cut, for showing alone."""


@dataclass(frozen=True)
class Bounce:
    """A report that a mail was not delivered (RFC 3464): the Message-ID of that mail, and the reason."""

    message_id: str
    reason: str


def read_mail(raw: bytes) -> tuple[Envelope, Reply | Bounce | None]:
    """Return envelope and answer of a mail; None for one that holds neither an answer nor a report.

    Raises Unreadable, with `envelope` as its second argument where it could be read.
    """
    if len(raw) > LARGEST_MAIL:
        raise Unreadable(f"The mail is larger than {LARGEST_MAIL // 1024} kB.", Envelope(None, "", frozenset()))
    envelope = Envelope(None, "", frozenset())
    try:
        message: Any = message_from_bytes(raw, policy=default)
        envelope = _envelope(message)
        return envelope, _content(message)
    except Unreadable as fault:
        raise Unreadable(str(fault), envelope) from fault
    except Exception as error:
        # parsers of others, fed by strangers: whatever they raise is this one mail's fault
        raise Unreadable(f"It cannot be read ({type(error).__name__}).", envelope) from error


def _content(message: EmailMessage) -> Reply | Bounce | None:
    if message.get_content_type() == "multipart/report":
        bounce = _bounce(message)
        if bounce is not None:
            return bounce
    calendars = [part for part in _parts(message) if part.get_content_type() == "text/calendar"]
    if not calendars:
        return None
    return _reply(calendars[0])


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts of a mail, those of forwarded mails left out: an answer inside them is not the sender's."""
    waiting, count = [message], 0
    while waiting:
        part: Any = waiting.pop(0)
        count += 1
        if count > MOST_PARTS:
            raise Unreadable("The mail has too many parts.")
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting += part.get_payload()
        else:
            yield part


def _envelope(message: EmailMessage) -> Envelope:
    shown = " ".join(str(value) for value in message.get_all("From", []))
    senders = [address for _, address in getaddresses([str(value) for value in message.get_all("From", [])])]
    names = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
    to = [address for _, address in getaddresses([str(v) for name in names for v in message.get_all(name, [])])]
    return Envelope(
        sender=normal(senders[0]) if len(senders) == 1 and is_plain(senders[0]) else None,
        shown_sender=_shown(shown),
        recipients=frozenset(normal(address) for address in to),
        subject=_shown(str(message.get("Subject", ""))),
    )


def _reply(part: EmailMessage) -> Reply:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or len(content) > LARGEST_CALENDAR:
        raise Unreadable("Its calendar part is missing or too large.")
    method = part.get_param("method")
    calendar: Any = Calendar.from_ical(content.decode("utf-8"))
    said = str(calendar.get("METHOD", "")).upper()
    if said != "REPLY" or (method is not None and str(method).upper() != said):
        raise Unreadable("Its calendar part is no reply.")
    events = calendar.walk("VEVENT")
    if len(events) != 1 or len([one for one in calendar.subcomponents if one.name != "VTIMEZONE"]) != 1:
        raise Unreadable("It does not answer for one event.")
    event: Any = events[0]
    if "RECURRENCE-ID" in event:
        raise Unreadable("It answers for one day of a series.")
    return Reply(
        uid=_one(event, "UID"),
        attendee=_address(_one_value(event, "ATTENDEE")) or _bad("It names no attendee that is a mail address."),
        organizer=_address(event.get("ORGANIZER")) if "ORGANIZER" in event else None,
        answer=_answer(event),
        sequence=_sequence(event),
        stamp=_stamp(event),
        title=_shown(str(event.get("SUMMARY", ""))),
    )


def _shown(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:_SHOWN]


def _bad(text: str) -> str:
    raise Unreadable(text)


def _one_value(event: Any, name: str) -> Any:
    value = event.get(name)
    if value is None or isinstance(value, list):
        raise Unreadable(f"It does not have one {name}.")
    return value


def _one(event: Any, name: str) -> str:
    text = str(_one_value(event, name))
    if not text or len(text) > 255:
        raise Unreadable(f"Its {name} is empty or too long.")
    return text


def _address(value: Any) -> str | None:
    text = str(value)
    if text[:7].lower() != "mailto:" or not is_plain(text[7:]):
        return None
    return normal(text[7:])


def _answer(event: Any) -> str:
    status = str(event["ATTENDEE"].params.get("PARTSTAT", "NEEDS-ACTION")).upper()
    if status not in PARTSTATS:
        raise Unreadable("It answers with something else than yes, perhaps or no.")
    return PARTSTATS[status]


def _sequence(event: Any) -> int:
    if "SEQUENCE" not in event:
        return 0
    number = int(_one_value(event, "SEQUENCE"))
    if not 0 <= number < 2**31:
        raise Unreadable("Its SEQUENCE is out of range.")
    return number


def _stamp(event: Any) -> datetime:
    value = _one_value(event, "DTSTAMP").dt
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Unreadable("Its DTSTAMP is no instant.")
    return value.astimezone(UTC)


def _bounce(message: EmailMessage) -> Bounce | None:
    """Return what a delivery report says of a mail that was not delivered for good; None for any other report."""
    reason, message_id, has_failed = "", "", False
    parts: Any = message.get_payload()
    for part in parts[:MOST_PARTS]:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            fields = [block for block in part.get_payload() if block.get("Action")]
            has_failed = any(str(block["Action"]).strip().lower() == "failed" for block in fields)
            reason = next((str(b["Diagnostic-Code"] or b["Status"]) for b in fields if b.get("Status")), "")
        elif kind == "message/rfc822":
            message_id = str(part.get_payload(0).get("Message-ID", ""))
        elif kind == "text/rfc822-headers":
            headers = message_from_bytes(part.get_payload(decode=True), policy=default)
            message_id = str(headers.get("Message-ID", ""))
    if not has_failed or not message_id:
        return None
    return Bounce(message_id.strip()[:200], "".join(sign for sign in reason if sign.isprintable())[:300])
