"""Calls for presentations and the offers that answer them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.record import Record
from planner.models.stakeholder import StakeholderClass

if TYPE_CHECKING:
    from planner.models.meeting import Meeting
    from planner.models.plan_item import PlanItem
    from planner.models.plan_session import Slot
    from planner.models.release import PublishedSlot
    from planner.models.stakeholder import Person, Stakeholder


class Call(Record):
    """What is sought for a meeting or a topic, and until when (instants by the server's clock)."""

    __tablename__ = "call"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="opens_before_closes"),)
    __mapper_args__ = {"polymorphic_identity": "call"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"), index=True)
    text: Mapped[str | None]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    offer_kinds: Mapped[list[Any] | None]
    languages: Mapped[list[Any] | None]
    minutes: Mapped[int | None]

    meeting: Mapped[Meeting] = link(foreign_keys=[meeting_id])
    item: Mapped[PlanItem | None] = link(foreign_keys=[item_id])
    offers: Mapped[list[Offer]] = link(back_populates="call", foreign_keys="Offer.call_id")


class Offer(Record):
    """What a stakeholder presents or would present. The presenter is the stakeholder; the person may come later or
    change.
    """

    __tablename__ = "offer"
    __table_args__ = (CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes_positive"),)
    __mapper_args__ = {"polymorphic_identity": "offer"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    presenter_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    stakeholder_class: Mapped[StakeholderClass] = mapped_column(enum_column(StakeholderClass, "presenter_class"))
    """The presenter's class at the time."""
    offer_kind: Mapped[str | None] = mapped_column(String(40))
    summary: Mapped[str | None]
    minutes: Mapped[int | None]
    language: Mapped[str | None] = mapped_column(String(10))
    availability: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    call: Mapped[Call | None] = link(back_populates="offers", foreign_keys=[call_id])
    meeting: Mapped[Meeting] = link(foreign_keys=[meeting_id])
    presenter: Mapped[Stakeholder] = link(foreign_keys=[presenter_id])
    person: Mapped[Person | None] = link(foreign_keys=[person_id])
    co_presenters: Mapped[list[OfferPresenter]] = link(cascade="all, delete-orphan", order_by="OfferPresenter.position")
    item_links: Mapped[list[OfferItem]] = link(cascade="all, delete-orphan", order_by="OfferItem.position")
    slot: Mapped[Slot | None] = link(back_populates="offer", foreign_keys="Slot.offer_id", uselist=False)
    edition: Mapped[PublishedSlot | None] = link(foreign_keys="PublishedSlot.offer_id", uselist=False, viewonly=True)


class OfferPresenter(Model):
    """A further stakeholder that presents together with the first."""

    __tablename__ = "offer_presenter"
    __audit_parent__ = "offer_id"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), primary_key=True, index=True)
    position: Mapped[int]
    stakeholder: Mapped[Stakeholder] = link(foreign_keys=[stakeholder_id])


class OfferItem(Model):
    """A topic or guiding question that an offer answers."""

    __tablename__ = "offer_item"
    __audit_parent__ = "offer_id"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), primary_key=True, index=True)
    position: Mapped[int]
    item: Mapped[PlanItem] = link(foreign_keys=[item_id])
