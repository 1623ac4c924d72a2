"""Which record a row belongs to, at whatever depth; and which rows a record is about to lose."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from planner.core.db import Base
from planner.models import Citation, CitationSource, PlanItemRevision, RevisionArticle, RevisionStage


def owner_id(session: Session, row: Base) -> int | None:
    """Return the id of the record that a row belongs to, at whatever depth, or None."""
    if isinstance(row, RevisionArticle | RevisionStage):
        revision = session.get(PlanItemRevision, row.revision_id) if row.revision_id else None
        return revision.item_id if revision else None
    if isinstance(row, CitationSource):
        citation = session.get(Citation, row.citation_id) if row.citation_id else None
        return citation.record_id if citation else None
    parent: str | None = getattr(row, "__audit_parent__", None)
    found: int | None = getattr(row, parent) if parent else None
    return found


def removed_rows(owner: Base) -> Iterator[Base]:
    """Yield the rows that were taken out of a list of their owner and will be deleted with the next flush.

    The session does not count them among its deleted ones before it flushes.
    """
    state = inspect(owner)
    for relation in state.mapper.relationships:
        if relation.uselist and relation.cascade.delete_orphan:
            yield from (row for row in state.attrs[relation.key].history.deleted or () if inspect(row).persistent)
