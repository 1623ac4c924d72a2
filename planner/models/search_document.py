"""What search looks through: one text per record and edition. The indexes over it are made by a migration of each
database.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column


class Edition(StrEnum):
    """Whom a text is for: officers read the working copy, everybody else the public edition."""

    WORKING = "working"
    PUBLIC = "public"


class SearchDocument(Model):
    """Title and text of a record in one edition; visibility is asked of the record itself."""

    __tablename__ = "search_document"
    __table_args__ = (UniqueConstraint("record_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"))
    edition: Mapped[Edition] = mapped_column(enum_column(Edition, "edition"))
    title: Mapped[str]
    text: Mapped[str]
