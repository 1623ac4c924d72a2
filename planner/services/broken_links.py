"""Broken links of the chain: records whose link is missing where one is due. Each kind is one query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, title, visible
from planner.core.db import db, table_of
from planner.core.i18n import N_, Message
from planner.models import (
    ConferenceAction,
    Contribution,
    Cycle,
    Decision,
    Document,
    FollowUp,
    ItemKind,
    ItemLineage,
    Offer,
    OfferItem,
    Origin,
    Output,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    PublishedSession,
    Record,
    SessionItem,
    SessionKind,
    Slot,
)
from planner.rules.lifecycle import ENDED, PLAN_STATE_OF_VERB

_below = aliased(PlanItemRevision)
_question = aliased(PlanItemRevision)
_session = aliased(Record)

_ACTED_ON = tuple(PLAN_STATE_OF_VERB.values())
_CLOSED = ("done", "dropped", "carried_over")


@dataclass(frozen=True)
class Kind:
    """A kind of broken link: its name, what is missing, what to do next, the class of its records and their select."""

    name: str
    missing: Message
    remedy: Message
    model: type[Record]
    find: Callable[[Viewer], Select[Any]]


@dataclass(frozen=True)
class BrokenLink:
    """One record whose link is missing."""

    kind: Kind
    record_id: int
    record_kind: str
    ref: str
    title: str
    origin: Origin

    @property
    def remedy(self) -> Message:
        """Say what to do next; where the record is silent, the link may only be unknown."""
        if self.origin is Origin.RECORD:
            return N_("Not known in the record; add it when a source tells it.")
        return self.kind.remedy

    def __str__(self) -> str:
        """Return one line of English text, as a terminal shows it."""
        return f"{self.record_kind} {self.ref} “{self.title}”: {self.kind.missing} {self.remedy}"


def check_plan(viewer: Viewer, *, origin: Origin | None = None) -> list[BrokenLink]:
    """Return the broken links among the records that the viewer may see, by kind and then by age, in one query.

    A link to a record that the viewer may not see counts as there. What was withdrawn owes no link, nor does it
    count as what an item of the plan holds.
    """
    parts = (
        kind.find(viewer).with_only_columns(
            literal(number).label("number"), kind.model.id.label("id"), maintain_column_froms=True
        )
        for number, kind in enumerate(KINDS)
    )
    found = union_all(*parts).subquery()
    rows = (
        select(found.c.number, Record.id, Record.kind, Record.ref, title(viewer), Record.origin)
        .join(found, found.c.id == Record.id)
        .where(visible(viewer), ~Record.is_withdrawn)
        .order_by(found.c.number, Record.id)
    )
    if origin is not None:
        rows = rows.where(Record.origin == origin)
    return [BrokenLink(KINDS[number], *values) for number, *values in db.session.execute(rows)]


def _items(kind: ItemKind) -> Select[Any]:
    """Return the items of a kind with their shown revisions."""
    shown = PlanItemRevision.is_shown & (PlanItemRevision.item_id == PlanItem.id)
    return select(PlanItem).join(PlanItemRevision, shown).where(PlanItem.item_kind == kind)


def _over(viewer: Viewer, items: Select[Any]) -> Select[Any]:
    """Return those items whose last cycle is over."""
    cycle = table_of(Cycle)
    last = or_(
        PlanItemRevision.last_cycle_id == cycle.c.id,
        PlanItemRevision.last_cycle_id.is_(None) & (PlanItemRevision.cycle_id == cycle.c.id),
    )
    return items.join(cycle, last).where(cycle.c.until_on <= viewer.day)


def _plans_without_mandate(viewer: Viewer) -> Select[Any]:
    del viewer
    return select(Plan).where(Plan.proposed_by_id.is_(None))


def _themes_without_topic(viewer: Viewer) -> Select[Any]:
    del viewer
    held = _below.item_id.not_in(select(Record.id).where(Record.is_withdrawn))
    return _items(ItemKind.THEME).where(~exists().where(_below.parent_id == PlanItem.id, _below.is_shown, held))


def _topics_not_treated(viewer: Viewer) -> Select[Any]:
    """Return topics whose cycle is over, that no session treats (it, its theme, a question), nor carried over."""
    treated = or_(
        exists().where(SessionItem.item_id == PlanItem.id),
        exists().where(SessionItem.item_id == PlanItemRevision.parent_id),
        exists().where(
            _question.parent_id == PlanItem.id, _question.is_shown, SessionItem.item_id == _question.item_id
        ),
    )
    carried = exists().where(ItemLineage.from_item_id == PlanItem.id)
    return _over(viewer, _items(ItemKind.TOPIC)).where(~treated, ~carried)


def _questions_unanswered(viewer: Viewer) -> Select[Any]:
    answered = or_(
        exists().where(OfferItem.item_id == PlanItem.id),
        exists().where(table_of(Contribution).c.item_id == PlanItem.id),
    )
    return _over(viewer, _items(ItemKind.QUESTION)).where(~answered)


def _is_told(viewer: Viewer, record: Any, session_id: Any, state: str) -> ColumnElement[bool]:
    """Return the condition that the current release has a session in a state; officers need no release."""
    told = exists().where(PublishedSession.session_id == session_id, PublishedSession.state == state)
    return or_(is_officer_of(viewer, record), told)


def _sessions_of_nothing(viewer: Viewer) -> Select[Any]:
    """Return held sessions of bodies that have a plan which treat nothing of it; others owe no link."""
    planned = exists().where(table_of(Plan).c.body_id == PlanSession.body_id)
    treats = exists().where(SessionItem.session_id == PlanSession.id)
    held = select(PlanSession).where(PlanSession.state == "held", PlanSession.session_kind == SessionKind.SESSION)
    return held.where(planned, ~treats, _is_told(viewer, PlanSession, PlanSession.id, "held"))


def _offers_in_cancelled_sessions(viewer: Viewer) -> Select[Any]:
    place = exists().where(
        Slot.offer_id == Offer.id,
        Slot.session_id == _session.id,
        _session.state.in_(ENDED),
        or_(*(_is_told(viewer, _session, Slot.session_id, state) for state in sorted(ENDED))),
    )
    return select(Offer).where(Offer.state.in_(("placed", "confirmed")), place)


def _outputs_of_nothing(viewer: Viewer) -> Select[Any]:
    del viewer
    return select(Output).where(Output.session_id.is_(None), Output.item_id.is_(None))


def _outputs_without_paper(viewer: Viewer) -> Select[Any]:
    del viewer
    return select(Output).where(Output.state.in_(("final", "acted_on")), Output.document_id.is_(None))


def _versions_without_action(viewer: Viewer) -> Select[Any]:
    del viewer
    acted = exists().where(ConferenceAction.record_id == PlanVersion.id)
    return select(PlanVersion).where(PlanVersion.state.in_(_ACTED_ON), ~acted)


def _decisions_without_follow_up(viewer: Viewer) -> Select[Any]:
    del viewer
    followed = exists().where(table_of(FollowUp).c.comes_from_id == Decision.id)
    return select(Decision).where(Decision.asked_id.is_not(None), ~followed)


def _follow_ups_of_nobody(viewer: Viewer) -> Select[Any]:
    del viewer
    nobody = FollowUp.owner_id.is_(None) & FollowUp.owner_email.is_(None)
    return select(FollowUp).where(FollowUp.state.not_in(_CLOSED), nobody)


def _follow_ups_without_date(viewer: Viewer) -> Select[Any]:
    del viewer
    undated = FollowUp.due_on.is_(None) & FollowUp.due_session_id.is_(None)
    return select(FollowUp).where(FollowUp.state.not_in(_CLOSED), undated)


def _annexes_of_nothing(viewer: Viewer) -> Select[Any]:
    del viewer
    return select(Document).where(Document.annex_label.is_not(None), Document.annex_of_id.is_(None))


KINDS: tuple[Kind, ...] = (
    Kind("plan_without_mandate", N_("No paper is linked that asked for this plan."),
         N_("Link the paper that proposed it."), Plan, _plans_without_mandate),
    Kind("theme_without_topic", N_("The theme has no topic."), N_("Add a topic, or take the theme out of the plan."),
         PlanItem, _themes_without_topic),
    Kind("topic_not_treated", N_("Its cycle is over, no session treated it, and nothing carries it on."),
         N_("Link the session that treated it, or carry it over."), PlanItem, _topics_not_treated),
    Kind("question_unanswered", N_("Its cycle is over and nobody answered it."),
         N_("Link a presentation or a written answer, or ask it again."), PlanItem, _questions_unanswered),
    Kind("session_of_nothing", N_("It was held, its body has a plan, and no theme, topic or question is linked to it."),
         N_("Link the topics that it treated."), PlanSession, _sessions_of_nothing),
    Kind("offer_in_cancelled_session", N_("The presentation has its place in a session that is cancelled or merged."),
         N_("Move it to another session."), Offer, _offers_in_cancelled_sessions),
    Kind("output_of_nothing", N_("It comes of no session and answers no expected output."),
         N_("Link the session that it came of."), Output, _outputs_of_nothing),
    Kind("output_without_paper", N_("It is final and no document holds it."), N_("Link its document."), Output,
         _outputs_without_paper),
    Kind("version_without_action", N_("The Conference acted on the version, but its verb is not recorded."),
         N_("Record what the Conference did."), PlanVersion, _versions_without_action),
    Kind("decision_without_follow_up", N_("It asks somebody to act, and no follow-up came of it."),
         N_("Add a follow-up with an owner and a date."), Decision, _decisions_without_follow_up),
    Kind("follow_up_of_nobody", N_("Nobody owns the follow-up."), N_("Name an owner."), FollowUp,
         _follow_ups_of_nobody),
    Kind("follow_up_without_date", N_("The follow-up has no due date."), N_("Set a date, or tie it to a session."),
         FollowUp, _follow_ups_without_date),
    Kind("annex_of_nothing", N_("It is an annex, and the document that it belongs to is not linked."),
         N_("Link the document that it is annexed to."), Document, _annexes_of_nothing),
)  # fmt: skip
