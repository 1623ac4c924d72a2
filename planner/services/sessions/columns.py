"""The two editions of sessions and presentations as SQL: officers read the working copy, others the release.

Lists and pages take their columns from here, so that none of them can read the working copy by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, visible
from planner.models import Offer, PlanSession, PublishedSession, PublishedSlot, Slot


@dataclass(frozen=True)
class SessionColumns:
    """The columns of a session in the edition for the viewer; all but the title are NULL where there is none."""

    title: ColumnElement[str]
    state: ColumnElement[Any]
    position: ColumnElement[Any]
    body_id: ColumnElement[Any]
    session_kind: ColumnElement[Any]
    on_text: ColumnElement[Any]
    starts_at: ColumnElement[Any]
    ends_at: ColumnElement[Any]
    zone: ColumnElement[Any]
    duration_minutes: ColumnElement[Any]
    room: ColumnElement[Any]
    mode: ColumnElement[Any]
    continued_in_id: ColumnElement[Any]
    split_from_id: ColumnElement[Any]


@dataclass(frozen=True)
class OfferColumns:
    """The columns of a presentation in the edition that is for the viewer, and the session that it has a place in."""

    title: ColumnElement[str]
    state: ColumnElement[Any]
    session_id: ColumnElement[Any]
    position: ColumnElement[Any]
    minutes: ColumnElement[Any]
    presenter_id: ColumnElement[Any]
    stakeholder_class: ColumnElement[Any]
    offer_kind: ColumnElement[Any]


def session_columns(viewer: Viewer, one: Any = PlanSession, edition: Any = PublishedSession) -> SessionColumns:
    """Return the columns; `one` and `edition` are the classes or their aliases, joined by `with_edition`."""

    def pick(name: str, known_to_all: Any = None) -> ColumnElement[Any]:
        released = getattr(edition, name)
        if known_to_all is not None:
            released = func.coalesce(released, known_to_all)
        return _pick(viewer, one, getattr(one, name), released)

    return SessionColumns(
        title=pick("title", func.coalesce(one.public_title, one.title)),
        state=pick("state"),
        position=pick("position"),
        body_id=pick("body_id"),
        session_kind=pick("session_kind"),
        on_text=pick("on_text"),
        starts_at=pick("starts_at"),
        ends_at=pick("ends_at"),
        zone=pick("zone"),
        duration_minutes=pick("duration_minutes"),
        room=pick("room"),
        mode=pick("mode"),
        continued_in_id=pick("continued_in_id"),
        split_from_id=pick("split_from_id"),
    )


def with_edition(rows: Select[Any], one: Any = PlanSession, edition: Any = PublishedSession) -> Select[Any]:
    """Join the edition of everybody to a select of sessions."""
    return rows.outerjoin(edition, edition.session_id == one.id)


def list_sessions(viewer: Viewer) -> Select[Any]:
    """Return the select of the sessions that the viewer may see, with their editions joined."""
    return with_edition(select(PlanSession)).where(visible(viewer, PlanSession))


def offer_columns(viewer: Viewer) -> OfferColumns:
    """Return the columns of Offer, joined by `list_offers`.

    The owner of an offer reads its own state at all times: "withdrawn" is no secret from who has withdrawn it. An offer
    without a place in the release is seen by its owner and the officers alone (the audience rule), in its own columns.
    """
    working, placed = is_officer_of(viewer, Offer), PublishedSlot.offer_id.is_not(None)
    own = working | Offer.presenter_id.in_(sorted(viewer.stakeholders)) if viewer.stakeholders else working

    def pick(name: str, of_offer: Any = None) -> ColumnElement[Any]:
        released, offered = getattr(PublishedSlot, name), getattr(Offer, name) if of_offer is None else of_offer
        return case((working, getattr(Offer, name)), (placed, released), else_=offered)

    return OfferColumns(
        title=pick("title", func.coalesce(Offer.public_title, Offer.title)),
        state=case((own, Offer.state), (placed, PublishedSlot.state), else_=Offer.state),
        session_id=_pick(viewer, Offer, Slot.session_id, PublishedSlot.session_id),
        position=_pick(viewer, Offer, Slot.position, PublishedSlot.position),
        minutes=case(
            (and_(working, Slot.offer_id.is_not(None)), Slot.minutes),
            (and_(~working, placed), PublishedSlot.minutes),
            else_=Offer.minutes,
        ),
        presenter_id=pick("presenter_id"),
        stakeholder_class=pick("stakeholder_class"),
        offer_kind=pick("offer_kind"),
    )


def list_offers(viewer: Viewer) -> Select[Any]:
    """Return the select of the presentations that the viewer may see, with their places in both editions joined."""
    return (
        select(Offer)
        .outerjoin(Slot, Slot.offer_id == Offer.id)
        .outerjoin(PublishedSlot, PublishedSlot.offer_id == Offer.id)
        .where(visible(viewer, Offer))
    )


def _pick(viewer: Viewer, one: Any, working: Any, released: Any) -> ColumnElement[Any]:
    """Return the working copy's column for officers of the record's body, the release's for everybody else."""
    picked: ColumnElement[Any]
    if viewer.everywhere:
        picked = working
    elif viewer.bodies:
        picked = case((is_officer_of(viewer, one), working), else_=released)
    else:
        picked = released
    return picked
