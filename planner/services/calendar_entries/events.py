"""Meetings and sessions as entries: all-day where only the day is known, and none where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select

from planner.core.db import db, table_of
from planner.core.i18n import N_, Text
from planner.formats.entry import PLACEHOLDER
from planner.formats.prose import Block
from planner.models import Body, EntryKind, MeetingBody, Origin, PublishedSession, Record, Release, SessionBody
from planner.rules.audience import BROAD, Ground, is_inside
from planner.rules.lifecycle import OFF
from planner.services.calendar_entries import rows, wording
from planner.services.calendar_entries.beside import read_beside
from planner.services.calendar_entries.fact import Fact, Saying, uid_of
from planner.services.calendar_entries.papers import Papers
from planner.services.calendar_entries.places import day_of, place_of, position_of, state_within, with_code
from planner.services.calendar_entries.source import Source, keys_of


def meetings(source: Source) -> Iterator[Fact]:
    """Yield the entries of meetings; of one whose work is closed only that it is, and when."""
    joint = rows.grouped_rows(
        select(MeetingBody.meeting_id, MeetingBody.body_id)
        .where(MeetingBody.meeting_id.in_(source.ids))
        .order_by(MeetingBody.body_id)
    )
    papers = Papers(source)
    chosen = rows.with_meeting(source.ids, source=None, record_id=None, meeting_id=rows.record.c.id)
    for row in db.session.execute(chosen):
        days = _days(source, row, EntryKind.MEETING, row.start_on, row.end_on)
        if days is None:
            continue
        closed = row.restricted or row.work_audience is not None
        description = wording.paragraphs(
            [
                wording.illustration_note(is_illustration=row.origin is Origin.ILLUSTRATION),
                wording.state_note(row.state),
                wording.lines([row.body_title, None if closed else wording.mode_word(row.mode)]),
                row.theme if row.theme and not closed else None,
                wording.recalled_note(source.recalled.get(row.id)),
                source.link("meetings", row.id),
            ]
        )
        yield Fact(
            record_id=row.id,
            entry_kind=EntryKind.MEETING,
            created=row.created_at,
            keys=keys_of(row, row.body_id, row.id, row.cycle_id, joint.get(row.id)),
            starts_on=days[0],
            ends_on=days[1],
            saying=Saying(
                **source.shared(row, EntryKind.MEETING, row.state, "meetings"),
                summary=row.public_title or row.title,
                starts=days[0],
                ends=days[1],
                location="" if closed else place_of(row.venue, row.city),
                position=None if closed else position_of(row),
                description=description,
                categories=(row.body_code,),
                attachments=() if closed else papers.for_all_of(row),
            ),
        )


def sessions(source: Source) -> Iterator[Fact]:
    """Yield the entries of sessions, in the edition that has been released."""
    edition, release = table_of(PublishedSession), table_of(Release)
    joint = rows.grouped_rows(
        select(SessionBody.session_id, SessionBody.body_id)
        .where(SessionBody.session_id.in_(source.ids))
        .order_by(SessionBody.body_id)
    )
    codes: dict[int, str] = {row.id: row.code for row in db.session.execute(select(Body.id, Body.code))}
    shown = rows.with_meeting(
        source.ids,
        source=edition.join(release, release.c.id == edition.c.release_id),
        record_id=edition.c.session_id,
        meeting_id=release.c.meeting_id,
    ).add_columns(*(column.label(f"edition_{column.name}") for column in edition.c))
    found = db.session.execute(shown).all()
    audiences = _audiences_of_parts(row.edition_programme for row in found)
    papers = Papers(source)
    beside = read_beside(source, found)
    for row in found:
        state = state_within(row.edition_state, row.meeting_state)
        times = _times(source, row, state)
        if times is None:
            continue
        starts, ends, days = times
        body_id = row.edition_body_id or row.body_id
        code = codes[body_id]
        has_hours = isinstance(starts, datetime)
        # What is off has no conference; releases of earlier versions know no such field.
        remote = None if state in OFF else row.edition_programme.get("remote_url")
        others = beside[row.id]
        notes = [
            wording.state_note(state),
            *others.blocks,
            wording.lines([row.meeting_title, wording.mode_word(row.edition_mode or row.mode)]),
            wording.hours_note(has_hours=has_hours, minutes=row.edition_duration_minutes),
        ]
        programme = wording.programme_blocks(_for_all_of(row.audience, row.edition_programme, audiences))
        yield Fact(
            record_id=row.id,
            entry_kind=EntryKind.SESSION,
            created=row.created_at,
            keys=keys_of(row, body_id, row.meeting_id, row.cycle_id, joint.get(row.id)),
            starts_on=days[0],
            ends_on=days[1],
            saying=Saying(
                **source.shared(row, EntryKind.SESSION, state, "sessions"),
                summary=with_code(row.body_code, row.edition_title),
                starts=starts,
                ends=ends,
                zone=row.edition_zone if has_hours else None,
                location=place_of(row.edition_room, row.venue, row.city),
                position=position_of(row),
                conference=remote,
                description=_description(source, row, notes, [*programme, wording.remote_access(remote)]),
                attachments=papers.for_all_of(row),
                categories=tuple(dict.fromkeys((row.body_code, code))),
                related_to=(uid_of(EntryKind.MEETING, row.meeting_ref),),
                siblings=others.uids,
            ),
        )
        if has_hours and state not in OFF:
            yield from _busy(source, row, body_id, starts, ends)


def _description(
    source: Source, row: Any, notes: Iterable[Text | Block | None], programme: Iterable[Block | None]
) -> tuple[Block, ...]:
    """Return what the text of a session says: notes on it, its own text, its programme, and where it is from."""
    return wording.paragraphs(
        [
            wording.illustration_note(is_illustration=row.origin is Origin.ILLUSTRATION),
            *notes,
            row.edition_programme["text"],
            *programme,
            wording.recalled_note(source.recalled.get(row.id)),
            source.link("sessions", row.id),
        ]
    )


def _busy(
    source: Source, row: Any, body_id: int, starts: datetime | date, ends: datetime | date | None
) -> Iterator[Fact]:
    """Yield the placeholder of a closed session: its hours, in UTC, under a UID that leads to no record.

    For those who may know of its meeting; where they may see the session, feeds hold that instead.
    """
    may_know = row.meeting_audience & BROAD
    if row.audience & Ground.PUBLIC or not may_know:
        return
    held = source.held.get((row.id, EntryKind.BUSY, "VEVENT"))
    first, last = (value.astimezone(UTC).date() for value in (starts, ends or starts) if isinstance(value, datetime))
    yield Fact(
        record_id=row.id,
        entry_kind=EntryKind.BUSY,
        created=row.created_at,
        keys=replace(keys_of(row, body_id, None, row.cycle_id), audience=may_know),
        starts_on=first,
        ends_on=last,
        saying=Saying(
            uid=held.uid if held else f"{PLACEHOLDER}{uuid4().hex}@planner",
            label=wording.ILLUSTRATION if row.origin is Origin.ILLUSTRATION else "",
            summary=N_("Busy"),
            starts=starts,
            ends=ends,
            status="CONFIRMED",
        ),
    )


def _days(source: Source, row: Any, kind: EntryKind, first: str | None, last: str | None) -> tuple[date, date] | None:
    """Return the first and last day where they are known; of one that is off and lost its day, those it had."""
    starts = day_of(first)
    if starts is not None:
        ends = day_of(last)
        return starts, ends if ends and ends > starts else starts
    held = source.held.get((row.id, kind, "VEVENT"))
    if held is not None and row.state in OFF:
        return held.starts_on, held.ends_on
    return None


def _times(
    source: Source, row: Any, state: str
) -> tuple[datetime | date, datetime | date | None, tuple[date, date]] | None:
    """Return start, end and days of a session: instants where the hours are known, else its day, else nothing."""
    if row.edition_starts_at is not None:
        zone = ZoneInfo(row.edition_zone)
        first = row.edition_starts_at.astimezone(zone).date()
        # A session that ends at midnight does not take a second day.
        last = (row.edition_ends_at - timedelta(seconds=1)).astimezone(zone).date()
        return row.edition_starts_at, row.edition_ends_at, (first, last)
    day = day_of(row.edition_on_text)
    if day is not None:
        return day, None, (day, day)
    held = source.held.get((row.id, EntryKind.SESSION, "VEVENT"))
    if held is not None and state in OFF:
        return held.starts_on, held.ends_on, (held.starts_on, held.ends_on)
    return None


def _audiences_of_parts(programmes: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """Return the audiences of the agenda items and presentations of some sessions."""
    ids = {
        part
        for one in programmes
        for part in (*(item["id"] for item in one["items"]), *(slot["offer_id"] for slot in one["slots"]))
    }
    chosen = select(Record.id, Record.audience).where(Record.id.in_(ids))
    return {row.id: row.audience for row in db.session.execute(chosen)}


def _for_all_of(audience: int, programme: Mapping[str, Any], audiences: Mapping[int, int]) -> dict[str, Any]:
    """Return a session's programme without the parts that fewer may see: an entry has one text for all its readers."""

    def is_as_wide(part: int) -> bool:
        return is_inside(audience, audiences.get(part, 0))

    items = [item for item in programme["items"] if is_as_wide(item["id"])]
    slots = [slot for slot in programme["slots"] if is_as_wide(slot["offer_id"])]
    return {**programme, "items": items, "slots": slots}
