"""Multi-year plans and their versions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import enum_column, link
from planner.models.record import Record
from planner.rules import lifecycle

if TYPE_CHECKING:
    from planner.models.body import Body, Cycle
    from planner.models.document import Document
    from planner.models.plan_item import PlanItem, PlanItemRevision


class Plan(Record):
    """A multi-year work plan of a body."""

    __tablename__ = "plan"
    __mapper_args__ = {"polymorphic_identity": "plan"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    first_cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    last_cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    proposed_in_section: Mapped[str | None] = mapped_column(String(20))
    ended_because: Mapped[str | None]
    shape: Mapped[list[Any] | None]
    """Sentences on how the plan is built, as the record gives them."""
    wished_outputs: Mapped[list[Any] | None]
    wished_outputs_note: Mapped[str | None]
    questions_note: Mapped[str | None]

    body: Mapped[Body] = link(foreign_keys=[body_id])
    first_cycle: Mapped[Cycle | None] = link(foreign_keys=[first_cycle_id])
    last_cycle: Mapped[Cycle | None] = link(foreign_keys=[last_cycle_id])
    proposed_by: Mapped[Document | None] = link(foreign_keys=[proposed_by_id])
    versions: Mapped[list[PlanVersion]] = link(
        back_populates="plan", foreign_keys="PlanVersion.plan_id", order_by="PlanVersion.position"
    )
    items: Mapped[list[PlanItem]] = link(back_populates="plan", foreign_keys="PlanItem.plan_id")


class VersionKind(StrEnum):
    """A version is numbered, the one working copy, or a reconstruction of a text that the record does not hold."""

    NUMBERED = "numbered"
    WORKING_COPY = "working_copy"
    RECONSTRUCTION = "reconstruction"


class PlanVersion(Record):
    """A version of a plan. Once the Conference has acted on it, triggers of the database keep it and its texts from
    changing; a working copy and a reconstruction stay drafts.
    """

    __tablename__ = "plan_version"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        Index("uq_plan_version_working_copy", "plan_id", unique=True,
              sqlite_where=text("version_kind = 'working_copy'"),
              postgresql_where=text("version_kind = 'working_copy'")),
        CheckConstraint("(version_kind = 'numbered') = (number IS NOT NULL)", name="number_of_numbered"),
    )  # fmt: skip
    __mapper_args__ = {"polymorphic_identity": "plan_version"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    version_kind: Mapped[VersionKind] = mapped_column(enum_column(VersionKind, "version_kind"))
    number: Mapped[int | None]
    position: Mapped[int]
    """Order of the versions of a plan: a reconstruction first, the working copy last."""
    on_text: Mapped[str | None] = mapped_column(String(10))
    change: Mapped[str | None]
    text_held: Mapped[bool] = mapped_column(default=True)
    """False where the record knows the version and its document but not its text."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    acted_by_cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    """The cycle whose Conference acted on it."""
    comments_until: Mapped[datetime | None]
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("plan_version.id"))

    plan: Mapped[Plan] = link(back_populates="versions", foreign_keys=[plan_id])
    document: Mapped[Document | None] = link(foreign_keys=[document_id])
    acted_by_cycle: Mapped[Cycle | None] = link(foreign_keys=[acted_by_cycle_id])
    based_on: Mapped[PlanVersion | None] = link(foreign_keys=[based_on_id], remote_side=[id])
    revisions: Mapped[list[PlanItemRevision]] = link(
        back_populates="version", foreign_keys="PlanItemRevision.version_id", order_by="PlanItemRevision.position"
    )

    @property
    def is_acted_on(self) -> bool:
        """Say whether the Conference acted on it: then it never changes again."""
        acted_on = lifecycle.PLAN_STATE_OF_VERB.values()
        return self.state in acted_on or (self.state == "superseded" and self.acted_by_cycle_id is not None)

    @property
    def moves(self) -> tuple[lifecycle.Move, ...]:
        """Return no move for a reconstruction: it was put together later, so nobody circulated it or acts on it."""
        return () if self.version_kind is VersionKind.RECONSTRUCTION else super().moves
