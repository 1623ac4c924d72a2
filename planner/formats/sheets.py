"""Tables as CSV (RFC 4180) and as workbooks (XLSX): columns and rows in, text or bytes out.

Equal rows give equal bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Generic, TypeVar

import xlsxwriter

from planner.core.xml_text import xml_safe

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula when it opens a CSV file."""
_LONGEST_CELL = 32_767
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no zones; no clock: equal rows give equal bytes

Value = date | datetime | int | str | None
R = TypeVar("R")


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: its head, its width in a sheet, and what it holds of a row.

    An instant without a zone is a clock's; `in_csv` gives the words of a CSV file where these must say more.
    """

    head: str
    width: int
    value: Callable[[R], Value]
    in_csv: Callable[[R], str | None] | None = None


def harmless(text: str) -> str:
    """Return a text for a CSV file; one that a spreadsheet would run is quoted with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_text(columns: Sequence[Column[R]], rows: Iterable[R]) -> str:
    """Return rows as CSV, instants as RFC 3339 writes them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.head for column in columns])
    for row in rows:
        writer.writerow([_in_csv(column, row) for column in columns])
    return out.getvalue()


def _in_csv(column: Column[R], row: R) -> str:
    written = column.in_csv(row) if column.in_csv else None
    if written is not None:
        return written
    value = column.value(row)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else f"{value.isoformat()}Z"
    if isinstance(value, date):
        return value.isoformat()
    return harmless(xml_safe(str(value))) if value is not None else ""


def workbook(
    title: str,
    columns: Sequence[Column[R]],
    sheets: Mapping[str, Iterable[R]],
    *,
    subject: str = "",
    wraps: bool = False,
) -> bytes:
    """Return a workbook of sheets by their names: dates as dates, texts as texts, the head frozen and filtered by.

    `wraps` is for columns of long texts.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "subject": subject, "created": _MADE})
    head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    text = book.add_format({"text_wrap": True, "valign": "top"}) if wraps else None
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.head, head)
        number = 0
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                _write(sheet, (number, place), column.value(row), day=day, text=text)
        sheet.autofilter(0, 0, number, len(columns) - 1)
    book.close()
    return out.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], value: Value, *, day: object, text: object
) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(*place, value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, day)
    elif isinstance(value, int):
        sheet.write_number(*place, value)
    elif value:
        sheet.write_string(*place, xml_safe(value)[:_LONGEST_CELL], text)
