"""The form of one record: its fields in groups, and what was typed into them as values to be saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.administration.forms.layout import Group
from planner.services.editing import kinds
from planner.services.editing.references import Links, References
from planner.services.editing.spec import Field, Spec
from planner.web import forms


@dataclass(frozen=True)
class Entry:
    """One field as the page draws it: a single one, a list, or rows of cells. `bound` holds the fields of the form."""

    shape: str
    name: str
    label: str
    hint: str
    span: int
    bound: Any
    columns: tuple[tuple[str, int], ...] = ()


@dataclass
class RecordForm:
    """The form of one record with its parts, and the lists of suggestions that its text fields name."""

    form: forms.BaseForm
    spec: Spec
    groups: list[tuple[Group, list[Entry]]]
    suggestions: dict[str, list[str]] = field(default_factory=dict)
    is_new: bool = False
    stored: Mapping[str, Any] = field(default_factory=dict)
    sent: Mapping[str, str] = field(default_factory=dict)
    """What came with the request, rows that were taken out left out."""
    is_rearranged: bool = False
    """Somebody asked for another row, or took one out: nothing is to be saved yet."""

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it; a field that was not sent is left out."""
        is_whole = self.is_new or bool(self.form.base.data)
        found: dict[str, Any] = {}
        for spec_field in self.spec.fields:
            if spec_field.fixed and not self.is_new:
                continue
            name, kind = spec_field.name, spec_field.kind
            if isinstance(kind, kinds.Rows):
                found[name] = self._rows(name, kind)
            elif isinstance(kind, References) and name not in self.form:
                found[name] = [self.form[f"{name}-{n}"].data for n in range(self._count(name))]
            elif isinstance(kind, kinds.Choices | kinds.Flag | kinds.Grounds | References):
                if is_whole:
                    found[name] = self._in_stored_order(name) if isinstance(kind, References) else self.form[name].data
            elif name in self.sent:
                found[name] = self.form[name].data
        return found

    def _in_stored_order(self, name: str) -> list[str]:
        """Return what is ticked, what is stored first and in its order: boxes have none of their own."""
        ticked = list(self.form[name].data)
        held = [str(part) for part in self.stored.get(name) or () if str(part) in ticked]
        return [*held, *(part for part in ticked if part not in held)]

    def _count(self, name: str) -> int:
        return next(n for n in range(kinds.MOST_ROWS + 9) if f"{name}-{n}" not in self.form)

    def _rows(self, name: str, kind: kinds.Rows) -> list[dict[str, Any]]:
        rows = []
        for number in range(kinds.MOST_ROWS + 9):
            if f"{name}-{number}-{kind.fields[0].name}" not in self.form:
                break
            rows.append({inner.name: self._cell(f"{name}-{number}-{inner.name}", inner) for inner in kind.fields})
        return rows

    def _cell(self, key: str, inner: Field) -> Any:
        typed = self.form[key].data
        return (typed or "").splitlines() if isinstance(inner.kind, Links) else typed
