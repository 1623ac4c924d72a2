"""The public edition of sessions and presentations: the rows that all but its officers read, made from a release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from planner.core.db import db, table_of
from planner.models import Mode, PublishedSession, PublishedSlot, Record, Release, SessionKind, StakeholderClass
from planner.services.programmes import Programme


def offers_of(programme: Programme) -> set[int]:
    """Return the ids of the offers that have a place in a programme."""
    return {slot["offer_id"] for one in programme["sessions"] for slot in one["slots"]}


def replace_editions(release: Release) -> None:
    """Write the rows that everybody reads. They are no records and follow wholly from the release."""
    sessions, slots = edition_rows(release.programme, release.id)
    ids = [one["session_id"] for one in sessions]
    offers = offers_of(release.programme)
    stale = PublishedSlot.session_id.in_(ids) | PublishedSlot.offer_id.in_(offers)
    db.session.execute(delete(PublishedSlot).where(stale))
    db.session.execute(delete(PublishedSession).where(PublishedSession.session_id.in_(ids)))
    if sessions:
        db.session.execute(insert(table_of(PublishedSession)), sessions)
    if slots:
        db.session.execute(insert(table_of(PublishedSlot)), slots)


def edition_rows(programme: Programme, release_id: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the values of the rows of sessions and of slots that follow from a programme.

    Raises KeyError, TypeError or ValueError where it is none.
    """
    sessions = programme["sessions"]
    slots = [_slot_edition(slot, one["id"]) for one in sessions for slot in one["slots"]]
    return [_edition(one, release_id) for one in sessions], slots


def _edition(one: Programme, release_id: int) -> dict[str, Any]:
    return {
        "session_id": one["id"],
        "release_id": release_id,
        "title": one["title"],
        "state": one["state"],
        "position": one["position"],
        "body_id": one["body"]["id"] if one["body"] else None,
        "session_kind": SessionKind(one["session_kind"]),
        "on_text": one["on"],
        "starts_at": _instant(one["starts_at"]),
        "ends_at": _instant(one["ends_at"]),
        "zone": one["zone"],
        "duration_minutes": one["duration_minutes"],
        "room": one["room"],
        "mode": Mode(one["mode"]) if one["mode"] else None,
        "continued_in_id": one.get("continued_in"),
        "split_from_id": one.get("split_from"),
        "programme": one,
    }


def _slot_edition(slot: Programme, session_id: int) -> dict[str, Any]:
    return {
        "offer_id": slot["offer_id"],
        "session_id": session_id,
        "title": slot["title"],
        "state": slot["state"],
        "presenter_id": slot["presenter_id"],
        "stakeholder_class": StakeholderClass(slot["stakeholder_class"]),
        "offer_kind": slot["kind"],
        "position": slot["position"],
        "minutes": slot["minutes"],
    }


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def titles_of(programme: Programme) -> Iterator[tuple[int, str]]:
    """Yield id and frozen title of each session, agenda item and presentation of a programme."""
    for one in programme["sessions"]:
        yield one["id"], one["title"]
        yield from ((item["id"], item["title"]) for item in one["items"])
        yield from ((slot["offer_id"], slot["title"]) for slot in one["slots"])


def set_titles(programme: Programme) -> None:
    """Mark what the release holds as published, with its frozen titles.

    By the table itself: these two columns follow from the release, which has its own entry in the audit. As an edit of
    each record they would raise its revision, and whoever has a form open would be told of an edit that nobody made.
    """
    table = table_of(Record)
    titles = dict(titles_of(programme))
    held = db.session.execute(
        select(table.c.id, table.c.public_title, table.c.published).where(table.c.id.in_(list(titles)))
    )
    for record_id, title, published in held.all():
        if title != titles[record_id] or not published:
            set_published([record_id], public_title=titles[record_id])


def set_published(ids: list[int], **values: Any) -> None:
    """Mark records as published, see `set_titles`."""
    table = table_of(Record)
    db.session.execute(update(table).where(table.c.id.in_(ids)).values(published=True, **values))
    for record in list(db.session.identity_map.values()):
        if isinstance(record, Record) and record.id in ids:
            db.session.expire(record, ["published", "public_title"])
