"""The register of stages of the transfer chain."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import PlanItem, PlanItemRevision, RecordArticle, RevisionStage, Stage, TreatyArticle
from planner.services.registers.core import Column, Register, Source
from planner.services.registers.expressions import is_recalled, key_column
from planner.services.registers.plans import TABS
from planner.services.text_lists import joined

item = aliased(PlanItem, flat=True)
article = aliased(TreatyArticle, flat=True)


def _source(viewer: Viewer) -> Source:
    articles = (
        select(article.number)
        .join(RecordArticle, RecordArticle.article_id == article.id)
        .where(RecordArticle.record_id == Stage.id, visible(viewer, article))
        .order_by(RecordArticle.position)
        .correlate(Stage)
    )
    items = (
        select(func.count())
        .select_from(RevisionStage)
        .join(PlanItemRevision, PlanItemRevision.id == RevisionStage.revision_id)
        .join(item, item.id == PlanItemRevision.item_id)
        .where(RevisionStage.stage_id == Stage.id, PlanItemRevision.is_shown, visible(viewer, item))
        .where(~item.is_withdrawn)
        .correlate(Stage)
        .scalar_subquery()
    )
    return Source(
        rows=select(Stage).where(visible(viewer, Stage)),
        id=Stage.id,
        kind=Stage.kind,
        search=title(viewer, Stage),
        flags={"recalled": is_recalled(Stage), "origin": Stage.origin},
        columns=(
            Column(key="number", label=N_("Number"), value=Stage.number, kind="number"),
            Column(key="title", label=N_("Stage"), value=title(viewer, Stage), kind="title"),
            Column(key="articles", label=N_("Articles"), value=joined(articles), sortable=False),
            Column(key="items", label=N_("Items of plans"), value=items, kind="number"),
            key_column(Stage),
        ),
    )


REGISTER = Register(
    name="stages",
    title=N_("Stages of the transfer chain"),
    lead=N_("From the country of origin to the national stockpile."),
    empty=N_("No stage yet. The import of the record brings them."),
    source=_source,
    default_sort="number",
    tabs=TABS,
    creates="stage",
)
