"""The control for each kind of value, and the text that it shows."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from planner.administration.forms.choices import Choices
from planner.rules.words import word
from planner.services.editing import kinds
from planner.services.editing.references import Account, Ref, References
from planner.web import forms
from planner.web.i18n import translate


class Controls:
    """Makes the controls of one form. `names` are the fields of the record, of which a row may speak."""

    def __init__(self, choices: Choices, names: tuple[str, ...]) -> None:
        """Keep what references may point to."""
        self.choices = choices
        self.names = names

    def control(self, kind: kinds.Kind, label: str, hint: str, value: Any) -> Any:  # noqa: PLR0911 - one return per kind of value
        """Return the field of the form for a kind of value."""
        if isinstance(kind, Ref):
            return self._reference(kind.kinds, label, hint, value)
        if isinstance(kind, References):
            options = self.choices.known(kind.kinds, value or ())
            return forms.checks_field(label, [(str(option.id), option.text) for option in options], hint)
        if isinstance(kind, kinds.Grounds):
            return forms.checks_field(label, [(code, translate(word("ground", code))) for code in kind.words], hint)
        if isinstance(kind, kinds.Choices):
            return forms.checks_field(label, [(one, translate(word(kind.words, one))) for one in kind.codes], hint)
        if isinstance(kind, kinds.FieldName):
            names = [(name, translate(word("field", name))) for name in _with(kind.names(self.names), value)]
            return forms.select_field(label, names, hint, empty=_("the record as a whole"))
        if isinstance(kind, kinds.Choice):
            codes = [(code, translate(word(kind.words, code))) for code in _with(list(kind.codes), value)]
            return forms.select_field(label, codes, hint, empty=_("not given"))
        if isinstance(kind, kinds.Flag):
            return forms.flag_field(label, hint)
        if isinstance(kind, kinds.Lines) or getattr(kind, "lines", False):
            return forms.area_field(label, hint or (_("One a line.") if isinstance(kind, kinds.Lines) else ""))
        return _line_field(kind, label, hint)

    def shown(self, kind: kinds.Kind, value: Any) -> Any:
        """Return what the control shows for a plain value."""
        if isinstance(kind, Ref):
            if value is None or isinstance(value, str):
                return value or ""
            return str(value) if self.choices.are_few(kind.kinds) else self.choices.text_of(kind.kinds, value)
        if isinstance(kind, References):
            return [str(part) for part in value or ()]
        if isinstance(kind, kinds.Lines):
            return "\n".join(str(part) for part in value or ())
        if isinstance(kind, kinds.Choices | kinds.Flag | kinds.Grounds):
            return value
        return "" if value is None else str(value)

    def lines(self, kind: References, value: Any) -> str:
        """Return references as a cell shows them, one a line."""
        return "\n".join(self.choices.text_of(kind.kinds, part) for part in value or ())

    def _reference(self, of: tuple[str, ...], label: str, hint: str, value: Any) -> Any:
        if self.choices.are_few(of):
            options = self.choices.known(of, [value] if isinstance(value, int) else [])
            choices = [(str(option.id), option.text) for option in options]
            return forms.select_field(label, choices, hint, empty=_("none"))
        return forms.text_field(label, hint, list=self.choices.suggest(of), autocomplete="off")


def _with(codes: list[str], value: Any) -> list[str]:
    """Return the choices and, behind them, what is stored and not among them."""
    return [*codes, value] if isinstance(value, str) and value not in codes else codes


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
