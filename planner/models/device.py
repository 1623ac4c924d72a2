"""Passwords of devices: one for each program that keeps an account's calendars in step (CalDAV)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model


class DevicePassword(Model):
    """A password that was made up for one device of a person. What is stored opens nothing: `digest` is of the secret.

    It counts while the account is in the epoch in which it was made, so that who signs out everywhere, or takes another
    password, has ended it too.
    """

    __tablename__ = "device_password"
    __table_args__ = (
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("length(digest) = 64", name="digest_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    epoch: Mapped[int]
    """The `session_epoch` of the account when it was made."""
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    last_used_by: Mapped[str | None] = mapped_column(String(40))
    """The kind of program that used it last; nothing else of its header is kept."""
