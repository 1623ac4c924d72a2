"""The call of the illustration and the offers that answer it, in every state that an offer can be in."""

from __future__ import annotations

from dataclasses import dataclass

from planner.models import (
    Call,
    Meeting,
    Offer,
    OfferItem,
    OfferPresenter,
    Person,
    PlanItem,
    Stakeholder,
    StakeholderClass,
)
from planner.services.demo.builder import OWNER_AND_OFFICERS, Builder
from planner.services.demo.days import FRI, WED
from planner.services.demo.world import stakeholder

CALL = "call-first"
CALL_OPENS, CALL_CLOSES = (-3, WED, 9, 0), (3, FRI, 18, 0)


@dataclass(frozen=True)
class _Offer:
    key: str
    title: str
    presenter: str
    state: str
    minutes: int
    items: tuple[str, ...] = ()
    meeting: str = "m-first"
    summary: str | None = None
    availability: str | None = None
    person: str | None = None
    co_presenters: tuple[str, ...] = ()
    note: str | None = None
    kind: str = "presentation"
    language: str = "en"


OFFERS = (
    _Offer("o-licences", "A licence granted, a licence denied: one case each", "XA", "placed", 25, ("q-signs",),
           summary="Two applications that looked alike, and the sign that parted them.", person="speaker-a",
           co_presenters=("licensing",)),
    _Offer("o-denials", "How a denial reaches other licensing offices", "regional", "placed", 20, ("q-denied",),
           summary="What is sent, to whom, and what comes back.", language="fr"),
    _Offer("o-tracing", "Tracing diverted items back to the point of loss", "research", "placed", 20, ("q-earlier",),
           summary="Field evidence, without names of States."),
    _Offer("o-importer", "Confirming delivery, seen from the importing side", "XC", "placed", 20, ("q-importer",),
           summary="Which papers are asked for, and how long each takes.", language="es"),
    _Offer("o-transit", "Transit: when a shipment looks wrong", "XB", "placed", 25, ("q-denied",),
           summary="A stop, a telephone call, and the two days in between.", person="speaker-b",
           co_presenters=("customs",)),
    _Offer("o-customs", "Customs data against diversion", "international", "placed", 25, ("q-carrier",),
           summary="What can be seen in declarations before a ship arrives.", person="speaker-w"),
    _Offer("o-depots", "Depot losses: a field study", "ngo", "placed", 20, ("q-earlier",),
           summary="How long a loss stays unseen, and why."),
    _Offer("o-insurer", "What insurers ask", "insurer", "confirmed", 25, ("q-carrier",),
           summary="Questions before a cover, and what makes an insurer refuse.",
           availability="Tuesday afternoon, by video"),
    _Offer("o-case-a", "A case that was stopped in time", "XA", "placed", 30, ("q-author",)),
    _Offer("o-case-j", "A loss in storage, and what was found later", "XJ", "placed", 30, ("q-author",)),
    _Offer("o-visits", "Later visits: what was agreed", "XD", "accepted", 20, ("q-visit",),
           availability="Wednesday only"),
    _Offer("o-registers", "Registers of brokers, compared", "broker", "accepted", 20, ("q-denied",),
           availability="Any day"),
    _Offer("o-border", "A border post, one year on", "XG", "submitted", 15, ("q-carrier",), availability="Any day"),
    _Offer("o-bank", "What a bank sees of a transfer", "bank", "submitted", 20, ("q-bank",),
           availability="Tuesday, in person"),
    _Offer("o-training", "Training for port officers: an offer", "XO", "submitted", 15, ("q-carrier",)),
    _Offer("o-stock", "Stockpile audits, in practice", "ngo", "draft", 25, ("q-stock",), availability="By video only"),
    _Offer("o-gathering", "Results of a regional gathering", "regional", "declined", 15,
           note="Declined: answers no question of the call. Asked to come back for CSP16."),
    _Offer("o-marking", "Marking and records", "manufacturer", "withdrawn", 20, ("q-stock",),
           note="Withdrawn: the speaker is not free in that week."),
    _Offer("o-held-licensing", "A year of applications, in numbers", "XD", "delivered", 25, ("q-signs",),
           meeting="m-consultations"),
    _Offer("o-held-study", "Fourteen losses and how they were noticed", "research", "delivered", 25, ("q-earlier",),
           meeting="m-consultations"),
    _Offer("o-held-carrier", "What a carrier checks before it loads", "carrier", "undelivered", 20, ("q-carrier",),
           meeting="m-consultations", note="Not delivered: time ran out. Kept for CSP15."),
    _Offer("o-held-case", "A denial, and what nobody was told", "XA", "delivered", 40, ("q-tell",),
           meeting="m-consultations"),
)  # fmt: skip


def put_offers(b: Builder) -> None:
    """Put the call, then the offers; those for the consultations answered no call."""
    _put_call(b)
    for one in OFFERS:
        _put_offer(b, one)


def _put_call(b: Builder) -> None:
    meeting = b.get(Meeting, "m-first")
    b.put(
        Call, CALL, "Call for presentations, first series", parent=meeting, state="open",
        meeting_id=meeting.id, item_id=b.get(PlanItem, "theme-13").id,
        text="Presentations by those who grant licences, import, carry, store, insure or finance. Name the question that "
        "you answer. Twenty minutes as a rule.",
        offer_kinds=["presentation", "case"], languages=["ar", "en", "es", "fr", "ru", "zh"], minutes=20,
        dated={"opens_at": b.days.at(*CALL_OPENS), "closes_at": b.days.at(*CALL_CLOSES)},
    )  # fmt: skip


def class_of(presenter: Stakeholder) -> StakeholderClass:
    """Return the class that a made-up stakeholder has in the illustration."""
    if presenter.stakeholder_class:
        return presenter.stakeholder_class
    return {
        "XG": StakeholderClass.SIGNATORY_STATE,
        "XO": StakeholderClass.OBSERVER_STATE,
        "XP": StakeholderClass.OBSERVER_STATE,
    }.get(presenter.iso2 or "", StakeholderClass.STATE_PARTY)


def _put_offer(b: Builder, one: _Offer) -> None:
    presenter = stakeholder(b, one.presenter)
    meeting = b.get(Meeting, one.meeting)
    call = b.get(Call, CALL) if one.meeting == "m-first" else None
    offer = b.put(
        Offer,
        one.key,
        one.title,
        parent=call or meeting,
        own=OWNER_AND_OFFICERS,
        state=one.state,
        note=one.note,
        call_id=call.id if call else None,
        meeting_id=meeting.id,
        presenter_id=presenter.id,
        stakeholder_class=class_of(presenter),
        offer_kind=one.kind,
        summary=one.summary,
        minutes=one.minutes,
        language=one.language,
        availability=one.availability,
        person_id=b.get(Person, f"person-{one.person}").id if one.person else None,
    )
    b.grant(offer, presenter.id)
    for position, ref in enumerate(one.co_presenters):
        other = stakeholder(b, ref)
        b.row(offer, OfferPresenter(offer_id=offer.id, stakeholder_id=other.id, position=position))
    for position, ref in enumerate(one.items):
        b.row(offer, OfferItem(offer_id=offer.id, item_id=b.get(PlanItem, ref).id, position=position))
