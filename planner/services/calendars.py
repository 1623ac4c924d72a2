"""Reading calendars: revisions and finished texts for feeds, and what is coming up for pages. Never writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

import tzdata
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from planner.access.viewer import Viewer
from planner.access.visibility import in_feed, title, visible
from planner.core.db import db, table_of
from planner.core.errors import NotVisible, PlannerError
from planner.models import (
    GONE,
    Body,
    CalendarEntry,
    CalendarEntryText,
    Chairing,
    EntryKind,
    FeedRevision,
    FollowUp,
    Meeting,
    MeetingBody,
    OfferPresenter,
    Origin,
    PlanSession,
    PublishedSession,
    PublishedSlot,
    Record,
    RecordHost,
    SessionBody,
)

ZONE_RULES = tzdata.IANA_VERSION
"""Version of the zone rules that VTIMEZONE blocks say."""
_AT_ONCE = 200

Written = tuple[str, str]
"""A finished entry, and the names of its zones with blanks between."""


_UID_END = "@planner"
_NAME_END = ".ics"


class Unavailable(PlannerError):  # noqa: N818 - named after the fact
    """The database does not answer: 503. A feed must never look empty because of it."""

    status = 503


@dataclass(frozen=True)
class Owner:
    """The record whose calendar is asked for: a body with those below it, a meeting or a session."""

    id: int
    title: str
    is_illustration: bool
    body_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Revisions:
    """What a feed rests on: the revision of each scope, and the records of other bodies that are held jointly."""

    rows: tuple[tuple[int, str, int, int], ...]
    joint: tuple[int, ...]


@contextmanager
def reading() -> Iterator[None]:
    """Read one state of the database, whatever is committed meanwhile. Raises Unavailable where it does not answer."""
    try:
        # SQLite reads one state anyway; on PostgreSQL each statement would see what was committed just before it.
        if db.engine.dialect.name == "postgresql":
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield
    except SQLAlchemyError as error:
        db.session.rollback()
        raise Unavailable from error


def find_body(viewer: Viewer, slug: str) -> Owner:
    """Return a body with its sub-bodies at all depths. Raises NotVisible."""
    body = table_of(Body)
    tree = select(body.c.id).where(body.c.slug == slug).cte("tree", recursive=True)
    tree = tree.union(select(body.c.id).join(tree, body.c.parent_id == tree.c.id))
    rows = db.session.execute(
        select(Body.id, Body.slug, title(viewer, Body).label("title"), Body.origin)
        .join(tree, tree.c.id == Body.id)
        .where(visible(viewer, Body))
        .order_by(Body.id)
    ).all()
    root = next((row for row in rows if row.slug == slug), None)
    if root is None:
        raise NotVisible
    return Owner(root.id, root.title, root.origin is Origin.ILLUSTRATION, tuple(row.id for row in rows))


def find_meeting(viewer: Viewer, meeting_id: int) -> Owner:
    """Return a meeting. Raises NotVisible."""
    chosen = select(Meeting.id, title(viewer, Meeting).label("title"), Meeting.origin)
    return _owner(db.session.execute(chosen.where(Meeting.id == meeting_id, visible(viewer, Meeting))).one_or_none())


def find_session(viewer: Viewer, session_id: int) -> Owner:
    """Return a session that a release has shown. Raises NotVisible, also where no feed holds it: its day is unknown."""
    chosen = select(PlanSession.id, PublishedSession.title, PlanSession.origin)
    joined = chosen.join(PublishedSession, PublishedSession.session_id == PlanSession.id).join(
        CalendarEntry, CalendarEntry.record_id == PublishedSession.session_id
    )
    is_there = and_(visible(viewer, PlanSession), in_feed(viewer, with_illustration=True))
    return _owner(db.session.execute(joined.where(PlanSession.id == session_id, is_there)).one_or_none())


def _owner(row: Any) -> Owner:
    if row is None:
        raise NotVisible
    return Owner(row.id, row.title, row.origin is Origin.ILLUSTRATION)


def revisions(viewer: Viewer, *, with_illustration: bool, body_ids: tuple[int, ...] = ()) -> Revisions:
    """Return what a feed rests on: of the given bodies, or of all where none is given.

    Only scopes that let the viewer's class in are counted: a change which the viewer may not see changes nothing.
    Meant for viewers without offices and registrations.
    """
    scope = FeedRevision.audience.bitwise_and(viewer.grounds) != 0
    chosen = (
        select(FeedRevision).where(scope).order_by(FeedRevision.body_id, FeedRevision.origin, FeedRevision.audience)
    )
    joint: tuple[int, ...] = ()
    if body_ids:
        chosen = chosen.where(FeedRevision.body_id.in_(body_ids))
        held = select(CalendarEntry.record_id).where(in_feed(viewer, with_illustration=with_illustration))
        is_joint = CalendarEntry.record_id.in_(held_jointly(body_ids))
        joint = tuple(db.session.scalars(held.where(is_joint).order_by(CalendarEntry.record_id)))
    if not with_illustration:
        chosen = chosen.where(FeedRevision.origin != Origin.ILLUSTRATION)
    rows = db.session.scalars(chosen).all()
    return Revisions(
        tuple((row.body_id, row.origin.value, row.audience, row.number) for row in rows),
        joint,
    )


def hanging_on(
    *, body_ids: tuple[int, ...] = (), meeting_id: int | None = None, record_id: int | None = None
) -> list[ColumnElement[bool]]:
    """Return the conditions on CalendarEntry that narrow a feed: to bodies (all wanted), a meeting, a record."""
    kept: list[ColumnElement[bool]] = []
    if body_ids:
        kept.append(or_(CalendarEntry.body_id.in_(body_ids), CalendarEntry.record_id.in_(held_jointly(body_ids))))
    if meeting_id is not None:
        kept.append(CalendarEntry.meeting_id == meeting_id)
    if record_id is not None:
        kept.append(CalendarEntry.record_id == record_id)
    return kept


def file_name(uid: str) -> str:
    """Return the name under which the entry of a UID is kept in step, and downloaded by itself."""
    return uid.removesuffix(_UID_END) + _NAME_END


def uid_of_file(name: str) -> str | None:
    """Return the UID of the entry with a name, None where none can have it: PostgreSQL would refuse to look for some.

    A UID tells nothing that an entry does not: that of a busy time is made up.
    """
    return name.removesuffix(_NAME_END) + _UID_END if re.fullmatch(r"[A-Za-z0-9._-]{1,120}\.ics", name) else None


def text_in(language: str | None) -> ColumnElement[str]:
    """Return the column of an entry's text in a language, in English where it has none in it (or for None)."""
    if language is None:
        return CalendarEntry.text.expression
    translated = select(CalendarEntryText.text).where(
        CalendarEntryText.entry_id == CalendarEntry.id, CalendarEntryText.language == language
    )
    return func.coalesce(translated.correlate(CalendarEntry).scalar_subquery(), CalendarEntry.text)


