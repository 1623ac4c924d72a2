"""The place of a presentation in a session: placing it, moving it, taking it off; the presentation stays what it is.

All of this is the working copy: who sees the presentation changes with the release of the programme, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from planner.access import policy
from planner.access.viewer import Viewer
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotVisible, Stale
from planner.core.i18n import N_
from planner.models import AgendaItem, Offer, PlanSession, Record, Slot
from planner.rules import lifecycle
from planner.services import changes
from planner.services.editing.faults import guarded
from planner.services.editing.kinds import MINUTES, Number
from planner.services.editing.reading import load
from planner.services.editing.records import touch
from planner.services.editing.references import Ref
from planner.services.editing.spec import Entry, Field, Spec
from planner.services.editing.specs.common import SESSION, next_position
from planner.services.editing.writing import clean

PLACE = Spec(
    kind="slot",
    model=Slot,
    creatable=False,
    fields=(
        Field("session_id", SESSION, required=True),
        Field("agenda_item_id", Ref(("agenda_item",))),
        Field("position", Number(0, 9999)),
        Field("minutes", MINUTES),
    ),
)


def slot_values(offer_id: int) -> dict[str, Any] | None:
    """Return the place that a presentation has now, as values of `PLACE`, or None."""
    slot = db.session.scalars(select(Slot).where(Slot.offer_id == offer_id)).one_or_none()
    return {field.name: getattr(slot, field.name) for field in PLACE.fields} if slot else None


def place_offer(actor: Viewer, offer_id: int, *, rev: int, at: datetime, given: Mapping[str, Any]) -> Record:
    """Give a presentation its place in a session, or another one. `given` holds values of `PLACE`.

    Raises NotVisible, NotAllowed, Invalid, and Conflict where it is not confirmed or somebody else was faster.
    """
    with guarded(), changes.change(actor, at=at, action="place") as change:
        offer = _offer(actor, offer_id, rev)
        entry = Entry(actor=actor, at=at, kind="slot", stored=slot_values(offer_id) or {}, changes=change)
        values = clean(PLACE, given, entry)
        target = load(actor, values["session_id"])
        policy.require_change(actor, "plan_session", target.home_body_id)
        _check(offer, target, values)
        _require_placeable(offer)
        offer.state = "placed"
        slot = db.session.scalars(select(Slot).where(Slot.offer_id == offer_id)).one_or_none()
        following = next_position(Slot.position, Slot.session_id == target.id)
        if slot is None:
            slot = Slot(offer_id=offer.id)
            db.session.add(slot)
        elif slot.session_id != target.id:
            change.touch(slot.session_id)
        slot.session_id = target.id
        slot.agenda_item_id = values["agenda_item_id"]
        slot.minutes = values["minutes"]
        if values["position"] is not None:
            slot.position = values["position"]
        elif not entry.stored or entry.stored["session_id"] != target.id:
            slot.position = following
        change.touch(offer.id, target.id)
        touch(offer, at)
    return offer


def remove_slot(actor: Viewer, offer_id: int, *, rev: int, at: datetime) -> Record:
    """Take a presentation off the programme; it stays confirmed. Raises as `place_offer`."""
    with guarded(), changes.change(actor, at=at, action="unplace") as change:
        offer = _offer(actor, offer_id, rev)
        if not may_take_off(offer.state or ""):
            raise Conflict(N_("What became of the presentation is recorded. It stays where it was."))
        if offer.state == "placed" or not slot_values(offer_id):
            lifecycle.check_move("offer", offer.state or "", "confirmed")
            offer.state = "confirmed"
        change.touch(*take_off(offer))
        touch(offer, at)
    return offer


def take_off(offer: Offer) -> list[int]:
    """Delete the place of a presentation, if it has one; return the records that this touches."""
    slot = db.session.scalars(select(Slot).where(Slot.offer_id == offer.id)).one_or_none()
    if slot is None:
        return []
    db.session.delete(slot)
    return [slot.session_id, offer.id]


def _offer(actor: Viewer, offer_id: int, rev: int) -> Offer:
    record = load(actor, offer_id)
    if not isinstance(record, Offer):
        raise NotVisible
    policy.require_change(actor, "offer", record.home_body_id)
    if record.rev != rev:
        raise Stale(N_("Load the page again and look at what was changed before you save."))
    return record


def _check(offer: Offer, target: Record, values: Mapping[str, Any]) -> None:
    if not isinstance(target, PlanSession) or target.meeting_id != offer.meeting_id:
        raise Invalid({"session_id": N_("This session belongs to another meeting.")})
    if target.state == "cancelled":
        raise Invalid({"session_id": N_("This session is cancelled.")})
    if target.state == "merged":
        raise Invalid({"session_id": N_("This session was merged into another one. Choose that one.")})
    item_id = values["agenda_item_id"]
    if item_id is not None:
        session_id = db.session.scalar(select(AgendaItem.session_id).where(AgendaItem.id == item_id))
        if session_id != target.id:
            raise Invalid({"agenda_item_id": N_("This item stands on the agenda of another session.")})


def get_offer_to_place(viewer: Viewer, offer_id: int) -> Record:
    """Return a presentation that may have a place. Raises NotVisible, NotAllowed, Conflict where it may have none."""
    record = load(viewer, offer_id)
    if not isinstance(record, Offer):
        raise NotVisible
    policy.require_change(viewer, "offer", record.home_body_id)
    _require_placeable(record)
    return record


def may_place(state: str) -> bool:
    """Say whether a presentation in a state may be given a place, or another one."""
    return state == "placed" or lifecycle.find_move("offer", state, "place") is not None


def may_take_off(state: str) -> bool:
    """Say whether a presentation in a state may lose its place; what became of it is told with its place."""
    return state not in ("delivered", "undelivered")


def _require_placeable(offer: Offer) -> None:
    if not may_place(offer.state or ""):
        raise Conflict(
            N_(
                "Only a presentation that is confirmed, or placed already, gets a place. This one is {state}.",
                state=lifecycle.state_word("offer", offer.state or ""),
            )
        )
