"""The register of Articles of the Treaty."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.i18n import N_
from planner.models import PlanItem, PlanItemRevision, RevisionArticle, TreatyArticle
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import distinct_options, is_recalled, key_column
from planner.services.registers.plans import TABS

item = aliased(PlanItem, flat=True)


def _source(viewer: Viewer) -> Source:
    items = (
        select(func.count())
        .select_from(RevisionArticle)
        .join(PlanItemRevision, PlanItemRevision.id == RevisionArticle.revision_id)
        .join(item, item.id == PlanItemRevision.item_id)
        .where(RevisionArticle.article_id == TreatyArticle.id, PlanItemRevision.is_shown, visible(viewer, item))
        .where(~item.is_withdrawn)
        .correlate(TreatyArticle)
        .scalar_subquery()
    )
    return Source(
        rows=select(TreatyArticle).where(visible(viewer, TreatyArticle)),
        id=TreatyArticle.id,
        kind=TreatyArticle.kind,
        search=TreatyArticle.title.concat(" ").concat(func.coalesce(TreatyArticle.summary, "")),
        flags={"recalled": is_recalled(TreatyArticle), "origin": TreatyArticle.origin},
        columns=(
            Column(
                key="title", label=N_("Article"), value=TreatyArticle.title, kind="title", sort=TreatyArticle.position
            ),
            Column(key="topic", label=N_("Subject"), value=TreatyArticle.topic, kind="word", words="article_topic"),
            Column(key="summary", label=N_("Summary"), value=TreatyArticle.summary),
            Column(key="items", label=N_("Items of plans"), value=items, kind="number"),
            key_column(TreatyArticle),
        ),
        filters=(
            Filter(
                name="topic",
                label=N_("Subject"),
                condition=lambda value: TreatyArticle.topic == value,
                options=distinct_options(TreatyArticle.topic, visible(viewer, TreatyArticle)),
                words="article_topic",
            ),
        ),
    )


REGISTER = Register(
    name="articles",
    title=N_("Articles of the Treaty"),
    lead=N_("What the work rests on. The summaries are in our own words."),
    empty=N_("No Article fits. Take a filter away to see more."),
    source=_source,
    default_sort="title",
    tabs=TABS,
    creates="treaty_article",
)
