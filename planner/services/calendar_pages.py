"""What pages say of calendars: which bodies have feeds, and how much lies ahead in them. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, or_, select

from planner.access.viewer import Viewer
from planner.access.visibility import in_feed, title, visible
from planner.core.db import db, table_of
from planner.models import GONE, ON_REQUEST, Body, CalendarEntry, Origin


@dataclass(frozen=True)
class BodyFeed:
    """A body with a feed of its own, and how many entries lie ahead."""

    id: int
    slug: str
    title: str
    code: str
    ahead: int
    is_illustration: bool


def body_feeds(viewer: Viewer, day: date, *, chosen: frozenset[int] = frozenset()) -> tuple[BodyFeed, ...]:
    """Return the bodies whose feeds hold anything, and those `chosen`; those with most entries ahead first. One query.

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
    number = func.coalesce(held.c.ahead, 0).label("ahead")
    rows = db.session.execute(
        select(Body.id, Body.slug, title(viewer, Body).label("title"), Body.code, number, Body.origin)
        .outerjoin(held, held.c.root == body.c.id)
        .where(visible(viewer, Body), or_(held.c.root.is_not(None), body.c.id.in_(sorted(chosen))))
        .order_by(number.desc(), Body.code)
    )
    return tuple(
        BodyFeed(row.id, row.slug, row.title, row.code, row.ahead, row.origin is Origin.ILLUSTRATION) for row in rows
    )
