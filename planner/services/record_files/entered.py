"""`additions.yaml` and `edits.yaml` on their way into the database: what people entered beside the record.

What an entry says of a record is laid over what the other files say of it, before anything is compared or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Date, Enum

from planner.rules.audience import Ground
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.citing import mask_of
from planner.services.record_files.overlay import Entered, FrozenText, Named
from planner.services.record_files.schema import ADDED, EDITABLE, plural
from planner.services.record_files.store import Store
from planner.services.record_files.tables import Column, Table, table_of_kind

Data = dict[str, Any]


def entered_of(record: CleanRecord) -> dict[tuple[str, str], Entered]:
    """Return what people entered, by kind and key of the record."""
    found: dict[tuple[str, str], Entered] = {}
    for kind, data in entries(record.additions, ADDED):
        found[kind, data["id"]] = Entered(table_of_kind(kind), _whole(kind, data), _rows(kind, data))
    for kind, data in entries(record.edits, EDITABLE):
        table = table_of_kind(kind)
        values = {one.attribute: _value(one, data[one.key]) for one in table.columns if one.key in data}
        values |= {one.attribute: None for one in table.columns if one.key in data.get("without", ())}
        rows = {name: rows for name, rows in _rows(kind, data).items() if name in data}
        found[kind, data["id"]] = Entered(table, values, rows)
    return found


def entries(file: Mapping[str, Any], kinds: tuple[str, ...]) -> Iterator[tuple[str, Data]]:
    """Yield kind and entry of everything in a file."""
    for kind in kinds:
        for data in file.get(plural(kind), ()):
            yield kind, data


def put_added(record: CleanRecord, store: Store, *kinds: str) -> None:
    """Put the records that no other file holds."""
    for kind in kinds:
        for _, data in entries(record.additions, (kind,)):
            store.put(table_of_kind(kind).model, data["id"], {})  # type: ignore[type-var]
        store.flush()


def _whole(kind: str, data: Data) -> dict[str, Any]:
    """Return a value for every column: what is not given is empty, or what a new row has."""
    return {
        one.attribute: _value(one, data[one.key]) if one.key in data else one.default
        for one in table_of_kind(kind).columns
    }


def _rows(kind: str, data: Data) -> dict[str, list[Data]]:
    """Return all rows that belong to a record, none where none are given."""
    return {name: [_row(rows, row) for row in data.get(name, ())] for name, rows in table_of_kind(kind).rows.items()}


def _row(table: Table, data: Data) -> Data:
    values = {one.attribute: _value(one, data[one.key]) if one.key in data else one.default for one in table.columns}
    inner = {name: [_row(rows, row) for row in data.get(name, ())] for name, rows in table.rows.items()}
    return {**values, **inner}


def _value(column: Column, value: Any) -> Any:
    """Return a clean value as its column holds it; links and frozen texts wait for their records."""
    if column.is_link:
        return Named(*value)
    if column.is_mask:
        return mask_of(value)
    if column.is_frozen:
        return FrozenText(value)
    if column.name == "ground":
        return int(Ground[value.upper()])
    return _typed(column.column.type, value)


def _typed(kind: Any, value: Any) -> Any:
    if isinstance(kind, Enum):
        return kind.enum_class(value)  # type: ignore[misc]
    return date.fromisoformat(value) if isinstance(kind, Date) else value
