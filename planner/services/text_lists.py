"""Several values in one cell, as SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select


def joined(values: Select[Any], separator: str = ", ") -> Any:
    """Return the values of a correlated select of one text column as one text, in its order."""
    inner = values.subquery()
    return select(func.aggregate_strings(inner.c[0], separator)).scalar_subquery()
