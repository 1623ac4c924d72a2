"""Whole bodies of public feeds, ready to be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model


class StoredFeed(Model):
    """The body of one feed, plain and compressed, in the state that `tag` names. A copy: where the data is in another
    state than `state` and what the feed rests on has changed since, a reader makes it anew.

    The bodies are the last columns, the larger one last: to what stands behind one SQLite reads through all of it.
    """

    __tablename__ = "stored_feed"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    state: Mapped[int] = mapped_column(BigInteger)
    """The mark of the state of the data (`DataState`) in which the body was last known to be right."""
    tag: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    """When it was made; in whole seconds later than the body before it, so that Last-Modified tells the two apart."""
    packed: Mapped[bytes]
    """The body as gzip (RFC 1952)."""
    plain: Mapped[bytes]
