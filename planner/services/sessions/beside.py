"""The sessions that a session hangs together with: merged into, taking in, split from, going on in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, or_, select, union

from planner.access.viewer import Viewer
from planner.core.db import db, table_of
from planner.models import PlanSession, PublishedSession
from planner.rules.lifecycle import OFF
from planner.services.sessions.columns import list_sessions, session_columns

Relation = Literal["merged", "continued", "split", "takes_in"]
_ORDER = ("merged", "continued", "split", "takes_in")


@dataclass(frozen=True)
class Beside:
    """Another session: how the one hangs together with it, and when it is, in the edition that is for the viewer."""

    id: int
    relation: Relation
    title: str
    on_text: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    zone: str | None


def has_beside(session_id: int) -> ColumnElement[bool]:
    """Return whether any edition of a session names another, or is named by one; most hang together with none."""
    return _ids(session_id).exists()


def list_beside(viewer: Viewer, session_id: int) -> tuple[Beside, ...]:
    """Return the sessions that a session hangs together with, in the viewer's edition of all of them, in one query."""
    mine = session_columns(viewer)
    rows = db.session.execute(
        list_sessions(viewer)
        .with_only_columns(
            PlanSession.id, mine.title.label("title"), mine.state.label("state"), mine.on_text.label("on_text"),
            mine.starts_at.label("starts_at"), mine.ends_at.label("ends_at"), mine.zone.label("zone"),
            mine.continued_in_id.label("continued_in_id"), mine.split_from_id.label("split_from_id"),
            maintain_column_froms=True,
        )
        .where(PlanSession.id.in_(_ids(session_id)))
        .order_by(mine.on_text, mine.starts_at, PlanSession.id)
    ).all()  # fmt: skip
    own = next((row for row in rows if row.id == session_id), None)
    found = [_beside(relation, row) for row in rows for relation in _relations(session_id, own, row)]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.relation)))


def _relations(session_id: int, own: Any, row: Any) -> list[Relation]:
    relations: list[Relation] = []
    if own is None or row.id == session_id:
        return relations
    if own.state == "merged" and own.continued_in_id == row.id:
        relations.append("merged")
    if row.split_from_id == session_id and row.state not in OFF:
        relations.append("continued")
    if own.split_from_id == row.id:
        relations.append("split")
    if row.state == "merged" and row.continued_in_id == session_id:
        relations.append("takes_in")
    return relations


def _beside(relation: Relation, row: Any) -> Beside:
    if row.state in OFF:
        return Beside(row.id, relation, row.title, None, None, None, None)
    return Beside(row.id, relation, row.title, row.on_text, row.starts_at, row.ends_at, row.zone)


def _ids(session_id: int) -> Select[Any]:
    """Return both ends of every link that either edition has at the session; each part goes by an index."""
    parts = [
        select(table.c[end].label("id")).where(
            table.c[name].is_not(None), or_(table.c[key] == session_id, table.c[name] == session_id)
        )
        for table, key in ((table_of(PlanSession), "id"), (table_of(PublishedSession), "session_id"))
        for name in ("continued_in_id", "split_from_id")
        for end in (key, name)
    ]
    return select(union(*parts).subquery().c.id)
