"""Where items of a plan come from and go: carried over, split, merged, over all versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.models import Cycle, ItemLineage, LineageKind, PlanItem, PlanItemRevision

_before = aliased(PlanItem, flat=True)
_after = aliased(PlanItem, flat=True)
_old = aliased(PlanItemRevision)
_new = aliased(PlanItemRevision)
_old_cycle = aliased(Cycle, flat=True)
_new_cycle = aliased(Cycle, flat=True)


@dataclass(frozen=True)
class Step:
    """One step of the lineage: what an item was made of, with the cycles in which both stand."""

    lineage_kind: LineageKind
    from_id: int
    from_title: str
    from_cycle: str | None
    to_id: int
    to_title: str
    to_cycle: str | None


def read_lineage(viewer: Viewer, item: PlanItem) -> tuple[Step, ...]:
    """Return the whole path back and forth, the earliest step first, in one query."""
    up = select(ItemLineage.from_item_id.label("id")).where(ItemLineage.item_id == item.id).cte("up", recursive=True)
    up = up.union(select(ItemLineage.from_item_id).join(up, ItemLineage.item_id == up.c.id))
    down = select(ItemLineage.item_id.label("id")).where(ItemLineage.from_item_id == item.id)
    below = down.cte("down", recursive=True)
    below = below.union(select(ItemLineage.item_id).join(below, ItemLineage.from_item_id == below.c.id))
    rows: Any = db.session.execute(
        select(
            ItemLineage.lineage_kind,
            _before.id,
            title(viewer, _before),
            _old_cycle.code,
            _after.id,
            title(viewer, _after),
            _new_cycle.code,
        )
        .select_from(ItemLineage)
        .join(_before, _before.id == ItemLineage.from_item_id)
        .join(_after, _after.id == ItemLineage.item_id)
        .outerjoin(_old, and_(_old.item_id == _before.id, _old.is_shown))
        .outerjoin(_new, and_(_new.item_id == _after.id, _new.is_shown))
        .outerjoin(_old_cycle, _old_cycle.id == _old.cycle_id)
        .outerjoin(_new_cycle, _new_cycle.id == _new.cycle_id)
        .where(visible(viewer, _before), visible(viewer, _after))
        .where(
            or_(
                ItemLineage.item_id == item.id,
                ItemLineage.from_item_id == item.id,
                ItemLineage.item_id.in_(select(up.c.id)),
                ItemLineage.from_item_id.in_(select(below.c.id)),
            )
        )
        .order_by(_old_cycle.until_on, _new_cycle.until_on, ItemLineage.position, _before.id)
    )
    return tuple(Step(*row) for row in rows)
