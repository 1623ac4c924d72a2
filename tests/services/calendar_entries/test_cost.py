"""What one entry costs to write does not grow with the number of entries: as many statements, and each by an index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text

from bench.feed_world import ADMINISTRATOR, AT, fill, grow
from planner.core.db import db, table_of
from planner.models import Body, CalendarEntry, CalendarEntryText, Meeting, Record
from planner.services import changes
from tests.conftest import Databases, on_database

FEW, MANY = 10, 1000
GROWING = {table_of(model).name for model in (Record, Meeting, CalendarEntry, CalendarEntryText)}
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
OF_ONE_KIND = "ix_record_kind_origin"
"""By this index all records of a kind are read."""
Statement = tuple[str, Any]


@contextmanager
def world(app: Flask, databases: Databases, template: str, count: int) -> Iterator[None]:
    """Let the application work on a database with so many meetings of ten bodies, each with its entry."""
    url = databases.new(template)
    with on_database(app, url), app.app_context():
        made = fill(FEW)
        with changes.change(ADMINISTRATOR, at=AT):
            grow(made, count)
        if db.engine.dialect.name == "postgresql":  # the copies brought ids of their own
            for table in ("record", "calendar_entry"):
                db.session.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
                )
            db.session.execute(text("ANALYZE"))  # as PostgreSQL does by itself; SQLite never does
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(CalendarEntry)) == count
        yield
    databases.drop(url)


def rename(title: str, minutes: int) -> list[Statement]:
    """Return the statements of a change that writes one entry anew."""
    meeting_id = db.session.scalars(select(Meeting.id).order_by(Meeting.id)).all()[3]
    db.session.expunge_all()
    with noted() as statements, changes.change(ADMINISTRATOR, at=AT + timedelta(minutes=minutes)):
        db.session.get_one(Meeting, meeting_id).title = title
    entry = db.session.scalars(select(CalendarEntry).where(CalendarEntry.record_id == meeting_id)).one()
    assert (f"SUMMARY:{title}\r\n" in entry.text, entry.sequence) == (True, 1)
    return statements


def make(ref: str, minutes: int) -> list[Statement]:
    """Return the statements of a change that writes a first entry."""
    body = db.session.scalars(select(Body.id).order_by(Body.id)).all()[0]
    keys = {"ref": ref, "title": "New", "body_id": body, "audience_parent_id": body, "zone": "Europe/Zurich"}
    with noted() as statements, changes.change(ADMINISTRATOR, at=AT + timedelta(minutes=minutes)):
        db.session.add(Meeting(**keys, state="confirmed", start_on="2027-02-16"))
    assert db.session.scalars(select(CalendarEntry.uid).where(CalendarEntry.uid == f"meeting-{ref}@planner")).all()
    return statements


@contextmanager
def noted() -> Iterator[list[Statement]]:
    """Note the statements that reach the database, of those for many rows with the parameters of the first."""
    found: list[Statement] = []

    def note(_connection, _cursor, statement, parameters, _context, executemany) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            found.append((statement, parameters[0] if executemany else parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def read_through(statements: list[Statement]) -> list[tuple[str, str]]:
    """Return which of the tables that grow are read from end to end, with the statements that do."""
    found = []
    with db.engine.connect() as connection:
        dialect, cursor = connection.dialect.name, connection.connection.cursor()
        if dialect == "postgresql":
            # so few rows are read through for less: asked is whether there is another way
            cursor.execute("SET LOCAL enable_seqscan = off")
        for statement, parameters in statements:
            if dialect == "sqlite" and statement.startswith("INSERT"):
                continue  # it names the tables that point to a new row, and looks there only if a key was left open
            cursor.execute(f"{EXPLAIN[dialect]} {statement}", parameters)
            for row in cursor.fetchall():
                scanned = re.search(r"(?:^SCAN|Seq Scan on) (\w+)", str(row[-1]))
                is_growing = scanned and (scanned[1] in GROWING or table_called(scanned[1], statement) in GROWING)
                if is_growing or OF_ONE_KIND in str(row[-1]):
                    found.append((row[-1], statement))
        connection.rollback()
    return found


def table_called(alias: str, statement: str) -> str | None:
    """Return the table that a statement calls by another name."""
    named = re.search(rf'"?(\w+)"? AS {alias}\b', statement)
    return named[1] if named else None


@pytest.mark.parametrize("write", [rename, make])
def test_an_entry_costs_the_same_among_many_as_among_few(the_app, databases, empty_template, write):
    needed = {}
    for count in (FEW, MANY):
        with world(the_app, databases, empty_template, count):
            statements = write("now", 1)
            needed[count] = len(statements)
            assert read_through(statements) == []
    assert needed[FEW] == needed[MANY]


def test_a_statement_that_reads_a_table_through_is_found(the_app, databases, empty_template):
    with world(the_app, databases, empty_template, FEW):
        with noted() as statements:
            db.session.scalars(select(CalendarEntry.id).where(CalendarEntry.text.contains("x"))).all()
            entry = table_of(CalendarEntry).alias("one_of_them")
            db.session.scalars(select(entry.c.id).where(entry.c.zones == "x")).all()
            db.session.scalars(select(Record.id).where(Record.kind == "meeting")).all()
            db.session.scalars(select(CalendarEntry.zones).where(CalendarEntry.id == 1)).all()
        assert [statement for _, statement in read_through(statements)] == [one for one, _ in statements[:3]]
