"""Feeds of one person: what they chose, never the secret of the address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model


class PersonalFeed(Model):
    """A feed that stands for a person at every read. Its address is signed from `id` and `generation` with the key of
    the installation, so that no copy of the database opens it; another generation makes every older address void.
    """

    __tablename__ = "personal_feed"
    __table_args__ = (CheckConstraint("name <> ''", name="named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    generation: Mapped[int] = mapped_column(default=0)
    choice: Mapped[dict[str, Any]]
    """What it holds and how it is written (services/feed_choice.py): in one column, so that reading a feed asks once.
    The ids in it are of records, which are never deleted."""
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_read_at: Mapped[datetime | None]
    last_read_by: Mapped[str | None] = mapped_column(String(40))
    """The kind of program that read it last; nothing else of its header is kept."""
    told: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Per component ("VEVENT", "VTODO") the state of the data and the tag of what was sent in it last, so that an
    unchanged feed is answered without reading an entry."""
