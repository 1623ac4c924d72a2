"""The rows that a record holds for one field; a table may keep rows of several fields."""

from __future__ import annotations

from typing import Any

from planner.services.editing.kinds import Rows
from planner.services.editing.references import Links


def rows_of(owner: Any, kind: Links | Rows) -> list[Any]:
    """Return the rows of a field, in order. Rows without a place in an order stand by what they point to."""
    rows = [row for row in getattr(owner, kind.collection) if all(getattr(row, n) == v for n, v in kind.holds)]
    if isinstance(kind, Rows):
        return [row for row in rows if _is_told(row, kind)]
    rows = [row for row in rows if getattr(row, kind.target) is not None]
    return sorted(rows, key=lambda row: row.position if has_position(kind) else getattr(row, kind.target))


def _is_told(row: Any, kind: Rows) -> bool:
    """Say whether a row of a shared table is one of this field: its required columns are there."""
    return not kind.holds or all(getattr(row, field.name) is not None for field in kind.fields if field.required)


def has_position(kind: Links | Rows) -> bool:
    """Say whether the rows of a field have a place in an order."""
    return "position" in kind.row.__table__.columns  # type: ignore[attr-defined]
