"""The call of the illustration, the offers that answered it in every state, and written contributions."""

from __future__ import annotations

from dataclasses import dataclass

from planner.models import (
    AgendaItem,
    Call,
    Contribution,
    ContributionKind,
    Document,
    Meeting,
    Offer,
    OfferItem,
    OfferPresenter,
    Person,
    PlanItem,
    PlanSession,
    Slot,
    StakeholderClass,
)
from planner.services.demo.builder import OWNER_AND_OFFICERS, PUBLIC, Builder
from planner.services.demo.days import FRI, MON, THU
from planner.services.demo.world import STATES_OF_DEMO, stakeholder

_STATUS_CLASS = {"state_party": StakeholderClass.STATE_PARTY, "signatory": StakeholderClass.SIGNATORY_STATE}


@dataclass(frozen=True)
class _Offer:
    key: str
    title: str
    presenter: str
    state: str
    meeting: str = "m-first"
    place: tuple[str, int, int] | None = None
    """Session, place of the agenda item in it (from 1), minutes."""
    answers: tuple[str, ...] = ()
    summary: str | None = None
    together_with: tuple[str, ...] = ()
    person: str | None = None
    kind: str = "presentation"


OFFERS = (
    _Offer("o-c1", "One licence granted, one denied", "XA", "delivered", "m-consultations", ("s-c1", 2, 20), ("q-signs",)),
    _Offer("o-c2", "What a case must say to be useful", "research", "delivered", "m-consultations", ("s-c1", 3, 20),
           ("q-earlier",), together_with=("university",)),
    _Offer("o-c3", "Cases that civil society can follow up", "ngo", "delivered", "m-consultations", ("s-c1", 3, 15),
           ("q-earlier",)),
    _Offer("o-c4", "A list of denials shared by many offices", "regional", "delivered", "m-consultations",
           ("s-c2", 1, 25), ("q-tell",)),
    _Offer("o-c5", "A denial that came too late", "XB", "undelivered", "m-consultations", ("s-c2", 1, 20), ("q-tell",)),
    _Offer("o-1", "A licence granted, a licence denied: one case each", "XA", "placed", place=("s-1", 3, 25),
           answers=("q-signs",), summary="Which warning signs made officers look closer.", person="speaker-a"),
    _Offer("o-2", "The denial notification system", "regional", "placed", place=("s-1", 3, 20), answers=("q-tell",),
           summary="How denials reach other licensing offices, and what comes back."),
    _Offer("o-3", "Tracing diverted items back to the point of loss", "research", "placed", place=("s-1", 3, 20),
           answers=("q-earlier",), summary="Field evidence, without names of States."),
    _Offer("o-4", "Confirming delivery, seen from the importing side", "XC", "placed", place=("s-1", 5, 20),
           answers=("q-importer",)),
    _Offer("o-5", "What a carrier sees, and when it asks", "carrier", "placed", place=("s-2", 2, 30),
           answers=("q-importer",)),
    _Offer("o-6", "Customs: the papers that do not fit", "international", "placed", place=("s-2", 2, 30),
           person="speaker-w"),
    _Offer("o-7", "Transit through a free port", "XB", "placed", place=("s-2", 2, 30), person="speaker-b"),
    _Offer("o-8", "Stock checks after delivery", "XJ", "confirmed", answers=("q-importer",)),
    _Offer("o-9", "How a manufacturer marks what it makes", "manufacturer", "accepted"),
    _Offer("o-10", "What an insurer wants to know before cover", "insurer", "submitted"),
    _Offer("o-11", "Payments around a transfer that raise a question", "bank", "draft"),
    _Offer("o-12", "A broker’s view of registration", "broker", "declined"),
    _Offer("o-13", "Containers that changed ships", "shipper", "withdrawn"),
)  # fmt: skip
CONTRIBUTIONS = (
    ("k-study", "Fourteen losses and how they were noticed", "research", ContributionKind.STUDY, "catalogue", None,
     "d-study", None, "published"),
    ("k-proposal", "What a catalogue of lessons should hold", "ngo", ContributionKind.PROPOSAL, "catalogue", None,
     "d-proposal", None, "published"),
    ("k-bank", "Four payments that made us ask", "bank", ContributionKind.EXPERTISE, "banks", None, None, "bank",
     "received"),
    ("k-insurer", "What cover tells about a route", "insurer", ContributionKind.EXPERTISE, "carriers", None, None,
     "insurer", "invited"),
    ("k-a1", "Answer of Exporting State A on warning signs", "XA", ContributionKind.ANSWER, "q-signs", "s-c1", None, None,
     "published"),
    ("k-a2", "Answer of Exporting State D on warning signs", "XD", ContributionKind.ANSWER, "q-signs", "s-c1", None, None,
     "published"),
    ("k-a3", "Answer of Importing State C on confirming end users", "XC", ContributionKind.ANSWER, "q-importer", None,
     None, None, "published"),
    ("k-a4", "Answer of Transit State B on telling of denials", "XB", ContributionKind.ANSWER, "q-tell", "s-c2", None,
     None, "published"),
    ("k-a5", "Answer of Signatory State G on earlier information", "XG", ContributionKind.ANSWER, "q-earlier", None, None,
     None, "received"),
)  # fmt: skip


