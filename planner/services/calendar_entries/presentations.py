"""Presentations as entries of their own, for readers who ask for them: only where the agenda says when they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from planner.core.db import db, table_of
from planner.models import Body, EntryKind, Origin, PublishedSession, PublishedSlot, Record, Release, SessionBody
from planner.rules.audience import is_inside
from planner.rules.timetable import Item, lay_out, running_order
from planner.services.calendar_entries import rows, wording
from planner.services.calendar_entries.fact import Fact, Saying, uid_of
from planner.services.calendar_entries.places import place_of, position_of, state_within, with_code
from planner.services.calendar_entries.source import Source, keys_of

Values = Mapping[str, Any]


@dataclass(frozen=True)
class _Place:
    """A presentation as it was released, its hours, and the state of its session."""

    slot: Values
    session: Values
    starts_at: datetime
    ends_at: datetime


def presentations(source: Source) -> Iterator[Fact]:
    """Yield the entries of presentations whose session has hours, and whose own follow from what comes before them.

    Whoever reads one may see both the presentation and its session: where that is in doubt there is none.
    """
    found = [row for row in db.session.execute(_shown(source.ids)) if _is_for_session_readers(row)]
    sessions = {row.session_id for row in found}
    places = {place.slot["offer_id"]: place for values in _programmes(sessions) for place in _places(values)}
    joint = rows.grouped_rows(
        select(SessionBody.session_id, SessionBody.body_id)
        .where(SessionBody.session_id.in_(sessions))
        .order_by(SessionBody.body_id)
    )
    codes: dict[int, str] = {row.id: row.code for row in db.session.execute(select(Body.id, Body.code))}
    for row in found:
        if row.id in places:
            yield _fact(source, row, places[row.id], codes, joint.get(row.session_id))


def _shown(ids: list[int]) -> Any:
    """Return the select of released presentations with their session, its meeting and its body."""
    slot, edition, release = table_of(PublishedSlot), table_of(PublishedSession), table_of(Release)
    of_session = table_of(Record).alias("record_of_session")
    source = (
        slot.join(edition, edition.c.session_id == slot.c.session_id)
        .join(release, release.c.id == edition.c.release_id)
        .join(of_session, of_session.c.id == slot.c.session_id)
    )
    chosen = rows.with_meeting(ids, source=source, record_id=slot.c.offer_id, meeting_id=release.c.meeting_id)
    return chosen.add_columns(
        slot.c.session_id,
        edition.c.body_id.label("session_body_id"),
        rows.record.c.audience_parent_id,
        of_session.c.ref.label("session_ref"),
        of_session.c.audience.label("session_audience"),
        of_session.c.published.label("session_published"),
    )


def _is_for_session_readers(row: Any) -> bool:
    """Say whether all who see the presentation see its session: by class, and by what limits those named in person.

    An own audience of the presentation lets in whom it names within the limits of its parent, which must therefore be
    the session. One that was taken off the programme hangs on its call again, and is its owner's matter.
    """
    return bool(
        row.session_published
        and row.audience_parent_id == row.session_id
        and is_inside(row.audience, row.session_audience)
    )


def _programmes(sessions: set[int]) -> Iterator[Values]:
    """Yield the released programmes of sessions with hours: each is read once for all its presentations."""
    chosen = select(PublishedSession.programme).where(
        PublishedSession.session_id.in_(sessions), PublishedSession.starts_at.is_not(None)
    )
    yield from db.session.scalars(chosen)


def _places(values: Values) -> Iterator[_Place]:
    """Yield the presentations of a session whose start and end are known, and lie within it."""
    starts_at, ends_at = (datetime.fromisoformat(values[name]) for name in ("starts_at", "ends_at"))
    order = list(running_order(values))
    timed = [Item(number, 0 if is_heading else part["minutes"]) for number, (part, is_heading) in enumerate(order)]
    for placed in lay_out(timed, starts_at):
        part = order[placed.key][0]
        if "offer_id" not in part or placed.starts_at is None or placed.ends_at is None:
            continue
        if placed.minutes and placed.ends_at <= ends_at:  # past the end of the session no hour is true
            yield _Place(part, values, placed.starts_at, placed.ends_at)


def _fact(source: Source, row: Any, place: _Place, codes: dict[int, str], joint: list[int] | None) -> Fact:
    slot, session = place.slot, place.session
    # Of a merged session what was not taken over is off: the presentation itself was merged into nothing.
    is_off = slot["state"] == "undelivered" or session["state"] == "merged"
    state = "cancelled" if is_off else state_within(session["state"], row.meeting_state)
    body_id = row.session_body_id or row.body_id
    zone = session["zone"]
    description = wording.paragraphs(
        [
            wording.illustration_note(is_illustration=row.origin is Origin.ILLUSTRATION),
            wording.state_note(state),
            wording.lines([row.meeting_title, session["title"]]),
            slot["summary"],
            wording.recalled_note(source.recalled.get(row.id)),
            source.link("presentations", row.id),
        ]
    )
    days = [at.astimezone(ZoneInfo(zone)).date() for at in (place.starts_at, place.ends_at)]
    return Fact(
        record_id=row.id,
        entry_kind=EntryKind.PRESENTATION,
        created=row.created_at,
        keys=keys_of(row, body_id, row.meeting_id, row.cycle_id, joint),
        starts_on=days[0],
        ends_on=days[1],
        saying=Saying(
            **source.shared(row, EntryKind.PRESENTATION, state, "presentations"),
            summary=with_code(row.body_code, f"{wording.presenters_of(slot)}: {slot['title']}"),
            starts=place.starts_at,
            ends=place.ends_at,
            zone=zone,
            # Section 3.8.2.7 of RFC 5545: the session takes these hours already.
            transparent=True,
            location=place_of(session["room"], row.venue, row.city),
            position=position_of(row),
            description=description,
            categories=tuple(dict.fromkeys((row.body_code, codes[body_id]))),
            related_to=(uid_of(EntryKind.SESSION, row.session_ref),),
        ),
    )
