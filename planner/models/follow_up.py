"""Follow-up actions: what is to be done after a session, by whom, until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import link
from planner.models.record import Record

if TYPE_CHECKING:
    from planner.models.body import Cycle
    from planner.models.plan_session import PlanSession


class FollowUp(Record):
    """An action with an owner and a due date, a day or tied to a session. Closing needs evidence, dropping a reason."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("closed_on IS NULL OR evidence IS NOT NULL OR reason IS NOT NULL", name="closed_with_ground"),
        CheckConstraint("(due_session_id IS NULL) = (due_offset_days IS NULL)", name="due_rule_whole"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "follow_up", "inherit_condition": id == Record.id}
    text: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    """A State, an organisation or a body."""
    owner_email: Mapped[str | None] = mapped_column(String(254))
    due_on: Mapped[date | None] = mapped_column(index=True)
    due_session_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"), index=True)
    due_offset_days: Mapped[int | None]
    """Days after (or, negative, before) the day of the session; moving the session moves `due_on`."""
    comes_from_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    """The session, output or decision that it follows up."""
    evidence: Mapped[str | None]
    reason: Mapped[str | None]
    closed_on: Mapped[date | None]
    carried_to_cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))

    owner: Mapped[Record | None] = link(foreign_keys=[owner_id], primaryjoin="FollowUp.owner_id == Record.id")
    comes_from: Mapped[Record | None] = link(
        foreign_keys=[comes_from_id], primaryjoin="FollowUp.comes_from_id == Record.id"
    )
    due_session: Mapped[PlanSession | None] = link(foreign_keys=[due_session_id])
    carried_to_cycle: Mapped[Cycle | None] = link(foreign_keys=[carried_to_cycle_id])
