"""What was brought to an item of a plan: presentations and contributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, case, cast, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, title, visible
from planner.core.db import db
from planner.models import (
    Contribution,
    ItemKind,
    Offer,
    OfferItem,
    PlanItem,
    PlanItemRevision,
    PublishedSlot,
    Stakeholder,
)

_presenter = aliased(Stakeholder, flat=True)
_author = aliased(Stakeholder, flat=True)


@dataclass(frozen=True)
class Input:
    """A presentation or a contribution on the item. `word` is the code of what it is, for a contribution."""

    kind: str
    id: int
    title: str
    state: str | None
    word: str | None
    who_id: int
    who: str
    stakeholder_class: str


def read_inputs(viewer: Viewer, item: PlanItem) -> tuple[Input, ...]:
    """Return presentations and contributions on the item, and on the questions under it, in one query."""
    questions = select(PlanItemRevision.item_id).where(PlanItemRevision.parent_id == item.id, PlanItemRevision.is_shown)
    wanted = select(literal(item.id)).union(questions) if item.item_kind is ItemKind.TOPIC else select(literal(item.id))
    officer = is_officer_of(viewer, Offer)
    offers = (
        select(
            literal("offer").label("kind"),
            Offer.id.label("id"),
            title(viewer, Offer).label("title"),
            case((officer, Offer.state), else_=func.coalesce(PublishedSlot.state, Offer.state)).label("state"),
            cast(null(), String).label("word"),
            _presenter.id.label("who_id"),
            title(viewer, _presenter).label("who"),
            cast(Offer.stakeholder_class, String).label("stakeholder_class"),
        )
        .select_from(Offer)
        .join(_presenter, _presenter.id == Offer.presenter_id)
        .outerjoin(PublishedSlot, PublishedSlot.offer_id == Offer.id)
        .where(visible(viewer, Offer), visible(viewer, _presenter))
        .where(Offer.id.in_(select(OfferItem.offer_id).where(OfferItem.item_id.in_(wanted))))
    )
    contributions = (
        select(
            literal("contribution"),
            Contribution.id,
            title(viewer, Contribution),
            Contribution.state,
            cast(Contribution.contribution_kind, String),
            _author.id,
            title(viewer, _author),
            cast(_author.stakeholder_class, String),
        )
        .select_from(Contribution)
        .join(_author, _author.id == Contribution.stakeholder_id)
        .where(visible(viewer, Contribution), visible(viewer, _author), Contribution.item_id.in_(wanted))
    )
    found = union_all(offers, contributions).subquery()
    rows: Any = db.session.execute(select(found).order_by(found.c.kind.desc(), found.c.who, found.c.id))
    return tuple(Input(*row) for row in rows)
