"""VTIMEZONE blocks, from the rule that the zone database keeps for the years to come. Not here: entries and feeds.

The last line of a zone file (RFC 9636 section 3.3) says today's rule in the form of POSIX,
`CET-1CEST,M3.5.0,M10.5.0/3`. It is written as one yearly RRULE for each of the two observances, because Outlook ignores
lists of dates (RDATE), and it takes a rule only when that is one weekday of one week of a month (MS-OXCICAL
2.1.3.1.1.19.2.2: BYDAY or BYMONTHDAY, never both). Zones that need more, such as "the Friday before the last Sunday" of
Asia/Jerusalem, get no block, and their times are written in UTC.
"""

import re
import struct
import zoneinfo
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

# What this machine happens to be set to, and a machine that nobody has set: no reader knows such a place.
_NO_PLACES = frozenset({"localtime", "posixrules", "Factory"})

# Files of the older, "fat" kind list the onsets of a rule one by one as far as 32 bits reach, into January 2038. A file
# that goes on after that (the Ramadan tables of Africa/Casablanca and Asia/Gaza) does so because its last line is not
# true before the table ends.
_TABLES_END = 2**31 - 1

_FIRST_YEAR = 1970
_NAME = r"(<[^<>]+>|[A-Za-z]+)"
_TIME = r"([+-]?\d{1,3}(?::\d\d){0,2})"
_DATE = rf"M(\d\d?)\.([1-5])\.([0-6])(?:/{_TIME})?"
_FOOTER = re.compile(rf"{_NAME}{_TIME}(?:{_NAME}{_TIME}?,{_DATE},{_DATE})?")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


@dataclass(frozen=True)
class _Onset:
    """When an observance begins each year: week 5 is the last of the month, weekday 0 is Sunday, `at` is wall time."""

    month: int
    week: int
    weekday: int
    at: timedelta

    def in_year(self, year: int) -> datetime:
        """Return the wall time of the onset in a year, without a zone."""
        first_weekday = date(year, self.month, 1).isoweekday() % 7
        day = 1 + (self.weekday - first_weekday) % 7 + 7 * (self.week - 1)
        if day > monthrange(year, self.month)[1]:
            day -= 7
        return datetime.combine(date(year, self.month, day), time()) + self.at

    def rrule(self) -> str:
        """Return the value of the RRULE property."""
        week = -1 if self.week == 5 else self.week
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={week}{_WEEKDAYS[self.weekday]}"


@dataclass(frozen=True)
class _Observance:
    """A name and an offset that hold from each onset on, or always (`onset` is None)."""

    name: str
    before: timedelta
    offset: timedelta
    onset: _Onset | None = None

    def starts_in(self, year: int) -> datetime:
        """Return the instant, in UTC, of the onset in a year; for an observance without onsets one before the year."""
        if self.onset is None:
            return datetime(year - 1, 1, 1, tzinfo=UTC)
        return (self.onset.in_year(year) - self.before).replace(tzinfo=UTC)

    def lines(self) -> list[str]:
        """Return the content lines of the sub-component (RFC 5545 section 3.6.5)."""
        # By the offset and not by the POSIX word: in Dublin the "daylight" half is the winter, and readers expect the
        # summer.
        kind = "DAYLIGHT" if self.offset > self.before else "STANDARD"
        begins = self.onset.in_year(_FIRST_YEAR) if self.onset else datetime(_FIRST_YEAR, 1, 1)  # noqa: DTZ001 - wall time
        return [
            f"BEGIN:{kind}",
            f"DTSTART:{begins:%Y%m%dT%H%M%S}",
            *([f"RRULE:{self.onset.rrule()}"] if self.onset else []),
            f"TZNAME:{self.name}",
            f"TZOFFSETFROM:{_offset_text(self.before)}",
            f"TZOFFSETTO:{_offset_text(self.offset)}",
            f"END:{kind}",
        ]


def zone_block(zone: str) -> str:
    """Write the VTIMEZONE of one IANA zone (RFC 5545 section 3.6.5), lines ended by CRLF.

    It says today's rule, as if that had held since 1970: ask `offset_agrees` about each instant that is to be written
    with this zone. Raises ValueError for a name that the zone database does not know and for a zone whose rule such a
    block cannot say.
    """
    observances = _observances(zone)
    if not observances:
        raise ValueError(f"the rule of the zone {zone} cannot be written as VTIMEZONE")
    lines = [line for observance in observances for line in observance.lines()]
    return "".join(f"{line}\r\n" for line in ("BEGIN:VTIMEZONE", f"TZID:{zone}", *lines, "END:VTIMEZONE"))


