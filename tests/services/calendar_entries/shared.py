"""A meeting with a session in Geneva, and what its entries say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from planner.access.viewer import public
from planner.core.db import db
from planner.models import CalendarEntry, EntryKind, FeedRevision, Meeting, PlanSession, Record
from planner.services import calendars
from planner.services.releases import publish_release
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.plan_session import make_plan_session

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEN = datetime(2027, 2, 16, 9, 0, tzinfo=UTC)
"""Ten o'clock in Geneva."""
HOURS = {"on_text": "2027-02-16", "starts_at": TEN, "ends_at": TEN + 3 * HOUR}


def geneva(**values: Any) -> Meeting:
    """Make a public working group and its meeting of four days in Geneva."""
    body = make_body("wgx", title="Working group X")
    days = {"start_on": "2027-02-16", "end_on": "2027-02-19", "city": "Geneva", "venue": "Room centre"}
    return make_meeting(body, **{"ref": "m1", "title": "First meeting", **days, **values})


def morning(meeting: Meeting, **values: Any) -> PlanSession:
    """Make a session of three hours in the morning of the first day."""
    return make_plan_session(meeting, **{"ref": "s1", "title": "Session one", "room": "Room A", **HOURS, **values})


def publish(meeting: Meeting, at: datetime = AT, **values: Any) -> None:
    """Release the programme."""
    publish_release(meeting.id, name="Programme", actor=WRITER, at=at, **values)


def entry_of(record: Record, kind: EntryKind) -> CalendarEntry | None:
    """Return the entry of a record of one kind, where it has one; the newest state of it."""
    chosen = select(CalendarEntry).where(CalendarEntry.record_id == record.id, CalendarEntry.entry_kind == kind)
    return db.session.scalars(chosen.execution_options(populate_existing=True)).one_or_none()


def properties(text: str) -> dict[str, str]:
    """Return the properties of a finished entry, unfolded: name with parameters to value."""
    lines = [line for line in text.replace("\r\n ", "").split("\r\n") if line]
    return dict(line.split(":", 1) for line in lines)


def said(record: Record, kind: EntryKind) -> dict[str, str]:
    """Return the properties of the entry of a record."""
    entry = entry_of(record, kind)
    assert entry is not None
    return properties(entry.text)


def revisions() -> dict[tuple[int, int], int]:
    """Return the number of each revision by body and audience."""
    return {(row.body_id, row.audience): row.number for row in db.session.scalars(select(FeedRevision))}


def texts_of_public_feed(**narrowed: int) -> list[str]:
    """Return the finished texts that everybody may have: of all, or of what hangs on one record."""
    kept = calendars.entries_for(public(AT.date()), with_illustration=False)
    return [text for text, _ in calendars.read_texts([*kept, *calendars.hanging_on(**narrowed)])]
