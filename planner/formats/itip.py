"""Invitations for calendar programs (iTIP, RFC 5546): a finished entry as a message to one person, and read back.

Not here: mail (`mime.py`), answers (`itip_reply.py`), when a message is due. Section numbers without a name are those
of RFC 5546.

Each person gets a message of their own, with themselves as the only ATTENDEE: section 3.2.2 lets a message name some of
the attendees, and who else is invited, and at which address, is nobody's business but the organiser's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from icalendar import Event, vCalAddress

from planner.formats.content_lines import read_component
from planner.formats.ical import PRODUCT
from planner.formats.reading import read_times
from planner.formats.zones import zone_block

Method = Literal["REQUEST", "CANCEL"]
_BEGIN, _END = "BEGIN:VEVENT\r\n", "END:VEVENT\r\n"
_OF_MESSAGE = ("ORGANIZER", "ATTENDEE", "SEQUENCE", "DTSTAMP")
_STAMPS = (*_OF_MESSAGE, "CREATED", "LAST-MODIFIED")
_KNOWN_OF_CANCELLED = ("UID", "DTSTART", "DTEND", "SUMMARY", "CREATED", "LAST-MODIFIED")


@dataclass(frozen=True)
class Party:
    """Who invites or is invited: the address, and the name that programs show."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Said:
    """What an event says, as it is read back for the words of the mail. Days are whole days, the last one included."""

    summary: str
    starts: datetime | date
    ends: datetime | date | None
    zone: str | None
    location: str
    description: str
    url: str | None


def message_text(
    event: str,
    *,
    method: Method,
    organizer: Party,
    attendee: Party,
    sequence: int,
    stamp: datetime,
    zones: Iterable[str],
) -> str:
    """Return a finished event (a VEVENT as `ical.entry_text` writes it) as a whole message to one person.

    `stamp` is when the message is written (RFC 5545 section 3.8.7.2), `zones` are those that the event uses. A REQUEST
    asks for an answer (section 3.2.2), a CANCEL does not (section 3.2.5). Raises ValueError for what is no event.
    """
    _check(event)
    kept = [line for line in _lines(event) if _name(line) not in (*_OF_MESSAGE, "BEGIN", "END")]
    if method == "CANCEL":
        kept = [line for line in kept if _name(line) != "STATUS"] + ["STATUS:CANCELLED\r\n"]
    said = [
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}\r\n",
        f"SEQUENCE:{sequence}\r\n",
        *_parties(organizer, attendee, asks=method == "REQUEST"),
    ]
    # No UID, NAME or REFRESH-INTERVAL of the calendar: it is a message, not a calendar that anybody keeps.
    head = f"BEGIN:VCALENDAR\r\nPRODID:{PRODUCT}\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\nMETHOD:{method}\r\n"
    return "".join([head, *map(zone_block, sorted(set(zones))), _BEGIN, *kept, *said, _END, "END:VCALENDAR\r\n"])


def known_part(event: str) -> str:
    """Return an event cut to what names it in a calendar: for taking it back from somebody who may not see it now.

    What it was called and when it was stands in their calendar already; nothing else is said.
    """
    _check(event)
    return "".join([_BEGIN, *(line for line in _lines(event) if _name(line) in _KNOWN_OF_CANCELLED), _END])


def event_in(message: str) -> str:
    """Return the event of a message that `message_text` wrote."""
    _, begin, rest = message.partition(_BEGIN)
    inner, end, _ = rest.partition(_END)
    if not begin or not end:
        raise ValueError("a message without an event")
    return begin + inner + end


def gist(event: str) -> tuple[str, ...]:
    """Return what an event says, message and stamps apart: equal for two that a reader need not tell apart."""
    return tuple(sorted(line for line in _lines(event) if _name(line) not in _STAMPS))


def times(event: str) -> tuple[str, ...]:
    """Return when an event is, as text: another text is another time, to which earlier answers say nothing."""
    return tuple(sorted(line for line in _lines(event) if _name(line) in ("DTSTART", "DTEND")))


def read_event(event: str) -> Said:
    """Return what an event says."""
    _check(event)
    entry, when = read_component(event), read_times(event)
    url, ends = entry.find("URL"), entry.find("DTEND")
    return Said(
        summary=entry.text("SUMMARY"),
        starts=when.starts_at or when.first_on,
        ends=(when.ends_at or when.last_on) if ends else None,
        zone=when.zone if when.zone != "UTC" else None,
        location=entry.text("LOCATION"),
        description=entry.text("DESCRIPTION"),
        url=url.value if url else None,
    )


def _parties(organizer: Party, attendee: Party, *, asks: bool) -> list[str]:
    """Return ORGANIZER and ATTENDEE (RFC 5545 sections 3.8.4.3 and 3.8.4.1) as finished lines."""
    component = Event()
    component.add("ORGANIZER", _calendar_user(organizer), encode=False)
    invited = _calendar_user(attendee)
    invited.params |= {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"}
    if asks:
        invited.params |= {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    component.add("ATTENDEE", invited, encode=False)
    text: str = component.to_ical().decode()
    return [line for line in _lines(text) if _name(line) not in ("BEGIN", "END")]


def _calendar_user(party: Party) -> vCalAddress:
    user = vCalAddress(f"mailto:{party.address}")
    name = " ".join("".join(" " if ord(sign) < 32 or ord(sign) == 127 else sign for sign in party.name).split())
    if name:
        user.params["CN"] = name
    return user


def _lines(text: str) -> list[str]:
    """Return the lines of a text, each with its folds and its end (RFC 5545 section 3.1)."""
    return re.findall(r"[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*", text)


def _name(line: str) -> str:
    return re.split(r"[:;]", line, maxsplit=1)[0].rstrip("\r\n").upper()


def _check(event: str) -> None:
    if not event.startswith(_BEGIN) or not event.endswith(_END) or "".join(_lines(event)) != event:
        raise ValueError(f"not a finished event: {event[:40]!r}")
