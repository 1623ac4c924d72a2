"""Releases: the programme of a meeting, frozen; and the current public edition of each session and slot."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.meeting import Mode
from planner.models.plan_session import SessionKind
from planner.models.record import Record
from planner.models.stakeholder import StakeholderClass

if TYPE_CHECKING:
    from planner.models.meeting import Meeting
    from planner.models.offer import Offer
    from planner.models.plan_session import PlanSession
    from planner.models.stakeholder import Stakeholder


class Release(Record):
    """A frozen programme of a meeting. Immutable but for `is_current`, which moves to it when its embargo has
    passed.
    """

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        Index("uq_release_current", "meeting_id", unique=True,
              sqlite_where=text("is_current"), postgresql_where=text("is_current")),
        CheckConstraint("number > 0", name="number_positive"),
    )  # fmt: skip
    __mapper_args__ = {"polymorphic_identity": "release"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    released_at: Mapped[datetime]
    effective_at: Mapped[datetime] = mapped_column(index=True)
    """When it may be seen: the end of its embargo, or when it was released."""
    is_current: Mapped[bool] = mapped_column(default=False)
    programme: Mapped[dict[str, Any]]
    changes: Mapped[list[Any]]
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 over the canonical JSON of the programme."""

    meeting: Mapped[Meeting] = link(back_populates="releases", foreign_keys=[meeting_id])


class PublishedSession(Model):
    """What everybody but officers sees of a session: its row in the current release of the meeting."""

    __tablename__ = "published_session"
    __table_args__ = (Index("ix_published_session_day", "on_text", "starts_at"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("plan_session.id"), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    title: Mapped[str] = mapped_column(String(1000))
    state: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    session_kind: Mapped[SessionKind] = mapped_column(enum_column(SessionKind, "published_kind"))
    on_text: Mapped[str | None] = mapped_column(String(10))
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(String(60))
    duration_minutes: Mapped[int | None]
    room: Mapped[str | None] = mapped_column(String(200))
    mode: Mapped[Mode | None] = mapped_column(enum_column(Mode, "published_mode"))
    continued_in_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"), index=True)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"), index=True)
    programme: Mapped[dict[str, Any]]
    """The session's part of the release: text, agenda items and slots as they were frozen."""

    plan_session: Mapped[PlanSession] = link(back_populates="edition", foreign_keys=[session_id])
    release: Mapped[Release] = link(foreign_keys=[release_id])


class PublishedSlot(Model):
    """What everybody but officers sees of a presentation: its place in the current release."""

    __tablename__ = "published_slot"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("published_session.session_id"), index=True)
    title: Mapped[str] = mapped_column(String(1000))
    state: Mapped[str] = mapped_column(String(20))
    presenter_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    stakeholder_class: Mapped[StakeholderClass] = mapped_column(enum_column(StakeholderClass, "published_class"))
    offer_kind: Mapped[str | None] = mapped_column(String(40))
    position: Mapped[int]
    minutes: Mapped[int | None]

    offer: Mapped[Offer] = link(foreign_keys=[offer_id])
    published_session: Mapped[PublishedSession] = link(foreign_keys=[session_id])
    presenter: Mapped[Stakeholder] = link(foreign_keys=[presenter_id])
