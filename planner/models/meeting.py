"""Meetings: a series of a body in a cycle, with place, mode and what the record says of them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.record import Record

if TYPE_CHECKING:
    from planner.models.body import Body, Cycle
    from planner.models.plan_session import PlanSession
    from planner.models.release import Release
    from planner.models.stakeholder import Registration


class Mode(StrEnum):
    """How a meeting or session is held."""

    IN_PERSON = "in_person"
    IN_PERSON_WITH_LIVESTREAM = "in_person_with_livestream"
    IN_PERSON_WITH_REMOTE_ACCESS = "in_person_with_remote_access"
    HYBRID = "hybrid"
    VIRTUAL = "virtual"
    WRITTEN_PROCEDURE = "written_procedure"
    REPLACED_BY_WRITTEN_COMMENTS = "cancelled_replaced_by_written_comments"


class Meeting(Record):
    """A meeting. Dates are partial dates as text ("2020-04": the day is unknown); a cancelled one keeps its papers."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("end_on IS NULL OR start_on IS NOT NULL", name="end_needs_start"),
        # Compared as far as both are known: a meeting may begin on a day and end in that month.
        CheckConstraint(
            "substr(end_on, 1, length(start_on)) >= substr(start_on, 1, length(end_on))", name="end_not_before_start"
        ),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_range"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_range"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="latitude_with_longitude"),
    )
    __mapper_args__ = {"polymorphic_identity": "meeting"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    series: Mapped[str | None] = mapped_column(String(40))
    start_on: Mapped[str | None] = mapped_column(String(10), index=True)
    end_on: Mapped[str | None] = mapped_column(String(10))
    week_from_on: Mapped[str | None] = mapped_column(String(10))
    week_until_on: Mapped[str | None] = mapped_column(String(10))
    """First and last day (inclusive) of the week of meetings it belongs to."""
    zone: Mapped[str] = mapped_column(String(60))
    """IANA zone of the venue."""
    city: Mapped[str | None] = mapped_column(String(120))
    country: Mapped[str | None] = mapped_column(String(2))
    venue: Mapped[str | None] = mapped_column(String(300))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    """Of the venue, in degrees (WGS 84), north and east positive."""
    mode: Mapped[Mode | None] = mapped_column(enum_column(Mode, "mode"))
    theme: Mapped[str | None]
    restricted: Mapped[bool] = mapped_column(default=False)
    held_during_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    registration_opens_on: Mapped[str | None] = mapped_column(String(10))
    registration_closes_on: Mapped[str | None] = mapped_column(String(10))
    notified_on: Mapped[str | None] = mapped_column(String(10))
    invited_on: Mapped[str | None] = mapped_column(String(10))
    capacity: Mapped[dict[str, Any] | None]
    side_events: Mapped[dict[str, Any] | None]

    cycle: Mapped[Cycle | None] = link(foreign_keys=[cycle_id])
    body: Mapped[Body] = link(foreign_keys=[body_id])
    held_during: Mapped[Meeting | None] = link(foreign_keys=[held_during_id], remote_side=[id])
    joint_bodies: Mapped[list[MeetingBody]] = link(cascade="all, delete-orphan", foreign_keys="MeetingBody.meeting_id")
    sessions: Mapped[list[PlanSession]] = link(
        back_populates="meeting", foreign_keys="PlanSession.meeting_id", order_by="PlanSession.position"
    )
    registrations: Mapped[list[Registration]] = link(
        back_populates="meeting", foreign_keys="Registration.meeting_id", cascade="all, delete-orphan"
    )
    attendance: Mapped[list[AttendanceCount]] = link(cascade="all, delete-orphan", order_by="AttendanceCount.position")
    releases: Mapped[list[Release]] = link(
        back_populates="meeting", foreign_keys="Release.meeting_id", order_by="Release.number"
    )


class MeetingBody(Model):
    """A further body of a joint meeting."""

    __tablename__ = "meeting_body"
    __audit_parent__ = "meeting_id"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), primary_key=True)
    body: Mapped[Body] = link(foreign_keys=[body_id])


class AttendanceCount(Model):
    """How many of a group attended, counted and not named; `group` is the record's own word for it."""

    __tablename__ = "attendance_count"
    __table_args__ = (UniqueConstraint("meeting_id", "group"), CheckConstraint("count >= 0", name="not_negative"))
    __audit_parent__ = "meeting_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    group: Mapped[str] = mapped_column(String(60))
    count: Mapped[int]
    position: Mapped[int]
