"""What a person follows: bodies, cycles, themes, topics, meetings, sessions, calls, follow-ups. Nobody else's to know.

Following changes no record: it is in no history of one, and shows nothing that the person may not see anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, select

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db, table_of, upsert_into
from planner.core.errors import Invalid, NotAllowed, NotVisible
from planner.core.i18n import N_
from planner.models import Follow, ItemKind, Origin, PlanItem, Record
from planner.services import changes

KINDS = frozenset({"body", "call", "cycle", "follow_up", "meeting", "plan_item", "plan_session"})
"""Kinds of records that are followed; of the items of a plan themes and topics alone."""
MOST = 500
"""How many records a person may follow."""


@dataclass(frozen=True)
class Followed:
    """A record that somebody follows; without a title where it is open to them no more."""

    id: int
    kind: str | None
    title: str | None
    state: str | None
    since_at: datetime
    is_illustration: bool


def is_followed(viewer: Viewer, record: Record) -> bool | None:
    """Say whether the viewer follows a record; None where they cannot. One query for who is signed in."""
    if viewer.user_id is None or not _can_be(record):
        return None
    return bool(
        db.session.scalar(select(exists().where(Follow.user_id == viewer.user_id).where(Follow.record_id == record.id)))
    )


def follow(viewer: Viewer, record_id: int, *, at: datetime) -> str:
    """Follow a record and return its kind; following it already changes nothing.

    Raises NotVisible for strangers and for what the viewer may not see, NotAllowed for what cannot be followed, Invalid
    where the viewer follows too much.
    """
    user_id = _user_id(viewer)
    with changes.change(viewer, at=at):
        record = db.session.scalars(select(Record).where(Record.id == record_id, visible(viewer))).one_or_none()
        if record is None:
            raise NotVisible
        if not _can_be(record):
            raise NotAllowed
        held = db.session.scalar(select(func.count()).select_from(Follow).where(Follow.user_id == user_id)) or 0
        if held >= MOST:
            raise Invalid({"": N_("You follow {count} records already. Unfollow some first.", count=MOST)})
        # the same button pressed twice must not fail
        row = upsert_into(table_of(Follow)).values(user_id=user_id, record_id=record_id, since_at=at)
        db.session.execute(row.on_conflict_do_nothing())
        return record.kind


def unfollow(viewer: Viewer, record_id: int, *, at: datetime) -> str | None:
    """Follow a record no more; return its kind where the viewer may still see it.

    What is not followed stays so. Raises NotVisible for strangers.
    """
    user_id = _user_id(viewer)
    with changes.change(viewer, at=at):
        table = table_of(Follow)
        db.session.execute(delete(table).where(table.c.user_id == user_id, table.c.record_id == record_id))
    return db.session.scalar(select(Record.kind).where(Record.id == record_id, visible(viewer)))


def list_followed(viewer: Viewer) -> tuple[Followed, ...]:
    """Return what the viewer follows, by kind and title; what is not open to them any more last. One query."""
    sees = visible(viewer)
    rows = db.session.execute(
        select(Record.id, Record.kind, title(viewer), Record.standing, Record.origin, Follow.since_at, sees)
        .join(Follow, Follow.record_id == Record.id)
        .where(Follow.user_id == _user_id(viewer))
        .order_by(Record.kind, title(viewer), Record.id)
    )
    found = [
        Followed(row[0], row[1], row[2], row[3], row[5], row[4] is Origin.ILLUSTRATION)
        if row[6]
        else Followed(row[0], None, None, None, row[5], is_illustration=False)
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: one.title is None))


def _user_id(viewer: Viewer) -> int:
    if viewer.user_id is None:
        raise NotVisible
    return viewer.user_id


def _can_be(record: Record) -> bool:
    if isinstance(record, PlanItem):
        return record.item_kind in (ItemKind.THEME, ItemKind.TOPIC)
    return record.kind in KINDS
