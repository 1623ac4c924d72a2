"""Calendar entries as a table for secretaries: CSV (RFC 4180) and XLSX. Values in, text or bytes out.

What an entry says is read from its finished text, so that the table cannot say something else than the feed. The words
are English, as those of the feed: a file is one for all who read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.formats.content_lines import Component, read_component
from planner.formats.reading import read_times
from planner.formats.sheets import Column
from planner.formats.sheets import csv_text as write_csv
from planner.formats.sheets import workbook as write_workbook

_STATES = {"TENTATIVE": "tentative", "CONFIRMED": "confirmed", "CANCELLED": "cancelled"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One entry as a table shows it.

    `first` and `last` are its days in the venue's zone, both included; `start` and `end` its instants in UTC, None
    where it has no hours. An instant that takes no time, as the close of a call, has no `end`.
    """

    first: date
    last: date
    start: datetime | None = None
    end: datetime | None = None
    zone: str = ""
    title: str
    meeting: str = ""
    body: str = ""
    place: str = ""
    mode: str = ""
    state: str = ""
    link: str = ""
    uid: str = ""

    def local(self, instant: datetime | None) -> datetime | None:
        """Return what the clock of the venue shows at an instant."""
        return instant.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) if instant else None


def row_of(text: str, *, meeting: str = "", body: str = "", mode: str = "", link: str = "") -> Row:
    """Return the row of a finished entry; what its text does not say comes beside it. Its own URL goes before `link`.

    Raises ValueError for a task, which has no start.
    """
    entry, times = read_component(text), read_times(text)
    said: dict[str, Any] = {
        "title": entry.text("SUMMARY"),
        "place": entry.text("LOCATION"),
        "state": _STATES.get(entry.text("STATUS"), ""),
        "uid": entry.text("UID"),
        "link": _url(entry) or link,
        "meeting": meeting,
        "body": body,
        "mode": mode,
    }
    said |= {"first": times.first_on, "last": times.last_on}
    if times.starts_at is None:
        return Row(**said)
    end = times.ends_at if times.ends_at != times.starts_at else None
    return Row(**said, start=times.starts_at, end=end, zone=times.zone or "UTC")


def _url(entry: Component) -> str:
    found = entry.find("URL")
    return found.value if found else ""


def _clock(instant: datetime | None) -> datetime | None:
    return instant.replace(tzinfo=None) if instant else None


def _exact(row: Row, instant: datetime | None) -> str:
    """Return an instant by the venue's clock with its distance from UTC: an hour may come twice a year."""
    return instant.astimezone(ZoneInfo(row.zone)).isoformat() if instant else ""


COLUMNS: tuple[Column[Row], ...] = (
    Column("Day", 12, lambda row: row.first),
    Column("Last day", 12, lambda row: row.last),
    Column("Start", 18, lambda row: row.local(row.start), lambda row: _exact(row, row.start)),
    Column("End", 18, lambda row: row.local(row.end), lambda row: _exact(row, row.end)),
    Column("Zone", 16, lambda row: row.zone),
    Column("Start UTC", 18, lambda row: _clock(row.start)),
    Column("End UTC", 18, lambda row: _clock(row.end)),
    Column("Title", 60, lambda row: row.title),
    Column("Meeting", 40, lambda row: row.meeting),
    Column("Body", 30, lambda row: row.body),
    Column("Place", 30, lambda row: row.place),
    Column("Mode", 22, lambda row: row.mode),
    Column("State", 12, lambda row: row.state),
    Column("Link", 40, lambda row: row.link),
    Column("UID", 36, lambda row: row.uid),
)
"""What a table holds, in order. Start and end are the venue's clock, their zone beside them."""


def csv_text(rows: Iterable[Row]) -> str:
    """Return the table as CSV; the venue's instants with their distance from UTC."""
    return write_csv(COLUMNS, rows)


def workbook(rows: Iterable[Row]) -> bytes:
    """Return the table as a workbook."""
    return write_workbook("Calendar", COLUMNS, {"Calendar": rows})
