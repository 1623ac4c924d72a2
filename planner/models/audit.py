"""Who changed what: one entry per record and change, chained by hash."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, link

if TYPE_CHECKING:
    from planner.models.record import Record


class AuditEntry(Model):
    """One change. `changes` maps a field to [old, new]; `previous_hash` and `hash` chain the entries
    (services/changes.py).
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_record", "record_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    actor_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"))
    subject: Mapped[str] = mapped_column(String(60))
    """Kind of the record, or table and key of a row that is no record ("user_account 3")."""
    changes: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    record: Mapped[Record | None] = link(foreign_keys=[record_id])


class AuditHead(Model):
    """The one row that holds the last hash of the chain; its lock puts writers in order."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64))
