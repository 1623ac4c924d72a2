"""The register of follow-ups: who owes what until when, the late ones marked."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import FollowUp, PlanSession, Record
from planner.rules import lifecycle
from planner.rules.due_dates import CLOSED
from planner.rules.words import OWNER_KINDS
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import is_recalled, key_column

comes_from = aliased(Record)
due_session = aliased(PlanSession, flat=True)
owner = aliased(Record)


def is_overdue(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that a follow-up is overdue on the viewer's day."""
    return and_(FollowUp.state.not_in(CLOSED), FollowUp.due_on < viewer.day)


def _source(viewer: Viewer) -> Source:
    rows = (
        select(FollowUp)
        .outerjoin(owner, and_(FollowUp.owner_id == owner.id, visible(viewer, owner)))
        .outerjoin(comes_from, and_(FollowUp.comes_from_id == comes_from.id, visible(viewer, comes_from)))
        .outerjoin(due_session, and_(FollowUp.due_session_id == due_session.id, visible(viewer, due_session)))
        .where(visible(viewer, FollowUp))
    )
    overdue = is_overdue(viewer)
    return Source(
        rows=rows,
        id=FollowUp.id,
        kind=FollowUp.kind,
        search=title(viewer, FollowUp),
        flags={
            "recalled": is_recalled(FollowUp),
            "origin": FollowUp.origin,
            "tone": case((overdue, "fault"), (FollowUp.state == "carried_over", "late"), else_=""),
            "due_on": FollowUp.due_on,
            "due_session": title(viewer, due_session),
            "due_offset": FollowUp.due_offset_days,
            "by_email": FollowUp.owner_email.is_not(None),
        },
        columns=(
            Column(key="title", label=N_("What"), value=title(viewer, FollowUp), kind="title"),
            Column(
                key="owner",
                label=N_("Who"),
                value=title(viewer, owner),
                kind="owner",
                record=owner.id,
                record_kind=owner.kind,
            ),
            Column(key="due", label=N_("Due"), value=FollowUp.due_on, kind="due"),
            Column(
                key="from",
                label=N_("From"),
                value=title(viewer, comes_from),
                record=comes_from.id,
                record_kind=comes_from.kind,
            ),
            Column(key="evidence", label=N_("Evidence"), value=FollowUp.evidence, sortable=False),
            Column(
                key="state",
                label=N_("State"),
                value=FollowUp.state,
                kind="due_state",
                sort=case((overdue, 0), (FollowUp.state.in_(CLOSED), 2), else_=1),
            ),
            key_column(FollowUp),
        ),
        filters=(
            Filter(
                name="state",
                label=N_("State"),
                condition=lambda value: FollowUp.state == value,
                options=tuple((s, lifecycle.state_word("follow_up", s)) for s in lifecycle.states("follow_up")),
            ),
            Filter(
                name="owner",
                label=N_("Whose"),
                condition=_owned_by,
                options=(*OWNER_KINDS.items(), ("nobody", N_("Nobody yet"))),
            ),
            Filter(
                name="overdue",
                label=N_("Overdue"),
                condition=lambda value: overdue if value == "yes" else or_(FollowUp.due_on.is_(None), ~overdue),
                options=(("yes", N_("Overdue")), ("no", N_("Not overdue"))),
            ),
        ),
    )


def _owned_by(kind: str) -> ColumnElement[bool]:
    """Return the condition on the kind of owner; a person is known by an address only."""
    if kind == "person":
        return or_(owner.kind == "person", and_(FollowUp.owner_id.is_(None), FollowUp.owner_email.is_not(None)))
    if kind == "nobody":
        return and_(FollowUp.owner_id.is_(None), FollowUp.owner_email.is_(None))
    return owner.kind == kind


REGISTER = Register(
    name="follow_ups",
    title=N_("Follow-ups"),
    lead=N_("Who does what until when. Closing one needs evidence; an overdue one comes onto the next agenda."),
    empty=N_("No follow-up fits. One starts from a session, an output or a decision."),
    source=_source,
    default_sort="state",
    tabs=("documents", "follow_ups", "outputs", "decisions"),
    creates="follow_up",
)
