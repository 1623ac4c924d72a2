"""What a program asks of entries (RFC 4791 section 9.7): values in, yes or no out. Not here: its XML."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import datetime

from planner.formats.content_lines import unescaped
from planner.formats.reading import overlaps, properties_of

_TO_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


@dataclass(frozen=True)
class TextMatch:
    """A text that a property's value holds, in whatever case of ASCII (RFC 4790 `i;ascii-casemap`) unless `exact`."""

    text: str
    exact: bool = False
    negated: bool = False

    def holds(self, value: str) -> bool:
        """Say whether a value is as asked."""
        found = self.text in value if self.exact else self.text.translate(_TO_LOWER) in value.translate(_TO_LOWER)
        return found != self.negated


@dataclass(frozen=True)
class PropertyFilter:
    """A property that an entry has, has not (`is_absent`), or has with a text."""

    name: str
    is_absent: bool = False
    match: TextMatch | None = None


@dataclass(frozen=True)
class EntryFilter:
    """What is asked of entries: their component, a range [since, until), properties; `nothing` is met by none."""

    component: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    properties: tuple[PropertyFilter, ...] = ()
    nothing: bool = False

    @property
    def has_range(self) -> bool:
        """Say whether a range of time is asked for."""
        return self.since is not None or self.until is not None


def meets(text: str, asked: EntryFilter) -> bool:
    """Say whether a finished entry is what is asked for."""
    if asked.nothing or (asked.component and not text.startswith(f"BEGIN:{asked.component}\r\n")):
        return False
    if asked.has_range and not overlaps(text, asked.since, asked.until):
        return False
    said = properties_of(text) if asked.properties else {}
    for one in asked.properties:
        values = [unescaped(value.value) for value in said.get(one.name, ())]
        if one.is_absent or not values:
            if one.is_absent != (not values):
                return False
        elif one.match and not any(map(one.match.holds, values)):
            return False
    return True
