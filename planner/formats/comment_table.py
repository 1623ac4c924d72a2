"""The table of comments of a round as CSV and as a workbook: plain values in, text or bytes out."""

from __future__ import annotations

from collections.abc import Iterable

from planner.formats.sheets import Column
from planner.formats.sheets import csv_text as write_csv
from planner.formats.sheets import workbook as write_workbook
from planner.rules.comment_rows import CommentRow, by_item, by_state
from planner.rules.words import word


def _word(words: str, code: str | None) -> str:
    return str(word(words, code)) if code else ""


COLUMNS: tuple[Column[CommentRow], ...] = (
    Column("Item", 8, lambda row: row.item_number),
    Column("Kind of item", 18, lambda row: _word("item_kind", row.item_kind)),
    Column("On", 40, lambda row: row.item_title or "The plan as a whole"),
    Column("Cycle", 10, lambda row: row.cycle_code),
    Column("From", 32, lambda row: row.stakeholder),
    Column("Class", 22, lambda row: _word("class", row.stakeholder_class)),
    Column("Kind", 18, lambda row: _word("comment_kind", row.kind)),
    Column("Comment", 60, lambda row: row.text),
    Column("Proposed title", 40, lambda row: row.proposed_title),
    Column("Proposed text", 60, lambda row: row.proposed_text),
    Column("Submitted UTC", 18, lambda row: row.submitted_at),
    Column("Late", 8, lambda row: "late" if row.is_late else ""),
    Column("Withdrawn", 10, lambda row: "withdrawn" if row.is_withdrawn else ""),
    Column("Answer", 14, lambda row: _word("disposition", row.disposition)),
    Column("Reason", 50, lambda row: row.reason),
    Column("Applied UTC", 18, lambda row: row.applied_at),
    Column("Through", 28, lambda row: row.through),
    Column("Number", 10, lambda row: row.id),
    Column("In reply to", 10, lambda row: row.in_reply_to_id),
)
"""What the table holds, in order."""


def csv_text(rows: Iterable[CommentRow]) -> str:
    """Return the comments in their order as CSV, instants in UTC."""
    return write_csv(COLUMNS, rows)


def workbook(rows: Iterable[CommentRow], audience: str) -> bytes:
    """Return a workbook with two sheets, by item and by State; `audience` says for whom it was made."""
    known = list(rows)
    sheets = {"By item": by_item(known), "By State": by_state(known)}
    return write_workbook("Table of comments", COLUMNS, sheets, subject=f"For: {audience}", wraps=True)
