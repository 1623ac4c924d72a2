"""What finished entries of our own say (`ical.py`), by property, and whether they lie in a range of time.

Not here: texts that other programs wrote (`task_change.py`), which may say the same in many ways.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.formats.content_lines import Property, read_component

_DAY = timedelta(days=1)
_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))

Said = dict[str, list[Property]]


def when(said: Property) -> datetime | date:
    """Return a DATE as a day, a DATE-TIME as an instant in UTC."""
    if "T" not in said.value:
        return datetime.strptime(said.value, "%Y%m%d").replace(tzinfo=UTC).date()
    if said.value.endswith("Z"):
        return instant_of(said.value)
    zone = ZoneInfo(said.params["TZID"][0])
    return datetime.strptime(said.value, "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)


def instant_of(text: str) -> datetime:
    """Return the instant of a DATE-TIME in UTC ("20270216T090000Z"). Raises ValueError for all else."""
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", text):
        raise ValueError(f"not an instant in UTC: {text[:40]!r}")
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def properties_of(text: str) -> Said:
    """Return the properties of a finished entry by name."""
    found: Said = {}
    for one in read_component(text).properties:
        found.setdefault(one.name, []).append(one)
    return found


def overlaps(text: str, since: datetime | None, until: datetime | None) -> bool:
    """Say whether a finished entry lies in [since, until), either side open where it is None (RFC 4791 section 9.9).

    A day begins and ends in UTC, which is what the section says where no calendar has a zone of its own.
    """
    said = properties_of(text)
    begin, end = since or _EVER[0], until or _EVER[1]
    is_event = text.startswith("BEGIN:VEVENT")
    return _event_overlaps(said, begin, end) if is_event else _task_overlaps(said, begin, end)


def _event_overlaps(said: Said, begin: datetime, end: datetime) -> bool:
    starts = when(said["DTSTART"][0])
    first = _instant(starts)
    if "DTEND" in said:
        return begin < _instant(when(said["DTEND"][0])) and end > first
    if isinstance(starts, datetime):
        return begin <= first < end
    return begin < first + _DAY and end > first


def _task_overlaps(said: Said, begin: datetime, end: datetime) -> bool:
    starts, due = (_instant(when(said[name][0])) if name in said else None for name in ("DTSTART", "DUE"))
    if starts and due:
        return (begin < due or begin <= starts) and (end > starts or end >= due)
    if starts:
        return begin <= starts < end
    if due:
        return begin < due <= end
    created = _instant(when(said["CREATED"][0]))
    if "COMPLETED" in said:
        completed = _instant(when(said["COMPLETED"][0]))
        return begin <= max(created, completed) and end >= min(created, completed)
    return end > created


def _instant(value: datetime | date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
