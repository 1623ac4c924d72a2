"""The registers of themes, topics, guiding questions and expected outputs: one source, by kind of item."""

from __future__ import annotations

from functools import partial

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import (
    Cycle,
    ItemKind,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    RevisionArticle,
    RevisionStage,
    Stage,
    TreatyArticle,
)
from planner.services.plan_editions import read_revision
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import (
    cycle_column,
    cycle_filter,
    is_recalled,
    key_column,
)
from planner.services.registers.plans import TABS
from planner.services.text_lists import joined

revision = aliased(PlanItemRevision)
version = aliased(PlanVersion, flat=True)
parent = aliased(PlanItem, flat=True)
cycle = aliased(Cycle, flat=True)
last_cycle = aliased(Cycle, flat=True)
plan = aliased(Plan, flat=True)
article = aliased(TreatyArticle, flat=True)
stage = aliased(Stage, flat=True)


def _source(viewer: Viewer, kind: ItemKind) -> Source:
    articles = (
        select(article.number)
        .join(RevisionArticle, RevisionArticle.article_id == article.id)
        .where(RevisionArticle.revision_id == revision.id, visible(viewer, article))
        .order_by(RevisionArticle.position)
        .correlate(revision)
    )
    rows = (
        select(PlanItem)
        .join(revision, revision.item_id == PlanItem.id)
        .join(version, version.id == revision.version_id)
        .outerjoin(parent, and_(parent.id == revision.parent_id, visible(viewer, parent)))
        .outerjoin(cycle, cycle.id == revision.cycle_id)
        .outerjoin(last_cycle, last_cycle.id == revision.last_cycle_id)
        .outerjoin(plan, and_(plan.id == PlanItem.plan_id, visible(viewer, plan)))
        .where(visible(viewer, PlanItem), PlanItem.item_kind == kind)
        .where(read_revision(viewer, revision=revision, version=version))
    )
    return Source(
        rows=rows,
        id=PlanItem.id,
        kind=PlanItem.kind,
        search=revision.title.concat(" ").concat(func.coalesce(revision.text, "")),
        flags={"recalled": is_recalled(PlanItem), "origin": PlanItem.origin},
        columns=(
            Column(key="title", label=_LABELS[kind], value=revision.title, kind="title"),
            *_place(viewer, kind),
            Column(key="articles", label=N_("Articles"), value=joined(articles), sortable=False),
            Column(key="plan", label=N_("Plan"), value=title(viewer, plan), record=plan.id, record_kind="plan"),
            key_column(PlanItem),
        ),
        filters=_filters(viewer, kind),
    )


def _place(viewer: Viewer, kind: ItemKind) -> list[Column]:
    """Return the columns that say where an item stands: its parent, its cycles, its stages."""
    stages = (
        select(stage.title)
        .join(RevisionStage, RevisionStage.stage_id == stage.id)
        .where(RevisionStage.revision_id == revision.id, visible(viewer, stage))
        .order_by(RevisionStage.position)
        .correlate(revision)
    )
    above = Column(
        key="parent",
        label=_LABELS[ItemKind.TOPIC] if kind is ItemKind.QUESTION else _LABELS[ItemKind.THEME],
        value=title(viewer, parent),
        record=parent.id,
        record_kind="plan_item",
    )
    when = cycle_column(cycle)
    until = Column(
        key="until",
        label=N_("Until"),
        value=last_cycle.code,
        sort=last_cycle.until_on,
        record=last_cycle.id,
        record_kind="cycle",
        in_page=kind is ItemKind.TOPIC,
    )
    chain = Column(key="stages", label=N_("Stages"), value=joined(stages, "; "), sortable=False)
    return {
        ItemKind.THEME: [when, chain],
        ItemKind.TOPIC: [when, until, above],
        ItemKind.QUESTION: [above, chain],
        ItemKind.EXPECTED_OUTPUT: [when, above, Column(key="result", label=N_("Result"), value=revision.result)],
    }[kind]


def _filters(viewer: Viewer, kind: ItemKind) -> tuple[Filter, ...]:
    plans = select(Plan.ref, title(viewer, Plan)).where(visible(viewer, Plan)).order_by(Plan.id)
    stages = select(Stage.ref, Stage.title).where(visible(viewer, Stage)).order_by(Stage.number)
    of_plan = Filter(name="plan", label=N_("Plan"), condition=lambda value: plan.ref == value, options=plans)
    of_cycle = cycle_filter(viewer, cycle)
    of_stage = Filter(
        name="stage",
        label=N_("Stage"),
        condition=lambda value: exists().where(
            RevisionStage.revision_id == revision.id, RevisionStage.stage_id == stage.id, stage.ref == value
        ),
        options=stages,
    )
    return {
        ItemKind.THEME: (of_cycle, of_plan, of_stage),
        ItemKind.TOPIC: (of_cycle, of_plan),
        ItemKind.QUESTION: (of_plan, of_stage),
        ItemKind.EXPECTED_OUTPUT: (of_cycle, of_plan),
    }[kind]


_LABELS = {
    ItemKind.THEME: N_("Theme"),
    ItemKind.TOPIC: N_("Topic"),
    ItemKind.QUESTION: N_("Guiding question"),
    ItemKind.EXPECTED_OUTPUT: N_("Expected output"),
}

THEMES = Register(
    name="themes",
    title=N_("Themes"),
    lead=N_("What each plan treats in each cycle: one challenge a year."),
    empty=N_("No theme fits. A theme is drafted in a working copy of its plan."),
    source=partial(_source, kind=ItemKind.THEME),
    default_sort="cycle",
    tabs=TABS,
    creates="plan_item",
)
TOPICS = Register(
    name="topics",
    title=N_("Topics"),
    lead=N_("What a theme is taken apart into, so that a session can treat it. What was not finished is carried over."),
    empty=N_("No topic fits. A topic is drafted under a theme in a working copy of its plan."),
    source=partial(_source, kind=ItemKind.TOPIC),
    default_sort="cycle",
    tabs=TABS,
    creates="plan_item",
)
QUESTIONS = Register(
    name="questions",
    title=N_("Guiding questions"),
    lead=N_("What presentations and written answers respond to."),
    empty=N_("No question fits. A question is drafted under a topic in a working copy of its plan."),
    source=partial(_source, kind=ItemKind.QUESTION),
    default_sort="title",
    tabs=TABS,
    creates="plan_item",
)
EXPECTED_OUTPUTS = Register(
    name="expected-outputs",
    title=N_("Expected outputs"),
    lead=N_("What a plan says should be there at the end of a cycle, and what became of it."),
    empty=N_("No expected output fits. It is drafted under a theme in a working copy of its plan."),
    source=partial(_source, kind=ItemKind.EXPECTED_OUTPUT),
    default_sort="cycle",
    tabs=TABS,
    creates="plan_item",
)
