"""What the tables hold, as keys of a file: worked out from the tables themselves, so that no column is forgotten.

A key is the name of the column; a column that points to a record is named without `_id`, and its value is the key of
that record, or kind and key where records of several kinds may stand there. What belongs to a record in rows is a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import Column as TableColumn
from sqlalchemy import ColumnDefault, inspect
from sqlalchemy.orm import MANYTOONE, Mapper

from planner.core.db import Base
from planner.models import AudienceGrant, Origin, Record
from planner.services.record_files.left_behind import DERIVED, TABLES
from planner.services.record_files.rows import collections

KINDS = tuple(
    sorted(
        str(kind)
        for kind, mapper in inspect(Record).polymorphic_map.items()
        if kind != "record" and mapper.local_table.name not in TABLES  # type: ignore[attr-defined]
    )
)
"""All kinds of record that files hold."""
_RENAMED = {"audience_own": "audience"}


@dataclass(frozen=True)
class Column:
    """One column: its key in a file, its attribute, and that of the record that it points to where there is one."""

    key: str
    name: str
    column: TableColumn[Any]
    relation: str | None = None
    kinds: tuple[str, ...] = ()
    """Kinds of record that it may point to; several where the file must name the kind too."""

    @property
    def is_link(self) -> bool:
        """Say whether it points to a record."""
        return bool(self.kinds)

    @property
    def is_mask(self) -> bool:
        """Say whether it holds grounds of an audience."""
        return self.name in ("audience_own", "work_audience")

    @property
    def is_frozen(self) -> bool:
        """Say whether it holds a frozen text, which names records by their numbers."""
        return self.column.table.name == "release" and self.name in ("programme", "changes")

    @property
    def attribute(self) -> str:
        """Return the attribute that an import sets: a link is set by its record where there is an attribute for it."""
        return self.relation or self.name

    @property
    def default(self) -> Any:
        """Return the value of a new row for which nothing is given."""
        found = self.column.default
        return found.arg if isinstance(found, ColumnDefault) and found.is_scalar else None

    @property
    def is_needed(self) -> bool:
        """Say whether a row must have a value that no default gives."""
        return not self.column.nullable and self.default is None


@dataclass(frozen=True)
class Table:
    """The keys of a record or row: its columns, and by name the tables of the rows that belong to it."""

    model: type[Base]
    columns: tuple[Column, ...]
    rows: Mapping[str, Table]

    def column(self, attribute: str) -> Column | None:
        """Return the column that an attribute sets, by its own name or by that of its relation."""
        return next((one for one in self.columns if attribute in (one.name, one.relation)), None)


@cache
def table_of_kind(kind: str) -> Table:
    """Return what a kind of record holds."""
    model: type[Base] = inspect(Record).polymorphic_map[kind].class_
    return table_of_model(model, None)


@cache
def table_of_model(model: type[Base], owner: str | None) -> Table:
    """Return what a class holds; `owner` is the column by which a row belongs to its record, which is no key."""
    mapper: Mapper[Any] = inspect(model)
    own = {attribute.key: cast("TableColumn[Any]", attribute.columns[0]) for attribute in mapper.column_attrs}
    columns = tuple(
        _column(mapper, name, column) for name, column in own.items() if name != owner and not _is_left_out(column)
    )
    rows = {
        name: table_of_model(cast("type[Base]", mapper.relationships[name].mapper.class_), _owner_column(mapper, name))
        for name in collections(model)
    }
    return Table(model, columns, rows)


def _is_left_out(column: TableColumn[Any]) -> bool:
    """Say whether a column has no key: what is derived, and numbers that only the database knows."""
    table = column.table.name
    return column.name in DERIVED.get(table, ()) or (column.name == "id" and column.primary_key)


def _owner_column(mapper: Mapper[Any], name: str) -> str:
    (column,) = mapper.relationships[name].remote_side
    return str(column.key)


def _column(mapper: Mapper[Any], name: str, column: TableColumn[Any]) -> Column:
    targets = [key.column.table.name for key in column.foreign_keys if key.column.table.name not in TABLES]
    key = _RENAMED.get(name, name)
    if not targets:
        return Column(key, name, column)
    relation = next(
        (
            one.key
            for one in mapper.relationships
            if one.direction is MANYTOONE and {local.key for local in one.local_columns} == {name}
        ),
        None,
    )
    return Column(key.removesuffix("_id"), name, column, relation, _kinds_of(targets[0]))


def _kinds_of(table: str) -> tuple[str, ...]:
    return KINDS if table == "record" else (table,)


def is_own_row(row: Base, origins: frozenset[Origin]) -> bool:
    """Say whether a row is written: it is of the chosen origins, and no copy that follows from the record above."""
    if isinstance(row, AudienceGrant):
        return row.own and row.user_id is None
    return getattr(row, "origin", None) is None or row.origin in origins  # type: ignore[attr-defined]
