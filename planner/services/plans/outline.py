"""The items of a plan as an outline: themes by cycle, in them topics and wished outputs, in topics questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.models import (
    Citation,
    Cycle,
    ItemKind,
    Origin,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    Provenance,
    VersionKind,
)
from planner.services.plan_editions import read_revision
from planner.services.registers.expressions import is_recalled

_first = aliased(Cycle, flat=True)
_last = aliased(Cycle, flat=True)
_revision = aliased(PlanItemRevision)
_version = aliased(PlanVersion, flat=True)


@dataclass(frozen=True)
class Node:
    """An item with what hangs under it. `is_derived`: written for this project; `is_draft`: only officers read it.

    In the outline of one version nothing is marked as a draft: the version says so itself.
    """

    id: int
    item_kind: ItemKind
    title: str
    text: str | None
    cycle_id: int | None
    cycle_code: str | None
    last_cycle_code: str | None
    years: str | None
    output_kind: str | None
    result: str | None
    is_illustration: bool
    is_recalled: bool
    is_derived: bool
    is_draft: bool
    children: tuple[Node, ...] = ()

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """Return the items of one kind under this one."""
        return tuple(child for child in self.children if child.item_kind == kind)


def read_outline(viewer: Viewer, *, plan_id: int | None = None, version_id: int | None = None) -> tuple[Node, ...]:
    """Return the items of a plan as everybody reads them, or those of one version, as an outline, in one query.

    An item whose parent is not there, or not to be seen, stands on top.
    """
    rows = db.session.execute(_items(viewer, plan_id, version_id)).all()
    known = {row.id for row in rows}
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    nodes = tuple(_node(row, below, frozenset()) for row in below.get(None, ()))
    return nodes if version_id is None else tuple(_unmarked(node) for node in nodes)


def _unmarked(node: Node) -> Node:
    return replace(node, is_draft=False, children=tuple(_unmarked(child) for child in node.children))


def is_derived(record: Any) -> ColumnElement[bool]:
    """Return the condition that the record was written for this project and is no text of the process."""
    return exists().where(
        Citation.record_id == record.id, Citation.field == "", Citation.provenance == Provenance.DERIVED
    )


def _items(viewer: Viewer, plan_id: int | None, version_id: int | None) -> Select[Any]:
    if version_id is None:
        read = read_revision(viewer, revision=_revision, version=_version)
        which: Any = and_(PlanItem.plan_id == plan_id, ~PlanItem.is_withdrawn, read)
    else:
        which = and_(_revision.version_id == version_id, visible(viewer, _version))
    kinds = {kind: place for place, kind in enumerate(ItemKind)}
    rows: Any = (
        select(
            PlanItem.id,
            PlanItem.item_kind,
            _revision.title,
            _revision.text,
            _revision.parent_id,
            _first.id.label("cycle_id"),
            _first.code.label("cycle_code"),
            _last.code.label("last_cycle_code"),
            _revision.years,
            _revision.output_kind,
            _revision.result,
            PlanItem.origin,
            is_recalled(PlanItem).label("recalled"),
            is_derived(PlanItem).label("derived"),
            _version.version_kind,
        )
        .select_from(PlanItem)
        .join(_revision, _revision.item_id == PlanItem.id)
        .join(_version, _version.id == _revision.version_id)
        .outerjoin(_first, _first.id == _revision.cycle_id)
        .outerjoin(_last, _last.id == _revision.last_cycle_id)
        .where(visible(viewer, PlanItem), which)
        .order_by(
            _first.until_on.is_(None),
            _first.until_on,
            case(kinds, value=PlanItem.item_kind),
            _revision.position,
            PlanItem.id,
        )
    )
    items: Select[Any] = rows
    return items


def _node(row: Any, below: dict[int | None, list[Any]], path: frozenset[int]) -> Node:
    children: Iterable[Any] = () if row.id in path else below.get(row.id, ())
    return Node(
        id=row.id,
        item_kind=row.item_kind,
        title=row.title,
        text=row.text,
        cycle_id=row.cycle_id,
        cycle_code=row.cycle_code,
        last_cycle_code=row.last_cycle_code,
        years=row.years,
        output_kind=row.output_kind,
        result=row.result,
        is_illustration=row.origin is Origin.ILLUSTRATION,
        is_recalled=bool(row.recalled),
        is_derived=bool(row.derived),
        is_draft=row.version_kind is VersionKind.WORKING_COPY,
        children=tuple(_node(child, below, path | {row.id}) for child in children),
    )
