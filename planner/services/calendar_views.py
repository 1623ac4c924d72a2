"""Entries of calendars as pages show them: just those that the feed of the same choice holds. Never writes.

What an entry says of its hours is read from its finished text, so that a page and a feed cannot disagree.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, select

from planner.access.viewer import Viewer, public
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.formats.reading import Times, read_times
from planner.models import CalendarEntry, EntryKind, Origin, PublishedSession, PublishedSlot, Record
from planner.rules import lifecycle
from planner.services import calendars
from planner.services.feed_choice import Choice, conditions

MOST = 500
"""How many entries one page shows."""
MOST_CHOSEN = 100
"""How many records one download of chosen ones takes."""
_OFF = (*lifecycle.OFF, "withdrawn", "dropped")
_DAY = timedelta(days=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An entry on a page. Hours of a session that the viewer may not see have no title and no record.

    `first_on` and `last_on` are days of `shown_in`, the zone in which the page gives its hours; `zone` is its own.
    """

    uid: str
    entry_kind: str
    record_id: int | None
    kind: str | None
    title: str | None
    state: str | None
    first_on: date
    last_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str | None
    shown_in: str | None
    is_illustration: bool

    @property
    def file(self) -> str | None:
        """Return the name of the file with this entry alone, None for hours that have no title."""
        return calendars.file_name(self.uid) if self.title is not None else None

    @property
    def is_off(self) -> bool:
        """Say whether it does not take place."""
        return self.state in _OFF


@dataclass(frozen=True)
class Period:
    """What is on between two days; `is_cut` where there is more than a page shows."""

    entries: tuple[Shown, ...]
    is_cut: bool


def list_period(viewer: Viewer, choice: Choice, first: date, last: date, *, zone: str | None = None) -> Period:
    """Return the entries of a choice that touch the days from first to last (both included), in order. One query.

    Days are those of the given zone, or of each entry's own where none is given.
    """
    rows = _rows(viewer, choice, CalendarEntry.starts_on <= last + _DAY, CalendarEntry.ends_on >= first - _DAY)
    shown = [_shown(row, zone) for row in rows[:MOST]]
    kept = [one for one in shown if one.first_on <= last and one.last_on >= first]
    # what takes whole days stands before the hours of its first day
    kept.sort(key=lambda one: (one.first_on, one.starts_at is not None, one.starts_at or _NEVER, one.uid))
    return Period(tuple(kept), len(rows) > MOST)


def find_nearest(viewer: Viewer, choice: Choice, first: date, last: date) -> tuple[date | None, date | None]:
    """Return the day of the latest entry of a choice before a period, and of the first one after it. One query."""
    entry = CalendarEntry
    row = db.session.execute(
        select(
            func.max(case((entry.ends_on < first, entry.starts_on))),
            func.min(case((entry.starts_on > last, entry.starts_on))),
        ).where(*conditions(viewer, choice))
    ).one()
    return row[0], row[1]


def find_next(viewer: Viewer, choice: Choice, day: date) -> date | None:
    """Return the first day, not before the given one, of an entry that is not over. One query."""
    found: date | None = db.session.scalar(
        select(func.min(CalendarEntry.starts_on)).where(*conditions(viewer, choice), CalendarEntry.ends_on >= day)
    )
    return max(found, day) if found else None


def texts_of_records(viewer: Viewer, ids: Collection[int], choice: Choice) -> list[tuple[str, str]]:
    """Return the finished texts and zones of the entries of some records, for a download. One query.

    Raises NotVisible where one of them has no entry that the viewer may have: a file with less than was asked for would
    be taken for the whole.
    """
    every = replace(choice, with_illustration=True, with_presentations=True, deadlines_as_days=True)
    rows = db.session.execute(
        select(CalendarEntry.record_id, calendars.text_in(choice.language).label("text"), CalendarEntry.zones)
        .where(*conditions(viewer, every), CalendarEntry.record_id.in_(sorted(ids)))
        .order_by(CalendarEntry.starts_on, CalendarEntry.id)
    ).all()
    if {row.record_id for row in rows} != set(ids):
        raise NotVisible
    return [(row.text, row.zones) for row in rows]


def text_of_file(viewer: Viewer, name: str) -> tuple[str, str]:
    """Return the finished text and the zones of one entry, by the name of its file. One query.

    Raises NotVisible where there is none that the viewer may have, and for placeholders.
    """
    every = Choice(with_illustration=True, with_presentations=True, deadlines_as_days=viewer.is_signed_in)
    kept = conditions(viewer, every)
    found = calendars.read_texts([*kept, CalendarEntry.uid == calendars.uid_of_file(name)])
    if not found:
        raise NotVisible
    return found[0]


def _rows(viewer: Viewer, choice: Choice, *period: Any) -> Any:
    entry = CalendarEntry
    is_named = and_(visible(viewer), entry.entry_kind != EntryKind.BUSY)
    return db.session.execute(
        select(
            entry.uid,
            entry.entry_kind,
            entry.text,
            Record.id,
            Record.kind,
            Record.origin,
            # as feeds say it: of the released edition, to officers too
            case((is_named, title(public(viewer.day)))).label("title"),
            case((is_named, func.coalesce(PublishedSession.state, PublishedSlot.state, Record.standing))).label(
                "state"
            ),
        )
        .join(Record, Record.id == entry.record_id)
        .outerjoin(PublishedSession, PublishedSession.session_id == entry.record_id)
        .outerjoin(PublishedSlot, PublishedSlot.offer_id == entry.record_id)
        .where(*conditions(viewer, choice), *period)
        .order_by(entry.starts_on, entry.id)
        .limit(MOST + 1)
    ).all()


def _shown(row: Any, zone: str | None) -> Shown:
    times = read_times(row.text)
    shown_in = (zone or times.zone) if times.starts_at else None
    first_on, last_on = times.days_in(shown_in) if shown_in else (times.first_on, times.last_on)
    is_named = row.title is not None
    return Shown(
        uid=row.uid,
        entry_kind=row.entry_kind.value,
        record_id=row.id if is_named else None,
        kind=row.kind if is_named else None,
        title=row.title,
        state=_state(row.state, times) if is_named else None,
        first_on=first_on,
        last_on=last_on,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        zone=times.zone,
        shown_in=shown_in,
        is_illustration=row.origin is Origin.ILLUSTRATION,
    )


def _state(state: str | None, times: Times) -> str | None:
    """Return the state of the record; a session of a cancelled meeting is off, whatever it was before."""
    return "cancelled" if times.status == "CANCELLED" and state not in _OFF else state
