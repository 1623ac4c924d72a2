"""Where a fact comes from, and how sure it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.record import Record


class Provenance(StrEnum):
    """How a fact is known."""

    SOURCED = "sourced"
    RECALLED = "recalled"
    DERIVED = "derived"


class Confidence(StrEnum):
    """How sure a recalled fact is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Source(Record):
    """A page or paper that was read for the record; `extent` says how much of it."""

    __tablename__ = "source"
    __mapper_args__ = {"polymorphic_identity": "source"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    source_kind: Mapped[str] = mapped_column(String(40), index=True)
    reference: Mapped[str]
    extent: Mapped[str] = mapped_column(String(20))


class Citation(Model):
    """How one fact of a record is known: `field` names it, "" means the record as a whole.

    A field of a list carries its place: "facilitators.2". A citation without provenance only names its sources.
    """

    __tablename__ = "citation"
    __table_args__ = (
        UniqueConstraint("record_id", "field"),
        CheckConstraint("confidence IS NULL OR provenance IS NOT NULL", name="confidence_of_provenance"),
    )
    __audit_parent__ = "record_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), index=True)
    field: Mapped[str] = mapped_column(String(80), default="")
    provenance: Mapped[Provenance | None] = mapped_column(enum_column(Provenance, "provenance"))
    confidence: Mapped[Confidence | None] = mapped_column(enum_column(Confidence, "confidence"))
    note: Mapped[str | None]

    record: Mapped[Record] = link(back_populates="citations", foreign_keys=[record_id])
    source_links: Mapped[list[CitationSource]] = link(
        back_populates="citation", cascade="all, delete-orphan", order_by="CitationSource.position"
    )


class CitationSource(Model):
    """One source of a citation, in the order given."""

    __tablename__ = "citation_source"

    citation_id: Mapped[int] = mapped_column(ForeignKey("citation.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True, index=True)
    position: Mapped[int]

    citation: Mapped[Citation] = link(back_populates="source_links", foreign_keys=[citation_id])
    source: Mapped[Source] = link(foreign_keys=[source_id])


class ReferenceNote(Record):
    """What a file of the record says about itself or as a default: notes, counts, usual hours. `data` keeps the
    values as given.
    """

    __tablename__ = "reference_note"
    __mapper_args__ = {"polymorphic_identity": "reference_note"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    data: Mapped[dict[str, Any]]
