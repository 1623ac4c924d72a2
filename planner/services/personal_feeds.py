"""Feeds of persons: made, changed, revoked by their owner, and read by whoever has the address.

A feed stands for its owner: at every read the owner's standing of that day decides what is in it (access/visibility).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, func, literal, or_, select, union_all, update

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db, table_of, transaction
from planner.core.errors import Invalid, NotVisible
from planner.core.i18n import N_, Message
from planner.models import Body, CalendarEntry, PersonalFeed, PersonalFeedBody, Record, UserAccount
from planner.services import calendars, changes
from planner.services.accounts import load_viewer

MOST = 20
"""How many feeds a person may have at a time."""
LONGEST_NAME = 120
NOTED_EVERY = timedelta(minutes=5)
"""How exactly the last read is kept: programs that ask every minute write no row every minute."""


@dataclass(frozen=True)
class Choice:
    """What a feed holds. No body means all; a body holds those below it."""

    name: str = ""
    body_ids: frozenset[int] = frozenset()
    only_ours: bool = False
    deadlines_as_days: bool = False
    with_busy: bool = False
    with_illustration: bool = False


@dataclass(frozen=True)
class Mine:
    """One of a person's own feeds, with the names of its bodies and the number of entries ahead, tasks apart."""

    id: int
    generation: int
    choice: Choice
    bodies: tuple[str, ...]
    ahead: int
    last_read_at: datetime | None
    last_read_by: str | None


@dataclass(frozen=True)
class Preview:
    """What a choice would hold from a day on: the number of entries by kind, and the first of them."""

    counts: dict[str, int]
    first: str | None
    first_on: date | None

    @property
    def ahead(self) -> int:
        """Return the number of entries."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Opened:
    """A feed that an address opened, and for whom."""

    id: int
    choice: Choice
    viewer: Viewer
    last_read_at: datetime | None


def make(viewer: Viewer, choice: Choice, *, at: datetime) -> int:
    """Make a feed of the viewer's own and return its id. Raises NotVisible for strangers, Invalid."""
    with changes.change(viewer, at=at):
        held = db.session.scalar(select(func.count()).select_from(PersonalFeed).where(*_own(viewer))) or 0
        _check(viewer, choice, too_many=held >= MOST)
        feed = PersonalFeed(user_id=viewer.user_id, created_at=at, generation=0)
        _set(feed, choice)
        db.session.add(feed)
        db.session.flush()
        db.session.add_all(PersonalFeedBody(feed_id=feed.id, body_id=body_id) for body_id in sorted(choice.body_ids))
        return feed.id


def change(viewer: Viewer, feed_id: int, choice: Choice, *, at: datetime) -> None:
    """Give a feed another choice; its address stays. Raises NotVisible for what is not the viewer's own, Invalid."""
    with changes.change(viewer, at=at):
        feed = _mine(viewer, feed_id)
        _check(viewer, choice)
        _set(feed, choice)
        db.session.execute(delete(PersonalFeedBody).where(PersonalFeedBody.feed_id == feed_id))
        db.session.add_all(PersonalFeedBody(feed_id=feed_id, body_id=body_id) for body_id in sorted(choice.body_ids))


def rotate(viewer: Viewer, feed_id: int, *, at: datetime) -> None:
    """Make the present address void and give the feed another. Raises NotVisible."""
    with changes.change(viewer, at=at):
        _mine(viewer, feed_id).generation += 1


def revoke(viewer: Viewer, feed_id: int, *, at: datetime) -> None:
    """End a feed: its address answers 404 from now on. Raises NotVisible."""
    with changes.change(viewer, at=at):
        _mine(viewer, feed_id).revoked_at = at


def get_choice(viewer: Viewer, feed_id: int) -> Choice:
    """Return what one of the viewer's own feeds holds. Raises NotVisible."""
    return _choice(_mine(viewer, feed_id), _bodies_of([feed_id]).get(feed_id, ()))


def list_mine(viewer: Viewer, day: date) -> tuple[Mine, ...]:
    """Return the viewer's own feeds, the oldest first, in three queries at any number of feeds."""
    feeds = db.session.scalars(select(PersonalFeed).where(*_own(viewer)).order_by(PersonalFeed.id)).all()
    if not feeds:
        return ()
    bodies = _bodies_of([feed.id for feed in feeds])
    choices = {feed.id: _choice(feed, bodies.get(feed.id, ())) for feed in feeds}
    ahead = _count_ahead(viewer, choices, day)
    return tuple(
        Mine(
            feed.id,
            feed.generation,
            choices[feed.id],
            tuple(name for _, name in bodies.get(feed.id, ())),
            ahead.get(feed.id, 0),
            feed.last_read_at,
            feed.last_read_by,
        )
        for feed in feeds
    )


def preview(viewer: Viewer, choice: Choice, day: date) -> Preview:
    """Return what a choice would hold from a day on, in two queries."""
    kept = [*_kept(viewer, choice, "VEVENT"), CalendarEntry.ends_on >= day]
    rows = db.session.execute(
        select(CalendarEntry.entry_kind, func.count()).where(*kept).group_by(CalendarEntry.entry_kind)
    )
    first = db.session.execute(
        select(title(viewer), CalendarEntry.starts_on)
        .join(Record, Record.id == CalendarEntry.record_id)
        .where(*kept, visible(viewer))  # a placeholder has no title: the first of what may be named
        .order_by(CalendarEntry.starts_on, CalendarEntry.id)
        .limit(1)
    ).one_or_none()
    counts = {kind.value: count for kind, count in rows}
    return Preview(counts, first[0] if first else None, first[1] if first else None)


