"""Feeds of persons: made, changed, revoked by their owner, and read by whoever has the address.

A feed stands for its owner: at every read the owner's standing of that day decides what is in it (access/visibility).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, select, union_all, update

from planner.access.viewer import Viewer, public
from planner.access.visibility import title, visible
from planner.core.db import db, table_of, transaction
from planner.core.errors import Invalid, NotVisible
from planner.core.i18n import N_, Message
from planner.models import Body, CalendarEntry, Cycle, EntryKind, PersonalFeed, PlanItem, Record, UserAccount
from planner.rules.names import name_fault
from planner.services import calendars, changes, data_state
from planner.services.accounts import accounts_with_names, viewer_of
from planner.services.feed_choice import ALARMS, CLASSES, Choice, conditions, from_json

MOST = 20
"""How many feeds a person may have at a time."""
PREVIEWED = 8
"""How many entries a preview names."""
NOTED_EVERY = timedelta(minutes=5)
"""How exactly the last read is kept: programs that ask every minute write no row every minute."""


_CHOSEN_OF: tuple[tuple[str, str, type[Any]], ...] = (
    ("bodies", "body_ids", Body),
    ("cycles", "cycle_ids", Cycle),
    ("items", "item_ids", PlanItem),
)


@dataclass(frozen=True)
class Mine:
    """One of a person's own feeds, what it is narrowed to by name, and the number of entries ahead, tasks apart."""

    id: int
    generation: int
    choice: Choice
    narrowed_to: tuple[str, ...]
    ahead: int
    last_read_at: datetime | None
    last_read_by: str | None


@dataclass(frozen=True)
class Previewed:
    """One of the first entries of a choice; hours of a session that the viewer may not see have no title."""

    title: str | None
    kind: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Preview:
    """What a choice would hold from a day on: the number of entries by kind, and the first of them."""

    counts: dict[str, int]
    first: tuple[Previewed, ...]

    @property
    def ahead(self) -> int:
        """Return the number of entries."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Opened:
    """A feed that an address opened: what it holds, whose it is, and which state of the data it is read in."""

    id: int
    choice: Choice
    account: Any
    day: date
    state: int
    told: Mapping[str, Any]
    last_read_at: datetime | None

    @cached_property
    def viewer(self) -> Viewer:
        """Return the person whom the feed stands for, with their standing of the day. One query."""
        return viewer_of(self.account, day=self.day)

    def told_tag(self, component: str, form: str) -> str | None:
        """Return the tag of what was sent last, where nothing can have changed since: no write, no day, no form."""
        told = self.told.get(component)
        return told["tag"] if told and told["state"] == self.state and told["form"] == self._form(form) else None

    def telling(self, component: str, form: str, tag: str) -> dict[str, Any]:
        """Return what is to be noted of what is sent now."""
        return {**self.told, component: {"state": self.state, "form": self._form(form), "tag": tag}}

    def _form(self, form: str) -> str:
        # rights depend on the day: offices, delegations and the status of a State begin and end on days
        return f"{form} {self.day}"


def make(viewer: Viewer, choice: Choice, *, at: datetime) -> int:
    """Make a feed of the viewer's own and return its id. Raises NotVisible for strangers, Invalid."""
    with changes.change(viewer, at=at):
        held = db.session.scalar(select(func.count()).select_from(PersonalFeed).where(*_own(viewer))) or 0
        _check(viewer, choice, too_many=held >= MOST)
        feed = PersonalFeed(user_id=viewer.user_id, created_at=at, generation=0, told={})
        _set(feed, choice)
        db.session.add(feed)
        db.session.flush()
        return feed.id


def change(viewer: Viewer, feed_id: int, choice: Choice, *, at: datetime) -> None:
    """Give a feed another choice; its address stays. Raises NotVisible for what is not the viewer's own, Invalid."""
    with changes.change(viewer, at=at):
        feed = _mine(viewer, feed_id)
        _check(viewer, choice)
        _set(feed, choice)


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
    feed = _mine(viewer, feed_id)
    return from_json(feed.name, feed.choice)


def list_choices(viewer: Viewer) -> dict[int, Choice]:
    """Return what the viewer's own feeds hold, by id, the oldest first. One query."""
    feeds = db.session.scalars(select(PersonalFeed).where(*_own(viewer)).order_by(PersonalFeed.id))
    return {feed.id: from_json(feed.name, feed.choice) for feed in feeds}


def get_address(viewer: Viewer, feed_id: int) -> tuple[str, int]:
    """Return the name and the generation of one of the viewer's own feeds. Raises NotVisible."""
    feed = _mine(viewer, feed_id)
    return feed.name, feed.generation


def list_mine(viewer: Viewer, day: date) -> tuple[Mine, ...]:
    """Return the viewer's own feeds, the oldest first, in three queries at any number of feeds."""
    feeds = db.session.scalars(select(PersonalFeed).where(*_own(viewer)).order_by(PersonalFeed.id)).all()
    if not feeds:
        return ()
    choices = {feed.id: from_json(feed.name, feed.choice) for feed in feeds}
    named = _names_of(viewer, choices.values())
    ahead = _count_ahead(viewer, choices, day)
    return tuple(
        Mine(
            feed.id,
            feed.generation,
            choices[feed.id],
            _narrowed_to(choices[feed.id], named),
            ahead.get(feed.id, 0),
            feed.last_read_at,
            feed.last_read_by,
        )
        for feed in feeds
    )


