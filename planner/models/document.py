"""The register of documents: symbols, languages, revisions, annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, link
from planner.models.record import Record

if TYPE_CHECKING:
    from planner.models.body import Body, Cycle
    from planner.models.meeting import Meeting
    from planner.models.stakeholder import Stakeholder


class Document(Record):
    """A paper of the process. No symbol is a normal case; `symbol_pattern` shows the shape where the serial is
    unknown.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("annex_of_id IS NULL OR annex_of_id <> id", name="not_its_own_annex"),
        CheckConstraint("supersedes_id IS NULL OR supersedes_id <> id", name="not_its_own_successor"),
        UniqueConstraint("annex_of_id", "annex_label"),
    )
    __mapper_args__ = {"polymorphic_identity": "document"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    symbol: Mapped[str | None] = mapped_column(String(120), unique=True)
    symbol_pattern: Mapped[str | None] = mapped_column(String(120))
    serial: Mapped[int | None] = mapped_column(index=True)
    """The running number of the symbol: one series for all bodies and years, so its order is the order of time."""
    doc_kind: Mapped[str] = mapped_column(String(40), index=True)
    on_text: Mapped[str | None] = mapped_column(String(10), index=True)
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    standing: Mapped[str | None] = mapped_column(String(40))
    """What the paper counts as, in the record's word: "living_document"."""
    version_number: Mapped[int | None]
    pages: Mapped[int | None]
    original_language: Mapped[str | None] = mapped_column(String(10))
    title_is_paraphrase: Mapped[bool] = mapped_column(default=False)
    annex_of_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    annex_label: Mapped[str | None] = mapped_column(String(20))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    cycle: Mapped[Cycle | None] = link(foreign_keys=[cycle_id])
    body: Mapped[Body | None] = link(foreign_keys=[body_id])
    meeting: Mapped[Meeting | None] = link(foreign_keys=[meeting_id])
    annex_of: Mapped[Document | None] = link(foreign_keys=[annex_of_id], remote_side=[id], back_populates="annexes")
    annexes: Mapped[list[Document]] = link(
        foreign_keys=[annex_of_id], back_populates="annex_of", order_by="Document.annex_label"
    )
    supersedes: Mapped[Document | None] = link(foreign_keys=[supersedes_id], remote_side=[id])
    languages: Mapped[list[DocumentLanguage]] = link(cascade="all, delete-orphan", order_by="DocumentLanguage.position")
    submitters: Mapped[list[DocumentSubmitter]] = link(
        cascade="all, delete-orphan", order_by="DocumentSubmitter.position"
    )
    follows: Mapped[list[DocumentFollows]] = link(
        cascade="all, delete-orphan", foreign_keys="DocumentFollows.document_id", order_by="DocumentFollows.position"
    )


class DocumentLanguage(Model):
    """A language version; it keeps the symbol."""

    __tablename__ = "document_language"
    __audit_parent__ = "document_id"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    position: Mapped[int]
    url: Mapped[str | None] = mapped_column(String(500))


class DocumentSubmitter(Model):
    """A State or organisation that submitted the paper, in the order printed."""

    __tablename__ = "document_submitter"
    __audit_parent__ = "document_id"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), primary_key=True, index=True)
    position: Mapped[int]
    stakeholder: Mapped[Stakeholder] = link(foreign_keys=[stakeholder_id])


class DocumentFollows(Model):
    """An earlier paper that this one follows up."""

    __tablename__ = "document_follows"
    __table_args__ = (CheckConstraint("document_id <> follows_id", name="not_itself"),)
    __audit_parent__ = "document_id"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    follows_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)
    position: Mapped[int]
    followed: Mapped[Document] = link(foreign_keys=[follows_id])
