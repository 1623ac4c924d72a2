"""What a session comes of and what comes of it: the plan's items above it, outputs, decisions and follow-ups below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db, table_of
from planner.models import (
    ConferenceAction,
    Cycle,
    Decision,
    FollowUp,
    PlanItem,
    PlanItemRevision,
    Record,
    RevisionArticle,
    TreatyArticle,
)
from planner.rules.lifecycle import ConferenceVerb
from planner.services import chain, chain_starts
from planner.services.text_lists import joined

_article = aliased(TreatyArticle, flat=True)
_cycle = aliased(Cycle, flat=True)
_owner = aliased(Record)

_ORDER = {"theme": 0, "topic": 1, "question": 2, "expected_output": 3}
_ORDER_BELOW = {"output": 0, "decision": 1, "follow_up": 2}


@dataclass(frozen=True)
class Above:
    """An item of the plan that a session treats, or that such an item belongs to."""

    id: int
    item_kind: str
    title: str
    cycle: str | None
    articles: str | None
    state: str | None = None
    """That it was withdrawn, where it was."""
    kind: str = "plan_item"


@dataclass(frozen=True)
class Below:
    """Something that came of a session. The verb and the cycle are those of the Conference's last act on it."""

    id: int
    kind: str
    title: str
    state: str
    verb: ConferenceVerb | None
    verb_cycle: str | None
    due_on: date | None
    owner_id: int | None
    owner_kind: str | None
    owner: str | None


def list_above(viewer: Viewer, treats: Sequence[int]) -> tuple[Above, ...]:
    """Return the items with the given ids and those above them, themes first, in one query."""
    if not treats:
        return ()
    up = chain.all_above(viewer, select(Record.id.label("id")).where(Record.id.in_(treats)))
    articles = (
        select(_article.number)
        .join(RevisionArticle, RevisionArticle.article_id == _article.id)
        .where(RevisionArticle.revision_id == PlanItemRevision.id, visible(viewer, _article))
        .order_by(RevisionArticle.position)
        .correlate(PlanItemRevision)
    )
    rows = db.session.execute(
        select(
            PlanItem.id, PlanItem.item_kind, title(viewer, PlanItem), _cycle.code, joined(articles), PlanItem.standing
        )
        .join(up, up.c.id == PlanItem.id)
        .outerjoin(PlanItemRevision, (PlanItemRevision.item_id == PlanItem.id) & PlanItemRevision.is_shown)
        .outerjoin(_cycle, (_cycle.id == PlanItemRevision.cycle_id) & visible(viewer, _cycle))
        .where(visible(viewer, PlanItem))
        .order_by(PlanItemRevision.position, PlanItem.id)
    )
    found = [Above(row[0], row[1].value, *row[2:]) for row in rows]
    return tuple(sorted(found, key=lambda item: _ORDER[item.item_kind]))


def list_below(viewer: Viewer, session_id: int) -> tuple[Below, ...]:
    """Return outputs, decisions and follow-ups of a session, also those of its outputs, in one query."""
    down = chain.all_below(viewer, chain_starts.below(viewer, session_id))
    follow_up, decision = table_of(FollowUp), table_of(Decision)
    act = (
        select(func.max(ConferenceAction.id))
        .where(ConferenceAction.record_id == Record.id)
        .correlate(Record)
        .scalar_subquery()
    )
    decided = select(decision.c.id).where(decision.c.session_id == session_id)
    rows = db.session.execute(
        select(
            Record.id,
            Record.kind,
            title(viewer).label("title"),
            Record.standing,
            ConferenceAction.verb,
            _cycle.code,
            follow_up.c.due_on,
            _owner.id.label("owner_id"),
            _owner.kind.label("owner_kind"),
            title(viewer, _owner).label("owner"),
        )
        .outerjoin(ConferenceAction, ConferenceAction.id == act)
        .outerjoin(_cycle, _cycle.id == ConferenceAction.cycle_id)
        .outerjoin(follow_up, follow_up.c.id == Record.id)
        .outerjoin(_owner, (_owner.id == follow_up.c.owner_id) & visible(viewer, _owner))
        .where(or_(Record.id.in_(select(down.c.id)), Record.id.in_(decided)))
        .where(Record.kind.in_(tuple(_ORDER_BELOW)), visible(viewer))
        .order_by(case(_ORDER_BELOW, value=Record.kind), follow_up.c.due_on, Record.id)
    )
    return tuple(Below(*_plain(row)) for row in rows)


def _plain(row: Any) -> tuple[Any, ...]:
    return tuple(row)
