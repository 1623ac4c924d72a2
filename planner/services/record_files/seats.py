"""Seats on their way back into files."""

from __future__ import annotations

from planner.models import Chairing, Record, Stakeholder
from planner.services.record_files.books import Books
from planner.services.record_files.citing import Cited, Data


def seat_data(record: Record, name: str, books: Books, cited: Cited) -> Data | None:
    """Return the seat of a name that a record has, with its provenance, or None."""
    found = next((row for row in record.chairings if row.seat == name), None)
    return _data(found, name, books, cited) if found else None


def facilitators_data(record: Record, books: Books, cited: Cited) -> list[Data]:
    """Return the facilitators that a meeting lists."""
    rows = [row for row in record.chairings if row.seat == "facilitator"]
    return [_data(row, f"facilitators.{row.position + 1}", books, cited) for row in rows]


def _data(row: Chairing, field: str, books: Books, cited: Cited) -> Data:
    holder = books.by_id[row.holder_id]
    is_state = isinstance(holder, Stakeholder) and holder.is_state
    return {
        "role": row.role,
        "sub_body": books.code(row.body_id),
        "state" if is_state else "organisation": holder.ref,
        "count": row.count,
        "note": row.note,
        **cited.seat(field),
    }
