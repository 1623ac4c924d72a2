"""Whole bodies of public feeds, ready to be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model


class StoredFeed(Model):
    """The body of one feed in the state that `tag` names, plain and compressed. A copy: whatever else stands here, a
    reader whose tag differs makes it anew.
    """

    __tablename__ = "stored_feed"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    tag: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    """When it was made; in whole seconds later than the body before it, so that Last-Modified tells the two apart."""
    plain: Mapped[bytes]
    packed: Mapped[bytes]
    """The same, gzip (RFC 1952)."""
