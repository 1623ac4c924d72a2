"""Calendar entries: written when a dated record changes, never when a feed is read (DESIGN section 5).

Meetings are all-day, sessions (in their released edition) have their hours or are all-day, presentations have theirs
where the agenda says them, closings of calls and of comment rounds are instants, the first and last day of a
registration are all-day, follow-ups are tasks and, for those who want them so, all-day events. A record whose day is
not known has no entry: nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, union

from planner.core.db import db, table_of, upsert_into
from planner.models import (
    GONE,
    PERSONAL,
    AgendaItem,
    CalendarEntry,
    Call,
    EntryKind,
    FeedRevision,
    FollowUp,
    Origin,
    PlanSession,
    PlanVersion,
    PublishedSession,
    PublishedSlot,
    Record,
    RecordDocument,
    Release,
)
from planner.services.calendar_entries import deadlines, events, presentations, registrations
from planner.services.calendar_entries.beside import neighbours_of
from planner.services.calendar_entries.fact import Fact
from planner.services.calendar_entries.keeping import Writing, held_of
from planner.services.calendar_entries.source import Source

_MAKERS: dict[str, tuple[Callable[[Source], Iterator[Fact]], ...]] = {
    "meeting": (events.meetings, registrations.registrations),
    "plan_session": (events.sessions,),
    "call": (deadlines.calls,),
    "plan_version": (deadlines.consultations,),
    "follow_up": (deadlines.follow_ups,),
    "offer": (presentations.presentations,),
}
_DATED = frozenset(_MAKERS)
_SHOWN_IN = frozenset({"meeting", "body", "plan", "stakeholder", "agenda_item", "offer", "document"})
"""Kinds whose records other records' entries speak of."""

Scope = tuple[int, Origin, int]
"""Body, origin and audience: what a feed's revision is counted for."""

_settings: dict[str, str | None] = {"base_url": None}


def configure(base_url: str | None) -> None:
    """Set the program's address (without a slash at its end) for links in entries; without it they have none."""
    _settings["base_url"] = base_url


def refresh(record_ids: set[int], *, at: datetime) -> None:
    """Write the entries of records that changed, as changed at `at`, and count up the revisions of their feeds.

    An entry whose text stays the same is not written. One that has no day any more, or is not for everybody's eyes any
    more, is kept for its SEQUENCE, where only officers are let in.
    """
    ids, kinds = _concerned(record_ids)
    if kinds:
        write(ids, kinds, at=at)


def write(ids: set[int], kinds: set[str], *, at: datetime) -> int:
    """Write the entries of these records, all of them of the given kinds, and of no others; see `refresh`.

    Return the number of entries that say something else now, or were not there.
    """
    held = held_of(ids)
    scopes: set[Scope] = set()
    source = Source(ids, held, _settings["base_url"])
    facts = {fact.key: fact for kind in sorted(kinds) for make in _MAKERS[kind] for fact in make(source)}
    writing = Writing(at)
    for key, fact in facts.items():
        row = held.get(key)
        if row is None:
            writing.add(fact)
        elif row.digest != fact.digest:
            writing.change(row, fact)
            scopes |= _scopes_of(row)
        else:
            continue
        scopes |= fact.scopes
    for key, row in held.items():
        if key not in facts and row.digest != GONE:
            writing.hide(row)
            scopes |= _scopes_of(row)
    written = writing.finish()
    _count_up(scopes, at)
    return written


def is_dated() -> ColumnElement[bool]:
    """Return the condition on Record: of a kind that may have entries."""
    return Record.kind.in_(_DATED)


def has_page() -> ColumnElement[bool]:
    """Return the condition on CalendarEntry: it is in a feed, and says where the page of its record is."""
    return and_(CalendarEntry.digest != GONE, CalendarEntry.entry_kind != EntryKind.BUSY)


def _concerned(record_ids: set[int]) -> tuple[set[int], set[str]]:
    """Return the dated records to look at, those included whose entries speak of the given ones; and their kinds."""
    ids = list(record_ids)
    named = set(db.session.scalars(select(Record.kind).where(Record.id.in_(ids)).distinct()))
    near = [neighbours_of(ids)] if "plan_session" in named else []
    looked_at = or_(Record.id.in_(ids), *(Record.id.in_(select(one.subquery().c.id)) for one in near))
    found = select(Record.id, Record.kind).where(looked_at, Record.kind.in_(_DATED))
    if not named & _SHOWN_IN:
        rows = db.session.execute(found).all() if named & _DATED else []
    else:
        entry, of_session = table_of(CalendarEntry), table_of(PlanSession)
        paper = table_of(RecordDocument)
        item, slot, release = table_of(AgendaItem), table_of(PublishedSlot), table_of(Release)
        edition = table_of(PublishedSession)
        of_meeting = slot.join(edition, edition.c.session_id == slot.c.session_id).join(
            release, release.c.id == edition.c.release_id
        )
        call, version, follow_up = table_of(Call), table_of(PlanVersion), table_of(FollowUp)
        below = union(
            select(entry.c.record_id).where(or_(entry.c.body_id.in_(ids), entry.c.meeting_id.in_(ids))),
            select(of_session.c.id).where(of_session.c.meeting_id.in_(ids)),
            select(call.c.id).where(call.c.meeting_id.in_(ids)),
            select(version.c.id).where(version.c.plan_id.in_(ids)),
            select(follow_up.c.id).where(follow_up.c.owner_id.in_(ids)),
            select(item.c.session_id).where(item.c.id.in_(ids)),
            select(slot.c.session_id).where(slot.c.offer_id.in_(ids)),
            select(paper.c.record_id).where(paper.c.document_id.in_(ids)),
            select(slot.c.offer_id).select_from(of_meeting).where(release.c.meeting_id.in_(ids)),
        ).subquery()
        # Asked for their kinds as well, SQLite looks through all records of these kinds for the few.
        dependent = select(Record.id, Record.kind).where(Record.id.in_(select(below)))
        rows = [row for row in db.session.execute(union(found, dependent)) if row.kind in _DATED]
    return {row.id for row in rows}, {row.kind for row in rows}


def _scopes_of(row: Any) -> set[Scope]:
    if row.body_id is None or row.entry_kind in PERSONAL:
        return set()
    return {(row.body_id, row.origin, row.audience)}


def _count_up(scopes: set[Scope], at: datetime) -> None:
    """Count up the revision of each scope under its row's lock, which the transaction holds until it commits.

    So of two transactions that change one scope the second waits for the first, and no number is ever given twice. In a
    fixed order, so that two never wait for each other.
    """
    table = table_of(FeedRevision)
    for body_id, origin, audience in sorted(scopes):
        statement = upsert_into(table).values(
            body_id=body_id, origin=origin, audience=audience, number=1, changed_at=at
        )
        db.session.execute(
            statement.on_conflict_do_update(
                index_elements=[table.c.body_id, table.c.origin, table.c.audience],
                set_={"number": table.c.number + 1, "changed_at": at},
            )
        )
