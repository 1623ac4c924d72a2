"""The table of comments of a round as CSV and as a workbook: plain values in, text or bytes out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

from planner.core.xml_text import xml_safe
from planner.rules.comment_rows import CommentRow, by_item, by_state
from planner.rules.words import word

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_767
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
Value = str | int | datetime | None


@dataclass(frozen=True)
class _Column:
    head: str
    width: int
    value: Callable[[CommentRow], Value]


def _word(words: str, code: str | None) -> str:
    return str(word(words, code)) if code else ""


COLUMNS = (
    _Column("Item", 8, lambda row: row.item_number),
    _Column("Kind of item", 18, lambda row: _word("item_kind", row.item_kind)),
    _Column("On", 40, lambda row: row.item_title or "The plan as a whole"),
    _Column("Cycle", 10, lambda row: row.cycle_code),
    _Column("From", 32, lambda row: row.stakeholder),
    _Column("Class", 22, lambda row: _word("class", row.stakeholder_class)),
    _Column("Kind", 18, lambda row: _word("comment_kind", row.kind)),
    _Column("Comment", 60, lambda row: row.text),
    _Column("Proposed title", 40, lambda row: row.proposed_title),
    _Column("Proposed text", 60, lambda row: row.proposed_text),
    _Column("Submitted UTC", 18, lambda row: row.submitted_at),
    _Column("Late", 8, lambda row: "late" if row.is_late else ""),
    _Column("Withdrawn", 10, lambda row: "withdrawn" if row.is_withdrawn else ""),
    _Column("Answer", 14, lambda row: _word("disposition", row.disposition)),
    _Column("Reason", 50, lambda row: row.reason),
    _Column("Applied UTC", 18, lambda row: row.applied_at),
    _Column("Through", 28, lambda row: row.through),
    _Column("Number", 10, lambda row: row.id),
    _Column("In reply to", 10, lambda row: row.in_reply_to_id),
)
"""What the table holds, in order."""


def csv_text(rows: Iterable[CommentRow]) -> str:
    """Return the comments in their order as CSV, instants in UTC; a text that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.head for column in COLUMNS])
    for row in rows:
        writer.writerow([_in_csv(column.value(row)) for column in COLUMNS])
    return out.getvalue()


def workbook(rows: Iterable[CommentRow], audience: str) -> bytes:
    """Return a workbook with two sheets, by item and by State; `audience` says for whom it was made."""
    known = list(rows)
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": "Table of comments", "subject": f"For: {audience}", "created": _MADE})
    head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for name, ordered in (("By item", by_item(known)), ("By State", by_state(known))):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.head, head)
        for line, row in enumerate(ordered, start=1):
            for place, column in enumerate(COLUMNS):
                _write(sheet, line, place, column.value(row), text)
        sheet.autofilter(0, 0, len(ordered), len(COLUMNS) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, value: Value, text: object) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(line, place, value.astimezone(UTC).replace(tzinfo=None))
    elif isinstance(value, int):
        sheet.write_number(line, place, value)
    elif value:
        sheet.write_string(line, place, xml_safe(value)[:_LONGEST_CELL], text)


def _in_csv(value: Value) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    said = xml_safe(str(value)) if value is not None else ""
    return f"'{said}" if said.startswith(_FORMULA) else said
