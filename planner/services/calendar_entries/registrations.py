"""The first and the last day of the registration for a meeting, as entries of whole days."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_

from planner.core.db import db
from planner.core.i18n import N_
from planner.models import EntryKind, Origin
from planner.services.calendar_entries import rows, wording
from planner.services.calendar_entries.fact import Fact, Saying, uid_of
from planner.services.calendar_entries.places import day_of
from planner.services.calendar_entries.source import Source, keys_of

_MEETING = ("start_on", "end_on", "start", "end", "start_date", "end_date")


def registrations(source: Source) -> Iterator[Fact]:
    """Yield the days on which registration opens and closes, where the whole day is known.

    For whoever may know of the meeting. With a meeting that is off its registration is off too. The days of a cycle are
    no entries: they are a year long, and nobody does anything on them.
    """
    chosen = rows.with_meeting(source.ids, source=None, record_id=None, meeting_id=rows.record.c.id).where(
        or_(rows.meeting.c.registration_opens_on.is_not(None), rows.meeting.c.registration_closes_on.is_not(None))
    )
    for row in db.session.execute(chosen):
        title = row.public_title or row.title
        days = (
            (EntryKind.REGISTRATION_OPENS, row.registration_opens_on, N_("Registration opens: {title}", title=title)),
            (
                EntryKind.REGISTRATION_CLOSES,
                row.registration_closes_on,
                N_("Registration closes: {title}", title=title),
            ),
        )
        # What was recalled of the meeting's own days says nothing of these.
        recalled = [name for name in source.recalled.get(row.id, ()) if name not in _MEETING]
        description = wording.paragraphs(
            [
                wording.illustration_note(is_illustration=row.origin is Origin.ILLUSTRATION),
                wording.state_note(row.state if row.state in ("cancelled", "postponed") else None),
                wording.lines([row.body_title]),
                wording.recalled_note(recalled),
                source.link("meetings", row.id),
            ]
        )
        for kind, text, summary in days:
            day = day_of(text)
            if day is None:
                continue
            # A tentative meeting opens its registration on a day that is fixed: it is not tentative itself.
            shared = source.shared(row, kind, row.state if row.state != "tentative" else None, "meetings")
            yield Fact(
                record_id=row.id,
                entry_kind=kind,
                created=row.created_at,
                keys=keys_of(row, row.body_id, row.id, row.cycle_id),
                starts_on=day,
                ends_on=day,
                saying=Saying(
                    **shared,
                    summary=summary,
                    starts=day,
                    transparent=True,
                    description=description,
                    categories=(row.body_code,),
                    related_to=(uid_of(EntryKind.MEETING, row.ref),),
                ),
            )
