"""What people entered, on its way into files: all that the other files would not make of the records as they are.

Nothing is listed here by hand. What the other files make is found out by a trial, and every value of every column and
row that differs is written; so what an export says is whole, whatever is added to the tables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import inspect

from planner.core.db import Base
from planner.models import Record, Release
from planner.rules.audience import Ground
from planner.services.record_files.books import Books
from planner.services.record_files.citing import words_of
from planner.services.record_files.frozen import exchanged
from planner.services.record_files.overlay import Key
from planner.services.record_files.schema import ADDED, EDITABLE, plural
from planner.services.record_files.tables import Column, Table, is_own_row, table_of_kind
from planner.services.record_files.trial import Made

Data = dict[str, Any]


def entered_data(books: Books, made: Mapping[Key, Made], followed: set[int]) -> tuple[Data, Data]:
    """Return additions and edits: list per kind. `followed` are ids of releases that an import would make itself."""
    additions: Data = {plural(kind): [] for kind in ADDED}
    edits: Data = {plural(kind): [] for kind in EDITABLE}
    plain = _Plain(books)
    for record in books.all_written():
        known = made.get((record.kind, record.ref))
        if known is not None:
            edit = plain.edit(record, known)
            if edit:
                edits[plural(record.kind)].append({"id": record.ref, **edit})
        elif record.id not in followed:
            additions[plural(record.kind)].append(plain.whole(record))
    return additions, edits


class _Plain:
    """Records and rows as files hold them."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.released = books.released_titles()
        self.codes = {record.ref: books.code(record.id) for record in books.all_written() if record.kind == "body"}

    def whole(self, record: Record) -> Data:
        """Return all that a record holds, without what a new one has anyway."""
        table = table_of_kind(record.kind)
        values = {one.key: self.held(one, record) for one in table.columns}
        usual = {one.key: self.plain(one, one.default) for one in table.columns if one.key != "origin"}
        rows = {name: self.rows_held(rows, getattr(record, name)) for name, rows in table.rows.items()}
        return {
            "id": record.ref,
            **{key: value for key, value in values.items() if value != usual.get(key)},
            **{name: found for name, found in rows.items() if found},
        }

    def edit(self, record: Record, made: Made) -> Data:
        """Return what a record holds otherwise than the other files make it."""
        table = table_of_kind(record.kind)
        values: Data = {}
        emptied: list[str] = []
        for one in table.columns:
            held, usual = self.held(one, record), self._made(one, made.values)
            if one.name == "public_title" and held == self.released.get(record.id):
                continue  # it follows from the release
            if held is None and usual is not None:
                emptied.append(one.key)
            elif held != usual:
                values[one.key] = held
        for name, rows in table.rows.items():
            found = self.rows_held(rows, getattr(record, name))
            if _in_any_order(found) != _in_any_order(self._rows_made(rows, made.rows.get(name, ()))):
                values[name] = found
        return {**({"without": emptied} if emptied else {}), **values}

    def held(self, column: Column, row: Base) -> Any:
        """Return what a row holds, links that lead to no written record left out."""
        value = getattr(row, column.name)
        return self._named(column, self.books.name(value)) if column.is_link else self.plain(column, value)

    def rows_held(self, table: Table, rows: Sequence[Base]) -> list[Data]:
        """Return the rows that are written: a row without the record that it must point to is not."""
        found = []
        for row in rows:
            values = {one.key: self.held(one, row) for one in table.columns}
            needed = [one for one in table.columns if not one.column.nullable]
            if not is_own_row(row, self.books.origins) or any(values[one.key] is None for one in needed):
                continue
            inner = {name: self.rows_held(below, getattr(row, name)) for name, below in table.rows.items()}
            found.append(self._without_usual(table, {**values, **inner}))
        return found

    def _rows_made(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[Data]:
        return [
            self._without_usual(
                table,
                {
                    **{one.key: self._made(one, row) for one in table.columns},
                    **{name: self._rows_made(below, row.get(name, ())) for name, below in table.rows.items()},
                },
            )
            for row in rows
        ]

    def _without_usual(self, table: Table, values: Data) -> Data:
        usual = {one.key: self.plain(one, one.default) for one in table.columns} | {name: [] for name in table.rows}
        return {key: value for key, value in values.items() if value is not None and value != usual[key]}

    def _made(self, column: Column, values: Mapping[str, Any]) -> Any:
        value = values.get(column.attribute, values.get(column.name))
        if isinstance(value, Record):
            kind = str(inspect(type(value)).polymorphic_identity)
            return self._named(column, (kind, str(self.codes.get(value.ref)) if kind == "body" else value.ref))
        return self.plain(column, column.default if value is None else value)

    def _named(self, column: Column, name: tuple[str, str] | None) -> Any:
        if name is None:
            return None
        return name[1] if len(column.kinds) == 1 else {name[0]: name[1]}

    def plain(self, column: Column, value: Any) -> Any:
        """Return a value that is no link as a file holds it."""
        if value is None:
            return None
        if column.is_mask:
            return words_of(value)
        if column.is_frozen:
            return exchanged(value, self._number)
        if column.name == "ground":
            return str(Ground(value).name).lower()
        return _text(value)

    def _number(self, number: int) -> Data:
        name = self.books.name(number)
        if name is None:
            raise LookupError(number)
        return {name[0]: name[1]}


def _text(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime | date) else value


def _in_any_order(rows: list[Data]) -> list[str]:
    """Return rows so that two lists of the same ones are equal; where order counts they have a position."""
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)


def followed_releases(books: Books, digests: Mapping[int, str], name: str) -> set[int]:
    """Return the ids of the releases that an import makes of the files themselves, none being needed for them.

    `digests` are those of the working programmes, by the id of the meeting: nothing may be drafted beside the release.
    """
    by_meeting: dict[int, list[Release]] = {}
    for release in books.of(Release):
        by_meeting.setdefault(release.meeting_id, []).append(release)
    return {
        releases[0].id
        for meeting_id, releases in by_meeting.items()
        if len(releases) == 1 and _is_usual(releases[0], books.by_id[meeting_id], digests.get(meeting_id), name)
    }


def _is_usual(release: Release, meeting: Record, digest: str | None, name: str) -> bool:
    return (
        release.is_current
        and release.number == 1
        and release.title == name
        and release.origin is meeting.origin
        and release.effective_at == release.released_at
        and release.digest == digest
        and release.note is None
        and release.audience_own is None
    )
