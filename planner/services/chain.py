"""The chain: from a mandate to a follow-up and back. Links are kept beside the records, so that one query walks
them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, insert, select, union
from sqlalchemy.sql.selectable import CompoundSelect

from planner.core.db import db, table_of
from planner.models import (
    ChainLink,
    Contribution,
    FollowUp,
    OfferItem,
    Output,
    Plan,
    PlanItem,
    PlanItemRevision,
    SessionItem,
    Slot,
)


def refresh(record_ids: set[int]) -> None:
    """Rewrite the links from the given records (as the lower ends) to what they came of."""
    ids = sorted(record_ids)
    table = table_of(ChainLink)
    wanted = {(upper, lower) for upper, lower in db.session.execute(_uppers_of(ids)) if upper != lower}
    held = set(db.session.execute(select(table.c.upper_id, table.c.lower_id).where(table.c.lower_id.in_(ids))).tuples())
    for upper, lower in held - wanted:
        db.session.execute(delete(table).where(table.c.upper_id == upper, table.c.lower_id == lower))
    if wanted - held:
        rows = [{"upper_id": upper, "lower_id": lower} for upper, lower in sorted(wanted - held)]
        db.session.execute(insert(table), rows)


def _uppers_of(ids: list[int]) -> CompoundSelect[Any, Any]:
    """Return the select of (upper id, lower id): the one place that says what hangs on what."""
    plans = select(table_of(Plan).c.proposed_by_id, table_of(Plan).c.id)
    items = select(table_of(PlanItem).c.plan_id, table_of(PlanItem).c.id)
    revisions = select(PlanItemRevision.parent_id, PlanItemRevision.item_id)
    sessions = select(SessionItem.item_id, SessionItem.session_id)
    slots = select(Slot.session_id, Slot.offer_id)
    offers = select(OfferItem.item_id, OfferItem.offer_id)
    answers = select(table_of(Contribution).c.item_id, table_of(Contribution).c.id)
    inputs = select(table_of(Contribution).c.session_id, table_of(Contribution).c.id)
    outputs = select(table_of(Output).c.item_id, table_of(Output).c.id)
    products = select(table_of(Output).c.session_id, table_of(Output).c.id)
    follow_ups = select(table_of(FollowUp).c.comes_from_id, table_of(FollowUp).c.id)
    offers_of_sessions = select(Slot.session_id, Slot.offer_id).where(Slot.session_id.in_(ids))
    steps = (plans, revisions, sessions, slots, offers, answers, inputs, outputs, products, follow_ups)
    return union(*(_of(step, ids) for step in steps), _top_items(items, ids), offers_of_sessions)


def _of(step: Select[Any, Any], ids: list[int]) -> Select[Any, Any]:
    upper, lower = step.selected_columns
    return step.where(lower.in_(ids), upper.is_not(None))


def _top_items(items: Select[Any, Any], ids: list[int]) -> Select[Any, Any]:
    """Return the items that hang directly on their plan: themes, and questions that no topic holds."""
    item = table_of(PlanItem)
    placed = select(PlanItemRevision.item_id).where(PlanItemRevision.parent_id.is_not(None))
    return items.where(item.c.id.in_(ids), item.c.id.not_in(placed))
