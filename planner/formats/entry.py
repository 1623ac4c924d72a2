"""What one calendar entry says, and what makes it unsayable. Not here: how it is written (`ical.py`).

Section numbers without a name are those of RFC 5545.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Literal

PLACEHOLDER = "busy-"
"""How the UID of an entry begins that tells the hours of something and nothing of it."""

Status = Literal["TENTATIVE", "CONFIRMED", "CANCELLED", "NEEDS-ACTION", "IN-PROCESS", "COMPLETED"]
_STATUSES = {
    "VEVENT": {None, "TENTATIVE", "CONFIRMED", "CANCELLED"},
    "VTODO": {None, "NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"},
}


@dataclass(frozen=True)
class Attachment:
    """A paper that goes with an entry: where it is, and its media type where that is known ("application/pdf")."""

    url: str
    media_type: str | None = None


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What one entry says in the words of one language.

    `label` begins SUMMARY whatever the state ("Illustration: "), `cancelled` that of a cancelled entry, because several
    programs show a cancelled entry as if it took place. `html` is the description as a page of HTML, where that says
    more; `conference` says what is at the address of a conference.
    """

    summary: str
    label: str = ""
    cancelled: str = "Cancelled: "
    description: str = ""
    html: str = ""
    conference: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one entry says in any language.

    Instants are aware datetimes; a date is a whole day; there is no floating time. A VEVENT starts on a date or at an
    instant and ends likewise: on `ends` as the last day (inclusive), or at the instant `ends`; without `ends` it is
    that one day, or an instant of no known length. A VTODO may have `due`, `starts` and `completed`, and no `ends`.
    `zone` is the IANA name in which instants are written; None writes UTC. `related_to` are the UIDs of the entries
    above this one, `siblings` those of the entries beside it that it hangs together with. `conference` is where to take
    part from afar, `position` latitude and longitude. Raises ValueError for what no reader would understand or two
    readers would understand differently.
    """

    component: Literal["VEVENT", "VTODO"]
    uid: str
    created: datetime
    last_modified: datetime
    sequence: int = 0
    starts: datetime | date | None = None
    ends: datetime | date | None = None
    due: datetime | date | None = None
    completed: datetime | None = None
    zone: str | None = None
    status: Status | None = None
    location: str = ""
    url: str | None = None
    categories: tuple[str, ...] = ()
    related_to: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    transparent: bool = False
    attachments: tuple[Attachment, ...] = ()
    conference: str | None = None
    position: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be written."""
        fault = next(chain(_record_faults(self), _time_faults(self)), None)
        if fault:
            raise ValueError(f"entry {self.uid[:300]!r}: {fault}")


def _record_faults(entry: Entry) -> Iterator[str]:
    yield from chain.from_iterable(map(uid_faults, (entry.uid, *entry.related_to, *entry.siblings)))
    for url in (entry.url, entry.conference, *(attachment.url for attachment in entry.attachments)):
        yield from url_faults(url)
    for attachment in entry.attachments:
        if not re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", attachment.media_type or "text/html"):
            yield f"not a media type: {attachment.media_type!r}"
    if entry.position and not (abs(entry.position[0]) <= 90 and abs(entry.position[1]) <= 180):
        yield "no such place on earth (section 3.8.1.6)"
    if entry.status not in _STATUSES[entry.component]:
        yield f"{entry.status} is no status of {entry.component}"
    if not 0 <= entry.sequence < 2**31:
        yield "SEQUENCE is out of range (section 3.3.8)"


def _time_faults(entry: Entry) -> Iterator[str]:
    """Name what is wrong with the times. Only the first fault counts: later tests rest on the earlier ones."""
    values = [value for value in (entry.starts, entry.ends, entry.due) if value is not None]
    instants = [value for value in values if isinstance(value, datetime)]
    stamps = [entry.created, entry.last_modified, *([entry.completed] if entry.completed else [])]
    if any(instant.tzinfo is None for instant in (*instants, *stamps)):
        yield "a time without a zone"
    if instants and len(instants) < len(values):
        yield "a day and an instant together"
    if entry.component == "VEVENT" and (entry.starts is None or entry.due or entry.completed):
        yield "an event has a start and is never due or completed"
    if entry.component == "VTODO" and entry.ends is not None:
        yield "a task is due and does not end"
    is_one_day = entry.component == "VEVENT" and not instants and values[0] == values[-1]
    if len(values) == 2 and values[1] <= values[0] and not is_one_day:
        yield "it is over before it starts (sections 3.8.2.2 and 3.8.2.3)"


def uid_faults(uid: str) -> Iterator[str]:
    """Refuse what a reader could change or cut: RFC 7986 section 5.3 allows 255 octets."""
    if not re.fullmatch(r"[A-Za-z0-9@._:/+-]{1,255}", uid):
        yield f"not a UID that every program keeps as it is: {uid[:300]!r}"


def url_faults(url: str | None) -> Iterator[str]:
    """Refuse what is no web address in ASCII (RFC 3986): it would break the line, or run when it is followed."""
    if url is not None and not re.fullmatch(r"https?://[!#-;=?-\[\]_a-z~]+", url):
        yield f"not an address of a page: {url[:300]!r}"
