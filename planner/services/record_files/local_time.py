"""Hours of a place as instants, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from planner.core.i18n import N_, Message


def hours_of(day: str, start: str, end: str, zone: str) -> tuple[datetime, datetime] | Message:
    """Return the instants (UTC) of two hours of a day in an IANA zone, or what is wrong with them.

    Where the clocks go back, an hour that comes twice is taken as the first one.
    """
    instants = []
    for hour in (start, end):
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), ZoneInfo(zone))
        instant = local.astimezone(UTC)
        if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
            return N_("{hour} does not exist on {day} in {zone}: the clocks go forward.", hour=hour, day=day, zone=zone)
        instants.append(instant)
    if instants[1] <= instants[0]:
        return N_("The end is not after the start.")
    return instants[0], instants[1]


def clock_of(instant: datetime, zone: str) -> str:
    """Return the hour that an instant shows in a zone: "09:30"."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%H:%M")
