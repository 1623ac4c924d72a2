"""Rows of a table that belong to a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.core.i18n import N_, Message
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds.base import MOST_ROWS, Kind

if TYPE_CHECKING:
    from planner.services.editing.spec import Entry, Field


def _nothing_wrong(row: Mapping[str, Any]) -> dict[str, Message]:
    del row
    return {}


@dataclass(frozen=True)
class Rows(Kind):
    """Rows of a table that belong to the record, in order. `key` names the columns that tell rows apart, if any do.

    `holds` are columns that the rows of this list have in common, where the table keeps other rows too; `check` says
    what is wrong across the cells of one row.
    """

    collection: str
    row: type
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    holds: tuple[tuple[str, Any], ...] = ()
    check: Callable[[Mapping[str, Any]], dict[str, Message]] = _nothing_wrong
    empty = ()

    def field(self, name: str) -> Field:
        """Return one field of the rows."""
        return next(field for field in self.fields if field.name == name)

    def clean(self, raw: Any, entry: Entry) -> list[dict[str, Any]]:
        """Return the rows that are not blank, each a mapping of its fields."""
        rows = _sequence(raw)
        cleaned: list[dict[str, Any]] = []
        wrong: dict[str, Message] = {}
        for number, row in enumerate(rows):
            if not isinstance(row, Mapping) or row.keys() - {field.name for field in self.fields}:
                raise Wrong(N_("The rows are not in the form that is asked for."))
            values = self._clean_row(row, str(number), entry, wrong)
            if values is None:
                continue
            if self.key and any(all(values[k] == other[k] for k in self.key) for other in cleaned):
                wrong[f"{number}.{self.key[0]}"] = N_("This is in the list twice.")
            cleaned.append(values)
        if wrong:
            raise Wrong(parts=wrong)
        return cleaned

    def _clean_row(
        self, row: Mapping[str, Any], place: str, entry: Entry, wrong: dict[str, Message]
    ) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        for field in self.fields:
            try:
                values[field.name] = field.kind.clean(row.get(field.name), entry.inside(field.name))
            except Wrong as error:
                values[field.name] = row.get(field.name)
                wrong[f"{place}.{field.name}"] = error.parts.get("") or next(iter(error.parts.values()))
        if all(value in (None, False, "", [], ()) for value in values.values()):
            return None
        for field in self.fields:
            if field.required and values[field.name] is None:
                wrong.setdefault(f"{place}.{field.name}", N_("This is needed."))
        for name, message in self.check(values).items():
            wrong.setdefault(f"{place}.{name}", message)
        return values


def _sequence(raw: Any) -> Sequence[Any]:
    if raw is None:
        return ()
    if not isinstance(raw, list | tuple):
        raise Wrong(N_("This must be a list."))
    if len(raw) > MOST_ROWS:
        raise Wrong(N_("A list has at most {most} entries.", most=MOST_ROWS))
    return raw
