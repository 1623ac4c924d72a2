"""Hours of a place as instants. An hour that the clocks skip or show twice is refused, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from planner.core.i18n import N_
from planner.services.editing.faults import Wrong


def instant_of(local: str, zone: str) -> datetime:
    """Return the instant (UTC) of a local day and hour ("2027-02-16T09:30") in an IANA zone. Raises Wrong."""
    place = ZoneInfo(zone)
    naive = datetime.fromisoformat(local)
    first, second = (naive.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(place).replace(tzinfo=None) != naive:
        raise Wrong(
            N_("{time} does not exist on that day in {zone}: the clocks go forward.", time=local[11:], zone=zone)
        )
    if first != second:
        raise Wrong(N_("{time} comes twice on that day in {zone}: the clocks go back.", time=local[11:], zone=zone))
    return first


def local_of(instant: datetime | None, zone: str) -> str | None:
    """Return day and hour of an instant in a zone as a form shows them."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if instant else None
