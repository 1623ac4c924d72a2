"""Reading calendars: revisions and finished texts for feeds, and what is coming up for pages. Never writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import tzdata
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from planner.access.viewer import Viewer
from planner.access.visibility import in_feed, title, visible
from planner.core.db import db, table_of
from planner.core.errors import NotVisible, PlannerError
from planner.models import (
    Body,
    CalendarEntry,
    FeedRevision,
    Meeting,
    MeetingBody,
    Origin,
    PlanSession,
    PublishedSession,
    Record,
    SessionBody,
)

ZONE_RULES = tzdata.IANA_VERSION
"""Version of the zone rules that VTIMEZONE blocks say."""


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
    changed_at: datetime | None


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
        is_joint = CalendarEntry.record_id.in_(_joint(body_ids))
        joint = tuple(db.session.scalars(held.where(is_joint).order_by(CalendarEntry.record_id)))
    if not with_illustration:
        chosen = chosen.where(FeedRevision.origin != Origin.ILLUSTRATION)
    rows = db.session.scalars(chosen).all()
    return Revisions(
        tuple((row.body_id, row.origin.value, row.audience, row.number) for row in rows),
        joint,
        max((row.changed_at for row in rows), default=None),
    )


def entry_texts(
    viewer: Viewer,
    *,
    with_illustration: bool,
    component: str = "VEVENT",
    body_ids: tuple[int, ...] = (),
    meeting_id: int | None = None,
    record_id: int | None = None,
) -> list[tuple[str, str]]:
    """Return the finished text and the zones (names with blanks between) of the entries that a viewer may have.

    Ordered by day and by the entry's age, so that equal entries give equal bytes. One query.
    """
    chosen = select(CalendarEntry.text, CalendarEntry.zones).where(
        CalendarEntry.component == component, in_feed(viewer, with_illustration=with_illustration)
    )
    if body_ids:
        chosen = chosen.where(or_(CalendarEntry.body_id.in_(body_ids), CalendarEntry.record_id.in_(_joint(body_ids))))
    if meeting_id is not None:
        chosen = chosen.where(CalendarEntry.meeting_id == meeting_id)
    if record_id is not None:
        chosen = chosen.where(CalendarEntry.record_id == record_id)
    if not with_illustration:
        # the same as `in_feed` says, as equalities, which the index is searched by
        chosen = chosen.where(CalendarEntry.origin.in_([Origin.RECORD, Origin.OWN]))
    # The connection hands out plain rows: the session would look at each as at an object, for half of the time.
    rows = db.session.connection().execute(chosen.order_by(CalendarEntry.starts_on, CalendarEntry.id))
    return [(text, zones) for text, zones in rows]


def _joint(body_ids: tuple[int, ...]) -> Any:
    """Return the select of meetings and sessions that other bodies hold together with the given ones."""
    meetings = select(MeetingBody.meeting_id.label("id")).where(MeetingBody.body_id.in_(body_ids))
    sessions = select(SessionBody.session_id.label("id")).where(SessionBody.body_id.in_(body_ids))
    return meetings.union(sessions)


@dataclass(frozen=True)
class Ahead:
    """An entry as a page lists it: the record it tells of, its days, and its hours where they are known."""

    record_id: int
    kind: str
    title: str
    state: str | None
    entry_kind: str
    starts_on: date
    ends_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str | None
    is_illustration: bool


def entries_between(viewer: Viewer, first: date, last: date, *, most: int = 300) -> tuple[Ahead, ...]:
    """Return what is on between two days (both included), as far as the viewer may see it, in order. One query."""
    edition = table_of(PublishedSession)
    rows = db.session.execute(
        select(
            Record.id,
            Record.kind,
            title(viewer).label("title"),
            Record.state,
            CalendarEntry.entry_kind,
            CalendarEntry.starts_on,
            CalendarEntry.ends_on,
            PublishedSession.starts_at,
            PublishedSession.ends_at,
            PublishedSession.zone,
            Record.origin,
        )
        .join(Record, Record.id == CalendarEntry.record_id)
        .outerjoin(PublishedSession, edition.c.session_id == Record.id)
        .where(
            CalendarEntry.starts_on <= last,
            CalendarEntry.ends_on >= first,
            CalendarEntry.digest != "-" * 64,
            in_feed(viewer, with_illustration=True),
            visible(viewer),
        )
        .order_by(CalendarEntry.starts_on, PublishedSession.starts_at.nulls_first(), CalendarEntry.id)
        .limit(most)
    )
    return tuple(
        Ahead(
            record_id=row.id,
            kind=row.kind,
            title=row.title,
            state=row.state,
            entry_kind=row.entry_kind.value,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            zone=row.zone,
            is_illustration=row.origin is Origin.ILLUSTRATION,
        )
        for row in rows
    )


@dataclass(frozen=True)
class BodyFeed:
    """A body with a feed of its own, and how many entries lie ahead."""

    id: int
    slug: str
    title: str
    code: str
    ahead: int
    is_illustration: bool


def body_feeds(viewer: Viewer, day: date) -> tuple[BodyFeed, ...]:
    """Return the bodies whose feeds hold anything, those with most entries ahead first. One query.

    A body's feed holds the entries of the bodies below it, so it counts them too.
    """
    body = table_of(Body)
    tree = select(body.c.id.label("root"), body.c.id.label("below")).cte("tree", recursive=True)
    tree = tree.union(select(tree.c.root, body.c.id).join(tree, body.c.parent_id == tree.c.below))
    ahead = func.sum(case((CalendarEntry.ends_on >= day, 1), else_=0)).label("ahead")
    held = (
        select(tree.c.root, ahead)
        .join(CalendarEntry, CalendarEntry.body_id == tree.c.below)
        .where(in_feed(viewer, with_illustration=True), CalendarEntry.component == "VEVENT")
        .group_by(tree.c.root)
        .subquery()
    )
    rows = db.session.execute(
        select(Body.id, Body.slug, title(viewer, Body).label("title"), Body.code, held.c.ahead, Body.origin)
        .join(held, held.c.root == body.c.id)
        .where(visible(viewer, Body))
        .order_by(held.c.ahead.desc(), Body.code)
    )
    return tuple(
        BodyFeed(row.id, row.slug, row.title, row.code, row.ahead, row.origin is Origin.ILLUSTRATION) for row in rows
    )
