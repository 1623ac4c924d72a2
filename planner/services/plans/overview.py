"""The plan over the years as values without words: cycles, stages, topics, plans with their versions, forums, acts.

`web/plan_pictures.py` puts it into words and draws it. The glance of the home page needs three queries, the whole
seven.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.models import (
    Body,
    BodyKind,
    ConferenceAction,
    Cycle,
    Decision,
    Meeting,
    Origin,
    Plan,
    PlanVersion,
    Record,
    VersionKind,
)
from planner.pictures.plan_data import TopicState
from planner.rules.lifecycle import ConferenceVerb
from planner.rules.partial_dates import parse_partial_date
from planner.services.plans.bars import Bar, Column, StageRow, read_bars, read_columns, read_stages


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
class Act:
    """What a Conference did, in its own verb: an action on a record, or a decision in the words of the record."""

    verb: ConferenceVerb
    kind: str
    id: int
    title: str
    cycle_id: int | None
    cycle_code: str | None
    cycle_until_on: date | None
    paragraph: str | None
    on_text: str | None
    is_illustration: bool
    of: str | None = None
    """The plan of a version, whose own title is but its number."""

    @property
    def is_decision(self) -> bool:
        """Say whether it is a decision in the words of the record."""
        return self.kind == "decision"

    def when(self, day: date) -> str | None:
        """Return when it was done as a partial date; where no day is known, the month in which the Conference ended.

        Of a Conference that has not ended on the given day nothing is said.
        """
        if self.on_text or self.cycle_until_on is None or self.cycle_until_on > day:
            return self.on_text
        return f"{self.cycle_until_on - timedelta(days=1):%Y-%m}"


@dataclass(frozen=True)
class ForumLine:
    """A forum with the first days of its meetings, and what set it up and confirmed it."""

    id: int
    title: str
    code: str
    met_on: tuple[str, ...]
    established: Act | None
    confirmed: Act | None


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
    actions = [replace(act, of=titles.get(act.id)) for act in _actions(viewer)]
    every_act = (*actions, *_decisions(viewer))
    versions = {version.id for plan in chosen for version in plan.versions}
    acts = every_act if wanted is None else [act for act in every_act if act.id in versions]
    return _trimmed(
        Overview(
            viewer.day,
            columns,
            stages,
            read_bars(viewer, columns, stages, wanted),
            plans=tuple(chosen),
            forums=_forums(viewer, every_act),
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
    body, cycle = aliased(Body, flat=True), aliased(Cycle, flat=True)
    version = aliased(PlanVersion, flat=True)
    rows = db.session.execute(
        select(
            Plan.id,
            title(viewer, Plan).label("title"),
            Plan.origin,
            Plan.first_cycle_id,
            Plan.last_cycle_id,
            body.code.label("body_code"),
            body.slug,
            title(viewer, body).label("body_title"),
            version.id.label("version_id"),
            title(viewer, version).label("version_title"),
            version.version_kind,
            version.number,
            version.state,
            version.on_text,
            version.change,
            version.text_held,
            version.comments_until,
            version.origin.label("version_origin"),
            cycle.code.label("by_code"),
            cycle.until_on.label("by_until_on"),
        )
        .select_from(Plan)
        .join(body, body.id == Plan.body_id)
        .outerjoin(version, and_(version.plan_id == Plan.id, visible(viewer, version)))
        .outerjoin(cycle, cycle.id == version.acted_by_cycle_id)
        .where(visible(viewer, Plan))
        .order_by(Plan.id, version.position)
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


def _actions(viewer: Viewer) -> list[Act]:
    cycle = aliased(Cycle, flat=True)
    rows: Any = db.session.execute(
        select(
            ConferenceAction.verb,
            Record.kind,
            Record.id,
            title(viewer).label("title"),
            cycle.id,
            cycle.code,
            cycle.until_on,
            ConferenceAction.paragraph,
            ConferenceAction.on_text,
            (Record.origin == Origin.ILLUSTRATION).label("illustrated"),
        )
        .select_from(ConferenceAction)
        .join(Record, Record.id == ConferenceAction.record_id)
        .join(cycle, cycle.id == ConferenceAction.cycle_id)
        .where(visible(viewer))
        .order_by(cycle.until_on, ConferenceAction.id)
    )
    return [Act(*row) for row in rows]


def _decisions(viewer: Viewer) -> list[Act]:
    """Return the decisions of the Conference that begin with one of its verbs."""
    cycle, meeting, body = aliased(Cycle, flat=True), aliased(Meeting, flat=True), aliased(Body, flat=True)
    rows: Any = db.session.execute(
        select(
            Decision.verb,
            Decision.kind,
            Decision.id,
            title(viewer, Decision).label("title"),
            cycle.id,
            cycle.code,
            cycle.until_on,
            Decision.paragraph,
            meeting.end_on,
            (Decision.origin == Origin.ILLUSTRATION).label("illustrated"),
        )
        .select_from(Decision)
        .join(meeting, meeting.id == Decision.meeting_id)
        .join(body, body.id == meeting.body_id)
        .outerjoin(cycle, cycle.id == meeting.cycle_id)
        .where(visible(viewer, Decision), Decision.verb.is_not(None), body.body_kind == BodyKind.CONFERENCE)
        .order_by(Decision.id)
    )
    return [Act(*row) for row in rows]


def _forums(viewer: Viewer, acts: Iterable[Act]) -> tuple[ForumLine, ...]:
    """Return the forums with the days of the meetings that were held or are set, in one query."""
    meeting = aliased(Meeting, flat=True)
    rows = db.session.execute(
        select(Body.id, title(viewer, Body).label("title"), Body.code, meeting.start_on)
        .select_from(Body)
        .outerjoin(
            meeting,
            and_(
                meeting.body_id == Body.id,
                visible(viewer, meeting),
                or_(meeting.state.is_(None), meeting.state != "cancelled"),
            ),
        )
        .where(visible(viewer, Body), Body.body_kind == BodyKind.FORUM)
        .order_by(Body.id, meeting.start_on)
    )
    found: dict[tuple[int, str, str], list[str]] = {}
    for record_id, name, code, start_on in rows:
        met = found.setdefault((record_id, name, code), [])
        if start_on:
            met.append(start_on)
    return tuple(
        ForumLine(
            *forum,
            tuple(met),
            _act_on(forum, ConferenceVerb.ESTABLISHES, acts),
            _act_on(forum, ConferenceVerb.CONFIRMS, acts),
        )
        for forum, met in found.items()
    )


def _act_on(forum: tuple[int, str, str], verb: ConferenceVerb, acts: Iterable[Act]) -> Act | None:
    """Return the act with a verb on a forum itself, or the decision that names it."""
    record_id, name, code = forum
    return next(
        (
            act
            for act in acts
            if act.verb is verb
            and (act.id == record_id or (act.is_decision and (name in act.title or code in act.title)))
        ),
        None,
    )


def moment(text: str | None, by_until_on: date | None = None) -> date | None:
    """Return the day that a mark stands at: that of a partial date, its middle where it is not exact, or the last day
    of the cycle whose Conference acted.
    """
    if text:
        partial = parse_partial_date(text)
        if partial.precision != "year" or by_until_on is None:
            return partial.earliest + (partial.latest - partial.earliest) / 2
    return by_until_on - timedelta(days=1) if by_until_on else None