def put_call(b: Builder) -> None:
    """Put the open call for the first series."""
    meeting = b.get(Meeting, "m-first")
    b.put(
        Call, "call-first", "Call for presentations, first series", parent=meeting, own=PUBLIC, state="open",
        meeting_id=meeting.id, item_id=b.get(PlanItem, "catalogue").id,
        text="Cases and systems on licences, end users and delivery: what worked, what did not, and what others can use. "
        "Offers come from States and from those who do the work in trade, transport and research.",
        offer_kinds=["presentation", "statement"], languages=["en", "es", "fr"], minutes=20,
        dated={"opens_at": b.days.at(-3, MON, 9), "closes_at": b.days.at(4, FRI, 18)},
    )  # fmt: skip


def put_offers(b: Builder) -> None:
    """Put the offers; those with a place get their slot, to be published with the release of their meeting."""
    call = b.get(Call, "call-first")
    for place, one in enumerate(OFFERS):
        presenter = stakeholder(b, one.presenter)
        meeting = b.get(Meeting, one.meeting)
        offer = b.put(
            Offer, one.key, one.title, parent=call if one.meeting == "m-first" else meeting, own=OWNER_AND_OFFICERS,
            published=one.place is None, state=one.state, call_id=call.id if one.meeting == "m-first" else None,
            meeting_id=meeting.id, presenter_id=presenter.id, stakeholder_class=_class_of(one.presenter, presenter.stakeholder_class),
            offer_kind=one.kind, summary=one.summary, minutes=one.place[2] if one.place else 20, language="en",
            person_id=b.get(Person, f"person-{one.person}").id if one.person else None,
        )  # fmt: skip
        b.grant(offer, presenter.id)
        for position, ref in enumerate(one.answers):
            b.row(offer, OfferItem(offer_id=offer.id, item_id=b.get(PlanItem, ref).id, position=position))
        for position, ref in enumerate(one.together_with):
            other = stakeholder(b, ref)
            b.row(offer, OfferPresenter(offer_id=offer.id, stakeholder_id=other.id, position=position))
        if one.place:
            session_ref, item, minutes = one.place
            plan_session, agenda = b.get(PlanSession, session_ref), b.get(AgendaItem, f"{session_ref}/{item}")
            b.row(offer, Slot(session_id=plan_session.id, agenda_item_id=agenda.id, offer_id=offer.id, position=place,
                              minutes=minutes))  # fmt: skip


def put_contributions(b: Builder) -> None:
    """Put studies, proposals, expertise and written answers; those not cleared are for owner and officers."""
    for key, title, who, kind, item, session_ref, paper, sector, state in CONTRIBUTIONS:
        target = b.get(PlanItem, item)
        cleared = state == "published"
        giver = stakeholder(b, who)
        contribution = b.put(
            Contribution, key, title, parent=target, own=None if cleared else OWNER_AND_OFFICERS, state=state,
            stakeholder_id=giver.id, contribution_kind=kind, item_id=target.id, sector=sector,
            session_id=b.get(PlanSession, session_ref).id if session_ref else None,
            document_id=b.get(Document, paper).id if paper else None, may_be_published=cleared,
            text="Written for the illustration." if kind is ContributionKind.ANSWER else None,
            dated={"received_on": b.days.text(-4, THU) if state != "invited" else None},
        )  # fmt: skip
        b.grant(contribution, giver.id)


def _class_of(ref: str, own: StakeholderClass | None) -> StakeholderClass:
    """Return the class of a presenter: that of an organisation, or the last status of a State."""
    if own is not None:
        return own
    periods = next(periods for code, _, periods in STATES_OF_DEMO if code == ref)
    return _STATUS_CLASS[periods[-1][0]] if periods else StakeholderClass.OBSERVER_STATE
