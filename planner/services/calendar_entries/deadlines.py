"""Closings of calls and of comment rounds, and follow-ups, as entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from planner.core.db import db, table_of
from planner.core.i18n import N_
from planner.formats.entry import Status
from planner.models import Call, EntryKind, Origin
from planner.rules.audience import Ground
from planner.services.calendar_entries import rows, wording
from planner.services.calendar_entries.fact import Fact, Saying
from planner.services.calendar_entries.source import Source, keys_of

_TASK_STATUS: dict[str, Status] = {
    "open": "NEEDS-ACTION",
    "in_progress": "IN-PROCESS",
    "carried_over": "NEEDS-ACTION",
    "done": "COMPLETED",
    "dropped": "CANCELLED",
}


def calls(source: Source) -> Iterator[Fact]:
    """Yield the closings of calls: instants in the venue's zone, which take no time."""
    call = table_of(Call)
    chosen = rows.with_meeting(source.ids, source=call, record_id=call.c.id, meeting_id=call.c.meeting_id)
    for row in db.session.execute(chosen.add_columns(call.c.closes_at, call.c.text)):
        if row.state == "draft":
            continue
        day = row.closes_at.astimezone(ZoneInfo(row.zone)).date()
        description = wording.paragraphs(
            [
                wording.illustration_note(is_illustration=row.origin is Origin.ILLUSTRATION),
                wording.state_note(row.state),
                N_("Closes on {moment}.", moment=wording.moment(row.closes_at, row.zone)),
                row.meeting_title,
                row.text,
                source.link("calls", row.id),
            ]
        )
        yield Fact(
            record_id=row.id,
            entry_kind=EntryKind.CALL,
            created=row.created_at,
            keys=keys_of(row, row.body_id, row.meeting_id, row.cycle_id),
            starts_on=day,
            ends_on=day,
            saying=Saying(
                **source.shared(row, EntryKind.CALL, row.state, "calls"),
                summary=N_("Deadline: {title}", title=row.public_title or row.title),
                starts=row.closes_at,
                zone=row.zone,
                transparent=True,
                description=description,
                categories=(row.body_code,),
            ),
        )


def consultations(source: Source) -> Iterator[Fact]:
    """Yield the ends of comment rounds, in UTC: a plan has no venue."""
    for row in db.session.execute(rows.consultations(source.ids)):
        if row.state == "draft":
            continue
        state = "cancelled" if row.state == "withdrawn" else row.state
        day = row.comments_until.date()
        title = row.public_title or row.title
        description = wording.paragraphs(
            [
                wording.illustration_note(is_illustration=row.origin is Origin.ILLUSTRATION),
                N_("Comments until {moment}.", moment=wording.moment(row.comments_until, "UTC")),
                wording.lines([row.plan_title, title if title != row.plan_title else None]),
                source.link("plan-versions", row.id),
            ]
        )
        yield Fact(
            record_id=row.id,
            entry_kind=EntryKind.CONSULTATION,
            created=row.created_at,
            keys=keys_of(row, row.body_id),
            starts_on=day,
            ends_on=day,
            saying=Saying(
                **source.shared(row, EntryKind.CONSULTATION, state, "plan-versions"),
                summary=N_("Comments due: {title}", title=title),
                starts=row.comments_until,
                transparent=True,
                description=description,
                categories=(row.body_code,),
            ),
        )


def follow_ups(source: Source) -> Iterator[Fact]:
    """Yield follow-ups that are due on a day: as tasks, and as all-day events."""
    for row in db.session.execute(rows.follow_ups(source.ids)):
        known_owner = row.owner_title and row.owner_published and row.owner_audience & Ground.PUBLIC
        description = wording.paragraphs(
            [
                wording.illustration_note(is_illustration=row.origin is Origin.ILLUSTRATION),
                N_("For {owner}.", owner=row.owner_title) if known_owner else None,
                row.text,
                wording.recalled_note(source.recalled.get(row.id)),
                source.link("follow-ups", row.id),
            ]
        )
        fact = partial(
            Fact,
            record_id=row.id,
            created=row.created_at,
            keys=keys_of(row, row.body_id, row.home_meeting_id),
            starts_on=row.due_on,
            ends_on=row.due_on,
        )
        title = row.public_title or row.title
        said: dict[str, Any] = {"description": description, "categories": (row.body_code,)}
        task = {**source.shared(row, EntryKind.FOLLOW_UP, row.state, "follow-ups"), "status": _TASK_STATUS[row.state]}
        yield fact(
            entry_kind=EntryKind.FOLLOW_UP,
            saying=Saying(**task, **said, component="VTODO", summary=title, due=row.due_on),
        )
        # Section 3.8.1.11 of RFC 5545: an event cannot be completed, so the words say it.
        state = "cancelled" if row.state == "dropped" else row.state
        summary = N_("Done: {title}", title=title) if row.state == "done" else N_("Due: {title}", title=title)
        yield fact(
            entry_kind=EntryKind.DEADLINE,
            saying=Saying(
                **source.shared(row, EntryKind.DEADLINE, state, "follow-ups"),
                **said,
                summary=summary,
                starts=row.due_on,
                transparent=True,
            ),
        )
