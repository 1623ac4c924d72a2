"""Follow-up actions: one of them, and those that come of a session, an output or a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db
from planner.models import FollowUp, Record
from planner.rules.due_dates import Due, due_on_day
from planner.services import neighbours, pages

_owner = aliased(Record)


@dataclass(frozen=True)
class Owed:
    """A follow-up in a list: what, by whom, until when, and how it stands on the viewer's day."""

    id: int
    title: str
    owner: str | None
    owner_id: int | None
    owner_kind: str | None
    due_on: date | None
    due: Due


@dataclass(frozen=True)
class FollowUpView:
    """All that the page of a follow-up shows; `named` holds the visible records that it points to, by id."""

    frame: pages.Frame
    follow_up: FollowUp
    named: dict[int, neighbours.Named]
    due: Due
    may_see_email: bool


def get_follow_up(viewer: Viewer, follow_up_id: int) -> FollowUpView:
    """Return a follow-up with its owner and what it comes from. Raises NotVisible."""
    follow_up = pages.get(visible_records(viewer, FollowUp).where(FollowUp.id == follow_up_id))
    points_to = (
        follow_up.owner_id,
        follow_up.comes_from_id,
        follow_up.due_session_id,
        follow_up.carried_to_cycle_id,
    )
    return FollowUpView(
        pages.frame(viewer, follow_up),
        follow_up,
        neighbours.named(viewer, *points_to),
        due_on_day(follow_up.state or "open", follow_up.due_on, viewer.day),
        # an address is no matter of the public
        may_see_email=viewer.is_officer_of(follow_up.home_body_id),
    )


def list_follow_ups_of(viewer: Viewer, record_id: int) -> tuple[Owed, ...]:
    """Return the follow-ups that come of a record, ordered by due date, those without a date last."""
    rows = db.session.execute(
        select(
            FollowUp.id,
            title(viewer, FollowUp),
            title(viewer, _owner),
            _owner.id,
            _owner.kind,
            FollowUp.due_on,
            FollowUp.state,
        )
        .outerjoin(_owner, and_(FollowUp.owner_id == _owner.id, visible(viewer, _owner)))
        .where(visible(viewer, FollowUp), FollowUp.comes_from_id == record_id)
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
    ).all()
    return tuple(Owed(*row[:6], due_on_day(row[6] or "open", row[5], viewer.day)) for row in rows)
