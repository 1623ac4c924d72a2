"""The register of comments: those of all rounds that the viewer may read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, func, null, or_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, title, visible
from planner.core.i18n import N_
from planner.models import Comment, CommentKind, Consultation, Disposition, Plan, PlanItem, PlanVersion, Stakeholder
from planner.rules.comment_words import COMMENT_KINDS, DISPOSITIONS
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import is_recalled, key_column

_item = aliased(PlanItem, flat=True)
_version = aliased(PlanVersion, flat=True)
_plan = aliased(Plan, flat=True)
_stakeholder = aliased(Stakeholder, flat=True)


def _answer(viewer: Viewer) -> Any:
    """Return what became of a comment: for its officers, and for others once the round is closed."""
    tells = or_(is_officer_of(viewer, Comment), Consultation.closed_at.is_not(None))
    return case((tells, Comment.disposition), else_=null())


def _source(viewer: Viewer) -> Source:
    rows = (
        select(Comment)
        .join(Consultation, Consultation.version_id == Comment.version_id)
        .join(_version, _version.id == Comment.version_id)
        .join(_plan, _plan.id == _version.plan_id)
        .join(_stakeholder, _stakeholder.id == Comment.stakeholder_id)
        .outerjoin(_item, and_(_item.id == Comment.item_id, visible(viewer, _item)))
        .where(visible(viewer, Comment))
    )
    return Source(
        rows=rows,
        id=Comment.id,
        kind=Comment.kind,
        search=title(viewer, Comment).concat(" ").concat(func.coalesce(Comment.text, "")),
        flags={"recalled": is_recalled(Comment), "origin": Comment.origin},
        columns=(
            Column(key="title", label=N_("Comment"), value=title(viewer, Comment), kind="title"),
            Column(
                key="kind", label=N_("Kind"), value=Comment.comment_kind, kind="word", words="comment_kind"
            ),
            Column(
                key="stakeholder",
                label=N_("From"),
                value=_stakeholder.title,
                record=_stakeholder.id,
                record_kind="stakeholder",
            ),
            Column(
                key="item", label=N_("On"), value=title(viewer, _item), record=_item.id, record_kind="plan_item"
            ),
            Column(
                key="version",
                label=N_("Version"),
                value=_plan.title.concat(", ").concat(_version.title),
                record=_version.id,
                record_kind="plan_version",
            ),
            Column(key="submitted", label=N_("Submitted"), value=Comment.submitted_at, kind="instant"),
            Column(
                key="answer", label=N_("Answer"), value=_answer(viewer), kind="word", words="disposition",
                sortable=False,
            ),
            key_column(Comment),
        ),
        filters=(
            Filter(
                name="kind",
                label=N_("Kind"),
                condition=lambda value: Comment.comment_kind == CommentKind(value),
                options=tuple(COMMENT_KINDS.items()),
            ),
            Filter(
                name="answer",
                label=N_("Answer"),
                condition=lambda value: _answer(viewer) == Disposition(value),
                options=tuple(DISPOSITIONS.items()),
            ),
        ),
    )  # fmt: skip


REGISTER = Register(
    name="comments",
    title=N_("Comments"),
    lead=N_("What delegations said on circulated versions of plans, as far as you may read it."),
    empty=N_("No comment is there for you to read: a round begins when a version of a plan is circulated."),
    source=_source,
    default_sort="-submitted",
    tabs=("plans", "themes", "topics", "questions", "expected-outputs", "comments"),
)
