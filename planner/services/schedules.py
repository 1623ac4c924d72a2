"""The schedule of a meeting for programs on phones: the sessions that its feed holds, with who presents in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db, table_of
from planner.core.errors import NotVisible
from planner.formats.content_lines import read_component
from planner.formats.schedule import Event, Schedule, fits, is_sayable
from planner.models import CalendarEntry, EntryKind, Meeting, PublishedSession, Record, Release
from planner.rules.words import word

MOST_DAYS = 60
"""Of a meeting: more is no meeting but a period."""
_NO_ROOM = "Room not known"

Address = Callable[[str, int], str]
"""Kind and id of a record → the whole address of its page."""


def read_schedule(
    viewer: Viewer, meeting_id: int, kept: Iterable[ColumnElement[bool]], *, site: str, address_of: Address
) -> Schedule:
    """Return a meeting's schedule of the entries that meet all conditions of its feed. Three queries.

    Raises NotVisible where the meeting may not be seen, and where no day of it is known: no program reads that.
    """
    meeting = _meeting(viewer, meeting_id)
    rows = db.session.execute(
        select(CalendarEntry, PublishedSession)
        .outerjoin(PublishedSession, PublishedSession.session_id == CalendarEntry.record_id)
        .where(*kept)
        .order_by(CalendarEntry.starts_on, CalendarEntry.id)
    ).all()
    days = [day for entry, _ in rows if entry.entry_kind is EntryKind.MEETING for day in _days(entry)]
    sessions = [(entry, edition) for entry, edition in rows if edition is not None and _has_place(edition)]
    names = _names(viewer, [edition.programme for _, edition in sessions])
    schedule = Schedule(
        id=meeting.id,
        title=meeting.title,
        version=_version(meeting),
        zone=meeting.zone,
        site=site,
        url=address_of("meeting", meeting.id),
        events=tuple(_event(entry, edition, names, address_of) for entry, edition in sessions),
        days=tuple(days),
    )
    if not is_sayable(schedule):
        raise NotVisible
    return schedule


def _meeting(viewer: Viewer, meeting_id: int) -> Any:
    release = table_of(Release)
    chosen = select(
        Meeting.id, title(viewer, Meeting).label("title"), Meeting.zone, release.c.number, release.c.effective_at
    )
    current = and_(release.c.meeting_id == Meeting.id, release.c.is_current)
    found = db.session.execute(
        chosen.outerjoin(release, current).where(Meeting.id == meeting_id, visible(viewer, Meeting))
    ).one_or_none()
    if found is None:
        raise NotVisible
    return found


def _version(meeting: Any) -> str:
    return f"Release {meeting.number} of {meeting.effective_at:%Y-%m-%d}" if meeting.number else "No release"


def _days(entry: CalendarEntry) -> Iterator[date]:
    count = min((entry.ends_on - entry.starts_on).days + 1, MOST_DAYS)
    return (entry.starts_on + timedelta(days=number) for number in range(count))


def _has_place(edition: PublishedSession) -> bool:
    return edition.starts_at is not None and edition.ends_at is not None and fits(edition.starts_at, edition.ends_at)


def _names(viewer: Viewer, programmes: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Return the titles of presentations, presenters and plan items that the viewer may see, by id."""
    ids = {number for one in programmes for number in one["treats"]}
    for slot in (slot for one in programmes for slot in one["slots"]):
        ids |= {slot["offer_id"], slot["presenter_id"], *(other["id"] for other in slot["co_presenters"])}
    chosen = select(Record.id, title(viewer).label("title")).where(Record.id.in_(sorted(ids)), visible(viewer))
    return {row.id: row.title for row in db.session.execute(chosen)}


def _event(entry: CalendarEntry, edition: PublishedSession, names: Mapping[int, str], address_of: Address) -> Event:
    said, programme = read_component(entry.text), edition.programme
    if edition.starts_at is None or edition.ends_at is None:
        raise ValueError("a session without hours has no place in a schedule")
    return Event(
        id=edition.session_id,
        uid=entry.uid,
        title=said.text("SUMMARY"),
        kind=str(word("session_kind", edition.session_kind)),
        room=edition.room or said.text("LOCATION") or _NO_ROOM,
        starts=edition.starts_at,
        ends=edition.ends_at,
        url=address_of("plan_session", edition.session_id),
        abstract=programme["text"] or "",
        description=said.text("DESCRIPTION"),
        track=next((names[item] for item in programme["treats"] if item in names), ""),
        persons=tuple(dict(_presenters(programme, names)).items()),
    )


def _presenters(programme: Mapping[str, Any], names: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the stakeholders that present, as far as the viewer may see the presentation and the stakeholder."""
    for slot in programme["slots"]:
        if slot["offer_id"] in names:
            others = [(other["id"], other["title"]) for other in slot["co_presenters"]]
            for number, name in [(slot["presenter_id"], slot["presenter"]), *others]:
                if number in names:
                    yield number, name
