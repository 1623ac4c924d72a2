"""What people entered, to be laid over what the other files say of the same records (`entered.py` reads it)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.models import Record
from planner.services.programmes import digest_of
from planner.services.record_files.frozen import exchanged
from planner.services.record_files.tables import Table

Key = tuple[str, str]
"""Kind and key of a record."""


@dataclass(frozen=True)
class Named:
    """A record that a value names, of a body by its code."""

    kind: str
    ref: str


@dataclass(frozen=True)
class FrozenText:
    """A programme or a list of changes in which records are named by kind and key."""

    text: Any


@dataclass(frozen=True)
class Entered:
    """What people entered of a record: values by attribute, and whole lists of rows."""

    table: Table
    values: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]


class Overlay:
    """What people entered, by record, and what of it waits until the records that it names are there."""

    def __init__(self, entered: Mapping[Key, Entered], find: Callable[[Named], Any]) -> None:
        """Keep it; `find` returns the record that a value names, or None while it is not there."""
        self.entered = entered
        self.find = find
        self.later: list[tuple[Key, str, Named]] = []
        """Links to records that come later."""

    def has_rows(self, key: Key, name: str) -> bool:
        """Say whether people entered a list of rows: the other files' list does not count then."""
        return key in self.entered and name in self.entered[key].rows

    def values_over(self, key: Key, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the other files with what people entered in their place."""
        laid = dict(values)
        entered = self.entered.get(key)
        for name, value in entered.values.items() if entered else ():
            if isinstance(value, Named) and self.find(value) is None:
                self.later.append((key, name, value))
                laid.pop(name, None)
            else:
                laid[name] = self._there(value)
        if "programme" in laid:
            laid["digest"] = digest_of(laid["programme"])
        return laid

    def rows_of(self, key: Key, name: str) -> list[dict[str, Any]]:
        """Return a list of rows, all records that they name being there."""
        return [self._row(self.entered[key].table.rows[name], row) for row in self.entered[key].rows[name]]

    def _row(self, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, value in row.items():
            if name in table.rows:
                values[name] = [self._row(table.rows[name], inner) for inner in value]
                continue
            column = table.column(name)
            there = self._there(value)
            is_number = column is not None and column.relation is None and isinstance(there, Record)
            values[name] = there.id if is_number else there
        return values

    def _there(self, value: Any) -> Any:
        if isinstance(value, Named):
            return self.find(value)
        if isinstance(value, FrozenText):
            return exchanged(value.text, lambda name: self.find(Named(*name)).id)
        return value
