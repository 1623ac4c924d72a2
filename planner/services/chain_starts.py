"""Where a record stands on the chain: what is directly above and below it.

A record that is no station itself (a meeting, a version of a plan, a cycle, a body) stands where its parts do: below it
are its parts, above it is what they came of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, func, or_, select

from planner.access.viewer import Viewer
from planner.access.visibility import linked
from planner.core.db import table_of
from planner.models import (
    Call,
    ChainLink,
    Comment,
    Contribution,
    FollowUp,
    Meeting,
    Offer,
    Plan,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    Record,
    RecordArticle,
    Release,
    RevisionArticle,
    RevisionStage,
    ThemeMeeting,
)


def above(viewer: Viewer, record: Record) -> Any:
    """Return the select of the ids (as `id`) of what a record directly hangs on."""
    if record.kind == "call":
        topic = select(table_of(Call).c.item_id.label("id")).where(table_of(Call).c.id == record.id)
        return topic.where(table_of(Call).c.item_id.is_not(None))
    if record.kind == "comment":
        comment, version = table_of(Comment), table_of(PlanVersion)
        of_plan = select(version.c.plan_id).where(version.c.id == comment.c.version_id).scalar_subquery()
        place = func.coalesce(comment.c.item_id, of_plan).label("id")
        return select(place).where(comment.c.id == record.id)
    if record.kind in ("meeting", "release"):
        return select(ThemeMeeting.item_id.label("id")).where(ThemeMeeting.meeting_id.in_(_meetings(record)))
    if record.kind == "plan_version":
        version = table_of(PlanVersion)
        return select(version.c.plan_id.label("id")).where(version.c.id == record.id)
    if record.kind in _PARTS:
        parts = _PARTS[record.kind](record)
        return select(ChainLink.upper_id.label("id")).where(ChainLink.lower_id.in_(parts), linked(viewer))
    return select(ChainLink.upper_id.label("id")).where(ChainLink.lower_id == record.id, linked(viewer))


def under(viewer: Viewer, record: Record) -> Any:
    """Return the select of the ids (as `id`) of what directly hangs on a record."""
    return _PARTS[record.kind](record) if record.kind in _PARTS else below(viewer, record.id)


def below(viewer: Viewer, record_id: int) -> Select[Any]:
    """Return the select of the ids (as `id`) of what came directly of a record."""
    return select(ChainLink.lower_id.label("id")).where(ChainLink.upper_id == record_id, linked(viewer))


def _meetings(record: Record) -> Select[Any]:
    if record.kind == "meeting":
        return select(table_of(Meeting).c.id).where(table_of(Meeting).c.id == record.id)
    release = table_of(Release)
    return select(release.c.meeting_id).where(release.c.id == record.id)


def _sessions(meetings: Select[Any]) -> Select[Any]:
    session = table_of(PlanSession)
    return select(session.c.id.label("id")).where(session.c.meeting_id.in_(meetings))


def _of_version(record: Record) -> Select[Any]:
    return select(PlanItemRevision.item_id.label("id")).where(PlanItemRevision.version_id == record.id)


def _of_cycle(record: Record) -> Any:
    shown = PlanItemRevision
    items = select(shown.item_id.label("id")).where(
        shown.is_shown, or_(shown.cycle_id == record.id, shown.last_cycle_id == record.id)
    )
    meeting = table_of(Meeting)
    return items.union(_sessions(select(meeting.c.id).where(meeting.c.cycle_id == record.id)))


def _of_body(record: Record) -> Any:
    plan, meeting = table_of(Plan), table_of(Meeting)
    plans = select(plan.c.id.label("id")).where(plan.c.body_id == record.id)
    return plans.union(_sessions(select(meeting.c.id).where(meeting.c.body_id == record.id)))


def _of_stage(record: Record) -> Select[Any]:
    revision = select(RevisionStage.revision_id).where(RevisionStage.stage_id == record.id)
    return _shown_in(revision)


def _of_article(record: Record) -> Any:
    revision = select(RevisionArticle.revision_id).where(RevisionArticle.article_id == record.id)
    named = select(RecordArticle.record_id.label("id")).where(RecordArticle.article_id == record.id)
    return _shown_in(revision).union(named)


def _shown_in(revisions: Select[Any]) -> Select[Any]:
    shown = PlanItemRevision
    return select(shown.item_id.label("id")).where(shown.is_shown, shown.id.in_(revisions))


def _of_stakeholder(record: Record) -> Any:
    offer, contribution, follow_up = table_of(Offer), table_of(Contribution), table_of(FollowUp)
    return (
        select(offer.c.id.label("id"))
        .where(offer.c.presenter_id == record.id)
        .union(
            select(contribution.c.id).where(contribution.c.stakeholder_id == record.id),
            select(follow_up.c.id).where(follow_up.c.owner_id == record.id),
        )
    )


_PARTS: dict[str, Callable[[Record], Any]] = {
    "meeting": lambda record: _sessions(_meetings(record)),
    "release": lambda record: _sessions(_meetings(record)),
    "plan_version": _of_version,
    "cycle": _of_cycle,
    "body": _of_body,
    "stage": _of_stage,
    "treaty_article": _of_article,
    "stakeholder": _of_stakeholder,
}
