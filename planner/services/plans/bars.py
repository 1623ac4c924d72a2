"""Topics as bars of the plan's picture: which revision is drawn, in which row and cycles, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.models import (
    Cycle,
    ItemKind,
    ItemLineage,
    LineageKind,
    Origin,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    RecordArticle,
    RevisionArticle,
    RevisionStage,
    Stage,
    VersionKind,
)
from planner.pictures.plan_data import TopicState
from planner.services.plan_editions import read_revision
from planner.services.registers.expressions import is_recalled
from planner.services.text_lists import joined

_cycle = aliased(Cycle, flat=True)
_plan = aliased(Plan, flat=True)
_later = aliased(PlanItem, flat=True)
_before = aliased(PlanItemRevision)
_earlier = aliased(Cycle, flat=True)
_this_version = aliased(PlanVersion, flat=True)


@dataclass(frozen=True)
class Column:
    """A cycle as a column. `from_on` is inclusive, `until_on` exclusive; `theme` is what a plan treats in it."""

    id: int
    code: str
    from_on: date | None
    until_on: date
    is_illustration: bool
    theme: str | None = None


@dataclass(frozen=True)
class StageRow:
    """A stage of the transfer chain as a row, and the Articles that it relates to (ids)."""

    id: int
    number: int
    title: str
    articles: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Bar:
    """A topic over its cycles, which are named by their place in the columns; `stage` is that of the rows or None."""

    id: int
    title: str
    plan_id: int
    stage: int | None
    first: int
    last: int
    state: TopicState
    is_recalled: bool
    moved_from: str | None
    carried_to: tuple[int, ...]


def read_columns(viewer: Viewer) -> tuple[Column, ...]:
    """Return all cycles that the viewer may see by date, each with the theme that the first plan has in it."""
    theme, revision = aliased(PlanItem, flat=True), aliased(PlanItemRevision)
    first_theme = (
        select(revision.title)
        .select_from(revision)
        .join(theme, theme.id == revision.item_id)
        .where(revision.cycle_id == Cycle.id, revision.is_shown, theme.item_kind == ItemKind.THEME)
        .where(visible(viewer, theme), ~theme.is_withdrawn)
        .order_by(theme.plan_id, theme.id)
        .limit(1)
        .correlate(Cycle)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Cycle.id, Cycle.code, Cycle.from_on, Cycle.until_on, Cycle.origin, first_theme)
        .where(visible(viewer, Cycle))
        .order_by(Cycle.until_on, Cycle.id)
    )
    return tuple(
        Column(record_id, code, from_on, until_on, origin is Origin.ILLUSTRATION, theme_title)
        for record_id, code, from_on, until_on, origin, theme_title in rows
    )


def read_stages(viewer: Viewer) -> tuple[StageRow, ...]:
    """Return the stages of the transfer chain in their order."""
    articles = select(cast(RecordArticle.article_id, String)).where(RecordArticle.record_id == Stage.id)
    rows = db.session.execute(
        select(Stage.id, Stage.number, Stage.title, joined(articles.correlate(Stage)))
        .where(visible(viewer, Stage))
        .order_by(Stage.number)
    )
    return tuple(StageRow(record_id, number, name, _ids(found)) for record_id, number, name, found in rows)


def read_bars(
    viewer: Viewer, columns: tuple[Column, ...], stages: tuple[StageRow, ...], plans: Select[Any] | None = None
) -> tuple[Bar, ...]:
    """Return the topics that stand in one of the columns, in the order of cycle, plan and place, in one query."""
    places = {column.id: number for number, column in enumerate(columns)}
    bars = []
    for row in db.session.execute(_topics(viewer, plans)):
        first = places.get(row.cycle_id or row.theme_cycle_id or row.first_cycle_id)
        if first is None:
            continue
        last = max(first, places.get(row.last_cycle_id, first))
        candidates = _ids(row.stages) or _ids(row.theme_stages)
        bars.append(
            Bar(
                id=row.id,
                title=row.title,
                plan_id=row.plan_id,
                stage=stage_of([stage for stage in stages if stage.id in candidates], _ids(row.articles)),
                first=first,
                last=last,
                state=topic_state(row, columns[last].until_on, viewer.day),
                is_recalled=bool(row.recalled),
                moved_from=row.moved_from,
                carried_to=tuple(sorted(_ids(row.carried_to))),
            )
        )
    return tuple(sorted(bars, key=lambda bar: bar.first))


def stage_of(candidates: list[StageRow], articles: frozenset[int]) -> int | None:
    """Return the id of the stage that a topic is drawn in, of those that it or its theme names; None: the whole chain.

    Of several it is the one that shares most Articles with the topic, the later of two that fit alike: the work moves
    along the chain. One that shares none with any of them is about the whole chain.
    """
    if len(candidates) == 1:
        return candidates[0].id
    shared = [(len(stage.articles & articles), stage.number, stage.id) for stage in candidates]
    best = max(shared, default=(0, 0, 0))
    return best[2] if best[0] else None


def topic_state(row: Any, until_on: date, today: date) -> TopicState:
    """Return how far a topic has come: carried over, in a draft, discussed, circulated, or planned."""
    if row.carried_to:
        return TopicState.DELAYED
    numbered = row.version_kind is VersionKind.NUMBERED
    if row.version_kind is VersionKind.WORKING_COPY or (numbered and row.version_state == "draft"):
        return TopicState.DRAFT
    if until_on <= today:
        return TopicState.DISCUSSED
    if numbered and row.version_state in ("circulated", "submitted"):
        return TopicState.CIRCULATED
    return TopicState.PLANNED


def _topics(viewer: Viewer, plans: Select[Any] | None) -> Select[Any]:
    revision, theme = aliased(PlanItemRevision), aliased(PlanItemRevision)
    version = aliased(PlanVersion, flat=True)
    rows: Any = (
        select(
            PlanItem.id,
            revision.title,
            PlanItem.plan_id,
            revision.cycle_id,
            revision.last_cycle_id,
            theme.cycle_id.label("theme_cycle_id"),
            _plan.first_cycle_id,
            version.version_kind,
            version.state.label("version_state"),
            is_recalled(PlanItem).label("recalled"),
            _moved_from(viewer, revision, _cycle).label("moved_from"),
            joined(_carried_to(viewer)).label("carried_to"),
            joined(_links(RevisionStage.stage_id, RevisionStage.revision_id == revision.id, revision)).label("stages"),
            joined(_links(RevisionStage.stage_id, RevisionStage.revision_id == theme.id, theme)).label("theme_stages"),
            joined(_links(RevisionArticle.article_id, RevisionArticle.revision_id == revision.id, revision)).label(
                "articles"
            ),
        )
        .select_from(PlanItem)
        .join(revision, revision.item_id == PlanItem.id)
        .join(version, version.id == revision.version_id)
        .join(_plan, _plan.id == PlanItem.plan_id)
        .outerjoin(theme, and_(theme.item_id == revision.parent_id, theme.version_id == revision.version_id))
        .outerjoin(_cycle, _cycle.id == revision.cycle_id)
        .where(visible(viewer, PlanItem), PlanItem.item_kind == ItemKind.TOPIC, ~PlanItem.is_withdrawn)
        .where(read_revision(viewer, revision=revision, version=version))
        .order_by(PlanItem.plan_id, revision.position, PlanItem.id)
    )
    narrowed: Select[Any] = rows if plans is None else rows.where(PlanItem.plan_id.in_(plans))
    return narrowed


def _links(column: Any, condition: ColumnElement[bool], outer: Any) -> Select[Any]:
    return select(cast(column, String)).where(condition).correlate(outer)


def _carried_to(viewer: Viewer) -> Select[Any]:
    """Return the select of the topics that carry one on, as far as the viewer may see them."""
    return (
        select(cast(ItemLineage.item_id, String))
        .select_from(ItemLineage)
        .join(_later, _later.id == ItemLineage.item_id)
        .where(ItemLineage.from_item_id == PlanItem.id, ItemLineage.lineage_kind == LineageKind.CARRIED_OVER)
        .where(visible(viewer, _later))
        .correlate(PlanItem)
    )


def _moved_from(viewer: Viewer, revision: Any, cycle: Any) -> Any:
    """Return the code of the earlier cycle in which an earlier version had the topic, or none."""
    version = aliased(PlanVersion, flat=True)
    position = (
        select(_this_version.position)
        .where(_this_version.id == revision.version_id)
        .correlate(revision)
        .scalar_subquery()
    )
    return (
        select(_earlier.code)
        .select_from(_earlier)
        .join(_before, _before.cycle_id == _earlier.id)
        .join(version, version.id == _before.version_id)
        .where(_before.item_id == revision.item_id, version.position < position, visible(viewer, version))
        .where(_earlier.until_on < cycle.until_on)
        .order_by(version.position.desc())
        .limit(1)
        .correlate(revision, cycle)
        .scalar_subquery()
    )


def _ids(text: str | None) -> frozenset[int]:
    """Return the ids of a list in one text."""
    return frozenset(int(part) for part in text.split(", ")) if text else frozenset()


__all__ = ["Bar", "Column", "StageRow", "read_bars", "read_columns", "read_stages", "stage_of", "topic_state"]
