"""Calendar entries for tests: what they say in any language and in one, given together."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from planner.formats.entry import Entry, Wording
from planner.formats.ical import entry_text

_WORDS = {field.name for field in fields(Wording)}


def make_entry(**values: Any) -> tuple[Entry, Wording]:
    """Return an entry and its words."""
    words = {name: values.pop(name) for name in _WORDS & values.keys()}
    return Entry(**values), Wording(**{"summary": "", **words})


def written(**values: Any) -> str:
    """Return the finished text of an entry."""
    return entry_text(*make_entry(**values))
