"""What may be written of a kind of record: a declarative spec per kind, so that nothing else can be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from planner.access.viewer import Viewer
from planner.core.i18n import Message
from planner.models import Record
from planner.services.editing.kinds import Kind

if TYPE_CHECKING:
    from planner.services.changes import Changes

Values = dict[str, Any]
Place = Literal["record", "virtual", "revision"]


@dataclass(frozen=True)
class Field:
    """One field of a kind of record: its name (that of the column or collection), the kind of its value.

    `fixed` fields are chosen when the record is created and never after. `on` says where the value stands: in a column
    of the record, in the revision of a plan item, or nowhere (`virtual`: the spec derives columns from it).
    """

    name: str
    kind: Kind
    required: bool = False
    fixed: bool = False
    on: Place = "record"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is being written, for those who clean and check it."""

    actor: Viewer
    at: datetime
    kind: str
    record: Record | None = None
    stored: Mapping[str, Any] = field(default_factory=dict)
    """The plain values that are stored now."""
    changes: Changes | None = None
    held: Any = None
    """The stored value of the field that is being cleaned."""
    names: tuple[str, ...] = ()
    """The names of all fields of the kind."""

    def of(self, name: str) -> Entry:
        """Return the entry for one field."""
        return replace(self, held=self.stored.get(name))

    def inside(self, name: str) -> Entry:
        """Return the entry for a column of the rows of a field."""
        cells = [row.get(name) for row in self.held or () if isinstance(row, dict)]
        return replace(self, held=[part for cell in cells for part in (cell if isinstance(cell, list) else [cell])])

    def is_stored(self, value: Any) -> bool:
        """Say whether a value is what is stored already, so that it may stay."""
        return value in self.held if isinstance(self.held, list) else self.held == value


Check = Callable[[Values, Entry], dict[str, Message]]
Derive = Callable[[Any, Values, Entry], None]


def _nothing_wrong(values: Values, entry: Entry) -> dict[str, Message]:
    del values, entry
    return {}


def _derive_nothing(record: Any, values: Values, entry: Entry) -> None:
    del record, values, entry


def _read_nothing(record: Any) -> Values:
    del record
    return {}


@dataclass(frozen=True, kw_only=True)
class Spec:
    """A kind of record as it may be written.

    `parents` names the fields whose record is the audience parent, the first that is given counts; without any the
    record is `root_audience`. `check` returns what is wrong across fields; `derive` sets columns that follow from the
    values, `after` what follows once the record has its id. `read` gives the values of virtual fields.
    """

    kind: str
    model: type[Any]
    fields: tuple[Field, ...]
    parents: tuple[str, ...] = ()
    root_audience: int | None = None
    published: bool = True
    creatable: bool = True
    check: Check = _nothing_wrong
    derive: Derive = _derive_nothing
    after: Derive = _derive_nothing
    read: Callable[[Any], Values] = _read_nothing
    title_of: Callable[[Values, Entry], str] | None = None
    """Makes the title of a kind whose title nobody types."""

    def field(self, name: str) -> Field | None:
        """Return a field by name, or None."""
        return next((f for f in self.fields if f.name == name), None)
