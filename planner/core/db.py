"""The database: base class, column types, the session, and the one transaction that a write service owns.

SQLite runs in WAL mode; a write takes the write lock at once (`BEGIN IMMEDIATE`), since a read transaction that is
upgraded later
fails under load. Nothing here knows a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, date, datetime
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, MetaData, String, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Relationship, registry, relationship
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware going in, aware in UTC coming out, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values; SQLite gets UTC without its sign so that text order is time order."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive date-time cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware instant in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables: naming of constraints and types of plain annotations."""

    metadata = MetaData(naming_convention=NAMING)
    registry = registry(
        metadata=metadata,
        type_annotation_map={datetime: UTCDateTime(), dict[str, Any]: JSON(), list[Any]: JSON(), str: String()},
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:

    class Model(Base):
        """What every table inherits from (the alias that type checkers understand)."""

        __abstract__ = True
else:
    Model = db.Model

E = TypeVar("E", bound=StrEnum)


def enum_column(kind: type[E], name: str) -> Enum:
    """Return the type of a column that holds the values of a StrEnum, checked by the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


def upsert_into(table: Table) -> Any:
    """Return the INSERT of the present database that can say what becomes of a row that is there (ON CONFLICT)."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(table)


def table_of(model: type[Base]) -> Table:
    """Return the table of a class itself, without those it inherits from, for statements that write it."""
    return cast("Table", model.__table__)


def link(**options: Any) -> Relationship[Any]:
    """Return a relationship that never loads by itself: the service that needs it names it."""
    return relationship(lazy="raise_on_sql", **options)


_writing: ContextVar[bool] = ContextVar("planner_writing", default=False)


@contextmanager
def transaction(*, write: bool = True) -> Iterator[None]:
    """Commit once at the end, or roll everything back; an inner call joins the outer one.

    A write ends the read transaction that the request may have begun and forgets what it had loaded, so that what it
    decides on is
    the truth under the lock.
    """
    if _writing.get():
        yield
        return
    with _turn_to_write() if write else nullcontext():
        token = _writing.set(write)
        try:
            if write:
                db.session.commit()
                db.session.expire_all()
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _writing.reset(token)


_turn = Lock()


def _turn_to_write() -> AbstractContextManager[object]:
    """Return what lets one thread of this process write at a time on SQLite; PostgreSQL needs no such thing.

    SQLite would let them poll for its write lock, in no order and for ten seconds at most: on a busy machine one of
    eight writers was still without its turn then, and failed.
    """
    return _turn if db.engine.dialect.name == "sqlite" else nullcontext()


@event.listens_for(Engine, "connect")
def _configure_sqlite(connection: Any, _record: object) -> None:
    """Set what SQLite forgets with each connection; transactions are begun by us, not by the driver.

    `trusted_schema` stays on: the triggers that keep the full-text index are part of our own schema. With
    `recursive_triggers` a REPLACE, which deletes, meets the rules against deleting.
    """
    if type(connection).__module__.partition(".")[0] != "sqlite3":
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "busy_timeout=10000",
        "temp_store=MEMORY",
        "cache_size=-4000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    """Begin as a writer where a write is announced."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def day_text(value: date | None) -> str | None:
    """Return a day as ISO text, as partial dates are stored."""
    return value.isoformat() if value else None
