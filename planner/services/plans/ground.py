"""The pages of Articles of the Treaty and of stages of the transfer chain: what in the plans relates to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db
from planner.models import (
    Cycle,
    ItemKind,
    Origin,
    Plan,
    PlanItem,
    PlanItemRevision,
    RecordArticle,
    RevisionArticle,
    RevisionStage,
    Stage,
    TreatyArticle,
)
from planner.services import pages
from planner.services.plans.outline import is_derived
from planner.services.plans.related import Named, Related, part, read_related
from planner.services.registers.expressions import is_recalled

_holder = aliased(Stage, flat=True)
_article = aliased(TreatyArticle, flat=True)
_revision = aliased(PlanItemRevision)
_cycle = aliased(Cycle, flat=True)
_plan = aliased(Plan, flat=True)


@dataclass(frozen=True)
class Treated:
    """An item of a plan that treats an Article or belongs to a stage."""

    id: int
    title: str
    item_kind: ItemKind
    cycle_id: int | None
    cycle_code: str | None
    plan_title: str
    is_recalled: bool
    is_derived: bool
    is_illustration: bool


@dataclass(frozen=True)
class ArticleView:
    """All that the page of an Article shows."""

    frame: pages.Frame
    article: TreatyArticle
    items: tuple[Treated, ...]
    related: Related

    def all(self, relation: str) -> tuple[Named, ...]:
        """Return the records of a relation: stage, instrument, article (its paragraphs and the Article it is of)."""
        return self.related.get(relation, ())


@dataclass(frozen=True)
class StageView:
    """All that the page of a stage shows."""

    frame: pages.Frame
    stage: Stage
    items: tuple[Treated, ...]
    related: Related

    def all(self, relation: str) -> tuple[Named, ...]:
        """Return the records of a relation: article, stage (the others)."""
        return self.related.get(relation, ())


def get_article(viewer: Viewer, article_id: int) -> ArticleView:
    """Return an Article and what treats it. Raises NotVisible."""
    article = pages.get(visible_records(viewer, TreatyArticle).where(TreatyArticle.id == article_id))
    linked = select(RevisionArticle.revision_id).where(RevisionArticle.article_id == article_id)
    other = aliased(TreatyArticle, flat=True)
    whole = article.number.partition("(")[0]
    related = read_related(
        viewer,
        [
            part("stage", _holder.id, _holder.id == RecordArticle.record_id, RecordArticle.article_id == article_id,
                 position=_holder.number, label=_holder.number),
            part("user", RecordArticle.record_id, RecordArticle.article_id == article_id),
            part("article", other.id, other.id != article_id,
                 (other.number == whole) | other.number.startswith(f"{whole}("),
                 position=other.position, label=other.number),
        ],
    )  # fmt: skip
    return ArticleView(pages.frame(viewer, article), article, _items(viewer, linked), related)


def get_stage(viewer: Viewer, stage_id: int) -> StageView:
    """Return a stage of the transfer chain and what belongs to it. Raises NotVisible."""
    stage = pages.get(visible_records(viewer, Stage).where(Stage.id == stage_id))
    linked = select(RevisionStage.revision_id).where(RevisionStage.stage_id == stage_id)
    other = aliased(Stage, flat=True)
    related = read_related(
        viewer,
        [
            part("stage", other.id, other.id != stage_id, position=other.number, label=other.number),
            part("article", _article.id, _article.id == RecordArticle.article_id, RecordArticle.record_id == stage_id,
                 position=RecordArticle.position, label=_article.number),
        ],
    )  # fmt: skip
    return StageView(pages.frame(viewer, stage), stage, _items(viewer, linked), related)


def _items(viewer: Viewer, revisions: Select[Any]) -> tuple[Treated, ...]:
    """Return the items whose shown text is among the revisions, by cycle, in one query."""
    kinds = {kind: place for place, kind in enumerate(ItemKind)}
    rows: Any = db.session.execute(
        select(
            PlanItem.id,
            _revision.title,
            PlanItem.item_kind,
            _cycle.id,
            _cycle.code,
            title(viewer, _plan),
            is_recalled(PlanItem),
            is_derived(PlanItem),
            (PlanItem.origin == Origin.ILLUSTRATION).label("illustrated"),
        )
        .select_from(PlanItem)
        .join(_revision, and_(_revision.item_id == PlanItem.id, _revision.is_shown))
        .join(_plan, _plan.id == PlanItem.plan_id)
        .outerjoin(_cycle, _cycle.id == _revision.cycle_id)
        .where(_revision.id.in_(revisions), ~PlanItem.is_withdrawn, visible(viewer, PlanItem))
        .order_by(
            _cycle.until_on.is_(None),
            _cycle.until_on,
            case(kinds, value=PlanItem.item_kind),
            _revision.position,
            PlanItem.id,
        )
    )
    return tuple(Treated(*row) for row in rows)
