"""Offices: who chairs, facilitates or serves which body, in which cycle, and who acts for them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.record import Record

if TYPE_CHECKING:
    from planner.models.body import Body, Cycle
    from planner.models.stakeholder import Stakeholder
    from planner.models.user import UserAccount


class OfficeRole(StrEnum):
    """What an office is."""

    PRESIDENT = "president"
    CHAIR = "chair"
    FACILITATOR = "facilitator"
    SECRETARIAT = "secretariat"
    ADMINISTRATOR = "administrator"


class Office(Record):
    """An office of a body, held by a State or an organisation; without a body it is an office of the whole
    installation.

    It gives rights on the days between `from_on` (inclusive) and `until_on` (exclusive), or in its cycle where no day
    is given, or
    always where there is neither.
    """

    __tablename__ = "office"
    __table_args__ = (
        Index("uq_office_of_body", "body_id", "cycle_id", "role", "holder_id", unique=True),
        CheckConstraint("from_on IS NULL OR until_on IS NULL OR from_on < until_on", name="from_before_until"),
    )
    __mapper_args__ = {"polymorphic_identity": "office"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"), index=True)
    role: Mapped[OfficeRole] = mapped_column(enum_column(OfficeRole, "office_role"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]

    body: Mapped[Body | None] = link(foreign_keys=[body_id])
    cycle: Mapped[Cycle | None] = link(foreign_keys=[cycle_id])
    holder: Mapped[Stakeholder | None] = link(foreign_keys=[holder_id])
    users: Mapped[list[OfficeUser]] = link(back_populates="office", cascade="all, delete-orphan")


class OfficeUser(Model):
    """A user who acts for the holder of an office."""

    __tablename__ = "office_user"
    __audit_parent__ = "office_id"

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)

    office: Mapped[Office] = link(back_populates="users", foreign_keys=[office_id])
    user: Mapped[UserAccount] = link(foreign_keys=[user_id])


class Chairing(Model):
    """Who chairs, moderates or facilitates one meeting, session or theme, as the record says it.

    `seat` is the place in the record ("chair", "facilitator", "wgeti_chair"), `role` the word used there ("President",
    "Facilitators"), `count` how many persons where that is known. The office it belongs to is linked where one is.
    """

    __tablename__ = "chairing"
    __table_args__ = (UniqueConstraint("record_id", "seat", "position"),)
    __audit_parent__ = "record_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"))
    seat: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[str | None] = mapped_column(String(40))
    holder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    count: Mapped[int | None]
    note: Mapped[str | None]

    record: Mapped[Record] = link(back_populates="chairings", foreign_keys=[record_id])
    holder: Mapped[Stakeholder] = link(foreign_keys=[holder_id])
    body: Mapped[Body | None] = link(foreign_keys=[body_id])
    office: Mapped[Office | None] = link(foreign_keys=[office_id])
