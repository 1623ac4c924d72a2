"""Kinds of values that only the files of what people entered hold: links, instants, values without a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from planner.core.i18n import N_, Message
from planner.services.record_files.faults import Wrong
from planner.services.record_files.frozen import exchanged
from planner.services.record_files.kinds import refuse
from planner.services.record_files.places import Place
from planner.services.record_files.reading import Keyed

Name = tuple[str, str]
"""Kind and key of a record; of a body its code, as all files name it."""


@dataclass(frozen=True)
class Link:
    """The key of a record of one kind, or a mapping of its kind to its key where records of several kinds may stand."""

    kinds: tuple[str, ...]

    def clean(self, value: Any, place: Place) -> Name | None:
        """Return kind and key; whether it exists is looked up when all files are read."""
        if len(self.kinds) == 1:
            return _linked(self.kinds[0], value, place)
        if not isinstance(value, Keyed) or len(value) != 1:
            place.fault(N_("This must be one kind of record with its key, as in “meeting: m-1”."))
            return None
        ((kind, key),) = value.items()
        if kind not in self.kinds:
            place.fault(N_("The key “{key}” is not known here.", key=kind[:60]))
            return None
        return _linked(kind, key, place)


def _linked(kind: str, key: Any, place: Place) -> Name | None:
    if not isinstance(key, str):
        refuse(place, N_("a key (in quotes)"), key)
        return None
    place.ledger.links.append((place, kind, key))
    return kind, key


@dataclass(frozen=True)
class Instant:
    """An instant as text with its distance to UTC: "2026-11-24T09:00:00+00:00"."""

    def clean(self, value: Any, place: Place) -> datetime | None:
        """Return the aware instant in UTC."""
        if not isinstance(value, str):
            refuse(place, N_("an instant (in quotes)"), value)
            return None
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            place.fault(N_("“{found}” is not an instant. Write it as 2026-11-24T09:00:00+00:00.", found=value[:60]))
            return None
        return found.astimezone(UTC)


@dataclass(frozen=True)
class Anything:
    """A value without a declared form: texts, numbers, truths, lists and mappings of such."""

    def clean(self, value: Any, place: Place) -> Any:
        """Return the value in plain lists and mappings; days become text again."""
        if isinstance(value, Wrong):
            place.fault(value.message)
            return None
        if isinstance(value, Keyed):
            for key in value.repeated:
                place.inside(key, value.lines.get(key)).fault(N_("The key “{key}” stands twice.", key=key[:60]))
            return {
                key: self.clean(inner, place.inside(key[:60], value.lines.get(key))) for key, inner in value.items()
            }
        if isinstance(value, list):
            return [self.clean(inner, place.inside(str(number))) for number, inner in enumerate(value, 1)]
        return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class Frozen:
    """The frozen text of a release, in which records are named by a mapping of their kind to their key."""

    link: Link
    form: type
    fault: Callable[[Any], Message | None]
    """What is wrong with the whole text, or None."""

    def clean(self, value: Any, place: Place) -> Any:
        """Return the text with each record named by kind and key."""
        if not isinstance(value, Keyed if self.form is dict else list):
            refuse(place, N_("a mapping") if self.form is dict else N_("a list"), value)
            return None
        plain = Anything().clean(value, place)
        named = exchanged(plain, lambda inner: self._name(inner, place))
        fault = self.fault(named)
        if fault is not None:
            place.fault(fault)
        return named

    def _name(self, named: Any, place: Place) -> Name | None:
        if isinstance(named, dict) and len(named) == 1:
            ((kind, key),) = named.items()
            if kind in self.link.kinds:
                return _linked(kind, key, place)
        place.fault(N_("A frozen programme names a record by its kind and key, as in “meeting: m-1”."))
        return None
