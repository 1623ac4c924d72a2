"""Calls for presentations and the offers that answer them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db
from planner.models import Call, Offer, OfferPresenter, PublishedSlot, Slot
from planner.services import neighbours, pages
from planner.services.neighbours import by_edition


@dataclass(frozen=True)
class OfferView:
    """All that the page of a presentation shows, in the edition of the viewer.

    `named` holds the visible records that it points to, by id; `is_working` says that the working copy is shown.
    """

    frame: pages.Frame
    offer: Offer
    named: dict[int, neighbours.Named]
    answers: tuple[neighbours.Named, ...]
    session_id: int | None
    agenda_item: str | None
    minutes: int | None
    state: str
    is_working: bool
    sees_all: bool
    """The owner and the officers also see summary, person and availability."""


@dataclass(frozen=True)
class OfferLine:
    """An offer in the list of its call."""

    id: int
    title: str
    state: str
    presenter: str | None
    presenter_class: str


@dataclass(frozen=True)
class CallView:
    """All that the page of a call shows."""

    frame: pages.Frame
    call: Call
    named: dict[int, neighbours.Named]
    offers: tuple[OfferLine, ...]


def get_offer(viewer: Viewer, offer_id: int) -> OfferView:
    """Return a presentation. Raises NotVisible."""
    offer = pages.get(
        visible_records(viewer, Offer)
        .where(Offer.id == offer_id)
        .options(
            selectinload(Offer.item_links),
            selectinload(Offer.co_presenters).joinedload(OfferPresenter.stakeholder),
            joinedload(Offer.slot).joinedload(Slot.agenda_item),
            joinedload(Offer.edition),
            joinedload(Offer.person),
        )
    )
    officer = viewer.is_officer_of(offer.home_body_id)
    slot = offer.slot if officer else None
    edition = offer.edition
    session_id = slot.session_id if slot else edition.session_id if edition else None
    items = [link.item_id for link in offer.item_links]
    named = neighbours.named(viewer, offer.presenter_id, offer.call_id, offer.meeting_id, session_id, *items)
    return OfferView(
        pages.frame(viewer, offer),
        offer,
        named,
        tuple(named[item] for item in items if item in named),
        session_id if session_id in named else None,
        slot.agenda_item.title if slot and slot.agenda_item else None,
        slot.minutes if slot else edition.minutes if edition else offer.minutes,
        (edition.state if edition and not officer else offer.state) or "submitted",
        is_working=officer and (edition is None or edition.title != offer.title),
        sees_all=officer or offer.presenter_id in viewer.stakeholders,
    )


def get_call(viewer: Viewer, call_id: int) -> CallView:
    """Return a call with the offers that the viewer may see. Raises NotVisible."""
    call = pages.get(visible_records(viewer, Call).where(Call.id == call_id))
    state = by_edition(viewer, Offer, Offer.state, PublishedSlot.state)
    rows = db.session.execute(
        select(Offer.id, title(viewer, Offer), state, Offer.presenter_id, Offer.stakeholder_class, Offer.state)
        .outerjoin(PublishedSlot, PublishedSlot.offer_id == Offer.id)
        .where(Offer.call_id == call.id, visible(viewer, Offer))
        .order_by(Offer.id)
        .limit(300)
    ).all()
    named = neighbours.named(viewer, call.meeting_id, call.item_id, *(row[3] for row in rows))
    offers = tuple(
        OfferLine(row[0], row[1], row[2] or row[5], named[row[3]].title if row[3] in named else None, row[4].value)
        for row in rows
    )
    return CallView(pages.frame(viewer, call), call, named, offers)
