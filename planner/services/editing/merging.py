"""Merging a session into another, and undoing it: the session is off and says where it goes on (DESIGN section 4).

A merged session keeps its hours, its page and its entry in calendars. What stood on its agenda is taken over if the
officer wishes, and goes back when the session is restored, as far as it still stands where it was taken to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from planner.access import policy
from planner.access.readers import all_may_also_see
from planner.access.viewer import Viewer
from planner.core.db import db
from planner.core.errors import Invalid
from planner.core.i18n import N_, Message
from planner.models import AgendaItem, Meeting, Offer, PlanSession, Slot
from planner.rules.lifecycle import Move
from planner.services.changes import Changes
from planner.services.editing.carrying import carry, items_of, slots_of
from planner.services.editing.kinds import Flag
from planner.services.editing.reading import load
from planner.services.editing.spec import Entry, Field, Values
from planner.services.editing.specs.common import SESSION

FIELDS = (
    Field("continued_in_id", SESSION, required=True),
    Field("take_over", Flag()),
    Field("release_now", Flag()),
)


@dataclass(frozen=True)
class Carried:
    """What goes along with a session that is merged or split, in its order: titles."""

    items: tuple[str, ...] = ()
    presentations: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing goes along."""
        return not self.items and not self.presentations


def to_take_over(session_id: int) -> Carried:
    """Return what another session would take over of this one, in its working copy."""
    slots = slots_of(session_id)
    return Carried(tuple(item.title for item in items_of(session_id)), tuple(offer.title for _, offer in slots))


def follow(record: PlanSession, move: Move, values: Values, entry: Entry) -> None:
    """Do what follows from a move of a session: merging takes over, restoring a merged session gives back."""
    change = entry.changes
    if change is None:
        raise RuntimeError("a session moves inside a change")
    if move.verb_name == "merge":
        _merge(record, values, entry.actor, change)
    elif record.state == "merged":
        _give_back(record, change)


def _merge(record: PlanSession, values: Values, actor: Viewer, change: Changes) -> None:
    target = _target(record, values["continued_in_id"], actor)
    if values["take_over"]:
        _take_over(record, target, change)
    record.continued_in_id = target.id
    change.touch(target.id)


def _target(record: PlanSession, target_id: int, actor: Viewer) -> PlanSession:
    """Return the session to merge into. Raises Invalid where it cannot be that one."""
    if target_id == record.id:
        raise _refused(N_("A session cannot be merged into itself."))
    target = load(actor, target_id)
    if not isinstance(target, PlanSession):
        raise TypeError("the field takes sessions only")
    if not policy.may_change(actor, "plan_session", target.home_body_id):
        raise _refused(N_("Your offices do not allow you to change this session."))
    if target.state == "merged":
        raise _refused(N_("This session was merged into another one. Choose that one."))
    if target.state == "cancelled":
        raise _refused(N_("This session is cancelled."))
    bodies = select(Meeting.body_id).where(Meeting.id.in_((record.meeting_id, target.meeting_id))).distinct()
    if len(db.session.scalars(bodies).all()) > 1:
        raise _refused(N_("This session is one of another body. A session goes on in one of its own body."))
    return target


def _refused(text: Message) -> Invalid:
    return Invalid({"continued_in_id": text})


def _take_over(record: PlanSession, target: PlanSession, change: Changes) -> None:
    """Take over what stands on the agenda; never into a session with readers who may not see this one."""
    items = items_of(record.id)
    # A presentation is offered to a meeting and has its place in a session of that.
    slots = [slot for slot, _ in slots_of(record.id)] if target.meeting_id == record.meeting_id else []
    if not items and not slots:
        return
    if not all_may_also_see(target, record):
        text = N_(
            "That session is open to people who may not see this one, and they would read what is taken over. Merge"
            " without it, or open this session to them first."
        )
        raise Invalid({"take_over": text})
    carry(items, slots, target, came_from=record.id, change=change)


def _give_back(record: PlanSession, change: Changes) -> None:
    """Take back from the other session what came from this one and stands there still."""
    came_from: tuple[Any, ...] = (AgendaItem.came_from_id == record.id, AgendaItem.session_id == record.continued_in_id)
    items = db.session.scalars(select(AgendaItem).where(*came_from).order_by(AgendaItem.position)).all()
    moving = {slot.id for slot, _ in slots_of(record.continued_in_id or 0)}
    slots = db.session.scalars(
        select(Slot)
        .join(Offer, Offer.id == Slot.offer_id)
        .where(Slot.came_from_id == record.id, Slot.id.in_(moving))
        .order_by(Slot.position, Slot.id)
    ).all()
    if record.continued_in_id is not None:
        change.touch(record.continued_in_id)
    carry(items, slots, record, came_from=None, change=change)
    record.continued_in_id = None
