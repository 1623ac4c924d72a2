"""The page of a theme, topic, guiding question or expected output."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, visible, visible_records
from planner.core.db import db
from planner.models import (
    Chairing,
    Cycle,
    Meeting,
    Output,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    PublishedSession,
    RevisionArticle,
    RevisionStage,
    SessionItem,
    Stage,
    ThemeMeeting,
    TreatyArticle,
    VersionKind,
)
from planner.services import pages
from planner.services.plans.inputs import Input, read_inputs
from planner.services.plans.lineage import Step, read_lineage
from planner.services.plans.related import Named, Related, one, part, read_related, to_one

_meeting = aliased(Meeting, flat=True)
_cycle = aliased(Cycle, flat=True)
_child = aliased(PlanItem, flat=True)
_revision = aliased(PlanItemRevision)
_version = aliased(PlanVersion, flat=True)
_shown = aliased(PlanItemRevision)


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
        lineage=read_lineage(viewer, item),
        sessions=_sessions(viewer, item),
        inputs=read_inputs(viewer, item),
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