def preview(viewer: Viewer, choice: Choice, day: date) -> Preview:
    """Return what a choice would hold from a day on, in two queries."""
    kept = [*conditions(viewer, choice), CalendarEntry.ends_on >= day]
    rows = db.session.execute(
        select(CalendarEntry.entry_kind, func.count()).where(*kept).group_by(CalendarEntry.entry_kind)
    )
    entry = CalendarEntry
    # as feeds say it: of the released edition, to officers too
    named = case((and_(visible(viewer), entry.entry_kind != EntryKind.BUSY), title(public(day))))
    first = db.session.execute(
        select(named, entry.entry_kind, entry.starts_on, entry.ends_on)
        .join(Record, Record.id == entry.record_id)
        .where(*kept)
        .order_by(entry.starts_on, entry.id)
        .limit(PREVIEWED)
    )
    counts = {kind.value: count for kind, count in rows}
    return Preview(counts, tuple(Previewed(row[0], row[1].value, row[2], row[3]) for row in first))


def open_feed(feed_id: int, generation: int, *, day: date) -> Opened:
    """Return the feed that a right address names, to be read on the day. One query.

    Raises NotVisible where it was revoked, has another address by now, or its owner's account is closed.
    """
    table = table_of(PersonalFeed)
    columns = (table.c.id, table.c.name, table.c.choice, table.c.told, table.c.last_read_at)
    row = db.session.execute(
        accounts_with_names()
        .join(table, table.c.user_id == UserAccount.id)
        .add_columns(*columns, data_state.present().label("state"))
        .where(table.c.id == feed_id, table.c.generation == generation, table.c.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotVisible
    return Opened(row.id, from_json(row.name, row.choice), row, day, row.state, row.told, row.last_read_at)


def batches(opened: Opened, component: str) -> Iterator[list[calendars.Written]]:
    """Yield the finished texts and zones of a feed's events ("VEVENT") or tasks ("VTODO"). Two queries at most."""
    return calendars.read_batches(conditions(opened.viewer, opened.choice, component), opened.choice.language)


def note_read(opened: Opened, program: str, *, at: datetime, told: Mapping[str, Any] | None = None) -> None:
    """Keep when a feed was read last, by what kind of program, and what it was told, in a short transaction of its own.

    Nothing is written where the last read was noted a moment ago and the program was told the same then.
    """
    is_recent = opened.last_read_at is not None and at - opened.last_read_at < NOTED_EVERY
    if is_recent and (told is None or told == opened.told):
        return
    table = table_of(PersonalFeed)
    values: dict[str, Any] = {"last_read_at": at, "last_read_by": program}
    if told is not None:
        values["told"] = dict(told)
    with transaction(write=True):
        # No audit entry: it would say no more than these columns.
        db.session.execute(update(table).where(table.c.id == opened.id).values(values))


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
    if fault := name_fault(choice.name, missing=N_("Give the feed a name.")):
        faults["name"] = fault
    for field, ids, model in _CHOSEN_OF:
        chosen = getattr(choice, ids)
        found = select(func.count()).select_from(model).where(model.id.in_(sorted(chosen)), visible(viewer, model))
        if chosen and db.session.scalar(found) != len(chosen):
            faults[field] = N_("Choose from the list.")
    if not choice.classes <= CLASSES.keys():
        faults["classes"] = N_("Choose from the list.")
    if choice.alarm_minutes is not None and choice.alarm_minutes not in ALARMS:
        faults["alarm"] = N_("Choose from the list.")
    if too_many:
        faults[""] = N_("You have {count} feeds already. Revoke one first.", count=MOST)
    if faults:
        raise Invalid(faults)


def _set(feed: PersonalFeed, choice: Choice) -> None:
    feed.name = choice.name.strip()
    feed.choice = choice.as_json()


def _names_of(viewer: Viewer, choices: Iterable[Choice]) -> dict[int, str]:
    """Return codes of bodies and cycles, and titles of themes and topics, that feeds are narrowed to."""
    ids = {one for choice in choices for one in (choice.body_ids | choice.cycle_ids | choice.item_ids)}
    body, cycle = table_of(Body), table_of(Cycle)
    rows = db.session.execute(
        select(Record.id, func.coalesce(body.c.code, cycle.c.code, title(viewer)))
        .outerjoin(body, body.c.id == Record.id)
        .outerjoin(cycle, cycle.c.id == Record.id)
        .where(Record.id.in_(sorted(ids)), visible(viewer))
    )
    return {row[0]: row[1] for row in rows}


def _narrowed_to(choice: Choice, named: Mapping[int, str]) -> tuple[str, ...]:
    ids = (*sorted(choice.body_ids), *sorted(choice.cycle_ids), *sorted(choice.item_ids))
    return tuple(named[one] for one in ids if one in named)


def _count_ahead(viewer: Viewer, choices: dict[int, Choice], day: date) -> dict[int, int]:
    """Return the number of entries from a day on of each feed, in one query."""
    counts: list[Any] = [
        select(cast(literal(feed_id), String).label("feed"), func.count().label("count"))
        .select_from(CalendarEntry)
        .where(*conditions(viewer, choice), CalendarEntry.ends_on >= day)
        for feed_id, choice in choices.items()
    ]
    return {int(feed): count for feed, count in db.session.execute(union_all(*counts))}
