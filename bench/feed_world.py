"""Worlds of many calendar entries: a hundred meetings made through the services, the rest copies of their rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import bindparam, insert, select, update

from planner.access.viewer import system
from planner.core.db import db, table_of
from planner.formats.entry import Entry, Wording
from planner.formats.ical import entry_text
from planner.models import Body, BodyKind, CalendarEntry, Meeting, Origin, Record
from planner.rules.audience import Ground
from planner.services import changes

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ADMINISTRATOR = system(AT.date(), "bench")
FIRST = datetime(1990, 1, 1, 9, 0, tzinfo=UTC)
BODIES = 10
BY_SERVICES = 100
AT_ONCE = 5000


def build(count: int) -> None:
    """Make `count` meetings with their entries, and give these the texts of sessions with hours and an agenda."""
    upgrade()
    made = fill(count)
    with changes.change(ADMINISTRATOR, at=AT):
        grow(made, count)
        _write_texts()


def fill(count: int) -> int:
    """Make `count` meetings of ten bodies through the services, a hundred at most; return how many."""
    with changes.change(ADMINISTRATOR, at=AT):
        bodies = [_body(number) for number in range(BODIES)]
        db.session.add_all(bodies)
        db.session.flush()
        made = min(count, BY_SERVICES)
        db.session.add_all(_meeting(number, bodies[number % BODIES]) for number in range(made))
    return made


def rename_one(number: int) -> None:
    """Change one meeting through the services, as an officer's edit does."""
    with changes.change(ADMINISTRATOR, at=AT + timedelta(minutes=number + 1)):
        meeting = db.session.scalars(select(Meeting).where(Meeting.kind == "meeting", Meeting.ref == "m7")).one()
        meeting.title = f"Renamed {number}"


def _body(number: int) -> Body:
    slug = f"body-{number}"
    values = {"ref": slug, "slug": slug, "code": slug, "title": f"Body {number}", "audience_own": int(Ground.PUBLIC)}
    return Body(**values, body_kind=BodyKind.WORKING_GROUP, origin=Origin.RECORD)


def _meeting(number: int, body: Body) -> Meeting:
    values = {"ref": f"m{number}", "title": f"Meeting {number}", "body_id": body.id, "audience_parent_id": body.id}
    return Meeting(
        **values, state="confirmed", zone="Europe/Zurich", origin=Origin.RECORD, start_on=_day(number).isoformat()
    )


def _day(number: int) -> date:
    return (FIRST + timedelta(hours=number % 100_000)).date()


def grow(made: int, count: int) -> None:
    """Copy the rows of the `made` meetings, with their entries, until there are `count`."""
    tables = [table_of(model) for model in (Record, Meeting, CalendarEntry)]
    connection = db.session.connection()
    rows = [
        connection.execute(
            select(table).where(table.c.kind == "meeting" if table.name == "record" else True).order_by(table.c.id)
        )
        .mappings()
        .all()
        for table in tables
    ]
    for first in range(made, count, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count))
        for table, held in zip(tables, rows, strict=True):
            connection.execute(
                insert(table),
                [_copy_of(table.name, held[number % made], number - number % made, number) for number in numbers],
            )


def _copy_of(table: str, row: Any, step: int, number: int) -> dict[str, Any]:
    """Return a row with other keys; a meeting's id is its record's, so both move by the same step."""
    values = {**row, "id": row["id"] + step}
    for key in ("record_id", "meeting_id", "home_meeting_id"):
        if values.get(key) is not None:
            values[key] += step
    if table == "record":
        values |= {"ref": f"m{number}", "title": f"Meeting {number}"}
    if table == "meeting":
        values["start_on"] = _day(number).isoformat()
    if table == "calendar_entry":
        values |= {"uid": f"meeting-m{number}@planner", "starts_on": _day(number), "ends_on": _day(number)}
    return values


def _write_texts() -> None:
    table = table_of(CalendarEntry)
    ids = db.session.scalars(select(CalendarEntry.id).order_by(CalendarEntry.id)).all()
    for first in range(0, len(ids), AT_ONCE):
        rows = [
            {"row": row, "text": _text(first + number), "zones": "Europe/Zurich"}
            for number, row in enumerate(ids[first : first + AT_ONCE])
        ]
        db.session.connection().execute(update(table).where(table.c.id == bindparam("row")), rows)


def _text(number: int) -> str:
    starts = FIRST + timedelta(hours=number)
    agenda = "\n".join(f"{item}. Item {item} of the annotated agenda (15 min)" for item in range(1, 9))
    return entry_text(
        Entry(
            component="VEVENT",
            uid=f"meeting-m{number}@planner",
            starts=starts,
            ends=starts + timedelta(hours=3),
            zone="Europe/Zurich",
            status="CONFIRMED",
            location="Room A, Conference centre, Geneva",
            created=AT,
            last_modified=AT,
        ),
        Wording(summary=f"WGX: Session {number} on measures against diversion", description=agenda),
    )
