"""Calls for presentations and the offers that answer them, in the edition for the viewer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import aliased, joinedload, selectinload

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db
from planner.models import Call, Meeting, Offer, PublishedSlot, Slot, Stakeholder
from planner.services import neighbours, pages
from planner.services.sessions import list_offers, offer_columns

_presenter = aliased(Stakeholder, flat=True)


@dataclass(frozen=True)
class OfferPlace:
    """A presentation in one edition: who presents, what, where and how long (minutes)."""

    presenter_id: int
    co_presenter_ids: tuple[int, ...]
    stakeholder_class: str
    offer_kind: str | None
    summary: str | None
    state: str
    session_id: int | None = None
    agenda_item_id: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class OfferView:
    """All that the page of a presentation shows; `named` holds the visible records that it points to, by id."""

    frame: pages.Frame
    offer: Offer
    place: OfferPlace
    named: dict[int, neighbours.Named]
    answers: tuple[neighbours.Named, ...]
    is_working: bool
    """The officers' working copy, which differs from the release in `differs` (names of fields of OfferPlace)."""
    is_released: bool
    differs: tuple[str, ...]
    sees_all: bool
    """The owner and the officers also see person, availability and the length that was offered."""


@dataclass(frozen=True)
class OfferLine:
    """An offer in the list of its call."""

    id: int
    title: str
    state: str
    presenter_id: int | None
    presenter: str | None
    stakeholder_class: str


@dataclass(frozen=True)
class CallView:
    """All that the page of a call shows; its instants are told in the zone of its meeting."""

    frame: pages.Frame
    call: Call
    zone: str
    named: dict[int, neighbours.Named]
    offers: tuple[OfferLine, ...] = field(default=())


def get_offer(viewer: Viewer, offer_id: int) -> OfferView:
    """Return a presentation in the edition for the viewer. Raises NotVisible.

    Its owner reads the release's place, but the offer's own state: that it is withdrawn is no secret from who withdrew.
    """
    offer = pages.get(
        visible_records(viewer, Offer)
        .where(Offer.id == offer_id)
        .options(
            selectinload(Offer.item_links),
            selectinload(Offer.co_presenters),
            joinedload(Offer.slot),
            joinedload(Offer.edition).joinedload(PublishedSlot.published_session),
            joinedload(Offer.person),
        )
    )
    is_working = viewer.is_officer_of(offer.home_body_id)
    is_own = offer.presenter_id in viewer.stakeholders
    working, released = _working(offer, offer.slot), _released(offer)
    place = working if is_working else released or _working(offer, None)
    items = [link.item_id for link in offer.item_links]
    named = neighbours.named(
        viewer, offer.call_id, offer.meeting_id, place.presenter_id, *place.co_presenter_ids, place.session_id,
        place.agenda_item_id, *items,
    )  # fmt: skip
    return OfferView(
        frame=pages.frame(viewer, offer),
        offer=offer,
        place=place,
        named=named,
        answers=tuple(named[item] for item in items if item in named),
        is_working=is_working,
        is_released=released is not None,
        differs=_differences(offer, working, released) if is_working else (),
        sees_all=is_working or is_own,
    )


def _working(offer: Offer, slot: Slot | None) -> OfferPlace:
    return OfferPlace(
        presenter_id=offer.presenter_id,
        co_presenter_ids=tuple(row.stakeholder_id for row in offer.co_presenters),
        stakeholder_class=offer.stakeholder_class.value,
        offer_kind=offer.offer_kind,
        summary=offer.summary,
        state=offer.state or "",
        session_id=slot.session_id if slot else None,
        agenda_item_id=slot.agenda_item_id if slot else None,
        minutes=slot.minutes if slot else offer.minutes,
    )


def _released(offer: Offer) -> OfferPlace | None:
    """Return the presentation as the current release froze it, None where that does not hold it."""
    edition = offer.edition
    if edition is None:
        return None
    slots: list[dict[str, Any]] = edition.published_session.programme["slots"]
    slot = next(one for one in slots if one["offer_id"] == offer.id)
    return OfferPlace(
        presenter_id=edition.presenter_id,
        co_presenter_ids=tuple(one["id"] for one in slot["co_presenters"]),
        stakeholder_class=edition.stakeholder_class.value,
        offer_kind=edition.offer_kind,
        summary=slot.get("summary"),
        state=edition.state,
        session_id=edition.session_id,
        agenda_item_id=slot["agenda_item_id"],
        minutes=edition.minutes,
    )


def _differences(offer: Offer, working: OfferPlace, released: OfferPlace | None) -> tuple[str, ...]:
    if released is None or offer.edition is None:
        return ()
    names = ("title",) if offer.edition.title != offer.title else ()
    fields = tuple(name for name in vars(released) if getattr(released, name) != getattr(working, name))
    return names + fields


def get_call(viewer: Viewer, call_id: int) -> CallView:
    """Return a call with the offers that the viewer may see, the latest last. Raises NotVisible."""
    call = pages.get(visible_records(viewer, Call).where(Call.id == call_id).options(joinedload(Call.meeting)))
    meeting: Meeting = call.meeting
    return CallView(
        frame=pages.frame(viewer, call),
        call=call,
        zone=meeting.zone,
        named=neighbours.named(viewer, call.meeting_id, call.item_id),
        offers=_offers(viewer, call.id),
    )


def _offers(viewer: Viewer, call_id: int) -> tuple[OfferLine, ...]:
    offer = offer_columns(viewer)
    rows: Any = db.session.execute(
        list_offers(viewer)
        .outerjoin(_presenter, (_presenter.id == offer.presenter_id) & visible(viewer, _presenter))
        .where(Offer.call_id == call_id)
        .with_only_columns(
            Offer.id, offer.title, offer.state, _presenter.id, title(viewer, _presenter), offer.stakeholder_class,
            maintain_column_froms=True,
        )
        .order_by(Offer.id)
    )  # fmt: skip
    return tuple(OfferLine(*row) for row in rows)
