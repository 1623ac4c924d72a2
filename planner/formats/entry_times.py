"""When a finished entry takes place and whether it does, read back from its text: pages show what feeds say.

Section numbers are those of RFC 5545. Read is only what `ical.py` writes; not here: whole calendars of other programs.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# Anchored at the start of a line, where no text of a person can stand: folded lines go on with a space.
_TIME = re.compile(r"^(DTSTART|DTEND)(?:;VALUE=DATE|;TZID=([^:;\r\n]+))?:(\d{8})(T\d{6})?(Z)?\r?$", re.MULTILINE)
_STATUS = re.compile(r"^STATUS:([A-Z-]+)\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Times:
    """When an entry is: on whole days (the last one included), or from an instant to another, in the zone it names."""

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
    found = {name: (zone, day, hour, utc) for name, zone, day, hour, utc in _TIME.findall(text)}
    status = _STATUS.search(text)
    said = status[1] if status else None
    if "DTSTART" not in found:
        raise ValueError("an entry without DTSTART")
    zone, day, hour, _utc = found["DTSTART"]
    if not hour:
        first = _day(day)
        last = _day(found["DTEND"][1]) - timedelta(days=1) if "DTEND" in found else first
        return Times(first, last, status=said)
    starts = _instant(*found["DTSTART"])
    ends = _instant(*found["DTEND"]) if "DTEND" in found else starts
    name = zone or "UTC"
    times = Times(starts.date(), ends.date(), starts.astimezone(UTC), ends.astimezone(UTC), name, said)
    return Times(*times.days_in(name), times.starts_at, times.ends_at, name, said)


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def _instant(zone: str, day: str, hour: str, _utc: str) -> datetime:
    """Return the instant of a date-time (section 3.3.5): in a zone or in UTC; a doubled hour is the first one."""
    on = _day(day)
    place = ZoneInfo(zone) if zone else UTC
    return datetime(on.year, on.month, on.day, int(hour[1:3]), int(hour[3:5]), int(hour[5:7]), tzinfo=place)
