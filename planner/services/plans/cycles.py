"""The page of a cycle: dates, themes of the plans, meetings, officers, papers, outputs, what was carried over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db
from planner.models import (
    Body,
    BodyKind,
    Cycle,
    Decision,
    Document,
    FollowUp,
    ItemKind,
    ItemLineage,
    LineageKind,
    Meeting,
    Office,
    OfficeRole,
    Output,
    Plan,
    PlanItem,
    PlanItemRevision,
    Stakeholder,
)
from planner.services import pages
from planner.services.plans.related import Named, Related, part, read_related
from planner.services.registers.expressions import is_recalled

_revision = aliased(PlanItemRevision)
_below = aliased(PlanItemRevision)
_topic = aliased(PlanItem, flat=True)
_plan = aliased(Plan, flat=True)
_body = aliased(Body, flat=True)
_holder = aliased(Stakeholder, flat=True)
_other = aliased(Cycle, flat=True)
_meeting = aliased(Meeting, flat=True)
_decision = aliased(Decision, flat=True)
_beside = aliased(Cycle, flat=True)
_here = aliased(PlanItemRevision)
_there = aliased(PlanItemRevision)
_code = aliased(Cycle, flat=True)

PAPERS_SHOWN = 8


@dataclass(frozen=True)
class ThemeRow:
    """What a plan treats in the cycle, and how many topics it has there."""

    id: int
    title: str
    plan_id: int
    plan_title: str
    topic_count: int
    is_recalled: bool


@dataclass(frozen=True)
class MeetingRow:
    """A meeting of the cycle."""

    id: int
    title: str
    body_id: int
    body_code: str
    start_on: str | None
    end_on: str | None
    city: str | None
    mode: str | None
    state: str


@dataclass(frozen=True)
class OfficeRow:
    """An office of the cycle, and who holds it."""

    id: int
    role: OfficeRole
    body_id: int | None
    body_code: str | None
    holder_id: int | None
    holder: str | None


@dataclass(frozen=True)
class PaperRow:
    """A document of the cycle."""

    id: int
    title: str
    symbol: str | None
    doc_kind: str
    on_text: str | None


@dataclass(frozen=True)
class CycleView:
    """All that the page of a cycle shows."""

    frame: pages.Frame
    cycle: Cycle
    themes: tuple[ThemeRow, ...]
    meetings: tuple[MeetingRow, ...]
    offices: tuple[OfficeRow, ...]
    papers: tuple[PaperRow, ...]
    paper_count: int
    related: Related

    @property
    def last_day(self) -> date:
        """Return the last day that belongs to the cycle; the stored end is the day after it."""
        return self.cycle.until_on - timedelta(days=1)

    def all(self, relation: str) -> tuple[Named, ...]:
        """Return the records of a relation: output, decision, carried_on, carried_in, follow_up, before, after."""
        return self.related.get(relation, ())


def get_cycle(viewer: Viewer, cycle_id: int) -> CycleView:
    """Return a cycle and what belongs to it. Raises NotVisible."""
    cycle = pages.get(visible_records(viewer, Cycle).where(Cycle.id == cycle_id))
    papers = _papers(viewer, cycle_id)
    return CycleView(
        frame=pages.frame(viewer, cycle),
        cycle=cycle,
        themes=_themes(viewer, cycle_id),
        meetings=_meetings(viewer, cycle_id),
        offices=_offices(viewer, cycle_id),
        papers=tuple(PaperRow(*row[:5]) for row in papers),
        paper_count=papers[0][5] if papers else 0,
        related=read_related(viewer, _relations(cycle)),
    )


def _themes(viewer: Viewer, cycle_id: int) -> tuple[ThemeRow, ...]:
    topics = (
        select(func.count())
        .select_from(_below)
        .join(_topic, _topic.id == _below.item_id)
        .where(_below.parent_id == PlanItem.id, _below.is_shown, _topic.item_kind == ItemKind.TOPIC)
        .where(visible(viewer, _topic), ~_topic.is_withdrawn)
        .correlate(PlanItem)
        .scalar_subquery()
    )
    rows: Any = db.session.execute(
        select(PlanItem.id, _revision.title, _plan.id, title(viewer, _plan), topics, is_recalled(PlanItem))
        .select_from(PlanItem)
        .join(_revision, _revision.item_id == PlanItem.id)
        .join(_plan, _plan.id == PlanItem.plan_id)
        .where(_revision.cycle_id == cycle_id, _revision.is_shown, PlanItem.item_kind == ItemKind.THEME)
        .where(visible(viewer, PlanItem), ~PlanItem.is_withdrawn, visible(viewer, _plan))
        .order_by(_plan.id, _revision.position, PlanItem.id)
    )
    return tuple(ThemeRow(*row) for row in rows)


def _meetings(viewer: Viewer, cycle_id: int) -> tuple[MeetingRow, ...]:
    rows: Any = db.session.execute(
        select(
            Meeting.id,
            title(viewer, Meeting),
            _body.id,
            case((_body.body_kind == BodyKind.GATHERING, title(viewer, _body)), else_=_body.code),
            Meeting.start_on,
            Meeting.end_on,
            Meeting.city,
            Meeting.mode,
            Meeting.state,
        )
        .select_from(Meeting)
        .join(_body, _body.id == Meeting.body_id)
        .where(Meeting.cycle_id == cycle_id, visible(viewer, Meeting))
        .order_by(Meeting.start_on.is_(None), Meeting.start_on, Meeting.id)
    )
    return tuple(MeetingRow(*row) for row in rows)


def _offices(viewer: Viewer, cycle_id: int) -> tuple[OfficeRow, ...]:
    rows: Any = db.session.execute(
        select(Office.id, Office.role, _body.id, _body.code, _holder.id, title(viewer, _holder))
        .select_from(Office)
        .outerjoin(_body, and_(_body.id == Office.body_id, visible(viewer, _body)))
        .outerjoin(_holder, and_(_holder.id == Office.holder_id, visible(viewer, _holder)))
        .where(Office.cycle_id == cycle_id, visible(viewer, Office))
        .order_by(_body.code.is_(None), _body.code, Office.role, Office.id)
    )
    return tuple(OfficeRow(*row) for row in rows)


def _papers(viewer: Viewer, cycle_id: int) -> list[Any]:
    """Return the latest papers of the cycle, each with the number of all."""
    rows: Any = db.session.execute(
        select(
            Document.id,
            title(viewer, Document),
            Document.symbol,
            Document.doc_kind,
            Document.on_text,
            func.count().over(),
        )
        .where(Document.cycle_id == cycle_id, visible(viewer, Document))
        .order_by(Document.on_text.is_(None), Document.on_text.desc(), Document.id)
        .limit(PAPERS_SHOWN)
    )
    return list(rows)


def _relations(cycle: Cycle) -> list[Select[Any]]:
    before = select(func.max(_other.number)).where(_other.series == cycle.series, _other.number < cycle.number)
    after = select(func.min(_other.number)).where(_other.series == cycle.series, _other.number > cycle.number)
    return [
        part("output", Output.id, Output.cycle_id == cycle.id),
        part("decision", _decision.id, _decision.meeting_id == _meeting.id, _meeting.cycle_id == cycle.id,
             position=_decision.position),
        part("follow_up", FollowUp.id, FollowUp.carried_to_cycle_id == cycle.id),
        part("before", _beside.id, _beside.series == cycle.series, _beside.number == before.scalar_subquery()),
        part("after", _beside.id, _beside.series == cycle.series, _beside.number == after.scalar_subquery()),
        _carried(cycle, out=True),
        _carried(cycle, out=False),
    ]  # fmt: skip


def _carried(cycle: Cycle, *, out: bool) -> Select[Any]:
    """Return what was carried out of the cycle (labelled with where to), or into it (labelled with where from)."""
    mine, other = (
        (ItemLineage.from_item_id, ItemLineage.item_id) if out else (ItemLineage.item_id, ItemLineage.from_item_id)
    )
    found: Select[Any] = part(
        "carried_on" if out else "carried_in",
        _here.item_id,
        _here.item_id == mine,
        _here.is_shown,
        _here.cycle_id == cycle.id,
        _there.item_id == other,
        _there.is_shown,
        _code.id == _there.cycle_id,
        ItemLineage.lineage_kind == LineageKind.CARRIED_OVER,
        label=_code.code,
    )
    return found.distinct()