def offset_agrees(zone: str, instant: datetime) -> bool:
    """Say whether a zone's block gives the offset that the zone database gives at an aware instant.

    False means: write this instant in UTC. So it is before a change of the zone's rules (America/Cancun in January
    2015), always for zones that have no block, and before 1971, where the onsets of the block begin. Raises ValueError
    for an unknown zone or a naive time.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant} names no zone")
    observances, instant = _observances(zone), instant.astimezone(UTC)
    if not observances or not _FIRST_YEAR < instant.year < MAXYEAR:
        return False
    return _block_offset(observances, instant) == instant.astimezone(ZoneInfo(zone)).utcoffset()


def local_time(zone: str, instant: datetime) -> datetime | None:
    """Return the wall time, without a zone, that says an aware instant beside a TZID; None where only UTC says it.

    None where `offset_agrees` is false, and in an hour that the clock goes through twice. RFC 5545 section 3.3.5 reads
    such a time as the first pass, ical.js (Thunderbird's reader, 2.2.1) as the second. Raises ValueError as
    `offset_agrees` does.
    """
    if not offset_agrees(zone, instant):
        return None
    local = instant.astimezone(ZoneInfo(zone))
    comes_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return None if comes_twice else local.replace(tzinfo=None)


def _block_offset(observances: tuple[_Observance, ...], instant: datetime) -> timedelta:
    """Return the offset that a reader of the block finds: that of the observance that began last."""
    return max((start, offset) for start, offset in _onsets(observances, instant.year) if start <= instant)[1]


@lru_cache(maxsize=1000)
def _onsets(observances: tuple[_Observance, ...], year: int) -> list[tuple[datetime, timedelta]]:
    """Return the onsets around a year of UTC with the offsets that hold from each on."""
    # One year to each side, because a year of the wall clock and one of UTC differ by some hours.
    return [(one.starts_in(n), one.offset) for one in observances for n in range(year - 1, year + 2)]


@cache
def _observances(zone: str) -> tuple[_Observance, ...]:
    """Return the one or two observances of today's rule; none where a block cannot say it."""
    try:
        ZoneInfo(zone)  # refuses paths that lead out of the database, too
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"the zone database knows no {zone!r}") from error
    data = _zone_file(zone)
    found = _FOOTER.fullmatch(_footer(data))
    if zone in _NO_PLACES or found is None or _last_listed_onset(data) > _TABLES_END:
        return ()
    name, west, other_name, other_west, *dates = found.groups()
    offset = -_duration(west)
    if other_name is None:
        return (_Observance(name.strip("<>"), offset, offset),)
    other_offset = -_duration(other_west) if other_west else offset + timedelta(hours=1)
    away, back = _onset(*dates[:4]), _onset(*dates[4:])
    if not all(timedelta() <= onset.at < timedelta(days=1) for onset in (away, back)):
        return ()  # the day before or after the weekday that is named: no single BYDAY says it
    halves = (
        _Observance(name.strip("<>"), other_offset, offset, back),
        _Observance(other_name.strip("<>"), offset, other_offset, away),
    )
    return halves if offset < other_offset else halves[::-1]  # STANDARD first, as programs write it


def _onset(month: str, week: str, weekday: str, at: str | None) -> _Onset:
    return _Onset(int(month), int(week), int(weekday), _duration(at or "2"))  # 02:00 is the default of POSIX


def _duration(text: str) -> timedelta:
    """Read `[+-]hh[:mm[:ss]]`."""
    hours, minutes, seconds = ([int(part) for part in text.lstrip("+-").split(":")] + [0, 0])[:3]
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if text.startswith("-") else length


def _offset_text(offset: timedelta) -> str:
    """Write a UTC offset (RFC 5545 section 3.3.14), with seconds only where there are any."""
    minutes, seconds = divmod(int(abs(offset).total_seconds()), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")


def _zone_file(zone: str) -> bytes:
    """Return the zone file that `zoneinfo` itself reads: the system's first, then that of the `tzdata` package."""
    for folder in zoneinfo.TZPATH:
        path = Path(folder, zone)
        if path.is_file():
            return path.read_bytes()
    return files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()


def _footer(data: bytes) -> str:
    """Return the POSIX rule at the end of a zone file; empty where there is none (files of version 1)."""
    return data.rsplit(b"\n", 2)[-2].decode("ascii") if data[4:5] >= b"2" else ""


def _last_listed_onset(data: bytes) -> int:
    """Return the last instant that the file lists, in seconds since 1970 (RFC 9636 sections 3.1 and 3.2)."""
    is_ut, is_std, leaps, times, types, chars = struct.unpack_from(">6l", data, 20)
    second_header = 44 + times * 5 + types * 6 + chars + leaps * 8 + is_std + is_ut  # skips the table of 32-bit times
    (count,) = struct.unpack_from(">l", data, second_header + 32)
    last: int = struct.unpack_from(">q", data, second_header + 44 + 8 * (count - 1))[0] if count else 0
    return last