def open_feed(feed_id: int, generation: int, *, day: date) -> Opened:
    """Return the feed that a right address names, and the viewer whom it stands for on the day.

    Raises NotVisible where it was revoked, has another address by now, or its owner's account is closed.
    """
    row = db.session.execute(
        select(PersonalFeed, UserAccount.session_epoch)
        .join(UserAccount, UserAccount.id == PersonalFeed.user_id)
        .where(PersonalFeed.id == feed_id, PersonalFeed.generation == generation, PersonalFeed.revoked_at.is_(None))
    ).one_or_none()
    viewer = load_viewer(row[0].user_id, row[1], day=day) if row else None
    if row is None or viewer is None:
        raise NotVisible
    feed = row[0]
    return Opened(feed.id, _choice(feed, _bodies_of([feed.id]).get(feed.id, ())), viewer, feed.last_read_at)


def texts(opened: Opened, component: str) -> list[tuple[str, str]]:
    """Return the finished texts and zones of a feed's events ("VEVENT") or tasks ("VTODO")."""
    return calendars.read_texts(_kept(opened.viewer, opened.choice, component))


def note_read(opened: Opened, program: str, *, at: datetime) -> None:
    """Keep when a feed was read last and by what kind of program, in a short transaction of its own."""
    if opened.last_read_at is not None and at - opened.last_read_at < NOTED_EVERY:
        return
    table = table_of(PersonalFeed)
    with transaction(write=True):
        # No audit entry: it would say no more than these columns.
        db.session.execute(update(table).where(table.c.id == opened.id).values(last_read_at=at, last_read_by=program))


def _own(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    if viewer.user_id is None:
        raise NotVisible
    return PersonalFeed.user_id == viewer.user_id, PersonalFeed.revoked_at.is_(None)


def _mine(viewer: Viewer, feed_id: int) -> PersonalFeed:
    feed = db.session.scalars(select(PersonalFeed).where(PersonalFeed.id == feed_id, *_own(viewer))).one_or_none()
    if feed is None:
        raise NotVisible
    return feed


def _check(viewer: Viewer, choice: Choice, *, too_many: bool = False) -> None:
    faults: dict[str, Message] = {}
    if not choice.name.strip():
        faults["name"] = N_("Give the feed a name.")
    elif len(choice.name) > LONGEST_NAME:
        faults["name"] = N_("A name has at most {count} characters.", count=LONGEST_NAME)
    if any(ord(sign) < ord(" ") for sign in choice.name):
        faults["name"] = N_("A name is one line of text.")
    found = select(func.count()).select_from(Body).where(Body.id.in_(choice.body_ids), visible(viewer, Body))
    if choice.body_ids and db.session.scalar(found) != len(choice.body_ids):
        faults["bodies"] = N_("Choose bodies of the list.")
    if too_many:
        faults[""] = N_("You have {count} feeds already. Revoke one first.", count=MOST)
    if faults:
        raise Invalid(faults)


def _set(feed: PersonalFeed, choice: Choice) -> None:
    feed.name = choice.name.strip()
    feed.only_ours = choice.only_ours
    feed.deadlines_as_days = choice.deadlines_as_days
    feed.with_busy = choice.with_busy
    feed.with_illustration = choice.with_illustration


def _choice(feed: PersonalFeed, bodies: Iterable[tuple[int, str]]) -> Choice:
    ids = frozenset(body_id for body_id, _ in bodies)
    return Choice(feed.name, ids, feed.only_ours, feed.deadlines_as_days, feed.with_busy, feed.with_illustration)


def _bodies_of(feed_ids: list[int]) -> dict[int, list[tuple[int, str]]]:
    """Return the bodies of feeds: ids and codes."""
    body = table_of(Body)
    rows = db.session.execute(
        select(PersonalFeedBody.feed_id, body.c.id, body.c.code)
        .join(body, body.c.id == PersonalFeedBody.body_id)
        .where(PersonalFeedBody.feed_id.in_(feed_ids))
        .order_by(body.c.code)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for feed_id, body_id, code in rows:
        found.setdefault(feed_id, []).append((body_id, code))
    return found


def _kept(viewer: Viewer, choice: Choice, component: str) -> list[ColumnElement[bool]]:
    kept = calendars.entries_for(
        viewer,
        component=component,
        with_illustration=choice.with_illustration,
        with_deadlines=choice.deadlines_as_days,
        with_busy=choice.with_busy,
        concerns=viewer.stakeholders if choice.only_ours else None,
    )
    if choice.body_ids:
        wanted = calendars.with_those_below(choice.body_ids)
        kept.append(or_(CalendarEntry.body_id.in_(wanted), CalendarEntry.record_id.in_(calendars.held_jointly(wanted))))
    return kept


def _count_ahead(viewer: Viewer, choices: dict[int, Choice], day: date) -> dict[int, int]:
    """Return the number of entries from a day on of each feed, in one query."""
    counts: list[Any] = [
        select(cast(literal(feed_id), String).label("feed"), func.count().label("count"))
        .select_from(CalendarEntry)
        .where(*_kept(viewer, choice, "VEVENT"), CalendarEntry.ends_on >= day)
        for feed_id, choice in choices.items()
    ]
    return {int(feed): count for feed, count in db.session.execute(union_all(*counts))}
