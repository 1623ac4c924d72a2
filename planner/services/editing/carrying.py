"""Items of an agenda and presentations that go from one session to another, when sessions are merged or split.

Only the working copy changes here; who sees an item or a presentation changes with the release of its new place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select

from planner.core.db import db
from planner.models import AgendaItem, Offer, PlanSession, Slot
from planner.services.changes import Changes
from planner.services.editing.slots import may_take_off
from planner.services.editing.specs.common import next_position


def items_of(session_id: int) -> list[AgendaItem]:
    """Return the items that stand on an agenda, in their order; those that were taken off stay where they were."""
    standing = (AgendaItem.session_id == session_id, AgendaItem.withdrawn_because.is_(None))
    return list(db.session.scalars(select(AgendaItem).where(*standing).order_by(AgendaItem.position, AgendaItem.id)))


def slots_of(session_id: int) -> list[tuple[Slot, Offer]]:
    """Return the places of a session whose presentations may still move, in their order.

    What became of a presentation is told with its place: one that was delivered, or not, stays.
    """
    rows = db.session.execute(
        select(Slot, Offer)
        .join(Offer, Offer.id == Slot.offer_id)
        .where(Slot.session_id == session_id)
        .order_by(Slot.position, Slot.id)
    )
    return [(slot, offer) for slot, offer in rows if may_take_off(offer.state or "")]


def carry(
    items: Iterable[AgendaItem],
    slots: Iterable[Slot],
    target: PlanSession,
    *,
    came_from: int | None,
    change: Changes,
) -> None:
    """Put items and presentations behind those of another session, in the order given.

    A presentation stays under its item where that goes along, and stands under none where it does not; so does one that
    stays while its item goes. `came_from` is the session that it goes back to where a merger is undone.
    """
    gone = _carry_items(items, target, came_from)
    moving = list(slots)
    staying = select(Slot).where(Slot.agenda_item_id.in_(gone), Slot.id.not_in([slot.id for slot in moving]))
    for slot in db.session.scalars(staying):
        slot.agenda_item_id = None
    following = next_position(Slot.position, Slot.session_id == target.id)
    for number, slot in enumerate(moving):
        change.touch(slot.session_id, slot.offer_id)
        slot.session_id = target.id
        slot.position = following + number
        slot.came_from_id = came_from
        if slot.agenda_item_id not in gone:
            slot.agenda_item_id = None
    change.touch(target.id)
    db.session.flush()


def _carry_items(items: Iterable[AgendaItem], target: PlanSession, came_from: int | None) -> Collection[int]:
    following = next_position(AgendaItem.position, AgendaItem.session_id == target.id)
    gone = set()
    for number, item in enumerate(items):
        item.session_id, item.position = target.id, following + number
        item.came_from_id = came_from
        gone.add(item.id)
    db.session.flush()
    return gone
