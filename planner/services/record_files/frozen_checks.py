"""Whether the frozen texts of a release are what they must be: everybody's pages are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from planner.core.db import table_of
from planner.core.i18n import N_, Message
from planner.models import PublishedSession, PublishedSlot
from planner.rules import programme as rules
from planner.services.editions import edition_rows, titles_of
from planner.services.record_files.frozen import exchanged

_CHANGE = frozenset({"subject", "kind", "session_id", "session", "id", "title", "field", "old", "new"})
_SUBJECTS = ("session", "item", "slot")


def programme_fault(named: Any) -> Message | None:
    """Return what is wrong with a programme in which records are named by kind and key, or None."""
    numbered = exchanged(named, lambda _name: 1)
    try:
        sessions, slots = edition_rows(numbered, 1)
        rules.compare(numbered, numbered)
        held = all(isinstance(title, str) for _, title in titles_of(numbered))
    except (AttributeError, KeyError, TypeError, ValueError):
        held = False
    if held:
        held = all(_fits(row, table_of(PublishedSession)) for row in sessions)
        held = held and all(_fits(row, table_of(PublishedSlot)) for row in slots)
    return None if held else N_("This is not the programme of a release.")


def _fits(row: Mapping[str, Any], table: Table) -> bool:
    """Say whether values are of the types of their columns."""
    return all(
        isinstance(row[column.name], column.type.python_type) if row[column.name] is not None else column.nullable
        for column in table.c
    )


def changes_fault(named: Any) -> Message | None:
    """Return what is wrong with a list of changes, or None."""
    for one in named:
        is_change = isinstance(one, dict) and one.keys() == _CHANGE
        if not is_change or one["subject"] not in _SUBJECTS or one["kind"] not in rules.KINDS:
            return N_("This is not the list of changes of a release.")
    return None
