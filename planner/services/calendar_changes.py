"""What changed in the calendar since a day, for those who keep one by hand. Never writes.

Sessions change by releases, whose lists of changes say what was and what is. Of meetings, closings and follow-ups their
entries tell that they are new or changed, and what holds now: only releases keep what was public before. All of it only
as far as the viewer may see the record now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import in_feed, title, visible
from planner.core.db import db, table_of
from planner.formats.entry_table import Row, row_of
from planner.models import (
    GONE,
    CalendarEntry,
    EntryKind,
    Meeting,
    Origin,
    Plan,
    PlanVersion,
    PublishedSession,
    Record,
    Release,
)
from planner.rules.programme import others_named
from planner.services import neighbours

MOST = 400
"""How many entries are looked at, the latest changed first."""
_TOLD = (
    EntryKind.SESSION,
    EntryKind.MEETING,
    EntryKind.CALL,
    EntryKind.CONSULTATION,
    EntryKind.REGISTRATION_OPENS,
    EntryKind.REGISTRATION_CLOSES,
    EntryKind.FOLLOW_UP,
)
_IN_CALENDARS = frozenset(
    {"added", "removed", "cancelled", "restored", "postponed", "merged", "split", "state", "moved", "shortened",
     "lengthened", "renamed", "room", "mode"}
)  # fmt: skip
"""Kinds of change (rules/programme.py) that a calendar shows; "edited" is one only of the length."""

_meeting = aliased(Meeting, flat=True)
_plan = aliased(Plan, flat=True)


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One thing that changed.

    `what` is "programme" (first released, with all `sessions`), "session" (with the `changes` of one release), or the
    kind of another entry, of which is known that it `is_new` or not. `key` names the change for good. `when` is what
    holds now, `zone` that of a session, whether or not its hours are known; `of` is the meeting of a session or call,
    the plan of a comment round.
    """

    what: str
    key: str
    kind: str
    record_id: int
    title: str
    state: str | None
    at: datetime
    is_illustration: bool
    is_new: bool = False
    of: str = ""
    when: Row | None = None
    zone: str = "UTC"
    changes: tuple[Mapping[str, Any], ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    """Titles of the sessions that the changes name beside their own, as far as the viewer may see them."""
    sessions: tuple[tuple[str, Row], ...] = ()


@dataclass(frozen=True)
class Since:
    """All that changed since a day, the latest first; `is_cut` where there was more."""

    day: date
    changed: tuple[Changed, ...]
    is_cut: bool = False
    has_illustration: bool = field(init=False)

    def __post_init__(self) -> None:
        """Say whether the worked example is among it."""
        object.__setattr__(self, "has_illustration", any(one.is_illustration for one in self.changed))


@dataclass(frozen=True)
class _Held:
    """An entry that changed, with its record as the viewer may see it."""

    entry: Any
    when: Row


def read_changes(viewer: Viewer, since: date, *, now: datetime, with_illustration: bool = True) -> Since:
    """Return what changed from the start of a day (UTC) until `now`, of what is not over since.

    Two queries, and a third where sessions were merged or split.
    """
    start = datetime.combine(since, time(), UTC)
    rows = _entries(viewer, start, with_illustration=with_illustration)
    held = {row.record_id: _Held(row, _when(row)) for row in rows}
    others = [_of_entry(one) for one in held.values() if one.entry.entry_kind is not EntryKind.SESSION]
    sessions = {key: one for key, one in held.items() if one.entry.entry_kind is EntryKind.SESSION}
    found = [*others, *_of_releases(viewer, _releases(viewer, start, now), sessions)]
    found.sort(key=_day_of)
    found.sort(key=lambda one: one.at, reverse=True)  # what changed at once stays in the order of the calendar
    return Since(since, tuple(found), is_cut=len(rows) == MOST)


def _day_of(one: Changed) -> tuple[date, bool, str]:
    first = one.when.first if one.when else one.sessions[0][1].first
    return first, one.what != "meeting", one.key


def _entries(viewer: Viewer, start: datetime, *, with_illustration: bool) -> list[Any]:
    version = table_of(PlanVersion)
    chosen = (
        select(
            CalendarEntry.record_id,
            CalendarEntry.entry_kind,
            CalendarEntry.component,
            CalendarEntry.uid,
            CalendarEntry.sequence,
            CalendarEntry.changed_at,
            CalendarEntry.starts_on,
            CalendarEntry.text,
            Record.kind,
            Record.state,
            Record.origin,
            title(viewer).label("title"),
            PublishedSession.zone,
            case(
                (CalendarEntry.entry_kind == EntryKind.CONSULTATION, title(viewer, _plan)),
                (CalendarEntry.entry_kind == EntryKind.CALL, title(viewer, _meeting)),
            ).label("of"),
        )
        .join(Record, Record.id == CalendarEntry.record_id)
        .outerjoin(PublishedSession, PublishedSession.session_id == CalendarEntry.record_id)
        .outerjoin(version, version.c.id == CalendarEntry.record_id)
        .outerjoin(_plan, and_(_plan.id == version.c.plan_id, visible(viewer, _plan)))
        .outerjoin(_meeting, and_(_meeting.id == CalendarEntry.meeting_id, visible(viewer, _meeting)))
        .where(
            CalendarEntry.changed_at >= start,
            CalendarEntry.ends_on >= start.date(),
            CalendarEntry.entry_kind.in_(_TOLD),
            CalendarEntry.digest != GONE,
            in_feed(viewer, with_illustration=with_illustration),
            visible(viewer),
        )
        .order_by(CalendarEntry.changed_at.desc(), CalendarEntry.id.desc())
        .limit(MOST)
    )
    return list(db.session.execute(chosen).all())


def _when(row: Any) -> Row:
    """Return the days and hours of an entry; a task has the day on which it is due."""
    if row.component == "VEVENT":
        return row_of(row.text)
    return Row(first=row.starts_on, last=row.starts_on, title=row.title)


def _of_entry(one: _Held) -> Changed:
    entry = one.entry
    return Changed(
        what=entry.entry_kind.value,
        key=f"{entry.uid}/{entry.sequence}",
        kind=entry.kind,
        record_id=entry.record_id,
        title=entry.title,
        state=entry.state,
        at=entry.changed_at,
        is_illustration=entry.origin is Origin.ILLUSTRATION,
        is_new=entry.sequence == 0,
        of=entry.of or "",
        when=one.when,
    )


def _releases(viewer: Viewer, start: datetime, now: datetime) -> list[Any]:
    chosen = (
        select(
            Release.meeting_id,
            Release.ref,
            Release.number,
            Release.effective_at,
            Release.changes,
            _meeting.origin,
            title(viewer, _meeting).label("meeting"),
            _meeting.state.label("meeting_state"),
        )
        .join(_meeting, _meeting.id == Release.meeting_id)
        .where(
            Release.published,
            Release.effective_at >= start,
            Release.effective_at <= now,
            visible(viewer, Release),
            visible(viewer, _meeting),
        )
        .order_by(Release.effective_at.desc(), Release.id.desc())
    )
    return list(db.session.execute(chosen).all())


def _of_releases(viewer: Viewer, releases: list[Any], sessions: Mapping[int, _Held]) -> Iterator[Changed]:
    """Yield the first release of each meeting as one, of later ones what each session went through."""
    others = others_named(change for release in releases for change in release.changes)
    names = {key: one.title for key, one in neighbours.named(viewer, *others).items()} if others else {}
    for release in releases:
        by_session: dict[int, list[Mapping[str, Any]]] = {}
        for change in release.changes:
            if change["id"] in sessions and _is_of_calendar(change):
                by_session.setdefault(change["id"], []).append(change)
        if release.number == 1 and by_session:
            yield _first(release, [sessions[key] for key in by_session])
        elif release.number > 1:
            for key, changes in by_session.items():
                yield _of_session(release, sessions[key], changes, names)


def _is_of_calendar(change: Mapping[str, Any]) -> bool:
    is_length = change["kind"] == "edited" and change["field"] == "minutes"
    return change["subject"] == "session" and (change["kind"] in _IN_CALENDARS or is_length)


def _first(release: Any, sessions: list[_Held]) -> Changed:
    ordered = sorted(sessions, key=lambda one: (one.when.first, one.entry.record_id))
    return Changed(
        what="programme",
        key=f"{release.ref}",
        kind="meeting",
        record_id=release.meeting_id,
        title=release.meeting,
        state=release.meeting_state,
        at=release.effective_at,
        is_illustration=release.origin is Origin.ILLUSTRATION,
        is_new=True,
        sessions=tuple((one.entry.title, one.when) for one in ordered),
    )


def _of_session(release: Any, one: _Held, changes: list[Mapping[str, Any]], names: Mapping[int, str]) -> Changed:
    kinds = {change["kind"] for change in changes}
    return Changed(
        what="session",
        key=f"{one.entry.uid}/{release.ref}",
        kind="plan_session",
        record_id=one.entry.record_id,
        title=one.entry.title,
        state=next((kind for kind in ("cancelled", "postponed", "merged") if kind in kinds), None),
        at=release.effective_at,
        is_illustration=one.entry.origin is Origin.ILLUSTRATION,
        is_new="added" in kinds,
        of=release.meeting,
        when=one.when,
        zone=one.entry.zone,
        changes=tuple(changes),
        names=names,
    )
