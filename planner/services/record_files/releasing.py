"""After an import: the programmes of meetings whose sessions the files wrote are released, so that all can see them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.models import AgendaItem, Meeting, Offer, PlanSession, Record, Release
from planner.services.record_files.store import Store
from planner.services.releases import publish_release

_NAME = "Programme from the files of the record"


def release_programmes(store: Store, *, actor: Viewer, at: datetime) -> None:
    """Release the programme of each meeting of which the import wrote a session, an agenda item or a presentation.

    A programme that people are working on is theirs to release: where a release exists and a part of the programme has
    been edited since the import, nothing is published.
    """
    written = store.written()
    held: dict[int, list[Record]] = {}
    for record in store.held.values():
        meeting_id = _meeting_of(record, store)
        if meeting_id is not None:
            held.setdefault(meeting_id, []).append(record)
    released = set(db.session.scalars(select(Release.meeting_id)))
    for meeting_id, records in sorted(held.items()):
        if not any((record.kind, record.ref) in written for record in records):
            continue
        if meeting_id in released and any(store.is_edited(record) for record in records):
            continue
        meeting = _meeting(meeting_id, store)
        release = publish_release(meeting_id, name=_NAME, actor=actor, at=at, origin=meeting.origin, if_changed=True)
        if release is not None:
            store.report.released.append(meeting.ref)


def _meeting_of(record: Record, store: Store) -> int | None:
    if isinstance(record, PlanSession | Offer):
        return record.meeting_id
    if isinstance(record, AgendaItem):
        return store.session_meetings.get(record.session_id)
    return None


def _meeting(meeting_id: int, store: Store) -> Meeting:
    return next(one for one in store.of(Meeting) if one.id == meeting_id)
