"""The entries of a feed with what a table says beside their texts: meeting, body, mode. Never writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.models import Body, CalendarEntry, EntryKind, Meeting, PublishedSession, Record
from planner.rules.words import MODES
from planner.services.calendars import text_in

_meeting = aliased(Meeting, flat=True)
_body = aliased(Body, flat=True)


@dataclass(frozen=True)
class Listed:
    """An entry: its finished text, its record, and the names of what it belongs to, as far as the viewer may know."""

    text: str
    kind: str
    record_id: int
    meeting: str
    body: str
    mode: str


def list_entries(viewer: Viewer, kept: Iterable[ColumnElement[bool]], language: str | None = None) -> list[Listed]:
    """Return the entries that meet all conditions of a feed, in its order. One query."""
    rows = db.session.execute(
        select(
            text_in(language).label("text"),
            Record.kind,
            CalendarEntry.record_id,
            title(viewer, _meeting).label("meeting"),
            title(viewer, _body).label("body"),
            _mode().label("mode"),
        )
        .join(Record, Record.id == CalendarEntry.record_id)
        .outerjoin(PublishedSession, PublishedSession.session_id == CalendarEntry.record_id)
        .outerjoin(_meeting, and_(_meeting.id == CalendarEntry.meeting_id, visible(viewer, _meeting)))
        .outerjoin(_body, and_(_body.id == CalendarEntry.body_id, visible(viewer, _body)))
        .where(*kept)
        .order_by(CalendarEntry.starts_on, CalendarEntry.id)
    )
    return [
        Listed(
            text=row.text,
            kind=row.kind,
            record_id=row.record_id,
            meeting=row.meeting or "",
            body=row.body or "",
            mode=str(MODES[row.mode]) if row.mode else "",
        )
        for row in rows
    ]


def _mode() -> Any:
    """Return how a session or meeting is held; of a meeting whose work is closed its entry does not say it."""
    is_closed = or_(_meeting.restricted, _body.work_audience.is_not(None))
    return case(
        (CalendarEntry.entry_kind == EntryKind.SESSION, func.coalesce(PublishedSession.mode, _meeting.mode)),
        (and_(CalendarEntry.entry_kind == EntryKind.MEETING, ~is_closed), _meeting.mode),
    )
