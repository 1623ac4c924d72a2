"""The expert inputs of the illustration: studies, proposals, expertise by function, and written answers to questions."""

from __future__ import annotations

from dataclasses import dataclass

from planner.models import Contribution, ContributionKind, Document, PlanItem, PlanSession
from planner.services.demo.builder import OWNER_AND_OFFICERS, Builder
from planner.services.demo.days import FRI, MON, THU, TUE, WED
from planner.services.demo.world import stakeholder


@dataclass(frozen=True)
class _Input:
    key: str
    title: str
    who: str
    kind: ContributionKind
    state: str
    item: str
    on: tuple[int, int] | None
    text: str | None = None
    session: str | None = None
    document: str | None = None
    sector: str | None = None
    note: str | None = None


INPUTS = (
    _Input("i-study", "Fourteen losses and how they were noticed", "research", ContributionKind.STUDY, "published", "catalogue",
           (-8, WED), session="s-consultations", document="d-study"),
    _Input("i-study-law", "Consent of the author: three models", "university", ContributionKind.STUDY, "received", "q-author",
           (-1, TUE)),
    _Input("i-proposal", "What a catalogue of lessons should hold", "ngo", ContributionKind.PROPOSAL, "published", "catalogue",
           (-7, TUE), session="s-consultations", document="d-proposal"),
    _Input("i-signs-a", "Answer of Exporting State A on warning signs", "XA", ContributionKind.ANSWER, "published", "q-signs",
           (-4, FRI), "Three signs came up again and again: a haste without reason, a consignee without a depot, and "
           "a route that costs more than it need."),
    _Input("i-signs-d", "Answer of Exporting State D on warning signs", "XD", ContributionKind.ANSWER, "published", "q-signs",
           (-3, TUE), "A check by telephone with the end user’s own ministry has changed more cases than any paper."),
    _Input("i-importer-c", "Answer of Importing State C on what it needs", "XC", ContributionKind.ANSWER, "published", "q-importer",
           (-3, THU), "The number of the licence and a name to call. Both are left out more often than not."),
    _Input("i-importer-e", "Answer of Importing State E on what it needs", "XE", ContributionKind.ANSWER, "received", "q-importer",
           (-1, MON), "A draft in time: the signature takes three offices and four weeks."),
    _Input("i-earlier-b", "Answer of Transit State B on earlier information", "XB", ContributionKind.ANSWER, "published", "q-earlier",
           (-2, WED), "The change of the consignee, which the exporter knew two days before the ship came in."),
    _Input("i-earlier-g", "Answer of Signatory State G on earlier information", "XG", ContributionKind.ANSWER, "received",
           "q-earlier", (-1, WED)),
    _Input("i-author-j", "Answer of Storing State J on cases for others to read", "XJ", ContributionKind.ANSWER, "withdrawn",
           "q-author", (-3, MON), note="Withdrawn until the case has been closed."),
    _Input("i-tell-a", "Answer of Exporting State A on telling others of a denial", "XA", ContributionKind.ANSWER, "received",
           "q-tell", (-1, THU), session="s-closed"),
    _Input("i-bank", "How a bank looks at a transfer", "bank", ContributionKind.EXPERTISE, "received", "q-bank", (-2, TUE),
           sector="bank"),
    _Input("i-carrier", "What stops a load at the quay", "carrier", ContributionKind.EXPERTISE, "published", "carriers", (-4, TUE),
           "Weight, seal and name are compared; any one that differs stops the load.", session="s-route",
           sector="carrier"),
    _Input("i-shipper", "Who sees the papers of a shipment", "shipper", ContributionKind.EXPERTISE, "invited", "carriers", None,
           sector="shipper"),
    _Input("i-insurer", "Questions before a cover", "insurer", ContributionKind.EXPERTISE, "invited", "carriers", None,
           sector="insurer"),
    _Input("i-broker", "Registers of brokers from the inside", "broker", ContributionKind.EXPERTISE, "received", "licences",
           (-1, FRI), sector="broker"),
    _Input("i-manufacturer", "Marks that outlast a refit", "manufacturer", ContributionKind.EXPERTISE, "published", "depots",
           (-5, TUE), "A mark inside the frame survives what a mark on the outside does not.", sector="manufacturer"),
    _Input("i-licensing", "A form that asks less and learns more", "licensing", ContributionKind.EXPERTISE, "published", "licences",
           (-5, THU), "Two questions were dropped and one was added: who pays.", session="s-lessons",
           sector="export_control"),
    _Input("i-customs", "Two days at a transit port", "customs", ContributionKind.EXPERTISE, "received", "q-alert", (-2, FRI),
           sector="customs"),
)  # fmt: skip


def put_inputs(b: Builder) -> None:
    """Put the contributions. What is not published is seen by its owner and the officers."""
    for one in INPUTS:
        presenter = stakeholder(b, one.who)
        item = b.get(PlanItem, one.item)
        plan_session = b.get(PlanSession, one.session) if one.session else None
        is_open = one.state == "published"
        record = b.put(
            Contribution,
            one.key,
            one.title,
            # A session's is as closed as the session; the public edition of an item is open.
            parent=plan_session or item,
            own=None if is_open else OWNER_AND_OFFICERS,
            state=one.state,
            note=one.note,
            stakeholder_id=presenter.id,
            contribution_kind=one.kind,
            item_id=item.id,
            session_id=plan_session.id if plan_session else None,
            document_id=b.get(Document, one.document).id if one.document else None,
            sector=one.sector,
            text=one.text,
            may_be_published=is_open,
            dated={"received_on": b.days.text(*one.on) if one.on else None},
        )
        b.grant(record, presenter.id)
