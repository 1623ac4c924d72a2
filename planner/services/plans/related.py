"""Records beside a record, of any number of relations, in one query, as far as the viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, String, cast, literal, null, select, union_all

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.models import Origin, Record


@dataclass(frozen=True)
class Named:
    """A record by its title. `label` is what the relation adds: a code, a role, a number."""

    id: int
    kind: str
    title: str
    state: str | None
    origin: Origin
    label: str | None = None


Related = dict[str, tuple[Named, ...]]


def part(relation: str, record_id: Any, *conditions: Any, position: Any = 0, label: Any = None) -> Any:
    """Return the select of one relation: the ids of its records, their order, and the label of each."""
    return select(
        literal(relation).label("relation"),
        cast(record_id, Integer).label("record_id"),
        cast(literal(position) if isinstance(position, int) else position, Integer).label("position"),
        cast(null() if label is None else label, String).label("label"),
    ).where(*conditions)


def to_one(relation: str, record_id: int | None) -> list[Select[Any]]:
    """Return the relation to one record by its id, or nothing where there is none."""
    return [] if record_id is None else [part(relation, literal(record_id))]


def read_related(viewer: Viewer, parts: Iterable[Select[Any]]) -> Related:
    """Return the records of each relation, in its order. A record that the viewer may not see is left out."""
    near = union_all(*parts).subquery()
    rows: Any = db.session.execute(
        select(
            near.c.relation,
            Record.id,
            Record.kind,
            title(viewer).label("title"),
            Record.standing,
            Record.origin,
            near.c.label,
        )
        .select_from(near)
        .join(Record, Record.id == near.c.record_id)
        .where(visible(viewer))
        .order_by(near.c.relation, near.c.position, Record.id)
    )
    found: dict[str, list[Named]] = {}
    for relation, *values in rows:
        found.setdefault(relation, []).append(Named(*values))
    return {relation: tuple(records) for relation, records in found.items()}


def one(related: Related, relation: str) -> Named | None:
    """Return the record of a relation to one, or None."""
    return next(iter(related.get(relation, ())), None)
