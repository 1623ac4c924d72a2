"""How far the database is set up: which migration it is at, whether anything is in it, whether it answers."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import exists, select, text

from planner.core import paths
from planner.core.db import db
from planner.models import Record


def is_current() -> bool:
    """Say whether the database is at the newest migration."""
    newest = ScriptDirectory(str(paths.MIGRATIONS)).get_current_head()
    with db.engine.connect() as connection:
        return bool(MigrationContext.configure(connection).get_current_revision() == newest)


def is_empty() -> bool:
    """Say whether there is no record at all."""
    return not db.session.scalar(select(exists(select(Record.id))))


def answers() -> bool:
    """Ask the database for a trifle; whatever goes wrong is raised."""
    return bool(db.session.scalar(text("SELECT 1")) == 1)
