"""What a form offers for references, asked once per kind: a few in a list, more as suggestions while typing."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from planner.access.viewer import Viewer
from planner.services import editing
from planner.services.editing import Option
from planner.services.editing.options import FEW

_BOXES = 12
"""Up to so many choices are boxes to tick; more are typed, one a field."""
_ALWAYS_BOXES = (("treaty_article",), ("stage",))


class Choices:
    """The records that a viewer may choose among, and the names of those that are chosen already."""

    def __init__(self, viewer: Viewer) -> None:
        """Begin with none asked for."""
        self.viewer = viewer
        self.suggestions: dict[str, list[str]] = {}
        self._options: dict[tuple[str, ...], list[Option]] = {}
        self._names: dict[int, str] = {}

    def options(self, of: tuple[str, ...]) -> list[Option]:
        """Return what may be chosen."""
        if of not in self._options:
            self._options[of] = editing.options(self.viewer, of)
        return self._options[of]

    def are_few(self, of: tuple[str, ...]) -> bool:
        """Say whether a list holds them all."""
        return len(self.options(of)) <= FEW

    def are_boxes(self, of: tuple[str, ...]) -> bool:
        """Say whether they are ticked."""
        return of in _ALWAYS_BOXES or len(self.options(of)) <= _BOXES

    def suggest(self, of: tuple[str, ...]) -> str:
        """Return the id of the list of suggestions for a field."""
        name = "list-" + "-".join(of)
        if name not in self.suggestions:
            self.suggestions[name] = [_marked(option) for option in self.options(of)]
        return name

    def known(self, of: tuple[str, ...], ids: Iterable[int]) -> list[Option]:
        """Return the choices and, behind them, what is stored and not among them."""
        options = self.options(of)
        wanted = list(ids)
        missing = set(wanted) - {option.id for option in options} - self._names.keys()
        if missing:
            self._names.update(
                {**dict.fromkeys(missing, _("not open to you")), **editing.names_of(self.viewer, missing)}
            )
        known = {option.id for option in options}
        return [*options, *(Option(i, self._names[i]) for i in wanted if i not in known)]

    def text_of(self, of: tuple[str, ...], record_id: int) -> str:
        """Return a record as a text field shows it, its number behind its name."""
        known = self.known(of, [record_id])
        return next((_marked(option) for option in known if option.id == record_id), f"#{record_id}")


def _marked(option: Option) -> str:
    return f"{option.text} (#{option.id})"
