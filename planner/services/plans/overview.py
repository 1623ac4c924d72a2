"""The plan over the years as values without words: cycles, stages, topics, plans with their versions, forums, acts.

`web/plan_pictures.py` puts it into words and draws it. The glance of the home page needs three queries, the whole
seven.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.models import (
    Body,
    Cycle,
    Origin,
    Plan,
    PlanVersion,
    VersionKind,
)
from planner.pictures.plan_data import TopicState
from planner.rules.partial_dates import parse_partial_date
from planner.services.plans.acts import Act, ForumLine, read_actions, read_decisions, read_forums
from planner.services.plans.bars import Bar, Column, StageRow, read_bars, read_columns, read_stages

_body = aliased(Body, flat=True)
_cycle = aliased(Cycle, flat=True)
_version_row = aliased(PlanVersion, flat=True)


@dataclass(frozen=True)
class VersionLine:
    """A version of a plan as one line: what changed, its state, when, and the Conference's verb where it acted."""

    id: int
    plan_id: int
    plan_title: str
    title: str
    kind: VersionKind
    number: int | None
    state: str
    on_text: str | None
    change: str | None
    text_held: bool
    comments_until: datetime | None
    is_illustration: bool
    by_code: str | None
    by_until_on: date | None


@dataclass(frozen=True)
class PlanLine:
    """A plan over its cycles, which are named by their place in the columns; one without an end goes on to the last."""

    id: int
    title: str
    body_code: str
    first: int
    last: int
    state: TopicState
    is_illustration: bool
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True)
class Choice:
    """A plan or a body to choose in the filter."""

    value: str
    title: str


@dataclass(frozen=True)
class Overview:
    """The plan over the years for one viewer."""

    day: date
    columns: tuple[Column, ...]
    stages: tuple[StageRow, ...]
    bars: tuple[Bar, ...]
    plans: tuple[PlanLine, ...] = ()
    forums: tuple[ForumLine, ...] = ()
    acts: tuple[Act, ...] = ()
    bodies: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def has_illustration(self) -> bool:
        """Say whether a column or a plan of it is a worked example."""
        return any(column.is_illustration for column in self.columns) or any(p.is_illustration for p in self.plans)

    @property
    def versions(self) -> tuple[VersionLine, ...]:
        """Return the versions of all plans, the latest plan and version first."""
        return tuple(version for plan in reversed(self.plans) for version in reversed(plan.versions))


def get_glance(viewer: Viewer) -> Overview:
    """Return the topics of all plans without plans, forums and acts, in three queries."""
    columns, stages = read_columns(viewer), read_stages(viewer)
    return _trimmed(Overview(viewer.day, columns, stages, read_bars(viewer, columns, stages)))


def get_overview(viewer: Viewer, *, plan_id: int | None = None, body: str | None = None) -> Overview:
    """Return the plan over the years, of one plan or of the plans of a body (by slug) where that is asked."""
    columns, stages = read_columns(viewer), read_stages(viewer)
    every = _plans(viewer, columns)
    chosen = [line for line, slug, _ in every if plan_id in (None, line.id) and body in (None, slug)]
    wanted = None if plan_id is None and body is None else _ids_of(chosen)
    titles = {version.id: plan.title for plan, _, _ in every for version in plan.versions}
    actions = [replace(act, of=titles.get(act.id)) for act in read_actions(viewer)]
    every_act = (*actions, *read_decisions(viewer))
    versions = {version.id for plan in chosen for version in plan.versions}
    acts = every_act if wanted is None else [act for act in every_act if act.id in versions]
    return _trimmed(
        Overview(
            viewer.day,
            columns,
            stages,
            read_bars(viewer, columns, stages, wanted),
            plans=tuple(chosen),
            forums=read_forums(viewer, every_act),
            acts=tuple(
                sorted(acts, key=lambda act: (act.cycle_until_on or date.max, act.when(viewer.day) or "9", act.id))
            ),
            bodies=tuple(dict.fromkeys(Choice(slug, name) for _, slug, name in every)),
            choices=tuple(Choice(str(line.id), line.title) for line, _, _ in every),
        )
    )


def _ids_of(plans: Iterable[PlanLine]) -> Select[Any]:
    return select(Plan.id).where(Plan.id.in_([plan.id for plan in plans]))


