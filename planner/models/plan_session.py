"""Sessions of a meeting with their annotated agenda, the slots in it, and the statements made."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.meeting import Mode
from planner.models.record import Record

if TYPE_CHECKING:
    from planner.models.body import Body
    from planner.models.meeting import Meeting
    from planner.models.offer import Offer
    from planner.models.plan_item import PlanItem
    from planner.models.release import PublishedSession
    from planner.models.stakeholder import Stakeholder


class SessionKind(StrEnum):
    """A session of the meeting, or an event beside it."""

    SESSION = "session"
    SIDE_EVENT = "side_event"


class PlanSession(Record):
    """The working copy of a session; what others see is its `published` edition.

    Start and end are instants, shown in the venue's zone. Where the hours are unknown they stay empty and `on_text`
    holds the day
    (or nothing): hours are never filled in from usual ones.
    """

    __tablename__ = "plan_session"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR starts_at < ends_at", name="start_before_end"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="start_with_end"),
        CheckConstraint("starts_at IS NULL OR on_text IS NOT NULL", name="day_of_start"),
        CheckConstraint("duration_minutes IS NULL OR duration_minutes > 0", name="duration_positive"),
        CheckConstraint("substr(remote_url, 1, 8) = 'https://'", name="remote_url_https"),
        CheckConstraint("continued_in_id <> id", name="continued_elsewhere"),
        CheckConstraint("split_from_id <> id", name="split_from_another"),
        Index("ix_plan_session_day", "on_text", "starts_at"),
    )
    __mapper_args__ = {"polymorphic_identity": "plan_session"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    """The sub-group that meets, where it is not the meeting's body as a whole."""
    session_kind: Mapped[SessionKind] = mapped_column(
        enum_column(SessionKind, "session_kind"), default=SessionKind.SESSION
    )
    on_text: Mapped[str | None] = mapped_column(String(10))
    """The day in the venue's zone, as a partial date."""
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(String(60))
    duration_minutes: Mapped[int | None]
    """Length as the record gives it where the hours are unknown."""
    room: Mapped[str | None] = mapped_column(String(200))
    mode: Mapped[Mode | None] = mapped_column(enum_column(Mode, "session_mode"))
    text: Mapped[str | None]
    remote_url: Mapped[str | None] = mapped_column(String(500))
    """Where to take part from afar; only for those who may see the session."""
    continued_in_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"), index=True)
    """The session that it was merged into; set while its state says that it is merged."""
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"), index=True)
    """The session of which it was a part until that was split."""
    titles_are_ours: Mapped[bool] = mapped_column(default=False)
    numbering_is_ours: Mapped[bool] = mapped_column(default=False)

    meeting: Mapped[Meeting] = link(back_populates="sessions", foreign_keys=[meeting_id])
    body: Mapped[Body | None] = link(foreign_keys=[body_id])
    continued_in: Mapped[PlanSession | None] = link(
        foreign_keys=[continued_in_id], remote_side="PlanSession.id", post_update=True
    )
    split_from: Mapped[PlanSession | None] = link(
        foreign_keys=[split_from_id], remote_side="PlanSession.id", post_update=True
    )
    joint_bodies: Mapped[list[SessionBody]] = link(cascade="all, delete-orphan")
    item_links: Mapped[list[SessionItem]] = link(
        cascade="all, delete-orphan", order_by="SessionItem.position", back_populates="plan_session"
    )
    agenda_items: Mapped[list[AgendaItem]] = link(
        back_populates="plan_session", foreign_keys="AgendaItem.session_id", order_by="AgendaItem.position"
    )
    slots: Mapped[list[Slot]] = link(
        back_populates="plan_session",
        cascade="all, delete-orphan",
        foreign_keys="Slot.session_id",
        order_by="Slot.position",
    )
    interventions: Mapped[list[Intervention]] = link(cascade="all, delete-orphan", order_by="Intervention.position")
    edition: Mapped[PublishedSession | None] = link(
        back_populates="plan_session", foreign_keys="PublishedSession.session_id", uselist=False
    )


class SessionBody(Model):
    """A further body of a joint session."""

    __tablename__ = "session_body"
    __audit_parent__ = "session_id"

    session_id: Mapped[int] = mapped_column(ForeignKey("plan_session.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), primary_key=True)
    body: Mapped[Body] = link(foreign_keys=[body_id])


class SessionItem(Model):
    """A theme, topic or question of the plan that a session treats."""

    __tablename__ = "session_item"
    __audit_parent__ = "session_id"

    session_id: Mapped[int] = mapped_column(ForeignKey("plan_session.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), primary_key=True, index=True)
    position: Mapped[int]

    plan_session: Mapped[PlanSession] = link(back_populates="item_links", foreign_keys=[session_id])
    item: Mapped[PlanItem] = link(foreign_keys=[item_id])


class AgendaItem(Record):
    """An item of the annotated agenda; its length in minutes where it has been set. Its title is the record's title."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("session_id", "position"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes_positive"),
    )
    __mapper_args__ = {"polymorphic_identity": "agenda_item"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("plan_session.id"))
    position: Mapped[int]
    number: Mapped[str | None] = mapped_column(String(20))
    is_break: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int | None]
    """Minutes of the item itself, its slots not counted."""
    text: Mapped[str | None]
    proposed_by: Mapped[list[Any] | None]
    """Keys of the stakeholders that proposed it."""
    came_from_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"))
    """The merged session that it was taken over from, and goes back to where the merger is undone."""

    plan_session: Mapped[PlanSession] = link(back_populates="agenda_items", foreign_keys=[session_id])
    came_from: Mapped[PlanSession | None] = link(foreign_keys=[came_from_id])
    slots: Mapped[list[Slot]] = link(
        back_populates="agenda_item", foreign_keys="Slot.agenda_item_id", order_by="Slot.position"
    )


class Slot(Model):
    """The place of an offer in a session, under an item of the agenda where there is one. Moving it keeps the offer's
    identity.
    """

    __tablename__ = "slot"
    __table_args__ = (CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes_positive"),)
    __audit_parent__ = "session_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("plan_session.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), unique=True)
    position: Mapped[int]
    minutes: Mapped[int | None]
    came_from_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"))
    """As that of an item of the agenda."""

    plan_session: Mapped[PlanSession] = link(back_populates="slots", foreign_keys=[session_id])
    came_from: Mapped[PlanSession | None] = link(foreign_keys=[came_from_id])
    agenda_item: Mapped[AgendaItem | None] = link(back_populates="slots", foreign_keys=[agenda_item_id])
    offer: Mapped[Offer] = link(back_populates="slot", foreign_keys=[offer_id])


class Intervention(Model):
    """A statement made from the floor in a session, by whom, in the order of the record."""

    __tablename__ = "intervention"
    __table_args__ = (UniqueConstraint("session_id", "position"),)
    __audit_parent__ = "session_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("plan_session.id"))
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    position: Mapped[int]

    stakeholder: Mapped[Stakeholder] = link(foreign_keys=[stakeholder_id])
