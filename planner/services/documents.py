"""Documents: what a delegate reads of one, and its place among the others."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records, visible_title
from planner.core.db import db
from planner.models import Document, DocumentFollows, Record, RecordDocument
from planner.services import neighbours, pages


@dataclass(frozen=True)
class Related:
    """A record beside a document, and what it is to it ("annex", "follows"; rules/words.py RELATIONS)."""

    relation: str
    id: int
    kind: str
    title: str
    state: str | None
    label: str | None


@dataclass(frozen=True)
class DocumentView:
    """All that the page of a document shows; `named` holds the visible records that it points to, by id."""

    frame: pages.Frame
    document: Document
    named: dict[int, neighbours.Named]
    related: tuple[Related, ...]


def get_document(viewer: Viewer, document_id: int) -> DocumentView:
    """Return a document with its languages, submitters and neighbours. Raises NotVisible."""
    document = pages.get(
        visible_records(viewer, Document)
        .where(Document.id == document_id)
        .options(joinedload(Document.cycle), selectinload(Document.languages), selectinload(Document.submitters)),
    )
    submitters = [row.stakeholder_id for row in document.submitters]
    return DocumentView(
        pages.frame(viewer, document),
        document,
        neighbours.named(viewer, document.body_id, document.meeting_id, *submitters),
        _related(viewer, document),
    )


def _related(viewer: Viewer, document: Document) -> tuple[Related, ...]:
    """Return annexes, predecessors and successors, and the records that use the paper, in two queries."""
    earlier = select(DocumentFollows.follows_id).where(DocumentFollows.document_id == document.id)
    later = select(DocumentFollows.document_id).where(DocumentFollows.follows_id == document.id)
    rows = db.session.execute(
        visible_records(viewer, Document)
        .add_columns(Document.id.in_(later))
        .where(
            or_(
                Document.annex_of_id == document.id,
                Document.supersedes_id == document.id,
                Document.id.in_([i for i in (document.annex_of_id, document.supersedes_id) if i]),
                Document.id.in_(earlier),
                Document.id.in_(later),
            )
        )
        .order_by(Document.annex_label, Document.id)
    )
    related = [
        Related(_relation(document, other, is_later=is_later), *_named(viewer, other)) for other, is_later in rows
    ]
    users = db.session.execute(
        select(Record.id, Record.kind, title(viewer).label("title"), Record.standing.label("state"))
        .join(RecordDocument, RecordDocument.record_id == Record.id)
        .where(RecordDocument.document_id == document.id, visible(viewer))
        .order_by(Record.id)
    )
    return (*related, *(Related("used_by", row.id, row.kind, row.title, row.state, None) for row in users))


def _named(viewer: Viewer, other: Document) -> tuple[int, str, str, str | None, str | None]:
    return other.id, other.kind, visible_title(viewer, other), other.standing, other.annex_label


def _relation(document: Document, other: Document, *, is_later: bool) -> str:
    if other.annex_of_id == document.id:
        return "annex"
    if document.annex_of_id == other.id:
        return "annex_of"
    if other.supersedes_id == document.id:
        return "superseded_by"
    if document.supersedes_id == other.id:
        return "supersedes"
    return "followed_by" if is_later else "follows"
