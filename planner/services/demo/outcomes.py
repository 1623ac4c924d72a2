"""What came of the meetings held in the illustration: outputs, decisions, actions of the made-up assembly, follow-ups."""

from __future__ import annotations

from dataclasses import dataclass

from planner.models import (
    Body,
    ConferenceAction,
    Decision,
    Document,
    FollowUp,
    Meeting,
    Origin,
    Output,
    OutputVersion,
    PlanItem,
    PlanSession,
    Record,
    Stakeholder,
)
from planner.rules.lifecycle import ConferenceVerb
from planner.services.demo.builder import Builder
from planner.services.demo.days import FRI, MON, THU, TUE, WED
from planner.services.demo.world import GROUP, cycle, stakeholder


@dataclass(frozen=True)
class _FollowUp:
    key: str
    title: str
    of: tuple[type[Record], str]
    owner: tuple[type[Record], str]
    due: tuple[int, int] | None = None
    tied: tuple[str, int] | None = None
    """Session and days after (before: negative) it."""
    state: str = "open"
    evidence: str | None = None
    reason: str | None = None
    text: str | None = None


OUTPUTS = (
    ("out-summary", "Summary of the first exchange", "chair_report", "x-summary", "s-c1", "d-summary", "circulated",
     "Circulated to all who took part; eleven States were present."),
    ("out-outline", "Outline of the catalogue", "lessons_learned", "x-outline", "s-1", "d-outline", "drafted", None),
    ("out-signs", "List of warning signs, voluntary", "guidance", "x-signs", "s-c1", None, "outlined", None),
    ("out-calendar", "Calendar of meetings of the cycle", "report", None, None, "d-summary", "acted_on",
     "Adopted by silence procedure."),
)  # fmt: skip
DECISIONS = (
    ("m-assembly", 0, "Mandated the Working Group to draft a plan over five cycles", ConferenceVerb.MANDATES, "12", GROUP),
    ("m-assembly", 1, "Established the Closed Exchange on Cases under the terms of reference", ConferenceVerb.ESTABLISHES,
     "14", None),
    ("m-consultations", 0, "Asked the facilitator for an outline of the catalogue before the first series", None, None,
     GROUP),
    ("m-silence", 0, "Adopted the calendar of meetings of the cycle", ConferenceVerb.ADOPTS, None, None),
)  # fmt: skip
FOLLOW_UPS = (
    _FollowUp("f-consent", "Ask the authors of the two cases for their consent", (Output, "out-summary"), (Body, GROUP),
              due=(-2, FRI), text="Nothing is shown before its author has cleared it."),
    _FollowUp("f-contacts", "Send the list of contact points for denials", (PlanSession, "s-c2"), (Stakeholder, "XB"),
              due=(2, WED), state="in_progress"),
    _FollowUp("f-signs", "Collect warning signs from licensing offices", (Output, "out-signs"), (Stakeholder, "XA"),
              tied=("s-1", -28)),
    _FollowUp("f-second", "Second draft of the catalogue", (Output, "out-outline"), (Body, GROUP), tied=("s-1", 28)),
    _FollowUp("f-note", "Send the summary to all who took part", (Output, "out-summary"),
              (Stakeholder, "secretariat"), due=(-4, MON), state="done",
              evidence="Sent with the summary of the consultations, with a list of addresses."),
    _FollowUp("f-workshop", "Hold a workshop on free ports", (PlanSession, "s-c2"), (Stakeholder, "XB"), due=(-1, THU),
              state="dropped", reason="The subject is on the programme of the first series instead."),
    _FollowUp("f-denial", "Report what became of a denial that was told late", (PlanSession, "s-c2"),
              (Stakeholder, "regional"), due=(-1, TUE), state="carried_over"),
    _FollowUp("f-closed", "Check the dates of the case on the route", (PlanSession, "s-c3"), (Stakeholder, "XE"),
              due=(1, THU)),
)  # fmt: skip


def put_outcomes(b: Builder) -> None:
    """Put outputs, decisions, actions and follow-ups."""
    _put_outputs(b)
    _put_decisions(b)
    terms = b.get(Document, "d-terms")
    b.row(terms, ConferenceAction(record_id=terms.id, origin=Origin.ILLUSTRATION, verb=ConferenceVerb.ADOPTS,
                                  cycle_id=cycle(b, 13).id, paragraph="14"))  # fmt: skip
    for one in FOLLOW_UPS:
        _put_follow_up(b, one)


def _put_outputs(b: Builder) -> None:
    body = b.get(Body, GROUP)
    for key, title, kind, item, session_ref, paper, state, result in OUTPUTS:
        plan_session = b.get(PlanSession, session_ref) if session_ref else None
        document = b.get(Document, paper) if paper else None
        # An output hangs on its body: it is known whatever becomes of the session that it came of.
        output = b.put(
            Output, key, title, parent=body, state=state, output_kind=kind, body_id=body.id, cycle_id=cycle(b, 13).id,
            item_id=b.get(PlanItem, item).id if item else None, session_id=plan_session.id if plan_session else None,
            document_id=document.id if document else None, result=result,
        )  # fmt: skip
        if document:
            b.row(
                output, OutputVersion(output_id=output.id, number=1, on_text=document.on_text, document_id=document.id)
            )
            b.redate_row(output, OutputVersion, {"on_text": document.on_text}, output_id=output.id)
        if state == "acted_on":
            b.row(output, ConferenceAction(record_id=output.id, origin=Origin.ILLUSTRATION, verb=ConferenceVerb.ADOPTS,
                                           cycle_id=cycle(b, 13).id))  # fmt: skip


def _put_decisions(b: Builder) -> None:
    for ref, position, text, verb, paragraph, asked in DECISIONS:
        meeting = b.get(Meeting, ref)
        b.put(
            Decision, f"{ref}/d{position + 1}", text, parent=meeting, state="recorded", meeting_id=meeting.id,
            position=position, verb=verb, paragraph=paragraph, asked_id=b.get(Body, asked).id if asked else None,
        )  # fmt: skip


def _put_follow_up(b: Builder, one: _FollowUp) -> None:
    source = b.get(*one.of)
    model, ref = one.owner
    owner = stakeholder(b, ref) if model is Stakeholder else b.get(model, ref)
    plan_session = b.get(PlanSession, one.tied[0]) if one.tied else None
    is_closed = one.state in ("done", "dropped")
    dated = {"closed_on": b.days.on(*one.due) if is_closed and one.due else None}
    if one.due:
        dated["due_on"] = b.days.on(*one.due)
    b.put(
        FollowUp, one.key, one.title, parent=source, state=one.state, text=one.text, owner_id=owner.id,
        comes_from_id=source.id, due_session_id=plan_session.id if plan_session else None,
        due_offset_days=one.tied[1] if one.tied else None, evidence=one.evidence, reason=one.reason,
        carried_to_cycle_id=cycle(b, 14).id if one.state == "carried_over" else None, dated=dated,
    )  # fmt: skip
