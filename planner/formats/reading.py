"""Reading finished entries of our own (`ical.py`): what they say, and whether they lie in a range of time.

Not here: texts that other programs wrote (`task_change.py`), which may say the same in many ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))


@dataclass(frozen=True)
class Said:
    """The value of one property as it is written, and its parameters."""

    value: str
    params: str = ""

    @property
    def text(self) -> str:
        r"""Return a TEXT value unescaped (RFC 5545 section 3.3.11)."""
        return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], self.value)

    @property
    def when(self) -> datetime | date:
        """Return a DATE as a day, a DATE-TIME as an instant in UTC."""
        if "T" not in self.value:
            return datetime.strptime(self.value, "%Y%m%d").replace(tzinfo=UTC).date()
        if self.value.endswith("Z"):
            return instant_of(self.value)
        zone = ZoneInfo(self.params.partition("TZID=")[2].partition(";")[0])
        return datetime.strptime(self.value, "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)


def instant_of(text: str) -> datetime:
    """Return the instant of a DATE-TIME in UTC ("20270216T090000Z"). Raises ValueError for all else."""
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", text):
        raise ValueError(f"not an instant in UTC: {text[:40]!r}")
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def properties_of(text: str) -> dict[str, list[Said]]:
    """Return the properties of a finished entry by name."""
    found: dict[str, list[Said]] = {}
    for line in text.replace("\r\n ", "").split("\r\n"):
        head, _, value = line.partition(":")
        name, _, params = head.partition(";")
        if name not in ("", "BEGIN", "END"):
            found.setdefault(name, []).append(Said(value, params))
    return found


def overlaps(text: str, since: datetime | None, until: datetime | None) -> bool:
    """Say whether a finished entry lies in [since, until), either side open where it is None (RFC 4791 section 9.9).

    A day begins and ends in UTC, which is what the section says where no calendar has a zone of its own.
    """
    said = properties_of(text)
    begin, end = since or _EVER[0], until or _EVER[1]
    is_event = text.startswith("BEGIN:VEVENT")
    return _event_overlaps(said, begin, end) if is_event else _task_overlaps(said, begin, end)


def _event_overlaps(said: dict[str, list[Said]], begin: datetime, end: datetime) -> bool:
    starts = said["DTSTART"][0].when
    first = _instant(starts)
    if "DTEND" in said:
        return begin < _instant(said["DTEND"][0].when) and end > first
    if isinstance(starts, datetime):
        return begin <= first < end
    return begin < first + _DAY and end > first


def _task_overlaps(said: dict[str, list[Said]], begin: datetime, end: datetime) -> bool:
    starts, due = (_instant(said[name][0].when) if name in said else None for name in ("DTSTART", "DUE"))
    if starts and due:
        return (begin < due or begin <= starts) and (end > starts or end >= due)
    if starts:
        return begin <= starts < end
    if due:
        return begin < due <= end
    created = _instant(said["CREATED"][0].when)
    if "COMPLETED" in said:
        completed = _instant(said["COMPLETED"][0].when)
        return begin <= max(created, completed) and end >= min(created, completed)
    return end > created


def _instant(value: datetime | date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
