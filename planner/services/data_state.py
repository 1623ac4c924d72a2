"""Marking the states of the data, so that what was worked out in one need not be worked out again in it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, func, select

from planner.core.db import db, table_of, upsert_into
from planner.models import DataState

_BITS = 63
_READ = f"SELECT mark FROM {DataState.__tablename__}"


def begin_another() -> None:
    """Begin another state: the last statement of a write transaction, which holds the row's lock until it commits."""
    table = table_of(DataState)
    mark = secrets.randbits(_BITS)
    statement = upsert_into(table).values(id=1, mark=mark)
    db.session.execute(statement.on_conflict_do_update(index_elements=[table.c.id], set_={"mark": mark}))


def present() -> Any:
    """Return the subquery of the mark of the present state, 0 before the first write. It names no other table."""
    return func.coalesce(select(table_of(DataState).c.mark).scalar_subquery(), 0)


def reader() -> Callable[[], int]:
    """Return what reads the mark of the present state, in a transaction and on a connection of its own.

    It goes past the session, whose share of such a small question is most of the time. Raises whatever the database
    does where it does not answer.
    """
    engine: Engine = db.engine

    def read() -> int:
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(_READ)
            row = cursor.fetchone()
            cursor.close()
        finally:
            connection.close()
        return row[0] if row else 0

    return read
