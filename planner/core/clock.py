"""The only clock of the program. Routes and commands read it and pass the value down."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, reset_tzpath

# The zone rules are those of the locked `tzdata` package, not the machine's: two machines must write the same calendar.
reset_tzpath(())


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may ask


def today(zone: str = "UTC") -> date:
    """Return the calendar day that it is now in an IANA zone."""
    return now().astimezone(ZoneInfo(zone)).date()
