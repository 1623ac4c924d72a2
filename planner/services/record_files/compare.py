"""Whether two databases hold the same record: every table as plain values, named by keys instead of numbers."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Row, Table, select

from planner.core.db import Base, db
from planner.models import EntryKind, Origin
from planner.services.record_files.frozen import exchanged
from planner.services.record_files.left_behind import COUNTED, RELEASED_HERE, STAMPS, TABLES
from planner.services.record_files.tables import KINDS

_OWNERS = frozenset(
    {"record_id", "session_id", "meeting_id", "document_id", "offer_id", "stakeholder_id", "item_id", "person_id",
     "output_id"}
)  # fmt: skip
"""Columns by which a row with a number of its own belongs to a record, or points to what it is about."""
_FROZEN = frozenset({"programme", "changes"})

Snapshot = dict[str, list[str]]


def snapshot(origins: Collection[Origin] = tuple(Origin)) -> Snapshot:
    """Return table → its rows as sorted JSON texts; links, those in frozen programmes too, are the keys of records.

    Rows that belong to records of other origins are left out, and what an export leaves behind (`left_behind.py`).
    """
    return _Snapshot(origins).made()


class _Snapshot:
    def __init__(self, origins: Collection[Origin]) -> None:
        self.tables: Mapping[str, Table] = Base.metadata.tables
        record = self.tables["record"]
        rows = db.session.execute(select(record.c.id, record.c.kind, record.c.ref, record.c.origin)).all()
        self.keys = {row.id: f"{row.kind} {row.ref}" for row in rows}
        self.shown = {row.id for row in rows if row.origin in origins and row.kind in KINDS}
        self.rows: dict[str, dict[int, Row[Any]]] = {}
        self.names: dict[tuple[str, int], Any] = {}

    def made(self) -> Snapshot:
        """Return the snapshot."""
        found: Snapshot = {}
        for name in sorted(self.tables.keys() - TABLES.keys()):
            table = self.tables[name]
            rows = [
                self._row(table, row) for row in db.session.execute(select(table)).all() if self._is_shown(table, row)
            ]
            if rows:
                found[name] = sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)
        return found

    def _is_shown(self, table: Table, row: Row[Any]) -> bool:
        """Say whether all records that the row belongs to or points to by its key are shown.

        What an account may see is left behind with the accounts, placeholders of sessions with their UIDs (BUSY).
        """
        if table.name == "calendar_entry" and row._mapping[table.c.entry_kind] is EntryKind.BUSY:  # noqa: SLF001
            return False
        if table.name == "audience_grant" and row._mapping[table.c.user_id] is not None:  # noqa: SLF001
            return False
        owners = []
        for column in table.c:
            value = row._mapping[column]  # noqa: SLF001 - its name
            if value is None or not (column.primary_key or column.name in _OWNERS):
                continue
            if self._is_record(column):
                owners.append(value)
            elif column.foreign_keys:
                (key,) = column.foreign_keys
                if not self._is_shown(key.column.table, self._found(key.column.table.name, value)):
                    return False
        return all(owner in self.shown for owner in owners)

    def _found(self, table_name: str, number: int) -> Row[Any]:
        if table_name not in self.rows:
            table = self.tables[table_name]
            self.rows[table_name] = {row.id: row for row in db.session.execute(select(table))}
        return self.rows[table_name][number]

    def _is_record(self, column: Column[Any]) -> bool:
        if column.table.name == "record":
            return bool(column.name == "id")
        return any(self._root(key.column) == "record" for key in column.foreign_keys)

    def _root(self, column: Column[Any]) -> str:
        """Return the table in which a number is given out: `record` for every kind of record."""
        for key in column.foreign_keys:
            if column.primary_key and len(column.table.primary_key) == 1:
                return self._root(key.column)
        return str(column.table.name)

    def _row(self, table: Table, row: Row[Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column in table.c:
            if column.name in STAMPS or str(column) in COUNTED or self._is_released_here(row, column):
                continue
            value = row._mapping[column]  # noqa: SLF001
            if column.name in _FROZEN and table.name in ("release", "published_session"):
                value = exchanged(value, lambda number: self.keys[number])
            roots = {self._root(key.column) for key in column.foreign_keys}
            if column.name == "id" and not roots and table.name != "record":
                continue
            values[column.name] = self._value(value, column, roots)
        return values

    @staticmethod
    def _is_released_here(row: Row[Any], column: Column[Any]) -> bool:
        """Say whether an instant is that of the import, see `RELEASED_HERE`."""
        return column.name in RELEASED_HERE and column.table.name == "release" and row._mapping["number"] == 1  # noqa: SLF001

    def _value(self, value: Any, column: Column[Any], roots: set[str]) -> Any:
        if value is None:
            return None
        if "record" in roots or (column.table.name == "record" and column.name == "id"):
            return self.keys[value]
        if roots:
            return self._name(roots.pop(), value)
        return _plain(value)

    def _name(self, table_name: str, number: int) -> Any:
        """Return what names a row that is no record: its own values."""
        if (table_name, number) not in self.names:
            self.names[table_name, number] = self._row(self.tables[table_name], self._found(table_name, number))
        return self.names[table_name, number]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
