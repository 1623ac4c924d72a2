"""Bodies of public feeds, kept by the first reader after a change for all others (DESIGN section 5)."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, insert, literal, null, or_, select, true, update
from sqlalchemy.exc import SQLAlchemyError

from planner.core.db import db, table_of, transaction
from planner.models import StoredFeed
from planner.services import data_state

log = logging.getLogger("planner")

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Held:
    """What a reader has of a feed already: the tags it names, or the instant it names where it names no tag."""

    tags: frozenset[str] = frozenset()
    since: datetime | None = None
    is_any: bool = False
    """Whether any body will do (`If-None-Match: *`)."""

    def has(self, tag: str, made_at: datetime | None) -> bool:
        """Say whether the reader has the body with this tag, made at this instant (RFC 9110 section 13.2.2)."""
        return self.is_any or tag in self.tags or bool(self.since and made_at and made_at <= self.since)


@dataclass(frozen=True)
class Kept:
    """A feed as it is kept, or in parts where it was just made. `body` is None where the reader has it already."""

    tag: str
    made_at: datetime | None
    body: bytes | list[bytes] | None
    is_packed: bool = False


@dataclass(frozen=True)
class Found:
    """The state of the data, and the feed where what is kept is known to be right in that state."""

    state: int
    kept: Kept | None


def present_state() -> int:
    """Return the mark of the present state of the data. One statement."""
    return int(db.session.scalar(select(data_state.present())) or 0)


def find(key: str, held: Held, *, packed: bool) -> Found:
    """Return the state of the data, and the feed where it is kept for that state: one statement, whatever comes of it.

    A body that the reader has is not read.
    """
    table, state = table_of(StoredFeed), data_state.present()
    unread = [table.c.state != state, table.c.tag.in_(sorted(held.tags))]
    if held.is_any:
        unread.append(true())
    if held.since:
        unread.append(table.c.made_at <= held.since)
    body = case((or_(*unread), null()), else_=table.c.packed if packed else table.c.plain)
    one = select(literal(1).label("one")).subquery()
    row = db.session.execute(
        select(state.label("now"), table.c.state, table.c.tag, table.c.made_at, body.label("body"))
        .select_from(one)
        .outerjoin(table, table.c.key == key)
    ).one()
    if row.state is None or row.state != row.now:
        return Found(row.now, None)
    return Found(row.now, Kept(row.tag, row.made_at, row.body, packed))


def find_by_tag(key: str, tag: str, held: Held, *, packed: bool) -> Kept | None:
    """Return the feed where a body with this tag is kept, whatever state it was kept in. One query."""
    table = table_of(StoredFeed)
    row = db.session.execute(
        select(table.c.tag, table.c.made_at, table.c.packed if packed else table.c.plain).where(
            table.c.key == key, table.c.tag == tag
        )
    ).one_or_none()
    if row is None:
        return None
    return Kept(row.tag, row.made_at, None if held.has(row.tag, row.made_at) else row[2], packed)


def confirm(key: str, tag: str, state: int) -> None:
    """Note that what is kept is right in a later state too, because its tag is still the same."""
    table = table_of(StoredFeed)
    this = update(table).where(table.c.key == key, table.c.tag == tag)
    _quietly(lambda: db.session.execute(this.values(state=state)))


def keep(key: str, tag: str, state: int, plain: bytes, *, at: datetime) -> None:
    """Keep the body of a feed, and a compressed copy of it. Where it cannot be kept the log says so, and no more comes
    of it.

    Its instant is later, in whole seconds, than that of the body before, whoever kept it: two bodies never have one.
    """
    small = gzip.compress(plain, compresslevel=6, mtime=0)
    table = table_of(StoredFeed)

    def write() -> None:
        chosen = select(table.c.made_at, table.c.tag).where(table.c.key == key)
        before = db.session.execute(chosen.with_for_update()).one_or_none()
        made_at = at.replace(microsecond=0)
        if before is not None and before.tag == tag:
            return  # of several first readers another was faster
        if before is not None:
            made_at = max(made_at, before.made_at + _SECOND)
            db.session.execute(delete(table).where(table.c.key == key))
        values = {"key": key, "state": state, "tag": tag, "made_at": made_at, "plain": plain, "packed": small}
        db.session.execute(insert(table).values(values))

    _quietly(write)


def _quietly(write: Callable[[], object]) -> None:
    """Write in a short transaction of its own; where that cannot be done, say so in the log: a copy is not needed."""
    try:
        with transaction(write=True):
            write()
    except SQLAlchemyError as error:
        log.warning("the body of a feed could not be kept", exc_info=error)
