"""The page of a theme, topic, guiding question or expected output."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, exists, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, title, visible, visible_records
from planner.core.db import db
from planner.models import (
    Chairing,
    Contribution,
    Cycle,
    ItemKind,
    ItemLineage,
    LineageKind,
    Meeting,
    Offer,
    OfferItem,
    Output,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    PublishedSession,
    PublishedSlot,
    RevisionArticle,
    RevisionStage,
    SessionItem,
    Stage,
    Stakeholder,
    ThemeMeeting,
    TreatyArticle,
    VersionKind,
)
from planner.services import pages
from planner.services.plans.related import Named, Related, one, part, read_related, to_one

_meeting = aliased(Meeting, flat=True)
_cycle = aliased(Cycle, flat=True)
_child = aliased(PlanItem, flat=True)
_revision = aliased(PlanItemRevision)
_version = aliased(PlanVersion, flat=True)
_shown = aliased(PlanItemRevision)
_before = aliased(PlanItem, flat=True)
_after = aliased(PlanItem, flat=True)
_old = aliased(PlanItemRevision)
_new = aliased(PlanItemRevision)
_old_cycle = aliased(Cycle, flat=True)
_new_cycle = aliased(Cycle, flat=True)
_presenter = aliased(Stakeholder, flat=True)
_author = aliased(Stakeholder, flat=True)


@dataclass(frozen=True)
class Step:
    """One step of the lineage: what an item was made of, with the cycles in which both stand."""

    lineage_kind: LineageKind
    from_id: int
    from_title: str
    from_cycle: str | None
    to_id: int
    to_title: str
    to_cycle: str | None


@dataclass(frozen=True)
class Sitting:
    """A session that treats the item: officers read the working copy, everybody else the release."""

    id: int
    title: str
    state: str
    on_text: str | None
    starts_at: datetime | None
    zone: str


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


@dataclass(frozen=True)
class ItemView:
    """All that the page of an item shows. `draft` is the working copy's text where it differs, for officers."""

    frame: pages.Frame
    item: PlanItem
    revision: PlanItemRevision | None
    draft: PlanItemRevision | None
    history: tuple[PlanItemRevision, ...]
    related: Related
    lineage: tuple[Step, ...]
    sessions: tuple[Sitting, ...]
    inputs: tuple[Input, ...]

    def one(self, relation: str) -> Named | None:
        """Return the one record of a relation, or None."""
        return one(self.related, relation)

    def all(self, relation: str) -> tuple[Named, ...]:
        """Return the records of a relation."""
        return self.related.get(relation, ())

    @property
    def offers(self) -> tuple[Input, ...]:
        """Return the presentations."""
        return tuple(entry for entry in self.inputs if entry.kind == "offer")

    @property
    def contributions(self) -> tuple[Input, ...]:
        """Return the written inputs and answers."""
        return tuple(entry for entry in self.inputs if entry.kind == "contribution")

    @property
    def moved_from(self) -> PlanItemRevision | None:
        """Return the latest earlier text that stands in another cycle, or None where the item never moved."""
        if self.revision is None:
            return None
        before = [r for r in self.history if r.version.position < self.revision.version.position]
        return next((r for r in before if r.cycle_id and r.cycle_id != self.revision.cycle_id), None)


def get_item(viewer: Viewer, item_id: int) -> ItemView:
    """Return a theme, topic, question or expected output as the viewer may read it. Raises NotVisible."""
    item = pages.get(visible_records(viewer, PlanItem).where(PlanItem.id == item_id))
    history = _history(viewer, item)
    shown = next((revision for revision in history if revision.is_shown), None)
    working = next((r for r in history if r.version.version_kind is VersionKind.WORKING_COPY), None)
    revision = shown or working
    return ItemView(
        frame=pages.frame(viewer, item),
        item=item,
        revision=revision,
        draft=working if working and shown and _text_of(working) != _text_of(shown) else None,
        history=history,
        related=read_related(viewer, _relations(viewer, item, revision)),
        lineage=_lineage(viewer, item),
        sessions=_sessions(viewer, item),
        inputs=_inputs(viewer, item),
    )


def _history(viewer: Viewer, item: PlanItem) -> tuple[PlanItemRevision, ...]:
    """Return the texts of an item in the versions that the viewer may see, the latest version first."""
    rows = db.session.scalars(
        select(PlanItemRevision)
        .join(PlanVersion, PlanVersion.id == PlanItemRevision.version_id)
        .where(PlanItemRevision.item_id == item.id)
        .where(or_(PlanItemRevision.is_shown, visible(viewer, PlanVersion)))
        .options(joinedload(PlanItemRevision.version), joinedload(PlanItemRevision.cycle))
        .order_by(PlanVersion.position.desc())
    )
    return tuple(rows)


def _text_of(revision: PlanItemRevision) -> tuple[object, ...]:
    return (revision.title, revision.text, revision.parent_id, revision.cycle_id, revision.last_cycle_id)


