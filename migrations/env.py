"""Run migrations on the application's database: all or nothing, and without losing rows on SQLite."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from planner.models import DataState

database = current_app.extensions["migrate"].db


def include_object(thing: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Leave out what migrations make with SQL of their own: the tables behind the full-text index."""
    del thing, reflected, compare_to
    return not (kind in ("table", "index") and name is not None and name.startswith("search_index"))


def run() -> None:
    """Migrate in one transaction per migration.

    SQLite would delete the children of a table that a batch change copies; its foreign keys are switched off on the raw
    connection before any SQL (inside a transaction the pragma does nothing), and checked afterwards.
    """
    with database.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        raw: Any = connection.connection.driver_connection
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            include_object=include_object,
            transactional_ddl=True,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        _begin_another_state(connection)
        connection.commit()
        if is_sqlite:
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
            raw.execute("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"rows without their parents after the migration: {broken[:5]}")


def _begin_another_state(connection: sa.Connection) -> None:
    """Let nothing count that was worked out before: migrations write past all services (services/data_state.py)."""
    if sa.inspect(connection).has_table(DataState.__tablename__):
        table = DataState.__table__
        connection.execute(sa.update(table).values(mark=secrets.randbits(63)))


run()
