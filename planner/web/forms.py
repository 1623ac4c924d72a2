"""The base of every form: CSRF token, dates and hours that keep what was typed, the revision that it began with.

What is right is decided by services, not here: a form carries texts, and shows beside each field what a service said.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import TextInput

from planner.core.errors import Invalid
from planner.web.i18n import translate

LONGEST_NUMBER = 10


class BaseForm(FlaskForm):
    """A form that writes. `rev` is the revision it began with, `base` the digests of what it showed."""

    rev = HiddenField()
    base = HiddenField()

    @property
    def rev_number(self) -> int:
        """Return the revision as a number; whatever is no number is a revision that no record has."""
        text = self.rev.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0

    @property
    def base_digests(self) -> dict[str, str]:
        """Return the digests by field; what is not readable counts as none."""
        try:
            found = json.loads(self.base.data or "{}")
        except (ValueError, RecursionError):
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def add_faults(self, invalid: Invalid) -> None:
        """Put what a service found wrong beside the fields, those inside lists and rows too."""
        show_faults(self, invalid, self._find)

    def _find(self, name: str) -> Any:
        """Return the field for "name", "name.2" (an entry of a list) or "name.2.column" (a cell of its rows)."""
        candidates = [name.replace(".", "-"), name.partition(".")[0], f"{name}-0"]
        return next((self[candidate] for candidate in candidates if candidate in self), None)


def show_faults(form: FlaskForm, invalid: Invalid, find: Callable[[str], Any] | None = None) -> None:
    """Put what a service found wrong beside the fields; what belongs to none stands above the form.

    `find` returns the field for a name of the service where fields have other names, None where there is none.
    """
    fields: Mapping[str, Any] = form._fields
    for name, message in invalid.fields.items():
        field = find(name) if find else fields.get(name)
        if field is None:
            form.form_errors.append(translate(message))
        else:
            field.errors = [*field.errors, translate(message)]


class TypedInput(TextInput):
    """An input of a special type ("date", "time") that turns into plain text where its value is none of that type.

    A browser shows an unreadable date as empty; what was typed must not be lost.
    """

    def __init__(self, kind: str, lengths: tuple[int, ...]) -> None:
        """Keep the type, and how long a readable value is."""
        super().__init__()
        self.kind = kind
        self.lengths = lengths

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        """Draw it."""
        value = field.data or ""
        is_faulty = bool(field.errors) or (value and len(value) not in self.lengths)
        kwargs["type"] = "text" if is_faulty else self.kind
        return Markup(super().__call__(field, **kwargs))  # noqa: S704 - WTForms has escaped it


DAY_INPUT = TypedInput("date", (10,))
TIME_INPUT = TypedInput("time", (5, 8))
MOMENT_INPUT = TypedInput("datetime-local", (16, 19))


def text_field(label: str, hint: str = "", *, widget: Any = None, **attributes: Any) -> Any:
    """Return a field for one line of text; further arguments become attributes of the control."""
    return StringField(label, description=hint, widget=widget or TextInput(), render_kw=_attributes(attributes))


def area_field(label: str, hint: str = "", *, rows: int = 4) -> Any:
    """Return a field for several lines of text."""
    return TextAreaField(label, description=hint, render_kw={"rows": rows})


def select_field(label: str, choices: Iterable[tuple[str, str]], hint: str = "", *, empty: str = "") -> Any:
    """Return a select of (value, text); the first entry is the empty one."""
    options = [SelectChoice(value="", label=empty), *(SelectChoice(value=v, label=t) for v, t in choices)]
    return SelectField(label, choices=options, description=hint, validate_choice=False)


def checks_field(label: str, choices: Iterable[tuple[str, str]], hint: str = "") -> Any:
    """Return a group of checkboxes."""
    options = [SelectChoice(value=value, label=text) for value, text in choices]
    return SelectMultipleField(label, choices=options, description=hint, validate_choice=False)


def flag_field(label: str, hint: str = "") -> Any:
    """Return one checkbox."""
    return BooleanField(label, description=hint)


def make_form(fields: Mapping[str, Any]) -> type[BaseForm]:
    """Return a form class with the given fields in their order."""
    return type("RecordForm", (BaseForm,), dict(fields))


def _attributes(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name.replace("_", "-"): value for name, value in attributes.items() if value is not None}


def dump_base(digests: Mapping[str, str]) -> str:
    """Return digests as the hidden field carries them."""
    return json.dumps(dict(digests), separators=(",", ":"))
