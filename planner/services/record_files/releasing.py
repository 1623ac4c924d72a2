"""After an import: the programmes of meetings whose sessions the files wrote are released, so that all can see them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.models import AgendaItem, Meeting, Offer, PlanSession, PublishedSlot, Record, Release
from planner.services import changes
from planner.services.editions import offers_of, replace_editions, set_titles
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.store import Store
from planner.services.releases import publish_release

RELEASE_NAME = "Programme from the files of the record"


def release_programmes(record: CleanRecord, store: Store, *, actor: Viewer, at: datetime) -> None:
    """Release the programme of each meeting of which the import wrote a session, an agenda item or a presentation.

    A programme that people are working on is theirs to release: where a release exists and a part of the programme has
    been edited since the import, nothing is published. Nor is it for the meetings that the files name as not released:
    what of them everybody sees are the releases that the files hold, if any.
    """
    _show_given(store, actor=actor, at=at)
    written = store.written()
    drafts = set(record.additions.get("unreleased", ()))
    held: dict[int, list[Record]] = {}
    for one in store.held.values():
        meeting_id = _meeting_of(one, store)
        if meeting_id is not None:
            held.setdefault(meeting_id, []).append(one)
    released = set(db.session.scalars(select(Release.meeting_id)))
    for meeting_id, records in sorted(held.items()):
        if not any((one.kind, one.ref) in written for one in records):
            continue
        if meeting_id in released and any(store.is_edited(one) for one in records):
            continue
        meeting = _meeting(meeting_id, store)
        if meeting.ref in drafts:
            continue
        release = publish_release(
            meeting_id, name=RELEASE_NAME, actor=actor, at=at, origin=meeting.origin, if_changed=True
        )
        if release is not None:
            store.report.released.append(meeting.ref)


def _show_given(store: Store, *, actor: Viewer, at: datetime) -> None:
    """Write what everybody sees of the releases that the files hold and that are current."""
    written = store.written()
    with changes.change(actor, at=at) as running:
        for release in store.of(Release):
            if release.is_current and (release.kind, release.ref) in written:
                sessions = [one["id"] for one in release.programme["sessions"]]
                shown = select(PublishedSlot.offer_id).where(PublishedSlot.session_id.in_(sessions))
                running.touch(*sessions, *db.session.scalars(shown), *offers_of(release.programme))
                replace_editions(release)
                set_titles(release.programme)


def _meeting_of(record: Record, store: Store) -> int | None:
    if isinstance(record, PlanSession | Offer):
        return record.meeting_id
    if isinstance(record, AgendaItem):
        return store.session_meetings.get(record.session_id)
    return None


def _meeting(meeting_id: int, store: Store) -> Meeting:
    return next(one for one in store.of(Meeting) if one.id == meeting_id)
