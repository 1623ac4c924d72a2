"""Sessions of a meeting for tests, and their agenda."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from planner.core.db import db
from planner.models import AgendaItem, Meeting, PlanSession
from planner.services import changes
from tests.factories.meeting import AT, WRITER


def make_plan_session(meeting: Meeting, *, ref: str, at: datetime = AT, **values: Any) -> PlanSession:
    """Make a confirmed session that no release holds yet, without day and hours unless they are given."""
    with changes.change(WRITER, at=at):
        values = {
            "title": ref,
            "state": "confirmed",
            "origin": meeting.origin,
            "published": False,
            "position": 0,
            "zone": meeting.zone,
            "meeting_id": meeting.id,
            "audience_parent_id": meeting.id,
            **values,
        }
        plan_session = PlanSession(ref=ref, **values)
        db.session.add(plan_session)
    return plan_session


def make_agenda_item(plan_session: PlanSession, *, position: int, at: datetime = AT, **values: Any) -> AgendaItem:
    """Make an item of the agenda that no release holds yet."""
    with changes.change(WRITER, at=at):
        values = {
            "title": f"Item {position}",
            "origin": plan_session.origin,
            "published": False,
            "session_id": plan_session.id,
            "audience_parent_id": plan_session.id,
            **values,
        }
        item = AgendaItem(position=position, **values)
        db.session.add(item)
    return item


def edit(record: Any, *, at: datetime = AT, **values: Any) -> None:
    """Set columns of a record, as an edit of its own."""
    with changes.change(WRITER, at=at):
        db.session.refresh(record)  # an edit of a value that has not been read has no old value
        for name, value in values.items():
            setattr(record, name, value)
