"""The language of `schema`: lists and mappings of values, with checks that look at several keys of a mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.core.i18n import N_
from planner.services.record_files.faults import Wrong
from planner.services.record_files.kinds import Kind, Number, Slug, refuse
from planner.services.record_files.places import Place
from planner.services.record_files.reading import Keyed


@dataclass(frozen=True)
class Many:
    """A list of values of one kind; `distinct` refuses a value that stands twice."""

    kind: Kind
    distinct: bool = False
    least: int = 0
    most: int = 20_000

    def clean(self, value: Any, place: Place) -> list[Any] | None:
        """Return the list of the clean values."""
        if not isinstance(value, list):
            refuse(place, N_("a list"), value)
            return None
        if not self.least <= len(value) <= self.most:
            place.fault(N_("The list has {found} entries, not {least} to {most}.",
                           found=len(value), least=self.least, most=self.most))  # fmt: skip
            return None
        cleaned = [self._entry(entry, place.inside(str(number))) for number, entry in enumerate(value, 1)]
        if self.distinct:
            for number, entry in enumerate(cleaned, 1):
                if entry is not None and entry in cleaned[: number - 1]:
                    place.inside(str(number)).fault(N_("“{found}” stands twice in the list.", found=str(entry)[:60]))
        return [entry for entry in cleaned if entry is not None]

    def _entry(self, entry: Any, place: Place) -> Any:
        if isinstance(entry, Wrong):
            place.fault(entry.message)
            return None
        if entry is None:
            place.fault(N_("The entry is empty."))
            return None
        return self.kind.clean(entry, place)


@dataclass(frozen=True)
class Either:
    """A mapping of one shape, or a value of another kind."""

    shape: Shape
    kind: Kind

    def clean(self, value: Any, place: Place) -> Any:
        """Return what it is."""
        return (self.shape if isinstance(value, Keyed) else self.kind).clean(value, place)


@dataclass(frozen=True)
class Counts:
    """Groups that were counted: words of the record's own, each with its number."""

    def clean(self, value: Any, place: Place) -> dict[str, int] | None:
        """Return the numbers by their words."""
        if not isinstance(value, Keyed):
            refuse(place, N_("a mapping"), value)
            return None
        shape = Shape({key: Number() for key in value if Slug(60).clean(key, place) is not None})
        return shape.clean(value, place)


@dataclass(frozen=True)
class Check:
    """A check of several keys of a mapping; it is left out where one of the keys that it reads has a fault already."""

    run: Callable[[dict[str, Any], Place], None]
    reads: frozenset[str]


def reads(*keys: str) -> Callable[[Callable[[dict[str, Any], Place], None]], Check]:
    """Make a check of a function, with the keys that it reads."""
    return lambda run: Check(run, frozenset(keys))


@dataclass(frozen=True)
class Shape:
    """A mapping: its keys, those that must be there, and checks that look at several of them.

    `key` names the field that names the record in faults; a shape without one belongs to the record around it.
    """

    keys: Mapping[str, Kind]
    required: Iterable[str] = ()
    checks: tuple[Check, ...] = ()
    key: str | None = None
    name: str = ""

    def clean(self, value: Any, place: Place) -> dict[str, Any] | None:
        """Return the clean mapping; keys whose value is unknown (null) are left out."""
        if not isinstance(value, Keyed):
            refuse(place, N_("a mapping"), value)
            return None
        if self.key is not None:
            place = self._record_place(value, place)
        cleaned: dict[str, Any] = {}
        for key in value.repeated:
            place.inside(key, value.lines.get(key)).fault(N_("The key “{key}” stands twice.", key=key[:60]))
        for key, entry in value.items():
            self._clean_key(key, entry, place.inside(key[:60], value.lines.get(key)), cleaned)
        for key in self.required:
            if value.get(key) is None:
                place.inside(key).fault(N_("The field is missing."))
        lost = {key for key, entry in value.items() if entry is not None and key not in cleaned}
        lost |= {key for key in self.required if key not in cleaned}
        for check in self.checks:
            if not check.reads & lost:
                check.run(cleaned, place)
        return cleaned

    def _clean_key(self, key: str, entry: Any, place: Place, cleaned: dict[str, Any]) -> None:
        kind = self.keys.get(key)
        if kind is None:
            place.fault(N_("The key “{key}” is not known here.", key=key[:60]))
        elif isinstance(entry, Wrong):
            place.fault(entry.message)
        elif entry is not None and (clean := kind.clean(entry, place)) is not None:
            cleaned[key] = clean

    def _record_place(self, value: Keyed, place: Place) -> Place:
        found = value.get(self.key or "")
        if isinstance(found, str):
            return place.of_record(found[:80], value.line)
        number = place.field.rpartition(".")[2]
        return place.of_record(f"{self.name} {number}".strip(), value.line)
