"""The days of the illustration, counted from the Monday of the week in which it is loaded.

Counting from the Monday keeps every meeting on its weekday, so that a refresh gives what a fresh load would.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "Europe/Zurich"
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@dataclass(frozen=True)
class Days:
    """Turns "week 12, Tuesday" into a day; week 0 is that of `day`."""

    day: date

    @property
    def monday(self) -> date:
        """Return the Monday of the week that all else counts from."""
        return self.day - timedelta(days=self.day.weekday())

    def on(self, week: int, weekday: int = MON) -> date:
        """Return a day of a week before (negative) or after this one."""
        return self.monday + timedelta(weeks=week, days=weekday)

    def text(self, week: int, weekday: int = MON) -> str:
        """Return the same as ISO text, as partial dates are stored."""
        return self.on(week, weekday).isoformat()

    def at(self, week: int, weekday: int, hour: int, minute: int = 0, zone: str = ZONE) -> datetime:
        """Return the instant of an hour of a zone's clock on a day, in UTC."""
        local = datetime.combine(self.on(week, weekday), time(hour, minute), ZoneInfo(zone))
        return local.astimezone(UTC)
