"""What the work produced, what the Conference did with it, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.record import Origin, Record
from planner.rules.lifecycle import ConferenceVerb

if TYPE_CHECKING:
    from planner.models.body import Body, Cycle
    from planner.models.document import Document
    from planner.models.meeting import Meeting
    from planner.models.plan_item import PlanItem
    from planner.models.plan_session import AgendaItem, PlanSession


class Output(Record):
    """A report, guidance, lessons-learned document or recommendation. What the working group makes is voluntary."""

    __tablename__ = "output"
    __mapper_args__ = {"polymorphic_identity": "output"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    output_kind: Mapped[str] = mapped_column(String(40), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"), index=True)
    """The expected output, topic or theme of the plan that it answers."""
    session_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    result: Mapped[str | None]
    text: Mapped[str | None]

    body: Mapped[Body | None] = link(foreign_keys=[body_id])
    cycle: Mapped[Cycle | None] = link(foreign_keys=[cycle_id])
    item: Mapped[PlanItem | None] = link(foreign_keys=[item_id])
    plan_session: Mapped[PlanSession | None] = link(foreign_keys=[session_id])
    document: Mapped[Document | None] = link(foreign_keys=[document_id])
    versions: Mapped[list[OutputVersion]] = link(
        back_populates="output", cascade="all, delete-orphan", order_by="OutputVersion.number"
    )


class OutputVersion(Model):
    """A dated version of an output's text or paper."""

    __tablename__ = "output_version"
    __table_args__ = (UniqueConstraint("output_id", "number"),)
    __audit_parent__ = "output_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    output_id: Mapped[int] = mapped_column(ForeignKey("output.id"))
    number: Mapped[int]
    on_text: Mapped[str | None] = mapped_column(String(10))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    note: Mapped[str | None]

    output: Mapped[Output] = link(back_populates="versions", foreign_keys=[output_id])
    document: Mapped[Document | None] = link(foreign_keys=[document_id])


class Decision(Record):
    """A decision or outcome of a meeting; its text is the record's title. A correction keeps the old text, with a
    reason.
    """

    __tablename__ = "decision"
    __table_args__ = (CheckConstraint("original_text IS NULL OR correction_reason IS NOT NULL", name="reason"),)

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "decision", "inherit_condition": id == Record.id}
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    position: Mapped[int]
    verb: Mapped[ConferenceVerb | None] = mapped_column(enum_column(ConferenceVerb, "decision_verb"))
    paragraph: Mapped[str | None] = mapped_column(String(20))
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"))
    """Who is asked to act: a body or a stakeholder."""
    correction_reason: Mapped[str | None]
    original_text: Mapped[str | None]

    meeting: Mapped[Meeting] = link(foreign_keys=[meeting_id])
    plan_session: Mapped[PlanSession | None] = link(foreign_keys=[session_id])
    agenda_item: Mapped[AgendaItem | None] = link(foreign_keys=[agenda_item_id])
    asked: Mapped[Record | None] = link(foreign_keys=[asked_id], primaryjoin="Decision.asked_id == Record.id")


class ConferenceAction(Model):
    """What the Conference of a cycle did with a record, in its own verb, never a stronger one."""

    __tablename__ = "conference_action"
    __table_args__ = (UniqueConstraint("record_id", "verb", "cycle_id"),)
    __audit_parent__ = "record_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), index=True)
    origin: Mapped[Origin] = mapped_column(enum_column(Origin, "action_origin"), default=Origin.OWN)
    verb: Mapped[ConferenceVerb] = mapped_column(enum_column(ConferenceVerb, "conference_verb"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    paragraph: Mapped[str | None] = mapped_column(String(20))
    on_text: Mapped[str | None] = mapped_column(String(10))

    record: Mapped[Record] = link(back_populates="actions", foreign_keys=[record_id])
    cycle: Mapped[Cycle] = link(foreign_keys=[cycle_id])
    document: Mapped[Document | None] = link(foreign_keys=[document_id])
