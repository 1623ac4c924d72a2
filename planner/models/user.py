"""Accounts: who may sign in. What they may do comes from their offices and delegations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, link
from planner.models.stakeholder import Person


class UserAccount(Model):
    """An account. `session_epoch` counts up to sign the person out everywhere."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=0)
    zone: Mapped[str | None] = mapped_column(String(60))
    """IANA zone of the person, shown beside the venue's."""
    language: Mapped[str | None] = mapped_column(String(10))
    created_at: Mapped[datetime]
    last_signed_in_at: Mapped[datetime | None]
    password_link_until: Mapped[datetime | None]
    """Until when the one address counts at which the person may choose a password; None where none is out."""

    person: Mapped[Person] = link(foreign_keys=[person_id])
