"""Feeds of one person: what they chose, never the secret of the address."""

from __future__ import annotations

from datetime import datetime

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
    only_ours: Mapped[bool] = mapped_column(default=False)
    """Only what the person's States and organisations present, chair or owe."""
    deadlines_as_days: Mapped[bool] = mapped_column(default=False)
    """Follow-ups also as all-day events, for programs that show no tasks."""
    with_busy: Mapped[bool] = mapped_column(default=False)
    """The hours of closed sessions of meetings that the person may know of, and nothing else of them."""
    with_illustration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_read_at: Mapped[datetime | None]
    last_read_by: Mapped[str | None] = mapped_column(String(40))
    """The kind of program that read it last; nothing else of its header is kept."""


class PersonalFeedBody(Model):
    """A body that a feed is narrowed to; without any it holds all."""

    __tablename__ = "personal_feed_body"

    feed_id: Mapped[int] = mapped_column(ForeignKey("personal_feed.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), primary_key=True)
