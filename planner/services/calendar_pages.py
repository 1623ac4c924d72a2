"""What calendar pages show: what is coming up, and which bodies have feeds. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select

from planner.access.viewer import Viewer
from planner.access.visibility import in_feed, title, visible
from planner.core.db import db, table_of
from planner.models import GONE, ON_REQUEST, Body, CalendarEntry, Origin, PublishedSession, Record


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
            CalendarEntry.digest != GONE,
            CalendarEntry.entry_kind.not_in(ON_REQUEST),
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
        .where(CalendarEntry.entry_kind.not_in(ON_REQUEST), CalendarEntry.digest != GONE)
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
