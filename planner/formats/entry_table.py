"""Calendar entries as a table for secretaries: CSV (RFC 4180) and XLSX. Values in, text or bytes out.

What an entry says is read from its finished text, so that the table cannot say something else than the feed. The words
are English, as those of the feed: a file is one for all who read it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from planner.core.xml_text import xml_safe
from planner.formats.content_lines import Component, read_component
from planner.formats.reading import read_times

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula when it opens a CSV file."""
_LONGEST_CELL = 32767
_STATES = {"TENTATIVE": "tentative", "CONFIRMED": "confirmed", "CANCELLED": "cancelled"}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no zones; no clock: equal entries give equal bytes


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


Value = date | datetime | str | None


@dataclass(frozen=True)
class _Column:
    """A column: its head, its width in a sheet, and what it holds of a row: a text, a day, or an instant."""

    head: str
    width: int
    value: Callable[[Row], Value]


def _clock(instant: datetime | None) -> datetime | None:
    return instant.replace(tzinfo=None) if instant else None


COLUMNS = (
    _Column("Day", 12, lambda row: row.first),
    _Column("Last day", 12, lambda row: row.last),
    _Column("Start", 18, lambda row: row.local(row.start)),
    _Column("End", 18, lambda row: row.local(row.end)),
    _Column("Zone", 16, lambda row: row.zone),
    _Column("Start UTC", 18, lambda row: _clock(row.start)),
    _Column("End UTC", 18, lambda row: _clock(row.end)),
    _Column("Title", 60, lambda row: row.title),
    _Column("Meeting", 40, lambda row: row.meeting),
    _Column("Body", 30, lambda row: row.body),
    _Column("Place", 30, lambda row: row.place),
    _Column("Mode", 22, lambda row: row.mode),
    _Column("State", 12, lambda row: row.state),
    _Column("Link", 40, lambda row: row.link),
    _Column("UID", 36, lambda row: row.uid),
)
"""What a table holds, in order. Start and end are the venue's clock, their zone beside them."""


def csv_text(rows: Iterable[Row]) -> str:
    """Return the table as CSV; instants as RFC 3339 writes them, the venue's with their distance from UTC.

    A text that a spreadsheet would run is quoted with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.head for column in COLUMNS])
    for row in rows:
        writer.writerow([_in_csv(column, row) for column in COLUMNS])
    return out.getvalue()


def _in_csv(column: _Column, row: Row) -> str:
    value = column.value(row)
    if isinstance(value, datetime):
        # the clock of an hour that comes twice a year says nothing without its distance from UTC
        exact = {"Start": row.start, "End": row.end}.get(column.head)
        return exact.astimezone(ZoneInfo(row.zone)).isoformat() if exact else f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    text = xml_safe(value or "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def workbook(rows: Iterable[Row]) -> bytes:
    """Return the table as a workbook: dates as dates, every text as a text, the head frozen and filtered by."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": "Calendar", "created": _MADE})
    head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Calendar")
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.head, head)
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(COLUMNS):
            value = column.value(row)
            if isinstance(value, datetime):
                sheet.write_datetime(number, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value, day)
            elif value:
                sheet.write_string(number, place, xml_safe(value)[:_LONGEST_CELL])
    sheet.autofilter(0, 0, number, len(COLUMNS) - 1)
    book.close()
    return out.getvalue()
