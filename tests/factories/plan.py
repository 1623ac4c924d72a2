"""Plans, their versions and items for tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from planner.core.db import db
from planner.models import (
    Body,
    Cycle,
    ItemKind,
    ItemLineage,
    LineageKind,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    RevisionArticle,
    RevisionStage,
    Stage,
    TreatyArticle,
    VersionKind,
)
from planner.services import changes
from tests.factories.meeting import AT, WRITER


def make_plan(
    body: Body, *, ref: str, first: Cycle, last: Cycle | None = None, at: datetime = AT, **values: Any
) -> Plan:
    """Make a plan of a body over cycles; it has the body's audience."""
    with changes.change(WRITER, at=at):
        values = {
            "title": ref,
            "body_id": body.id,
            "audience_parent_id": body.id,
            "first_cycle_id": first.id,
            "last_cycle_id": last.id if last else None,
            **values,
        }
        plan = Plan(ref=ref, **values)
        db.session.add(plan)
    return plan


def make_version(
    plan: Plan, position: int, *, state: str = "circulated", at: datetime = AT, **values: Any
) -> PlanVersion:
    """Make a numbered version that everybody may see who may see the plan; its position is its number."""
    with changes.change(WRITER, at=at):
        values = {
            "title": f"Version {position}",
            "version_kind": VersionKind.NUMBERED,
            "number": position,
            "position": position,
            "plan_id": plan.id,
            "audience_parent_id": plan.id,
            **values,
        }
        version = PlanVersion(ref=f"{plan.ref}/v{position}", state=state, **values)
        db.session.add(version)
    return version


def make_working_copy(plan: Plan, *, at: datetime = AT) -> PlanVersion:
    """Make the working copy of a plan, which only its officers see."""
    return make_version(
        plan, 99, state="draft", at=at, title="Working copy", version_kind=VersionKind.WORKING_COPY, number=None,
        published=False,
    )  # fmt: skip


def make_item(
    version: PlanVersion,
    kind: ItemKind,
    *,
    ref: str,
    parent: PlanItem | None = None,
    cycle: Cycle | None = None,
    stages: Iterable[Stage] = (),
    articles: Iterable[TreatyArticle] = (),
    at: datetime = AT,
    **values: Any,
) -> PlanItem:
    """Make an item with its text in a version. It is shown to all unless the version is the working copy."""
    is_draft = version.version_kind is VersionKind.WORKING_COPY
    with changes.change(WRITER, at=at):
        item = PlanItem(
            ref=ref, title=ref, item_kind=kind, plan_id=version.plan_id, audience_parent_id=version.id,
            published=not is_draft,
        )  # fmt: skip
        db.session.add(item)
        db.session.flush()
        revise(item, version, parent=parent, cycle=cycle, stages=stages, articles=articles, at=at, **values)
    return item


def revise(
    item: PlanItem,
    version: PlanVersion,
    *,
    parent: PlanItem | None = None,
    cycle: Cycle | None = None,
    stages: Iterable[Stage] = (),
    articles: Iterable[TreatyArticle] = (),
    at: datetime = AT,
    **values: Any,
) -> PlanItemRevision:
    """Give an item its text in one version."""
    with changes.change(WRITER, at=at):
        values = {
            "title": item.title,
            "position": item.id,
            "is_shown": version.version_kind is not VersionKind.WORKING_COPY,
            "parent_id": parent.id if parent else None,
            "cycle_id": cycle.id if cycle else None,
            "stage_links": [RevisionStage(stage_id=stage.id, position=n) for n, stage in enumerate(stages)],
            "article_links": [RevisionArticle(article_id=one.id, position=n) for n, one in enumerate(articles)],
            **values,
        }
        revision = PlanItemRevision(item_id=item.id, version_id=version.id, **values)
        db.session.add(revision)
    return revision


def carry_over(
    item: PlanItem, later: PlanItem, *, kind: LineageKind = LineageKind.CARRIED_OVER, at: datetime = AT
) -> None:
    """Say that an item is carried on by a later one."""
    with changes.change(WRITER, at=at):
        db.session.add(ItemLineage(item_id=later.id, from_item_id=item.id, lineage_kind=kind))
