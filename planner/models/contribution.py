"""Expert inputs that are not presentations: studies, proposals, written answers to guiding questions."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import enum_column, link
from planner.models.record import Record

if TYPE_CHECKING:
    from planner.models.document import Document
    from planner.models.plan_item import PlanItem
    from planner.models.plan_session import PlanSession
    from planner.models.stakeholder import Stakeholder


class ContributionKind(StrEnum):
    """What kind of input it is."""

    STUDY = "study"
    PROPOSAL = "proposal"
    ANSWER = "answer"
    EXPERTISE = "expertise"


class Contribution(Record):
    """An input of a stakeholder to a topic or a question. `sector` is the function of the expert (bank, carrier,
    customs …).
    """

    __tablename__ = "contribution"
    __mapper_args__ = {"polymorphic_identity": "contribution"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    contribution_kind: Mapped[ContributionKind] = mapped_column(enum_column(ContributionKind, "contribution_kind"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    sector: Mapped[str | None] = mapped_column(String(60))
    text: Mapped[str | None]
    received_on: Mapped[str | None] = mapped_column(String(10))
    may_be_published: Mapped[bool] = mapped_column(default=False)

    stakeholder: Mapped[Stakeholder] = link(foreign_keys=[stakeholder_id])
    item: Mapped[PlanItem | None] = link(foreign_keys=[item_id])
    plan_session: Mapped[PlanSession | None] = link(foreign_keys=[session_id])
    document: Mapped[Document | None] = link(foreign_keys=[document_id])
