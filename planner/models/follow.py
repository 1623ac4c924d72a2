"""What a person follows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model


class Follow(Model):
    """A record that a person follows: a body, a cycle, a theme or topic, a meeting or a session. Nobody else's to know:
    it says what an officer or a delegate is watching.
    """

    __tablename__ = "follow"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    since_at: Mapped[datetime]
