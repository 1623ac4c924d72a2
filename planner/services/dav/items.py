"""The entries of a calendar, each under a name of its own: what it is told by, and its text where it is wanted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from planner.core.db import db
from planner.core.errors import NotVisible
from planner.formats.alarms import with_alarm
from planner.formats.filters import EntryFilter, meets
from planner.formats.ical import object_text
from planner.models import CalendarEntry
from planner.services.calendars import ZONE_RULES, file_name, text_in, uid_of_file
from planner.services.dav.holdings import Holding
from planner.services.feed_choice import Choice, conditions

FORM = 1
"""Counted up when what is written around an entry changes, so that no program keeps an older form."""
ALARM_FORM = 1
"""The same for what reminds, and which entries do."""
_AT_ONCE = 500
_DAY = timedelta(days=1)
_STATE = (
    CalendarEntry.uid,
    CalendarEntry.sequence,
    CalendarEntry.changed_at,
    CalendarEntry.digest,
    CalendarEntry.zones,
    CalendarEntry.record_id,
)


@dataclass(frozen=True)
class Item:
    """An entry of a calendar. `entry` is its finished text, None where it was not asked for. `alarm_minutes` is how
    long before it begins the calendar reminds of it, None for not at all.
    """

    name: str
    etag: str
    changed_at: datetime
    record_id: int
    zones: tuple[str, ...] = ()
    entry: str | None = None
    alarm_minutes: int | None = None

    @property
    def text(self) -> str:
        """Return the whole calendar object."""
        if self.entry is None:
            raise ValueError(f"the text of {self.name} was not read")
        reminds = self.alarm_minutes is not None
        said = with_alarm(self.entry, minutes=self.alarm_minutes or 0) if reminds else self.entry
        return object_text(said, zones=self.zones)


def list_items(
    holding: Holding, *, names: Iterable[str] | None = None, asked: EntryFilter | None = None, with_text: bool = False
) -> list[Item]:
    """Return the entries of a calendar in the order of feeds: all, those with the names, or those that are asked for.

    One query, for each 500 names. Days narrow the rows in the database; what an entry says decides.
    """
    kept = conditions(holding.viewer, holding.choice, holding.component)
    choice = holding.choice
    if asked is not None:
        if asked.nothing or asked.component not in (None, holding.component):
            return []
        found = _read([*kept, *_days(asked)], choice, with_text=with_text or asked.has_range or bool(asked.properties))
        return [item for item in found if item.entry is None or meets(item.entry, asked)]
    if names is None:
        return _read(kept, choice, with_text=with_text)
    uids = sorted({uid for uid in map(uid_of_file, names) if uid})
    parts = [uids[first : first + _AT_ONCE] for first in range(0, len(uids), _AT_ONCE)]
    return [item for part in parts for item in _read([*kept, CalendarEntry.uid.in_(part)], choice, with_text=with_text)]


def find_item(holding: Holding, name: str) -> Item:
    """Return one entry of a calendar with its text. Raises NotVisible."""
    found = list_items(holding, names=[name], with_text=True)
    if not found:
        raise NotVisible
    return found[0]


def _read(kept: Iterable[ColumnElement[bool]], choice: Choice, *, with_text: bool) -> list[Item]:
    columns: list[Any] = [*_STATE, text_in(choice.language).label("text")] if with_text else [*_STATE]
    chosen = select(*columns).where(*kept).order_by(CalendarEntry.starts_on, CalendarEntry.id)
    return [_item(row, choice, row.text if with_text else None) for row in db.session.connection().execute(chosen)]


def _item(row: Any, choice: Choice, entry: str | None) -> Item:
    return Item(
        name=file_name(row.uid),
        etag=_etag(row, choice),
        changed_at=row.changed_at,
        record_id=row.record_id,
        zones=tuple(row.zones.split()),
        entry=entry,
        alarm_minutes=choice.alarm_minutes,
    )


def _etag(row: Any, choice: Choice) -> str:
    """Return what tells this state of an entry from every other: equal for equal bytes, and known without reading them.

    The text is written from what the first half of the digest is of, the sequence and the instant of the change; the
    second half is of the keys, which readers are not told.
    """
    rules = ZONE_RULES if row.zones else ""
    rests_on: list[Any] = [
        FORM,
        rules,
        row.uid,
        row.sequence,
        row.changed_at.isoformat(),
        row.digest[:32],
        choice.alarm_minutes if choice.alarm_minutes is None else [choice.alarm_minutes, ALARM_FORM],
    ]
    if choice.language:
        rests_on.append(choice.language)
    return hashlib.sha256(json.dumps(rests_on).encode()).hexdigest()[:32]


def _days(asked: EntryFilter) -> list[ColumnElement[bool]]:
    """Return the conditions that narrow a range: days are the venue's, so a day more on both sides."""
    kept: list[ColumnElement[bool]] = []
    if asked.since is not None and asked.since.date().toordinal() > 1:
        kept.append(CalendarEntry.ends_on >= asked.since.date() - _DAY)
    if asked.until is not None and asked.until.year < 9999:
        kept.append(CalendarEntry.starts_on <= asked.until.date() + _DAY)
    return kept
