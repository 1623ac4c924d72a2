"""The agenda of a session as a whole: its items in their order with their lengths, and the presentations in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from planner.access import policy
from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, title
from planner.core.db import db
from planner.core.errors import Invalid, NotAllowed, NotVisible, Stale
from planner.core.i18n import N_, Message
from planner.models import AgendaItem, Offer, PlanSession, Slot, Stakeholder
from planner.rules.lifecycle import ENDED
from planner.services import changes
from planner.services.editing.faults import Wrong, guarded
from planner.services.editing.kinds import MINUTES, Number
from planner.services.editing.reading import load
from planner.services.editing.records import touch
from planner.services.editing.slots import may_place, may_take_off
from planner.services.editing.spec import Entry

_presenter = aliased(Stakeholder, flat=True)


@dataclass(frozen=True)
class Placed:
    """A presentation in the session."""

    offer_id: int
    offer_rev: int
    title: str
    state: str
    presenter: str
    item_id: int | None
    position: int
    minutes: int | None

    @property
    def may_move(self) -> bool:
        """Say whether it may be given another place."""
        return may_place(self.state)

    @property
    def may_be_taken_off(self) -> bool:
        """Say whether it may lose its place."""
        return may_take_off(self.state)


@dataclass(frozen=True)
class Agenda:
    """The working copy of a session's agenda. Minutes are None where a length is not known."""

    plan_session: PlanSession
    items: tuple[AgendaItem, ...]
    slots: tuple[Placed, ...]
    unplaced: tuple[tuple[int, str], ...]
    """Confirmed presentations of the meeting that have no place yet; none where the session is cancelled or merged."""
    taken_off: tuple[AgendaItem, ...] = ()
    """Items that were taken off the agenda; they may be put back."""

    @property
    def planned_minutes(self) -> int:
        """Return the sum of all lengths that are known."""
        return sum(item.minutes or 0 for item in self.items) + sum(slot.minutes or 0 for slot in self.slots)

    @property
    def session_minutes(self) -> int | None:
        """Return the length of the session, None where its hours are not known."""
        one = self.plan_session
        if one.starts_at is None or one.ends_at is None:
            return one.duration_minutes
        return int((one.ends_at - one.starts_at).total_seconds() // 60)


def get_agenda(viewer: Viewer, session_id: int) -> Agenda:
    """Return the working copy of an agenda for an officer. Raises NotVisible, NotAllowed."""
    plan_session = load(viewer, session_id)
    if not isinstance(plan_session, PlanSession):
        raise NotVisible
    if not policy.may_change(viewer, "agenda_item", plan_session.home_body_id):
        raise NotAllowed(N_("Your offices do not allow this."))
    everything = db.session.scalars(
        select(AgendaItem).where(AgendaItem.session_id == session_id).order_by(AgendaItem.position)
    ).all()
    items = [item for item in everything if item.withdrawn_because is None]
    taken_off = [item for item in everything if item.withdrawn_because is not None]
    rows = db.session.execute(
        select(Slot, Offer.rev, Offer.title, Offer.state, _presenter.title)
        .join(Offer, Offer.id == Slot.offer_id)
        .join(_presenter, _presenter.id == Offer.presenter_id)
        .where(Slot.session_id == session_id)
        .order_by(Slot.position, Slot.id)
    )
    slots = tuple(
        Placed(slot.offer_id, rev, name, state or "", who, slot.agenda_item_id, slot.position, slot.minutes)
        for slot, rev, name, state, who in rows
    )
    waiting = db.session.execute(
        select(Offer.id, title(viewer, Offer))
        .where(
            Offer.meeting_id == plan_session.meeting_id,
            Offer.state == "confirmed",
            Offer.id.not_in(select(Slot.offer_id)),
            is_officer_of(viewer, Offer),
        )
        .order_by(Offer.id)
    )
    unplaced = tuple((row[0], row[1]) for row in waiting) if plan_session.state not in ENDED else ()
    return Agenda(plan_session, tuple(items), slots, unplaced, tuple(taken_off))


def arrange_agenda(
    actor: Viewer, session_id: int, *, rev: int, at: datetime, given: Mapping[int, Mapping[str, Any]]
) -> PlanSession:
    """Give the items of an agenda their order and lengths. `given` maps the id of an item to "position" and "minutes".

    Items keep the order that they have where two get the same number. Raises NotVisible, NotAllowed, Invalid (fields
    "position-12", "minutes-12"), and Conflict where somebody else was faster.
    """
    with guarded(), changes.change(actor, at=at) as change:
        agenda = get_agenda(actor, session_id)
        if agenda.plan_session.rev != rev:
            raise Stale(N_("Load the page again and look at what was changed before you save."))
        wanted = _clean(agenda, given, Entry(actor=actor, at=at, kind="agenda_item"))
        ordered = sorted(agenda.items, key=lambda item: (wanted[item.id][0], item.position))
        is_new_order = [item.id for item in ordered] != [item.id for item in agenda.items]
        if is_new_order:
            # The database allows a place once at any moment, so all go out of the way first; those that were taken off
            # come behind the others.
            everything = [*ordered, *agenda.taken_off]
            top = max(item.position for item in everything) + 1
            for number, item in enumerate(everything):
                item.position = top + number
            db.session.flush()
            for number, item in enumerate(everything):
                item.position = number
        for item in ordered:
            if item.minutes != wanted[item.id][1]:
                item.minutes = wanted[item.id][1]
        db.session.flush()
        change.touch(session_id)
        if not change.is_empty:
            touch(agenda.plan_session, at)
    return agenda.plan_session


def _clean(agenda: Agenda, given: Mapping[int, Mapping[str, Any]], entry: Entry) -> dict[int, tuple[int, int | None]]:
    wanted: dict[int, tuple[int, int | None]] = {}
    wrong: dict[str, Message] = {}
    for item in agenda.items:
        typed = given.get(item.id, {})
        place, minutes = item.position + 1, item.minutes
        try:
            place = Number(0, 9999).clean(typed.get("position", place), entry) or place
        except Wrong as error:
            wrong[f"position-{item.id}"] = error.parts[""]
        try:
            minutes = MINUTES.clean(typed.get("minutes", minutes), entry)
        except Wrong as error:
            wrong[f"minutes-{item.id}"] = error.parts[""]
        wanted[item.id] = (place, minutes)
    if wrong:
        raise Invalid(wrong)
    return wanted
