"""States with dated status, organisations, and their people."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.record import Record

if TYPE_CHECKING:
    from planner.models.meeting import Meeting


class StakeholderClass(StrEnum):
    """The eight groups of the process, and the secretariat."""

    STATE_PARTY = "state_party"
    SIGNATORY_STATE = "signatory_state"
    OBSERVER_STATE = "observer_state"
    REGIONAL_ORGANISATION = "regional_organisation"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    CIVIL_SOCIETY = "civil_society"
    RESEARCH_ACADEMIA = "research_academia"
    INDUSTRY = "industry"
    SECRETARIAT = "secretariat"


class Stakeholder(Record):
    """A State or an organisation that takes part. `ref` is the two-letter code of a State, or the organisation's id."""

    __tablename__ = "stakeholder"
    __table_args__ = (CheckConstraint("(iso2 IS NOT NULL) = is_state", name="state_has_code"),)
    __mapper_args__ = {"polymorphic_identity": "stakeholder"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    is_state: Mapped[bool]
    iso2: Mapped[str | None] = mapped_column(String(2), unique=True)
    stakeholder_class: Mapped[StakeholderClass | None] = mapped_column(
        enum_column(StakeholderClass, "stakeholder_class")
    )
    """Class of an organisation; a State's class follows from its status on the day (observer where none is certain)."""
    also_class: Mapped[StakeholderClass | None] = mapped_column(enum_column(StakeholderClass, "also_class"))
    region: Mapped[str | None] = mapped_column(String(40), index=True)
    sector: Mapped[str | None] = mapped_column(String(60), index=True)
    role: Mapped[str | None] = mapped_column(String(60))
    speaks_for: Mapped[str | None]
    of_state_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"))

    of_state: Mapped[Stakeholder | None] = link(foreign_keys=[of_state_id], remote_side=[id])
    statuses: Mapped[list[StatusPeriod]] = link(
        back_populates="stakeholder", cascade="all, delete-orphan", order_by="StatusPeriod.position"
    )


class StatusPeriod(Model):
    """A status of a State with its dates as known: a day, a month, a year, or nothing (rules/standing.py).

    The bounds of the days on which the status is possible and certain stand beside the texts, so that lists can ask in
    SQL; they are computed from the texts whenever these are written.
    """

    __tablename__ = "status_period"
    __table_args__ = (
        UniqueConstraint("stakeholder_id", "position"),
        CheckConstraint("status IN ('state_party', 'signatory')", name="status_known"),
        Index("ix_status_period_certain", "status", "certain_from", "certain_until"),
    )
    __audit_parent__ = "stakeholder_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(20))
    act: Mapped[str | None] = mapped_column(String(20))
    deposited_text: Mapped[str | None] = mapped_column(String(10))
    """When the instrument was deposited; the status begins later, on a day that is perhaps not known."""
    from_text: Mapped[str | None] = mapped_column(String(10))
    until_text: Mapped[str | None] = mapped_column(String(10))
    known_text: Mapped[str | None] = mapped_column(String(10))
    possible_from: Mapped[date | None]
    possible_until: Mapped[date | None]
    certain_from: Mapped[date | None]
    certain_until: Mapped[date | None]

    stakeholder: Mapped[Stakeholder] = link(back_populates="statuses", foreign_keys=[stakeholder_id])


class Person(Record):
    """Someone who takes part for a stakeholder, with or without an account."""

    __tablename__ = "person"
    __mapper_args__ = {"polymorphic_identity": "person"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    stakeholder_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    function: Mapped[str | None] = mapped_column(String(120))

    stakeholder: Mapped[Stakeholder | None] = link(foreign_keys=[stakeholder_id])
    delegations: Mapped[list[Delegation]] = link(back_populates="person", cascade="all, delete-orphan")


class DelegationRole(StrEnum):
    """What a person is in a delegation."""

    HEAD = "head"
    ALTERNATE = "alternate"
    FOCAL_POINT = "focal_point"
    MEMBER = "member"


class Delegation(Model):
    """A person's membership of the delegation of a stakeholder, with its days (from inclusive, until exclusive)."""

    __tablename__ = "delegation"
    __table_args__ = (
        UniqueConstraint("person_id", "stakeholder_id"),
        CheckConstraint("from_on IS NULL OR until_on IS NULL OR from_on < until_on", name="from_before_until"),
    )
    __audit_parent__ = "person_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    role: Mapped[DelegationRole] = mapped_column(enum_column(DelegationRole, "delegation_role"))
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]

    person: Mapped[Person] = link(back_populates="delegations", foreign_keys=[person_id])
    stakeholder: Mapped[Stakeholder] = link(foreign_keys=[stakeholder_id])


class Registration(Model):
    """A person registered for a meeting: what the ground `participants` means."""

    __tablename__ = "registration"
    __audit_parent__ = "meeting_id"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

    meeting: Mapped[Meeting] = link(back_populates="registrations", foreign_keys=[meeting_id])
    person: Mapped[Person] = link(foreign_keys=[person_id])
