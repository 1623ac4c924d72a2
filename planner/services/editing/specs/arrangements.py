"""What a meeting gives its participants: seats, side events, and who came. What is not known stays empty."""

from __future__ import annotations

from typing import Any

from planner.models import AttendanceCount, Meeting, Registration
from planner.rules.words import ATTENDANCE_GROUPS
from planner.services.editing.kinds import Choice, Number, Partial, Rows
from planner.services.editing.references import Links
from planner.services.editing.spec import Field, Values

_YES_NO = Choice(("yes", "no"), "yes_no")
_CAPACITY = {"seats_per_delegation": Number(1, 9999), "seats": Number(1, 99_999)}
_SIDE_EVENTS = {
    "rooms_per_day": Number(0, 999),
    "proposals_due": Partial(),
    "hybrid_allowed": _YES_NO,
    "only_outside_plenary": _YES_NO,
}
"""Keys of the two columns, in the order of the files, and the kinds of their values."""

ATTENDANCE = Field(
    "attendance",
    Rows(
        "attendance",
        AttendanceCount,
        (
            Field("group", Choice(tuple(ATTENDANCE_GROUPS), "attendance"), required=True),
            Field("count", Number(0, 99_999), required=True),
        ),
        key=("group",),
    ),
)
REGISTRATIONS = Field("registrations", Links(("person",), "registrations", Registration, "person_id"))
FIELDS = (
    *(Field(name, kind, on="virtual") for name, kind in (_CAPACITY | _SIDE_EVENTS).items()),
    ATTENDANCE,
    REGISTRATIONS,
)


def read(record: Meeting) -> Values:
    """Return the values of seats and side events."""
    held: dict[str, Any] = {**(record.capacity or {}), **(record.side_events or {})}
    told = {True: "yes", False: "no"}
    return {name: told.get(value, value) if isinstance(value, bool) else value for name, value in held.items()}


def derive(record: Meeting, values: Values, _entry: object) -> None:
    """Write seats and side events back into their columns, each None where nothing of it is known."""
    for column, keys in (("capacity", _CAPACITY), ("side_events", _SIDE_EVENTS)):
        held = {name: _plain(kind, values[name]) for name, kind in keys.items() if values[name] is not None}
        if getattr(record, column) != (held or None):
            setattr(record, column, held or None)


def _plain(kind: object, value: Any) -> Any:
    return value == "yes" if kind is _YES_NO else value
