"""What the meetings of the illustration came to: outputs, decisions and follow-ups, in the states that they can have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from planner.models import (
    AgendaItem,
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
)
from planner.rules.lifecycle import ConferenceVerb
from planner.services.demo.builder import Builder
from planner.services.demo.days import FRI, MON, TUE, WED
from planner.services.demo.papers import link_papers
from planner.services.demo.programme import MEETINGS
from planner.services.demo.world import ASSEMBLY, FORUM, GROUP, cycle, stakeholder


@dataclass(frozen=True)
class _Output:
    key: str
    title: str
    kind: str
    state: str
    item: str
    session: str | None = None
    document: str | None = None
    body: str = GROUP
    cycle: int = 13
    text: str | None = None
    result: str | None = None
    versions: tuple[tuple[int, int], ...] = ()
    """The days (week, weekday) of its versions."""


OUTPUTS = (
    _Output("r-summary", "Summary of the consultations on the draft plan", "chair_report", "acted_on", "x-summary",
            "s-consultations", "d-summary", text="What was said on the five themes, and what was asked for.",
            versions=((-5, FRI), (-4, MON))),
    _Output("r-outline", "Outline of the catalogue of good practices", "lessons_learned", "circulated", "x-outline",
            "s-consultations", "d-outline",
            text="Seven headings for a case, a rule of consent, and a pointer to assistance.",
            versions=((-3, WED), (-1, MON))),
    _Output("r-signs", "List of warning signs, voluntary", "guidance", "drafted", "x-signs", "s-consultations",
            text="Eleven signs, each with the question that it should lead to.", versions=((-2, TUE),)),
    _Output("r-denials", "Recommendation on telling others of a denial", "recommendation", "outlined", "x-denials",
            "s-cases", body=FORUM, cycle=14, text="Begun in the closed exchange; carried over to the next cycle."),
    _Output("r-terms", "Working methods of the closed exchange", "report", "final", "denials", "s-cases", "d-cases",
            body=FORUM, result="final in the exchange", versions=((-4, TUE),)),
)  # fmt: skip


@dataclass(frozen=True)
class _Decision:
    key: str
    text: str
    meeting: str
    session: str | None
    position: int
    state: str = "recorded"
    verb: ConferenceVerb | None = None
    paragraph: str | None = None
    asked: str | None = None
    item: int | None = None
    original: str | None = None
    reason: str | None = None


DECISIONS = (
    _Decision("c-mandate", "The Assembly of the illustration mandates its Working Group to draft a plan over five cycles.",
              "m-assembly", "s-assembly", 0, verb=ConferenceVerb.MANDATES, paragraph="4", asked=GROUP, item=2),
    _Decision("c-forum", "The Assembly of the illustration establishes a closed exchange on cases.", "m-assembly",
              "s-assembly", 1, verb=ConferenceVerb.ESTABLISHES, paragraph="6", asked=GROUP, item=4),
    _Decision("c-outline", "The Working Group begins the catalogue with an outline and asks the authors for consent.",
              "m-consultations", "s-consultations", 0, asked="secretariat", item=5),
    _Decision("c-contacts", "The Working Group asks the Secretariat for a list of points of contact within four weeks.",
              "m-consultations", "s-consultations", 1, state="corrected", asked="secretariat", item=6,
              original="The Working Group asks the Secretariat for a list of points of contact.",
              reason="The time that was agreed had been left out."),
    _Decision("c-denials", "The exchange on telling others of a denial goes on in the CSP14 cycle.", "m-consultations",
              "s-cases", 2, asked=FORUM, item=4),
    _Decision("c-summary", "The Assembly of the illustration takes note of the summary of the consultations.",
              "m-silence", None, 0, verb=ConferenceVerb.TAKES_NOTE, paragraph="1", asked=GROUP),
)  # fmt: skip


@dataclass(frozen=True)
class _FollowUp:
    key: str
    title: str
    state: str
    owner: str | None
    comes_from: tuple[type[Record], str]
    due: tuple[int, int] | None = None
    due_session: str | None = None
    offset: int | None = None
    closed: tuple[int, int] | None = None
    text: str | None = None
    email: str | None = None
    evidence: str | None = None
    reason: str | None = None
    carried_to: int | None = None


FOLLOW_UPS = (
    _FollowUp("f-plan", "Draft plan, ready for the Assembly", "in_progress", GROUP, (Decision, "c-mandate"),
              due_session="s-conference", offset=-28, text="Version 3 is circulated; comments are open."),
    _FollowUp("f-exchange", "First closed exchange on cases", "done", GROUP, (Decision, "c-forum"), (-4, FRI),
              closed=(-5, FRI), evidence="Held with the consultations; the list of cases is with the Secretariat."),
    _FollowUp("f-lessons", "Lessons from the consultations, two pages", "open", "XC", (Output, "r-summary"),
              (-4, FRI), text="To be read before the first series."),
    _FollowUp("f-contacts", "Points of contact confirmed by all who have one", "in_progress", "secretariat",
              (Decision, "c-contacts"), (-2, FRI), text="Seven of nine have answered."),
    _FollowUp("f-point", "Name a second point of contact", "open", "XA", (Decision, "c-contacts"), (2, TUE),
              text="For the days on which the first is away."),
    _FollowUp("f-invite", "Invite shippers and insurers to the written round", "open", GROUP, (Decision, "c-outline"),
              (1, MON)),
    _FollowUp("f-answers", "Written answers to the guiding questions", "open", "XB", (PlanSession, "s-consultations"),
              (8, TUE)),
    _FollowUp("f-consent", "Ask the authors of cases for their consent", "in_progress", "secretariat",
              (Output, "r-outline"), due_session="s-lessons", offset=28, text="Two of five letters have come back."),
    _FollowUp("f-draft", "Second draft of the catalogue", "open", "XC", (Output, "r-outline"),
              due_session="s-conference", offset=-56),
    _FollowUp("f-letter", "Letter to all who spoke in the consultations", "done", "secretariat",
              (Decision, "c-summary"), (-3, FRI), closed=(-2, TUE),
              evidence="Sent to nine delegations and five organisations; copy with the Secretariat."),
    _FollowUp("f-translation", "Put version 1 of the plan into six languages", "dropped", "secretariat",
              (PlanSession, "s-assembly"), (-7, FRI), closed=(-6, TUE),
              reason="Version 2 came before the work had begun; it is put into the languages instead."),
    _FollowUp("f-denials", "Elements on telling others of a denial", "carried_over", FORUM, (Decision, "c-denials"),
              (43, FRI), carried_to=14, text="Not finished in the exchange; goes on with the topic of CSP14."),
    _FollowUp("f-alert", "Reply to the alert of the second case", "in_progress", "XJ", (PlanSession, "s-cases"),
              (2, WED)),
    _FollowUp("f-expert", "Send the slides that ran out of time", "open", None, (PlanSession, "s-consultations"),
              (3, FRI), email="speaker@demo.example"),
)  # fmt: skip


def put_outcomes(b: Builder) -> None:
    """Put outputs with what the Assembly did with them, decisions, and the follow-ups that came of both."""
    for output in OUTPUTS:
        _put_output(b, output)
    for decision in DECISIONS:
        _put_decision(b, decision)
    for follow_up in FOLLOW_UPS:
        _put_follow_up(b, follow_up)


def _put_output(b: Builder, one: _Output) -> None:
    item = b.get(PlanItem, one.item)
    plan_session = b.get(PlanSession, one.session) if one.session else None
    record = b.put(
        Output,
        one.key,
        one.title,
        parent=plan_session or item,
        state="final" if one.state == "acted_on" else one.state,
        output_kind=one.kind,
        body_id=b.get(Body, one.body).id,
        cycle_id=cycle(b, one.cycle).id,
        item_id=item.id,
        session_id=plan_session.id if plan_session else None,
        document_id=b.get(Document, one.document).id if one.document else None,
        text=one.text,
        result=one.result,
    )
    if one.document:
        link_papers(b, record, one.document)
    for number, day in enumerate(one.versions, 1):
        is_last = one.document is not None and number == len(one.versions)
        paper = b.get(Document, one.document).id if is_last and one.document else None
        dated = {"on_text": b.days.text(*day)}
        b.row(record, OutputVersion(output_id=record.id, number=number, document_id=paper, **dated))
        b.redate_row(record, OutputVersion, dated, output_id=record.id, number=number)
    if one.state == "acted_on":
        dated = {"on_text": b.days.text(-3, FRI)}
        act = {"record_id": record.id, "verb": ConferenceVerb.TAKES_NOTE, "cycle_id": cycle(b, 13).id}
        b.row(record, ConferenceAction(origin=Origin.ILLUSTRATION, paragraph="1", **act, **dated))
        b.redate_row(record, ConferenceAction, dated, **act)
        b.close(record, one.state)


def _put_decision(b: Builder, one: _Decision) -> None:
    meeting = b.get(Meeting, one.meeting)
    plan_session = b.get(PlanSession, one.session) if one.session else None
    b.put(
        Decision,
        one.key,
        one.text,
        parent=plan_session or meeting,
        state=one.state,
        meeting_id=meeting.id,
        session_id=plan_session.id if plan_session else None,
        agenda_item_id=_agenda_item_id(b, one),
        position=one.position,
        verb=one.verb,
        paragraph=one.paragraph,
        asked_id=_actor(b, one.asked).id if one.asked else None,
        original_text=one.original,
        correction_reason=one.reason,
    )


def _agenda_item_id(b: Builder, one: _Decision) -> int | None:
    return b.get(AgendaItem, f"{one.session}/{one.item}").id if one.item else None


def _actor(b: Builder, ref: str) -> Record:
    """Return a body, a State or an organisation by its key."""
    return b.get(Body, ref) if ref in (ASSEMBLY, GROUP, FORUM) else stakeholder(b, ref)


def _put_follow_up(b: Builder, one: _FollowUp) -> None:
    model, ref = one.comes_from
    comes_from = b.get(model, ref)
    due_session = b.get(PlanSession, one.due_session) if one.due_session else None
    b.put(
        FollowUp,
        one.key,
        one.title,
        parent=comes_from,
        state=one.state,
        text=one.text,
        owner_id=_actor(b, one.owner).id if one.owner else None,
        owner_email=one.email,
        due_session_id=due_session.id if due_session else None,
        due_offset_days=one.offset,
        comes_from_id=comes_from.id,
        evidence=one.evidence,
        reason=one.reason,
        carried_to_cycle_id=cycle(b, one.carried_to).id if one.carried_to else None,
        dated={
            "due_on": b.days.on(*_due(one)) + timedelta(days=one.offset or 0),
            "closed_on": b.days.on(*one.closed) if one.closed else None,
        },
    )


def _due(one: _FollowUp) -> tuple[int, int]:
    """Return week and weekday of the day that the due date counts from."""
    if one.due is not None:
        return one.due
    return next(s.day for meeting in MEETINGS for s in meeting.sessions if s.key == one.due_session)
