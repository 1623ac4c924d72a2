"""What finished entries of our own say (`ical.py`): when they are, and by property. Pages, tables, mails and devices
read it here, so that none of them can say another hour than the feed.

Not here: texts that other programs wrote (`task_change.py`), which may say the same in many ways. Section numbers
without a name are those of RFC 5545.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.formats.content_lines import Property, read_component

# Anchored at the start of a line, where no text of a person can stand: folded lines go on with a space. A whole
# component is twenty times as slow to read, and pages read hundreds.
_TIME = re.compile(
    r"^(DTSTART|DTEND|DUE|CREATED|COMPLETED)(?:;VALUE=DATE|;TZID=([^:;\r\n]+))?:(\d{8}(?:T\d{6}Z?)?)\r?$", re.MULTILINE
)
_STATUS = re.compile(r"^STATUS:([A-Z-]+)\r?$", re.MULTILINE)
_DAY = timedelta(days=1)
_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))

Said = dict[str, list[Property]]


@dataclass(frozen=True)
class Times:
    """When an entry is: on whole days (the last one included), or from an instant to another, in the zone it names.

    What has no length, or none that is known, ends when it starts.
    """

    first_on: date
    last_on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    zone: str | None = None
    status: str | None = None

    def days_in(self, zone: str) -> tuple[date, date]:
        """Return the first and the last day that it touches in a zone; whole days are the same everywhere."""
        if self.starts_at is None or self.ends_at is None:
            return self.first_on, self.last_on
        place = ZoneInfo(zone)
        # what ends at midnight does not touch the day that begins then
        end = max(self.starts_at, self.ends_at - timedelta(microseconds=1))
        return self.starts_at.astimezone(place).date(), end.astimezone(place).date()


def read_times(text: str) -> Times:
    """Return when a finished event takes place (sections 3.8.2.4 and 3.8.2.2). Raises ValueError where it says not."""
    found, status = moments_in(text), _STATUS.search(text)
    said = status[1] if status else None
    if "DTSTART" not in found:
        raise ValueError("an entry without a start, that is without DTSTART, is no event")
    starts, zone = found["DTSTART"]
    ends = found["DTEND"][0] if "DTEND" in found else starts
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        return Times(starts, ends - _DAY if "DTEND" in found else ends, status=said)
    times = Times(starts.date(), ends.date(), starts, ends, zone, said)
    return Times(*times.days_in(zone), starts, ends, zone, said)


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
    found = {name: value for name, (value, _) in moments_in(text).items()}
    begin, end = since or _EVER[0], until or _EVER[1]
    is_event = text.startswith("BEGIN:VEVENT")
    return _event_overlaps(found, begin, end) if is_event else _task_overlaps(found, begin, end)


def _event_overlaps(found: dict[str, date], begin: datetime, end: datetime) -> bool:
    first = _instant(found["DTSTART"])
    if "DTEND" in found:
        return begin < _instant(found["DTEND"]) and end > first
    if isinstance(found["DTSTART"], datetime):
        return begin <= first < end
    return begin < first + _DAY and end > first


def _task_overlaps(found: dict[str, date], begin: datetime, end: datetime) -> bool:
    starts, due = (_instant(found[name]) if name in found else None for name in ("DTSTART", "DUE"))
    if starts and due:
        return (begin < due or begin <= starts) and (end > starts or end >= due)
    if starts:
        return begin <= starts < end
    if due:
        return begin < due <= end
    created = _instant(found["CREATED"])
    if "COMPLETED" in found:
        completed = _instant(found["COMPLETED"])
        return begin <= max(created, completed) and end >= min(created, completed)
    return end > created


def moments_in(text: str) -> dict[str, tuple[date, str]]:
    """Return what a finished entry says of its times: a day (section 3.3.4), or an instant in UTC (section 3.3.5) and
    the zone that it is written in.
    """
    return {name: (_read(value, zone), zone or "UTC") for name, zone, value in _TIME.findall(text)}


def _read(value: str, zone: str) -> date:
    day = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    if len(value) == len("20270216"):
        return day
    place = ZoneInfo(zone) if zone else UTC
    clock = (int(value[9:11]), int(value[11:13]), int(value[13:15]))
    return datetime(day.year, day.month, day.day, *clock, tzinfo=place).astimezone(UTC)


def _instant(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
