"""What the Conference did with plans, papers and forums, in its own verbs, and when the forums met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
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
    Record,
)
from planner.rules.lifecycle import ConferenceVerb

_cycle = aliased(Cycle, flat=True)
_meeting = aliased(Meeting, flat=True)
_body = aliased(Body, flat=True)


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


def read_actions(viewer: Viewer) -> list[Act]:
    """Return what the Conference did with records, by cycle."""
    rows: Any = db.session.execute(
        select(
            ConferenceAction.verb,
            Record.kind,
            Record.id,
            title(viewer).label("title"),
            _cycle.id,
            _cycle.code,
            _cycle.until_on,
            ConferenceAction.paragraph,
            ConferenceAction.on_text,
            (Record.origin == Origin.ILLUSTRATION).label("illustrated"),
        )
        .select_from(ConferenceAction)
        .join(Record, Record.id == ConferenceAction.record_id)
        .join(_cycle, _cycle.id == ConferenceAction.cycle_id)
        .where(visible(viewer))
        .order_by(_cycle.until_on, ConferenceAction.id)
    )
    return [Act(*row) for row in rows]


def read_decisions(viewer: Viewer) -> list[Act]:
    """Return the decisions of the Conference that begin with one of its verbs."""
    rows: Any = db.session.execute(
        select(
            Decision.verb,
            Decision.kind,
            Decision.id,
            title(viewer, Decision).label("title"),
            _cycle.id,
            _cycle.code,
            _cycle.until_on,
            Decision.paragraph,
            _meeting.end_on,
            (Decision.origin == Origin.ILLUSTRATION).label("illustrated"),
        )
        .select_from(Decision)
        .join(_meeting, _meeting.id == Decision.meeting_id)
        .join(_body, _body.id == _meeting.body_id)
        .outerjoin(_cycle, _cycle.id == _meeting.cycle_id)
        .where(~Decision.is_withdrawn)
        .where(visible(viewer, Decision), Decision.verb.is_not(None), _body.body_kind == BodyKind.CONFERENCE)
        .order_by(Decision.id)
    )
    return [Act(*row) for row in rows]


def read_forums(viewer: Viewer, acts: Iterable[Act]) -> tuple[ForumLine, ...]:
    """Return the forums with the days of the meetings that were held or are set, in one query."""
    rows = db.session.execute(
        select(Body.id, title(viewer, Body).label("title"), Body.code, _meeting.start_on)
        .select_from(Body)
        .outerjoin(
            _meeting,
            and_(
                _meeting.body_id == Body.id,
                visible(viewer, _meeting),
                or_(_meeting.state.is_(None), _meeting.state != "cancelled"),
            ),
        )
        .where(visible(viewer, Body), Body.body_kind == BodyKind.FORUM)
        .order_by(Body.id, _meeting.start_on)
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