def _trimmed(overview: Overview) -> Overview:
    """Leave out the cycles before the first that a plan or a topic stands in, and after the last."""
    placed: list[Bar | PlanLine] = [*overview.bars, *overview.plans]
    if not placed:
        return overview
    first, last = min(bar.first for bar in placed), max(bar.last for bar in placed)
    return replace(
        overview,
        columns=overview.columns[first : last + 1],
        bars=tuple(replace(bar, first=bar.first - first, last=bar.last - first) for bar in overview.bars),
        plans=tuple(replace(plan, first=plan.first - first, last=plan.last - first) for plan in overview.plans),
    )


def _plans(viewer: Viewer, columns: tuple[Column, ...]) -> list[tuple[PlanLine, str, str]]:
    """Return each plan that stands in a column with its versions, the slug and the title of its body, in one query."""
    rows = db.session.execute(
        select(
            Plan.id,
            title(viewer, Plan).label("title"),
            Plan.origin,
            Plan.first_cycle_id,
            Plan.last_cycle_id,
            _body.code.label("body_code"),
            _body.slug,
            title(viewer, _body).label("body_title"),
            _version_row.id.label("version_id"),
            title(viewer, _version_row).label("version_title"),
            _version_row.version_kind,
            _version_row.number,
            _version_row.state,
            _version_row.on_text,
            _version_row.change,
            _version_row.text_held,
            _version_row.comments_until,
            _version_row.origin.label("version_origin"),
            _cycle.code.label("by_code"),
            _cycle.until_on.label("by_until_on"),
        )
        .select_from(Plan)
        .join(_body, _body.id == Plan.body_id)
        .outerjoin(_version_row, and_(_version_row.plan_id == Plan.id, visible(viewer, _version_row)))
        .outerjoin(_cycle, _cycle.id == _version_row.acted_by_cycle_id)
        .where(visible(viewer, Plan))
        .order_by(Plan.id, _version_row.position)
    ).all()
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row)
    lines = [(_plan(group, columns, viewer.day), group[0].slug, group[0].body_title) for group in found.values()]
    placed = [(line, slug, name) for line, slug, name in lines if line]
    return sorted(placed, key=lambda entry: (entry[0].first, entry[0].id))


def _plan(rows: list[Any], columns: tuple[Column, ...], day: date) -> PlanLine | None:
    row = rows[0]
    places = {column.id: number for number, column in enumerate(columns)}
    first = places.get(row.first_cycle_id)
    if first is None:
        return None
    illustrated = row.origin is Origin.ILLUSTRATION
    own = [number for number, column in enumerate(columns) if column.is_illustration == illustrated]
    last = max(first, places.get(row.last_cycle_id, max(own, default=first)))
    versions = tuple(_version(line, row.title) for line in rows if line.version_id)
    state = _plan_state(versions, columns[last].until_on, day)
    return PlanLine(row.id, row.title, row.body_code, first, last, state, illustrated, versions)


def _version(row: Any, plan_title: str) -> VersionLine:
    return VersionLine(
        row.version_id,
        row.id,
        plan_title,
        row.version_title,
        row.version_kind,
        row.number,
        row.state,
        row.on_text,
        row.change,
        row.text_held,
        row.comments_until,
        row.version_origin is Origin.ILLUSTRATION,
        row.by_code,
        row.by_until_on,
    )


def _plan_state(versions: tuple[VersionLine, ...], until_on: date, day: date) -> TopicState:
    states = {version.state for version in versions if version.kind is VersionKind.NUMBERED}
    if until_on <= day:
        return TopicState.DISCUSSED
    if states & {"takes_note", "welcomed", "endorsed", "adopted"}:
        return TopicState.PLANNED
    if states & {"circulated", "submitted"}:
        return TopicState.CIRCULATED
    return TopicState.DRAFT if versions else TopicState.PLANNED


def moment(text: str | None, by_until_on: date | None = None) -> date | None:
    """Return the day that a mark stands at: that of a partial date, its middle where it is not exact, or the last day
    of the cycle whose Conference acted.
    """
    if text:
        partial = parse_partial_date(text)
        if partial.precision != "year" or by_until_on is None:
            return partial.earliest + (partial.latest - partial.earliest) / 2
    return by_until_on - timedelta(days=1) if by_until_on else None
