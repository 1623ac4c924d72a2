"""From the spec of a kind and its layout to the form of one record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from planner.access.viewer import Viewer
from planner.administration.forms import rearranging
from planner.administration.forms.choices import Choices
from planner.administration.forms.controls import Controls
from planner.administration.forms.layout import HINTS, SEEN_BY, Group, Layout
from planner.administration.forms.record_form import Entry, RecordForm
from planner.rules.words import word
from planner.services.editing import kinds
from planner.services.editing.references import Links, Ref, References
from planner.services.editing.spec import Field, Spec
from planner.web import forms
from planner.web.i18n import translate

_BLANK_LINKS = 2
_BLANK_ROWS = 1
_ROWS_OF_CELL = 2
"""Height of a text that stands in a row among others."""


def build_form(
    viewer: Viewer,
    spec: Spec,
    layout: Layout,
    values: Mapping[str, Any],
    *,
    rev: int = 0,
    is_new: bool = False,
    base: Mapping[str, str] | None = None,
) -> RecordForm:
    """Return the form of a record. `values` are plain values; what was sent with the request stands above them."""
    builder = _Builder(viewer, spec, layout, values)
    for spec_field in spec.fields:
        if is_new or not spec_field.fixed:
            builder.add(spec_field)
    data = {**builder.data, "rev": str(rev), "base": forms.dump_base(base) if base else ""}
    form_class = forms.make_form(builder.fields)
    form = form_class(builder.sent, data=data) if builder.is_rearranged else form_class(data=data)
    for name in builder.required:
        form[name].flags.required = True
    groups = _groups(layout, builder, form)
    return RecordForm(
        form,
        spec,
        groups,
        builder.choices.suggestions,
        is_new=is_new,
        stored=values,
        sent=builder.sent,
        is_rearranged=builder.is_rearranged,
    )


def _groups(layout: Layout, builder: _Builder, form: forms.BaseForm) -> list[tuple[Group, list[Entry]]]:
    """Bind the entries of the layout; a field that it forgets stands in the last part, so that none is lost."""
    left = dict(builder.entries)
    groups = []
    for group in layout.groups:
        entries = [_bind(left.pop(name), form, span) for name, span in group.fields if name in left]
        if entries:
            groups.append((group, entries))
    if left:
        groups[-1][1].extend(_bind(entry, form, 12) for entry in left.values())
    return groups


def _bind(entry: Entry, form: forms.BaseForm, span: int) -> Entry:
    bound = entry.bound
    if entry.shape == "field":
        fields: Any = form[bound]
    elif entry.shape == "list":
        fields = [form[name] for name in bound]
    else:
        fields = [[form[name] for name in row] for row in bound]
    return Entry(entry.shape, entry.name, entry.label, entry.hint, span, fields, entry.columns)


class _Builder:
    """Collects the fields of a form class, the data they show, and where they stand."""

    def __init__(self, viewer: Viewer, spec: Spec, layout: Layout, values: Mapping[str, Any]) -> None:
        self.layout = layout
        self.values = values
        self.sent, self.is_rearranged = rearranging.rearranged(request.form)
        self.fields: dict[str, Any] = {}
        self.data: dict[str, Any] = {}
        self.entries: dict[str, Entry] = {}
        self.required: list[str] = []
        self.choices = Choices(viewer)
        self.controls = Controls(self.choices, tuple(field.name for field in spec.fields))

    def add(self, spec_field: Field) -> None:
        name, kind = spec_field.name, spec_field.kind
        label = translate(self.layout.labels.get(name) or word("field", name))
        hint = self._hint(name)
        if isinstance(kind, kinds.Rows):
            self._add_rows(name, kind, label, hint)
        elif isinstance(kind, References) and not self.choices.are_boxes(kind.kinds):
            self._add_list(name, kind, label, hint)
        else:
            if isinstance(kind, kinds.Grounds):
                hint = hint or translate(SEEN_BY)
            elif isinstance(kind, Ref) and not self.choices.are_few(kind.kinds):
                hint = hint or _("Type a part of the name and choose.")
            self._put(name, kind, label, hint, self.values.get(name), is_required=spec_field.required)
            self.entries[name] = Entry("field", name, label, hint, 12, name)

    def _hint(self, name: str) -> str:
        return translate(self.layout.hints.get(name) or HINTS.get(name))

    def _add_list(self, name: str, kind: References, label: str, hint: str) -> None:
        held = list(self.values.get(name) or ())
        names = []
        for number in range(self._length(name, len(held), _BLANK_LINKS)):
            key = f"{name}-{number}"
            value = held[number] if number < len(held) else None
            self._put(key, Ref(kind.kinds), f"{label} {number + 1}", "", value)
            names.append(key)
        self.entries[name] = Entry("list", name, label, hint, 12, names)

    def _add_rows(self, name: str, kind: kinds.Rows, label: str, hint: str) -> None:
        held = list(self.values.get(name) or ())
        columns = tuple((translate(word("field", inner.name)), _width(inner)) for inner in kind.fields)
        rows = []
        for number in range(self._length(name, len(held), _BLANK_ROWS)):
            row = []
            for inner, (text, _span) in zip(kind.fields, columns, strict=True):
                key = f"{name}-{number}-{inner.name}"
                value = held[number].get(inner.name) if number < len(held) else None
                self._put_cell(key, inner, text, self._hint(f"{name}.{inner.name}"), value)
                row.append(key)
            rows.append(row)
        self.entries[name] = Entry("rows", name, label, hint, 12, rows, columns)

    def _length(self, name: str, held: int, blank: int) -> int:
        """Return how many entries a list shows: what is stored or was sent, and some blank ones."""
        pattern = re.compile(re.escape(name) + r"-([0-9]{1,3})(?:-|$)")
        sent = [int(match[1]) + 1 for key in self.sent if (match := pattern.match(key))]
        return min(max(held + blank, *sent, 0), kinds.MOST_ROWS + 8)

    def _put_cell(self, key: str, inner: Field, label: str, hint: str, value: Any) -> None:
        if isinstance(inner.kind, Links):
            self.fields[key] = forms.area_field(label, hint, rows=_ROWS_OF_CELL)
            self.data[key] = self.controls.lines(inner.kind, value)
            return
        self._put(key, inner.kind, label, hint, value)
        if getattr(inner.kind, "lines", False):
            self.fields[key] = forms.area_field(label, hint, rows=_ROWS_OF_CELL)

    def _put(self, key: str, kind: kinds.Kind, label: str, hint: str, value: Any, *, is_required: bool = False) -> None:
        self.fields[key] = self.controls.control(kind, label, hint, value)
        self.data[key] = self.controls.shown(kind, value)
        if is_required:
            self.required.append(key)


def _width(inner: Field) -> int:
    """Return the columns of twelve for a cell of rows."""
    if isinstance(inner.kind, kinds.Choice | kinds.FieldName | kinds.Partial | kinds.Day):
        return 4
    if isinstance(inner.kind, kinds.Number):
        return 3
    return 12 if isinstance(inner.kind, Links) or getattr(inner.kind, "lines", False) else 6
