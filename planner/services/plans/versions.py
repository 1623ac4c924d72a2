"""The page of a plan and that of a version of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db
from planner.models import (
    Comment,
    ConferenceAction,
    Consultation,
    Cycle,
    Document,
    Origin,
    Plan,
    PlanVersion,
    VersionKind,
)
from planner.rules.lifecycle import ConferenceVerb
from planner.services import pages
from planner.services.plans.outline import Node, read_outline
from planner.services.plans.related import Named, one, part, read_related, to_one

_later = aliased(PlanVersion, flat=True)
_other = aliased(PlanVersion, flat=True)
_document = aliased(Document, flat=True)
_cycle = aliased(Cycle, flat=True)


@dataclass(frozen=True)
class VersionRow:
    """A version in the list of its plan. `verb` and `by_code`: what the Conference of a cycle did with it."""

    id: int
    kind: VersionKind
    number: int | None
    state: str
    on_text: str | None
    change: str | None
    text_held: bool
    comments_until: datetime | None
    is_illustration: bool
    document_id: int | None
    document_title: str | None
    verb: ConferenceVerb | None
    by_code: str | None


@dataclass(frozen=True)
class PlanView:
    """All that the page of a plan shows."""

    frame: pages.Frame
    plan: Plan
    body: Named | None
    first_cycle: Named | None
    last_cycle: Named | None
    proposed_by: Named | None
    versions: tuple[VersionRow, ...]
    outline: tuple[Node, ...]

    @property
    def is_reconstructed(self) -> bool:
        """Say whether the items come from a version whose text the record does not hold."""
        return any(version.kind is VersionKind.RECONSTRUCTION for version in self.versions)


@dataclass(frozen=True)
class RoundGlance:
    """A round of comments at a glance: how many the viewer may read, in all and by item (None: the plan as a whole)."""

    is_closed: bool
    counts: Mapping[int | None, int]

    @property
    def total(self) -> int:
        """Return how many comments the viewer may read."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class VersionView:
    """All that the page of a version shows."""

    frame: pages.Frame
    version: PlanVersion
    plan: Named | None
    document: Named | None
    by_cycle: Named | None
    based_on: Named | None
    later: Named | None
    has_others: bool
    """Whether there is another version with which it can be compared."""
    outline: tuple[Node, ...]
    comments: RoundGlance | None
    """Its round of comments, where it has one."""


def get_plan(viewer: Viewer, plan_id: int) -> PlanView:
    """Return a plan with its versions and what is in it. Raises NotVisible."""
    plan = pages.get(visible_records(viewer, Plan).where(Plan.id == plan_id))
    near = read_related(
        viewer,
        [
            *to_one("body", plan.body_id),
            *to_one("first_cycle", plan.first_cycle_id),
            *to_one("last_cycle", plan.last_cycle_id),
            *to_one("proposed_by", plan.proposed_by_id),
        ],
    )
    return PlanView(
        frame=pages.frame(viewer, plan),
        plan=plan,
        body=one(near, "body"),
        first_cycle=one(near, "first_cycle"),
        last_cycle=one(near, "last_cycle"),
        proposed_by=one(near, "proposed_by"),
        versions=read_versions(viewer, plan_id),
        outline=read_outline(viewer, plan_id=plan_id),
    )


def get_version(viewer: Viewer, version_id: int) -> VersionView:
    """Return a version with the items it holds. Raises NotVisible."""
    version = pages.get(visible_records(viewer, PlanVersion).where(PlanVersion.id == version_id))
    near = read_related(
        viewer,
        [
            *to_one("plan", version.plan_id),
            *to_one("document", version.document_id),
            *to_one("by_cycle", version.acted_by_cycle_id),
            *to_one("based_on", version.based_on_id),
            part("later", _later.id, _later.based_on_id == version.id, position=_later.position),
            part("other", _other.id, (_other.plan_id == version.plan_id) & (_other.id != version.id)),
        ],
    )
    return VersionView(
        frame=pages.frame(viewer, version),
        version=version,
        plan=one(near, "plan"),
        document=one(near, "document"),
        by_cycle=one(near, "by_cycle"),
        based_on=one(near, "based_on"),
        later=one(near, "later"),
        has_others=one(near, "other") is not None,
        outline=read_outline(viewer, version_id=version.id),
        comments=_glance(viewer, version.id),
    )


def _glance(viewer: Viewer, version_id: int) -> RoundGlance | None:
    """Return the round of a version in one query, None where it has none."""
    rows = db.session.execute(
        select(Consultation.closed_at, Comment.item_id, func.count(Comment.id))
        .outerjoin(
            Comment,
            and_(Comment.version_id == Consultation.version_id, ~Comment.is_withdrawn, visible(viewer, Comment)),
        )
        .where(Consultation.version_id == version_id)
        .group_by(Consultation.closed_at, Comment.item_id)
    ).all()
    if not rows:
        return None
    return RoundGlance(rows[0][0] is not None, {item_id: count for _, item_id, count in rows if count})


def read_versions(viewer: Viewer, plan_id: int) -> tuple[VersionRow, ...]:
    """Return the versions of a plan, the latest first, in one query."""
    verb = (
        select(ConferenceAction.verb)
        .where(ConferenceAction.record_id == PlanVersion.id)
        .order_by(ConferenceAction.id)
        .limit(1)
        .correlate(PlanVersion)
        .scalar_subquery()
    )
    rows: Any = db.session.execute(
        select(
            PlanVersion.id,
            PlanVersion.version_kind,
            PlanVersion.number,
            PlanVersion.state,
            PlanVersion.on_text,
            PlanVersion.change,
            PlanVersion.text_held,
            PlanVersion.comments_until,
            (PlanVersion.origin == literal(Origin.ILLUSTRATION.value)).label("illustrated"),
            _document.id,
            title(viewer, _document),
            verb,
            _cycle.code,
        )
        .select_from(PlanVersion)
        .outerjoin(_document, (_document.id == PlanVersion.document_id) & visible(viewer, _document))
        .outerjoin(_cycle, _cycle.id == PlanVersion.acted_by_cycle_id)
        .where(PlanVersion.plan_id == plan_id, visible(viewer, PlanVersion))
        .order_by(PlanVersion.position.desc())
    )
    return tuple(VersionRow(*row) for row in rows)
