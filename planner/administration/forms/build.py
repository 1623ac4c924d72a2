"""From the spec of a kind and its layout to the form of one record, and from what was typed to values to be saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext as _

from planner.access.viewer import Viewer
from planner.administration.forms.layout import SEEN_BY, Group, Layout
from planner.rules.words import word
from planner.services import editing
from planner.services.editing import kinds
from planner.services.editing.references import FEW, Account, Links, Option, Ref
from planner.services.editing.spec import Field, Spec
from planner.web import forms
from planner.web.i18n import translate

_BLANK_LINKS = 2
_BLANK_ROWS = 1
_BOXES = 12
"""Up to so many choices are boxes to tick; more are typed, one a field."""
_ALWAYS_BOXES = (("treaty_article",), ("stage",))


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
            elif isinstance(kind, Links) and name not in self.form:
                found[name] = [self.form[f"{name}-{n}"].data for n in range(self._count(name))]
            elif isinstance(kind, kinds.Flag | kinds.Grounds | Links):
                if is_whole:
                    found[name] = self._in_stored_order(name) if isinstance(kind, Links) else self.form[name].data
            elif name in request.form:
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
            rows.append({inner.name: self.form[f"{name}-{number}-{inner.name}"].data for inner in kind.fields})
        return rows


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
    builder = _Builder(viewer, layout, values)
    for spec_field in spec.fields:
        if is_new or not spec_field.fixed:
            builder.add(spec_field)
    data = {**builder.data, "rev": str(rev), "base": forms.dump_base(base) if base else ""}
    form = forms.make_form(builder.fields)(data=data)
    for name in builder.required:
        form[name].flags.required = True
    groups = _groups(layout, builder, form)
    return RecordForm(form, spec, groups, builder.suggestions, is_new, values)


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

    def __init__(self, viewer: Viewer, layout: Layout, values: Mapping[str, Any]) -> None:
        self.viewer = viewer
        self.layout = layout
        self.values = values
        self.fields: dict[str, Any] = {}
        self.data: dict[str, Any] = {}
        self.entries: dict[str, Entry] = {}
        self.required: list[str] = []
        self.suggestions: dict[str, list[str]] = {}
        self._options: dict[tuple[str, ...], list[Option]] = {}
        self._names: dict[int, str] = {}

    def add(self, spec_field: Field) -> None:
        name, kind = spec_field.name, spec_field.kind
        label = translate(self.layout.labels.get(name) or word("field", name))
        hint = translate(self.layout.hints.get(name))
        if isinstance(kind, kinds.Rows):
            self._add_rows(spec_field, label, hint)
        elif isinstance(kind, Links) and not self._are_boxes(kind.kinds):
            self._add_list(name, kind, label, hint)
        else:
            if isinstance(kind, kinds.Grounds):
                hint = hint or translate(SEEN_BY)
            elif isinstance(kind, Ref) and not self._are_few(kind.kinds):
                hint = hint or _("Type a part of the name and choose.")
            self._put(name, kind, label, hint, self.values.get(name), is_required=spec_field.required)
            self.entries[name] = Entry("field", name, label, hint, 12, name)

    def _add_list(self, name: str, kind: Links, label: str, hint: str) -> None:
        held = list(self.values.get(name) or ())
        names = []
        for number in range(self._length(name, len(held), _BLANK_LINKS)):
            key = f"{name}-{number}"
            value = held[number] if number < len(held) else None
            self._put(key, Ref(kind.kinds), f"{label} {number + 1}", "", value)
            names.append(key)
        self.entries[name] = Entry("list", name, label, hint, 12, names)

    def _add_rows(self, spec_field: Field, label: str, hint: str) -> None:
        name, kind = spec_field.name, spec_field.kind
        if not isinstance(kind, kinds.Rows):
            raise TypeError(name)
        held = list(self.values.get(name) or ())
        columns = tuple((translate(word("field", inner.name)), _width(inner)) for inner in kind.fields)
        rows = []
        for number in range(self._length(name, len(held), _BLANK_ROWS)):
            row = []
            for inner, (text, _span) in zip(kind.fields, columns, strict=True):
                key = f"{name}-{number}-{inner.name}"
                value = held[number].get(inner.name) if number < len(held) else None
                self._put(key, inner.kind, text, "", value)
                row.append(key)
            rows.append(row)
        self.entries[name] = Entry("rows", name, label, hint, 12, rows, columns)

    def _length(self, name: str, held: int, blank: int) -> int:
        """Return how many entries a list shows: what is stored or was sent, and some blank ones."""
        pattern = re.compile(re.escape(name) + r"-([0-9]{1,3})(?:-|$)")
        sent = [int(match[1]) + 1 for key in request.form if (match := pattern.match(key))]
        return min(max(held + blank, *sent, 0), kinds.MOST_ROWS + 8)

    def _put(self, key: str, kind: kinds.Kind, label: str, hint: str, value: Any, *, is_required: bool = False) -> None:
        self.fields[key] = self._field(kind, label, hint, value)
        self.data[key] = self._shown(kind, value)
        if is_required:
            self.required.append(key)

    def _field(self, kind: kinds.Kind, label: str, hint: str, value: Any) -> Any:  # noqa: PLR0911 - one return per kind of value
        if isinstance(kind, Ref):
            return self._reference(kind.kinds, label, hint, value)
        if isinstance(kind, Links):
            return forms.checks_field(label, [(str(o.id), o.text) for o in self._known(kind.kinds, value or ())], hint)
        if isinstance(kind, kinds.Grounds):
            return forms.checks_field(label, [(code, translate(word("ground", code))) for code in kind.words], hint)
        if isinstance(kind, kinds.Choice):
            return forms.select_field(label, _choices(kind, value), hint, empty=_("not given"))
        if isinstance(kind, kinds.Flag):
            return forms.flag_field(label, hint)
        if isinstance(kind, kinds.Lines) or getattr(kind, "lines", False):
            return forms.area_field(label, hint or (_("One a line.") if isinstance(kind, kinds.Lines) else ""))
        return _line_field(kind, label, hint)

    def _reference(self, of: tuple[str, ...], label: str, hint: str, value: Any) -> Any:
        ids = [value] if isinstance(value, int) else []
        if self._are_few(of):
            choices = [(str(option.id), option.text) for option in self._known(of, ids)]
            return forms.select_field(label, choices, hint, empty=_("none"))
        name = "list-" + "-".join(of)
        if name not in self.suggestions:
            self.suggestions[name] = [_marked(option) for option in self.options(of)]
        return forms.text_field(label, hint, list=name, autocomplete="off")

    def _shown(self, kind: kinds.Kind, value: Any) -> Any:  # noqa: PLR0911 - one return per kind of value
        if isinstance(kind, Ref):
            if value is None or isinstance(value, str):
                return value or ""
            if self._are_few(kind.kinds):
                return str(value)
            return next(
                (_marked(option) for option in self._known(kind.kinds, [value]) if option.id == value), f"#{value}"
            )
        if isinstance(kind, Links):
            return [str(part) for part in value or ()]
        if isinstance(kind, kinds.Lines):
            return "\n".join(str(part) for part in value or ())
        if isinstance(kind, kinds.Flag | kinds.Grounds):
            return value
        return "" if value is None else str(value)

    def options(self, of: tuple[str, ...]) -> list[Option]:
        """Return what may be chosen, asked once per form."""
        if of not in self._options:
            self._options[of] = editing.options(self.viewer, of)
        return self._options[of]

    def _are_few(self, of: tuple[str, ...]) -> bool:
        return len(self.options(of)) <= FEW

    def _are_boxes(self, of: tuple[str, ...]) -> bool:
        return of in _ALWAYS_BOXES or len(self.options(of)) <= _BOXES

    def _known(self, of: tuple[str, ...], ids: Iterable[int]) -> list[Option]:
        """Return the choices and, behind them, what is stored and not among them."""
        options = self.options(of)
        missing = set(ids) - {option.id for option in options} - self._names.keys()
        if missing:
            self._names.update(
                {**dict.fromkeys(missing, _("not open to you")), **editing.names_of(self.viewer, missing)}
            )
        known = {option.id for option in options}
        return [*options, *(Option(i, self._names[i]) for i in ids if i not in known)]


def _marked(option: Option) -> str:
    return f"{option.text} (#{option.id})"


def _choices(kind: kinds.Choice, value: Any) -> list[tuple[str, str]]:
    codes = list(kind.codes)
    if isinstance(value, str) and value not in codes:
        codes.append(value)
    return [(code, translate(word(kind.words, code))) for code in codes]


def _line_field(kind: kinds.Kind, label: str, hint: str) -> Any:
    if isinstance(kind, kinds.Number):
        return forms.text_field(label, hint, inputmode="numeric")
    if isinstance(kind, kinds.Day):
        return forms.text_field(label, hint, widget=forms.DAY_INPUT)
    if isinstance(kind, kinds.Clock):
        return forms.text_field(label, hint, widget=forms.TIME_INPUT)
    if isinstance(kind, kinds.Moment):
        return forms.text_field(label, hint, widget=forms.MOMENT_INPUT)
    if isinstance(kind, Account) or kind == kinds.EMAIL:
        return forms.text_field(label, hint, inputmode="email", autocomplete="off")
    return forms.text_field(label, hint)


def _width(inner: Field) -> int:
    """Return the columns of twelve for a cell of rows."""
    if isinstance(inner.kind, kinds.Choice | kinds.Partial | kinds.Day):
        return 4
    if isinstance(inner.kind, kinds.Number):
        return 3
    return 6