def read_texts(kept: Iterable[ColumnElement[bool]], language: str | None = None) -> list[Written]:
    """Return text and zones of the entries that meet all conditions, in the order of feeds. One query."""
    return list(chain.from_iterable(read_batches(kept, language)))


def read_batches(kept: Iterable[ColumnElement[bool]], language: str | None = None) -> Iterator[list[Written]]:
    """Yield the same, some hundred at a time: who needs each only once need not hold megabytes of them. One query."""
    chosen = select(text_in(language), CalendarEntry.zones).where(*kept)
    result = db.session.connection().execute(chosen.order_by(CalendarEntry.starts_on, CalendarEntry.id))
    cursor = result.cursor
    # The driver's own rows: texts need nothing done to them, and SQLAlchemy takes half as long over a row as SQLite.
    with closing(result):
        while batch := cursor.fetchmany(_AT_ONCE):
            yield list(batch)


def entries_for(
    viewer: Viewer,
    *,
    with_illustration: bool,
    component: str = "VEVENT",
    with_deadlines: bool = False,
    with_busy: bool = False,
    with_presentations: bool = False,
    concerns: frozenset[int] | None = None,
) -> list[ColumnElement[bool]]:
    """Return the conditions on CalendarEntry that make a feed: what the viewer may have, and what was chosen of it.

    `with_deadlines` adds follow-ups as all-day events, `with_presentations` presentations as events of their own, and
    `with_busy` the hours of sessions that the viewer may not see; `concerns` leaves only what these
    stakeholders present, chair, host or owe, and those hours.
    """
    kept = [
        CalendarEntry.component == component,
        CalendarEntry.digest != GONE,
        in_feed(viewer, with_illustration=with_illustration),
    ]
    if not with_presentations:
        kept.append(CalendarEntry.entry_kind != EntryKind.PRESENTATION)
    if not with_deadlines:
        kept.append(CalendarEntry.entry_kind != EntryKind.DEADLINE)
    if with_busy:
        seen = select(Record.id).where(visible(viewer))
        kept.append(or_(CalendarEntry.entry_kind != EntryKind.BUSY, CalendarEntry.record_id.not_in(seen)))
    else:
        kept.append(CalendarEntry.entry_kind != EntryKind.BUSY)
    if concerns is not None:
        kept.append(or_(CalendarEntry.record_id.in_(_records_of(concerns)), CalendarEntry.entry_kind == EntryKind.BUSY))
    return kept


def _records_of(stakeholders: frozenset[int]) -> Any:
    """Return the select of the ids of sessions and meetings that some stakeholders present in, chair or host, and of
    the follow-ups that they owe. As released: a place that is being drafted concerns nobody yet.
    """
    ids, follow_up = sorted(stakeholders), table_of(FollowUp)
    together = select(OfferPresenter.offer_id.label("id")).where(OfferPresenter.stakeholder_id.in_(ids))
    offers = together.union(select(PublishedSlot.offer_id).where(PublishedSlot.presenter_id.in_(ids)))
    presented = select(PublishedSlot.session_id.label("id")).where(PublishedSlot.offer_id.in_(offers))
    return presented.union(
        select(PublishedSlot.offer_id).where(PublishedSlot.offer_id.in_(offers)),
        select(Chairing.record_id).where(Chairing.holder_id.in_(ids)),
        select(RecordHost.record_id).where(RecordHost.stakeholder_id.in_(ids)),
        select(follow_up.c.id).where(follow_up.c.owner_id.in_(ids)),
    )


def with_those_below(body_ids: Any) -> Any:
    """Return the select of the ids of bodies (a set, or a select of ids) and of all below them."""
    body = table_of(Body)
    ids = sorted(body_ids) if isinstance(body_ids, AbstractSet) else body_ids
    tree = select(body.c.id).where(body.c.id.in_(ids)).cte(recursive=True)
    tree = tree.union(select(body.c.id).join(tree, body.c.parent_id == tree.c.id))
    return select(tree.c.id)


def held_jointly(body_ids: Any) -> Any:
    """Return the select of meetings and sessions that other bodies hold together with the given ones, and of what is
    presented in such sessions.
    """
    meetings = select(MeetingBody.meeting_id.label("id")).where(MeetingBody.body_id.in_(body_ids))
    sessions = select(SessionBody.session_id).where(SessionBody.body_id.in_(body_ids))
    presented = select(PublishedSlot.offer_id).where(PublishedSlot.session_id.in_(sessions))
    return meetings.union(sessions, presented)
