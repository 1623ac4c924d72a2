"""The text of a version as a value, for redlines, papers and the editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.models import (
    Body,
    Cycle,
    Document,
    ItemLineage,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    RevisionArticle,
    RevisionStage,
    Stage,
    TreatyArticle,
)
from planner.rules.redline import Item, Lineage, PlanText, Value
from planner.rules.redline.sentences import Names

_item = aliased(PlanItem, flat=True)
_version = aliased(PlanVersion, flat=True)
_parent = aliased(PlanItem, flat=True)
_document = aliased(Document, flat=True)
_body = aliased(Body, flat=True)
_article = aliased(TreatyArticle, flat=True)
_stage = aliased(Stage, flat=True)


@dataclass(frozen=True)
class Texts:
    """Texts of versions by their ids, and what their cycles and items are called."""

    by_version: Mapping[int, PlanText]
    names: Names


def read_texts(viewer: Viewer, version_ids: Iterable[int]) -> Texts:
    """Return the texts of versions as far as the viewer may see them, in five queries.

    A version that holds no text, or that may not be seen, has an empty one.
    """
    ids = list(version_ids)
    rows: Any = db.session.execute(_revisions(viewer, ids)).all()
    articles = _links(RevisionArticle, _article, ids, viewer)
    stages = _links(RevisionStage, _stage, ids, viewer)
    places, codes = _cycles(row for row in rows)
    lineage = _lineage({row.item_id for row in rows})
    made: dict[int, list[Item]] = {one: [] for one in ids}
    for row in rows:
        said: dict[str, Value] = {
            "title": row.title,
            "text": row.text,
            "articles": articles.get(row.id, ()),
            "stages": stages.get(row.id, ()),
            "years": row.years,
            "output_kind": row.output_kind,
            "result": row.result,
            "document_id": row.document,
            "related_body_id": row.body,
        }
        first, last = places.get(row.cycle_id), places.get(row.last_cycle_id)
        made[row.version_id].append(Item(row.item_id, str(row.item_kind), row.parent_id, first, last, said))
    texts = {one: PlanText(tuple(items), _of(lineage, items)) for one, items in made.items()}
    titles = {item.id: item.title for one in ids for item in texts[one].items}
    return Texts(texts, Names(codes, titles))


def _of(lineage: Iterable[Lineage], items: list[Item]) -> frozenset[Lineage]:
    ids = {item.id for item in items}
    return frozenset(link for link in lineage if link.item_id in ids)


def _revisions(viewer: Viewer, ids: list[int]) -> Any:
    return (
        select(
            PlanItemRevision.id,
            PlanItemRevision.item_id,
            PlanItemRevision.version_id,
            _item.item_kind,
            PlanItemRevision.title,
            PlanItemRevision.text,
            _parent.id.label("parent_id"),
            PlanItemRevision.cycle_id,
            PlanItemRevision.last_cycle_id,
            PlanItemRevision.years,
            PlanItemRevision.output_kind,
            PlanItemRevision.result,
            title(viewer, _document).label("document"),
            title(viewer, _body).label("body"),
        )
        .select_from(PlanItemRevision)
        .join(_item, _item.id == PlanItemRevision.item_id)
        .join(_version, _version.id == PlanItemRevision.version_id)
        .outerjoin(_parent, (_parent.id == PlanItemRevision.parent_id) & visible(viewer, _parent))
        .outerjoin(_document, (_document.id == PlanItemRevision.document_id) & visible(viewer, _document))
        .outerjoin(_body, (_body.id == PlanItemRevision.related_body_id) & visible(viewer, _body))
        .where(PlanItemRevision.version_id.in_(ids), visible(viewer, _version), visible(viewer, _item))
        .order_by(PlanItemRevision.position, PlanItemRevision.item_id)
    )


def _links(link: Any, target: Any, ids: list[int], viewer: Viewer) -> dict[int, tuple[str, ...]]:
    """Return what texts treat by the numbers of Articles or the names of stages."""
    name = target.number if link is RevisionArticle else target.title
    column = link.article_id if link is RevisionArticle else link.stage_id
    rows = db.session.execute(
        select(link.revision_id, name)
        .join(PlanItemRevision, PlanItemRevision.id == link.revision_id)
        .join(target, target.id == column)
        .where(PlanItemRevision.version_id.in_(ids), visible(viewer, target))
        .order_by(link.revision_id, link.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for key, text in rows:
        found[key] = (*found.get(key, ()), str(text))
    return found


def _cycles(rows: Iterable[Any]) -> tuple[dict[int | None, int], dict[int, str]]:
    """Return the places of cycles in their series and their codes by place.

    Places count from the first cycle of all series, in the order of their ends; a plan names cycles of one series.
    """
    named = {key for row in rows for key in (row.cycle_id, row.last_cycle_id) if key}
    if not named:
        return {}, {}
    series = select(Cycle.series).where(Cycle.id.in_(named))
    found = db.session.execute(
        select(Cycle.id, Cycle.code).where(Cycle.series.in_(series)).order_by(Cycle.until_on, Cycle.id)
    ).all()
    return {key: place for place, (key, _) in enumerate(found)}, {place: code for place, (_, code) in enumerate(found)}


def _lineage(ids: set[int]) -> list[Lineage]:
    rows = db.session.execute(
        select(ItemLineage.item_id, ItemLineage.from_item_id, ItemLineage.lineage_kind).where(
            ItemLineage.item_id.in_(ids)
        )
    )
    return [Lineage(item, source, kind.value) for item, source, kind in rows]