def _relations(viewer: Viewer, item: PlanItem, revision: PlanItemRevision | None) -> list[Select[Any]]:
    parts = [
        *to_one("plan", item.plan_id),
        part("meeting", _meeting.id, ThemeMeeting.item_id == item.id, ThemeMeeting.meeting_id == _meeting.id,
             position=ThemeMeeting.position, label=_meeting.start_on),
        part("chair", Chairing.holder_id, Chairing.record_id == item.id, position=Chairing.position,
             label=func.coalesce(Chairing.role, Chairing.seat)),
        part("output", Output.id, Output.item_id == item.id),
        _children(viewer, item),
    ]  # fmt: skip
    if revision is None:
        return parts
    return [
        *parts,
        *to_one("version", revision.version_id),
        *to_one("parent", revision.parent_id),
        *to_one("document", revision.document_id),
        *to_one("related_body", revision.related_body_id),
        part("cycle", _cycle.id, _cycle.id.in_([i for i in (revision.cycle_id, revision.last_cycle_id) if i]),
             position=_cycle.number, label=_cycle.code),
        part("article", TreatyArticle.id, RevisionArticle.revision_id == revision.id,
             RevisionArticle.article_id == TreatyArticle.id, position=RevisionArticle.position,
             label=TreatyArticle.number),
        part("stage", Stage.id, RevisionStage.revision_id == revision.id, RevisionStage.stage_id == Stage.id,
             position=RevisionStage.position, label=Stage.number),
    ]  # fmt: skip


def _children(viewer: Viewer, item: PlanItem) -> Select[Any]:
    """Return the items under one: their kind is the label. Officers also see those of the working copy."""
    draft = and_(is_officer_of(viewer, _child), _version.version_kind == VersionKind.WORKING_COPY)
    found: Select[Any] = part(
        "child",
        _child.id,
        _revision.parent_id == item.id,
        _revision.item_id == _child.id,
        _version.id == _revision.version_id,
        or_(_revision.is_shown, and_(draft, ~_has_shown(_child))),
        position=_revision.position,
        label=_child.item_kind,
    )
    return found


def _has_shown(item: Any) -> Any:
    return exists().where(_shown.item_id == item.id, _shown.is_shown).correlate(item)


def _lineage(viewer: Viewer, item: PlanItem) -> tuple[Step, ...]:
    """Return the whole path back and forth, the earliest step first, in one query."""
    up = select(ItemLineage.from_item_id.label("id")).where(ItemLineage.item_id == item.id).cte("up", recursive=True)
    up = up.union(select(ItemLineage.from_item_id).join(up, ItemLineage.item_id == up.c.id))
    down = select(ItemLineage.item_id.label("id")).where(ItemLineage.from_item_id == item.id)
    below = down.cte("down", recursive=True)
    below = below.union(select(ItemLineage.item_id).join(below, ItemLineage.from_item_id == below.c.id))
    rows: Any = db.session.execute(
        select(
            ItemLineage.lineage_kind,
            _before.id,
            title(viewer, _before),
            _old_cycle.code,
            _after.id,
            title(viewer, _after),
            _new_cycle.code,
        )
        .select_from(ItemLineage)
        .join(_before, _before.id == ItemLineage.from_item_id)
        .join(_after, _after.id == ItemLineage.item_id)
        .outerjoin(_old, and_(_old.item_id == _before.id, _old.is_shown))
        .outerjoin(_new, and_(_new.item_id == _after.id, _new.is_shown))
        .outerjoin(_old_cycle, _old_cycle.id == _old.cycle_id)
        .outerjoin(_new_cycle, _new_cycle.id == _new.cycle_id)
        .where(visible(viewer, _before), visible(viewer, _after))
        .where(
            or_(
                ItemLineage.item_id == item.id,
                ItemLineage.from_item_id == item.id,
                ItemLineage.item_id.in_(select(up.c.id)),
                ItemLineage.from_item_id.in_(select(below.c.id)),
            )
        )
        .order_by(_old_cycle.until_on, _new_cycle.until_on, ItemLineage.position, _before.id)
    )
    return tuple(Step(*row) for row in rows)


def _sessions(viewer: Viewer, item: PlanItem) -> tuple[Sitting, ...]:
    officer = is_officer_of(viewer, PlanSession)

    def edition(working: Any, released: Any) -> Any:
        return case((officer, working), else_=released)

    day = edition(PlanSession.on_text, PublishedSession.on_text)
    starts_at = case((officer, PlanSession.starts_at), else_=PublishedSession.starts_at)
    rows: Any = db.session.execute(
        select(
            PlanSession.id,
            edition(PlanSession.title, PublishedSession.title),
            edition(PlanSession.state, PublishedSession.state),
            day,
            starts_at,
            edition(PlanSession.zone, PublishedSession.zone),
        )
        .select_from(PlanSession)
        .join(SessionItem, SessionItem.session_id == PlanSession.id)
        .outerjoin(PublishedSession, PublishedSession.session_id == PlanSession.id)
        .where(SessionItem.item_id == item.id, visible(viewer, PlanSession))
        .where(or_(officer, PublishedSession.session_id.is_not(None)))
        .order_by(day.is_(None), day, starts_at, PlanSession.position, PlanSession.id)
    )
    return tuple(Sitting(*row) for row in rows)


def _inputs(viewer: Viewer, item: PlanItem) -> tuple[Input, ...]:
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
