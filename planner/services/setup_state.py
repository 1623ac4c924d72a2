"""How far the database is set up: which migration it is at, whether anything is in it, whether it answers."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import exists, select, text
from sqlalchemy.exc import DBAPIError

from planner.core import paths
from planner.core.db import db
from planner.models import Record


def is_current() -> bool:
    """Say whether the database is at the newest migration."""
    return _revision() == ScriptDirectory(str(paths.MIGRATIONS)).get_current_head()


def why_not_reachable() -> str | None:
    """Return in a sentence for the operator why the database does not answer, None where it does."""
    try:
        _revision()
    except DBAPIError as error:
        return why_no_answer(error)
    return None


def why_not_ready() -> str | None:
    """Return in a sentence for the operator what keeps the program from working on the database, None for nothing."""
    try:
        revision = _revision()
    except DBAPIError as error:
        return why_no_answer(error)
    if revision is None:
        return "The database is not set up: run `planner setup`, or `planner db upgrade` for tables without any record."
    if not is_current():
        return "The database is not at the newest migration of this program: run `planner setup`."
    return None


def why_no_answer(error: DBAPIError) -> str:
    """Return what a driver says in one sentence for the operator; it names host and user, never the password."""
    said = str(error.orig).partition("\n")[0].strip()
    return (
        f"The database that PLANNER_DATABASE_URL names does not answer ({said}): mend that, then run `planner setup`."
    )


def _revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_empty() -> bool:
    """Say whether there is no record at all."""
    return not db.session.scalar(select(exists(select(Record.id))))


def answers() -> bool:
    """Ask the database for a trifle; whatever goes wrong is raised."""
    return bool(db.session.scalar(text("SELECT 1")) == 1)
