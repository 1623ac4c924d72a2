"""Counting the states of the data, so that what was worked out in one need not be worked out again in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from planner.core.db import db, table_of
from planner.models import DataState


def count_up() -> None:
    """Begin another state: the last statement of a write transaction, which holds the row's lock until it commits."""
    table = table_of(DataState)
    is_postgresql = db.session.get_bind().dialect.name == "postgresql"
    insert: Any = postgresql.insert if is_postgresql else sqlite.insert
    statement = insert(table).values(id=1, number=1)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=[table.c.id], set_={"number": table.c.number + 1})
    )


def number() -> Any:
    """Return the subquery of the number of the present state, 0 before the first write. It names no other table."""
    return func.coalesce(select(table_of(DataState).c.number).scalar_subquery(), 0)
