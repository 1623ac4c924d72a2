"""Bodies of public feeds, kept by the first reader after a change for all others (DESIGN section 5)."""

from __future__ import annotations

import gzip
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from planner.core.db import db, table_of, transaction
from planner.models import StoredFeed

log = logging.getLogger("planner")

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Body:
    """A feed as it is sent. `made_at` is in whole seconds, None where the body could not be kept."""

    plain: bytes
    packed: bytes
    made_at: datetime | None


def find(key: str, tag: str) -> Body | None:
    """Return the body of a feed in the state that the tag names, where it is kept. One query."""
    table = table_of(StoredFeed)
    row = db.session.execute(
        select(table.c.plain, table.c.packed, table.c.made_at).where(table.c.key == key, table.c.tag == tag)
    ).one_or_none()
    return Body(row.plain, row.packed, row.made_at) if row else None


def find_made_at(key: str, tag: str) -> datetime | None:
    """Return when the body of that state was made, where it is kept. One query, which reads no body."""
    table = table_of(StoredFeed)
    return db.session.scalar(select(table.c.made_at).where(table.c.key == key, table.c.tag == tag))


def keep(key: str, tag: str, text: str, *, at: datetime) -> Body:
    """Keep the body of a feed and return it. Where it cannot be kept it is returned all the same: a copy is not needed.

    Its instant is later, in whole seconds, than that of the body before, whoever kept it: two bodies never have one.
    """
    plain = text.encode()
    packed = gzip.compress(plain, compresslevel=6, mtime=0)
    table = table_of(StoredFeed)
    try:
        with transaction(write=True):
            before = db.session.scalar(select(table.c.made_at).where(table.c.key == key).with_for_update())
            made_at = at.replace(microsecond=0)
            if before is not None:
                made_at = max(made_at, before + _SECOND)
                db.session.execute(delete(table).where(table.c.key == key))
            db.session.execute(insert(table).values(key=key, tag=tag, made_at=made_at, plain=plain, packed=packed))
    except SQLAlchemyError as error:
        log.warning("the body of a feed could not be kept", exc_info=error)
        return Body(plain, packed, None)
    return Body(plain, packed, made_at)
