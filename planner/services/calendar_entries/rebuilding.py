"""Writing all calendar entries again: after the program's address changed, or another version says more in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, func, select

from planner.core.db import db, transaction
from planner.models import CalendarEntry, Record
from planner.services import calendar_entries, data_state
from planner.services.calendar_entries.fact import is_of_this_form

_AT_ONCE = 500


def rebuild(*, at: datetime, progress: Callable[[int, int], None] | None = None) -> int:
    """Work out every entry from its record again, in one transaction; return how many were written.

    An entry that says the same is not touched, so that a second run writes nothing: what is stored is equal to what
    would be written. `progress` is told the number of records done and of all.
    """
    with transaction(write=True):
        found = select(Record.id, Record.kind).where(calendar_entries.is_dated()).order_by(Record.kind, Record.id)
        records = db.session.execute(found).all()
        written = 0
        for first in range(0, len(records), _AT_ONCE):
            part = records[first : first + _AT_ONCE]
            # Each record by itself, not those that its entry speaks of: their turn comes anyway.
            written += calendar_entries.write({row.id for row in part}, {row.kind for row in part}, at=at)
            if progress:
                progress(min(first + _AT_ONCE, len(records)), len(records))
        data_state.begin_another()
        return written


def lack_links(base_url: str) -> bool:
    """Say whether an entry with a page of its own does not name it under this address: the address has changed."""
    named = CalendarEntry.text.contains(base_url.partition("://")[2][:40], autoescape=True)
    return bool(db.session.scalar(select(func.count()).where(~named, calendar_entries.has_page())))


def lack_form() -> bool:
    """Say whether an entry is said in the form of another version of the program, or in fewer languages."""
    return bool(db.session.scalar(select(exists().where(~is_of_this_form()))))
