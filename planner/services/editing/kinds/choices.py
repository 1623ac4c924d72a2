"""Values that are chosen: yes or no, one of some codes, who sees a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from planner.core.i18n import N_
from planner.rules.audience import Ground
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds.base import Kind, text_of

if TYPE_CHECKING:
    from planner.services.editing.spec import Entry


@dataclass(frozen=True)
class Flag(Kind):
    """Yes or no."""

    empty = False

    def clean(self, raw: Any, _entry: Entry) -> bool:
        """Return yes or no; nothing means no."""
        if raw in (None, "", False, "n", "0"):
            return False
        if raw in (True, "y", "1", "on"):
            return True
        raise Wrong(N_("This must be yes or no."))

    def plain(self, value: Any) -> bool:
        """Return yes or no."""
        return bool(value)


@dataclass(frozen=True)
class Choice(Kind):
    """One of some codes. `words` is the list of words they are shown in (rules/words.py).

    A value that is stored already stays allowed, so that what the record brought can be kept.
    """

    codes: tuple[str, ...]
    words: str
    enum: type[StrEnum] | None = None

    def clean(self, raw: Any, entry: Entry) -> str | None:
        """Return the code."""
        code = text_of(raw, 60)
        if code is not None and code not in self.codes and not entry.is_stored(code):
            raise Wrong(N_("“{found}” is not one of the choices.", found=code[:40]))
        return code

    def column(self, value: Any) -> Any:
        """Return the member of the enum where the column has one."""
        return self.enum(value) if self.enum and value is not None else value

    def plain(self, value: Any) -> str | None:
        """Return the code as text."""
        return None if value is None else str(value)


@dataclass(frozen=True)
class Choices(Kind):
    """Some of some codes, at least one; `words` is the list of words they are shown in (rules/words.py)."""

    codes: tuple[str, ...]
    words: str

    def clean(self, raw: Any, _entry: Entry) -> list[str] | None:
        """Return the codes in their order; None where nothing was sent."""
        if raw is None:
            return None
        if not isinstance(raw, list) or not all(isinstance(code, str) and code in self.codes for code in raw):
            raise Wrong(N_("Choose from the list."))
        if not raw:
            raise Wrong(N_("Choose at least one."))
        return [code for code in self.codes if code in raw]


def choice_of(enum: type[StrEnum], words: str) -> Choice:
    """Return the choice among all members of an enum."""
    return Choice(tuple(member.value for member in enum), words, enum)


@dataclass(frozen=True)
class Grounds(Kind):
    """Who sees a record, as words of its own grounds; nothing chosen means as its audience parent."""

    empty: Any = None

    words = ("public", "participants", "states", "states_parties", "officers")

    def clean(self, raw: Any, _entry: Entry) -> list[str] | None:
        """Return the words in their order."""
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list) or not all(isinstance(word, str) and word in self.words for word in raw):
            raise Wrong(N_("Choose who sees it from the list."))
        return [word for word in self.words if word in raw] or None

    def column(self, value: Any) -> int | None:
        """Return the mask."""
        return sum(int(Ground[word.upper()]) for word in value) if value else None

    def plain(self, value: Any) -> list[str] | None:
        """Return the words; rows of owners and invited persons are no choice of this list."""
        if value is None:
            return None
        return [word for word in self.words if value & Ground[word.upper()]] or ["officers"]


@dataclass(frozen=True)
class FieldName(Kind):
    """Which field of the record a row is about; nothing means the record as a whole, which its column keeps as ""."""

    not_among: frozenset[str] = frozenset()

    def names(self, fields: Iterable[str]) -> list[str]:
        """Return those names of fields that may be chosen."""
        return [name for name in fields if name not in self.not_among]

    def clean(self, raw: Any, entry: Entry) -> str | None:
        """Return the name. One that is stored already stays allowed: files name places that no form has."""
        name = text_of(raw, 80)
        if name is not None and name not in self.names(entry.names) and not entry.is_stored(name):
            raise Wrong(N_("“{found}” is not one of the choices.", found=name[:40]))
        return name

    def column(self, value: Any) -> str:
        """Return the name."""
        return value or ""

    def plain(self, value: Any) -> str | None:
        """Return the name, None for the whole record."""
        return value or None
