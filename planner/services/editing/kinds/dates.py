"""Days, hours and zones. Which instant an hour is depends on the zone, which the record knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from planner.core.i18n import N_
from planner.rules.faults import Unreadable
from planner.rules.partial_dates import parse_partial_date
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds.base import Kind, text_of

if TYPE_CHECKING:
    from planner.services.editing.spec import Entry

_ZONES = frozenset(available_timezones())


@dataclass(frozen=True)
class Partial(Kind):
    """A day, a month or a year as text."""

    def clean(self, raw: Any, _entry: Entry) -> str | None:
        """Return the text of the date."""
        text = text_of(raw, 60)
        if text is None:
            return None
        try:
            return parse_partial_date(text).text
        except Unreadable as error:
            raise Wrong(error.message) from None


@dataclass(frozen=True)
class Day(Kind):
    """A day of the calendar."""

    def clean(self, raw: Any, entry: Entry) -> str | None:
        """Return the day as ISO text."""
        text = Partial().clean(raw, entry)
        if text is not None and len(text) != 10:
            raise Wrong(N_("“{found}” is not a day. Write it as 2027-02-16.", found=text))
        return text

    def column(self, value: Any) -> date | None:
        """Return the day."""
        return date.fromisoformat(value) if value else None

    def plain(self, value: Any) -> str | None:
        """Return the day as ISO text."""
        return value.isoformat() if value else None


@dataclass(frozen=True)
class Clock(Kind):
    """An hour of the day, "09:30"; which instant it is depends on day and zone."""

    def clean(self, raw: Any, _entry: Entry) -> str | None:
        """Return hours and minutes."""
        text = text_of(raw, 40)
        if text is None:
            return None
        if not re.fullmatch("([01]?[0-9]|2[0-3]):[0-5][0-9](:00)?", text):
            raise Wrong(N_("“{found}” is not a time. Write it as 09:30.", found=text))
        return time.fromisoformat(text.zfill(5) if len(text) < 6 else text.zfill(8)).strftime("%H:%M")


@dataclass(frozen=True)
class Moment(Kind):
    """A day and hour, "2027-02-16T18:00", in a zone that the record knows."""

    def clean(self, raw: Any, entry: Entry) -> str | None:
        """Return day and hour."""
        text = text_of(raw, 40)
        if text is None:
            return None
        match = re.fullmatch("([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9:]{4,8})", text)
        if match is None:
            raise Wrong(N_("“{found}” is not a day and time. Write it as 2027-02-16 18:00.", found=text))
        return f"{Day().clean(match[1], entry)}T{Clock().clean(match[2], entry)}"


@dataclass(frozen=True)
class Zone(Kind):
    """An IANA zone."""

    def clean(self, raw: Any, _entry: Entry) -> str | None:
        """Return the name of the zone."""
        text = text_of(raw, 60)
        if text is not None and text not in _ZONES:
            raise Wrong(N_("“{found}” is not a time zone. Write it as Europe/Zurich.", found=text))
        return text
