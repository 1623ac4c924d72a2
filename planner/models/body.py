"""Bodies of the Treaty and the cycles in which they work."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import enum_column, link
from planner.models.record import Record


class BodyKind(StrEnum):
    """What kind of body it is."""

    CONFERENCE = "conference"
    WORKING_GROUP = "working_group"
    SUB_WORKING_GROUP = "sub_working_group"
    COMMITTEE = "committee"
    FORUM = "forum"
    GATHERING = "gathering"


class Body(Record):
    """A body: the Conference, a working group or its sub-group, a forum. Bodies begin and end with a cycle."""

    __tablename__ = "body"
    __table_args__ = (CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),)
    __mapper_args__ = {"polymorphic_identity": "body"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    code: Mapped[str] = mapped_column(String(120), unique=True)
    """The name used in files and symbols: "WGETI", "Article 11"."""
    body_kind: Mapped[BodyKind] = mapped_column(enum_column(BodyKind, "body_kind"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    """No body stands below itself, and the last cycle is not before the first; triggers of the database see to it."""
    first_cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    last_cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    work_audience: Mapped[int | None]
    """Grounds of what the body works on where they are narrower than the body: a forum may be known, its sessions
    closed."""
    description: Mapped[str | None]

    parent: Mapped[Body | None] = link(foreign_keys=[parent_id], remote_side=[id], back_populates="children")
    children: Mapped[list[Body]] = link(foreign_keys=[parent_id], back_populates="parent")
    first_cycle: Mapped[Cycle | None] = link(foreign_keys=[first_cycle_id])
    last_cycle: Mapped[Cycle | None] = link(foreign_keys=[last_cycle_id])


class Cycle(Record):
    """One year of the process, from the end of one Conference to the end of the next; not a calendar year."""

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("series", "number"),
        CheckConstraint("from_on IS NULL OR from_on < until_on", name="from_before_until"),
        CheckConstraint("number > 0", name="number_positive"),
    )
    __mapper_args__ = {"polymorphic_identity": "cycle"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(20))
    """Cycles of one series do not overlap; a trigger of the database sees to it."""
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(30))
    from_on: Mapped[date | None]
    """First day (inclusive); unknown for the first cycle."""
    until_on: Mapped[date]
    """First day that no longer belongs to it (exclusive)."""
    conference_theme: Mapped[str | None]
