"""What the page of every record shows beside its own facts: chain, sources, Conference actions, papers, rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_title
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.models import (
    Citation,
    CitationSource,
    ConferenceAction,
    Confidence,
    Cycle,
    Document,
    FollowUp,
    Origin,
    Provenance,
    Record,
    RecordDocument,
    Source,
)
from planner.rules import lifecycle
from planner.services import chain, follows

_source = aliased(Source, flat=True)

R = TypeVar("R", bound=Record)

_FROZEN = ("comment", "release", "reference_note")
"""Kinds that no general form writes: a comment is its author's, a release never changes, a note is what a file says of
itself."""


@dataclass(frozen=True)
class Cited:
    """How one field of a record is known; `field` "" means the record as a whole."""

    field: str
    provenance: Provenance | None
    confidence: Confidence | None
    note: str | None
    sources: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Acted:
    """What a Conference did with the record."""

    verb: lifecycle.ConferenceVerb
    cycle_id: int
    cycle_code: str
    paragraph: str | None
    on_text: str | None


@dataclass(frozen=True)
class Paper:
    """A document that the record points to."""

    id: int
    title: str
    symbol: str | None
    on_text: str | None
    doc_kind: str
    state: str | None
    kind: str = "document"


@dataclass(frozen=True)
class Frame:
    """What surrounds the facts of a record on its page."""

    record: Record
    title: str
    walk: chain.Walk
    citations: tuple[Cited, ...]
    actions: tuple[Acted, ...]
    papers: tuple[Paper, ...]
    may_edit: bool
    may_see_history: bool
    moves: tuple[lifecycle.Move, ...]
    withdrawn: str | None = None
    """Why it was withdrawn, where the viewer is told that it was."""
    followed: bool | None = None
    """Whether the viewer follows it; None where they cannot."""

    @property
    def next_move(self) -> lifecycle.Move | None:
        """Return the move that an officer most likely makes next, if they may make any."""
        step = lifecycle.next_move(self.record.kind, self.record.state) if self.moves and self.record.state else None
        return step if step in self.moves else None

    @property
    def is_illustration(self) -> bool:
        """Say whether the record is part of the worked example, or was derived for this project."""
        return self.record.origin is Origin.ILLUSTRATION or self.is_derived

    @property
    def is_derived(self) -> bool:
        """Say whether the record was written for this project and is no text of the process."""
        return any(c.provenance is Provenance.DERIVED for c in self.citations if not c.field)

    @property
    def is_recalled(self) -> bool:
        """Say whether the record as a whole was not read in a source."""
        return "" in self.recalled_fields

    @property
    def recalled_fields(self) -> frozenset[str]:
        """Return the fields that were not read in a source."""
        return frozenset(c.field for c in self.citations if c.provenance is Provenance.RECALLED)


def get(rows: Select[R]) -> R:
    """Return the one record of a select that starts from what is visible. Raises NotVisible (404) if there is none."""
    record = db.session.scalars(rows).one_or_none()
    if record is None:
        raise NotVisible
    return record


def frame(viewer: Viewer, record: Record) -> Frame:
    """Return what surrounds a record on its page, in four queries at any number of links, five for who is
    signed in.
    """
    may_edit = record.kind not in _FROZEN and policy.may_change(viewer, record.kind, record.home_body_id)
    return Frame(
        record=record,
        title=visible_title(viewer, record),
        walk=chain.walk(viewer, record),
        citations=_citations(record.id),
        actions=_actions(record.id),
        papers=_papers(viewer, record.id),
        may_edit=may_edit,
        may_see_history=policy.may(viewer, Verb.SEE_HISTORY, record.home_body_id),
        moves=() if record.kind in _FROZEN else _moves(viewer, record),
        withdrawn=record.withdrawn_because if record.is_withdrawn or may_edit else None,
        followed=follows.is_followed(viewer, record),
    )


def _moves(viewer: Viewer, record: Record) -> tuple[lifecycle.Move, ...]:
    """Return the moves that the viewer may make with the record."""
    owed_by = record.owner_id if isinstance(record, FollowUp) else None
    return tuple(
        one for one in record.moves if policy.may_move(viewer, record.kind, one, record.home_body_id, owner_id=owed_by)
    )


def _citations(record_id: int) -> tuple[Cited, ...]:
    rows = db.session.execute(
        select(Citation, _source.id, _source.title)
        .outerjoin(CitationSource, CitationSource.citation_id == Citation.id)
        .outerjoin(_source, _source.id == CitationSource.source_id)
        .where(Citation.record_id == record_id)
        .order_by(Citation.field, CitationSource.position)
    )
    grouped: dict[int, tuple[Citation, list[tuple[int, str]]]] = {}
    for citation, source_id, name in rows:
        sources = grouped.setdefault(citation.id, (citation, []))[1]
        if source_id is not None:
            sources.append((source_id, name))
    return tuple(
        Cited(citation.field, citation.provenance, citation.confidence, citation.note, tuple(sources))
        for citation, sources in grouped.values()
    )


def _actions(record_id: int) -> tuple[Acted, ...]:
    rows = db.session.execute(
        select(ConferenceAction, Cycle.id, Cycle.code)
        .join(Cycle, Cycle.id == ConferenceAction.cycle_id)
        .where(ConferenceAction.record_id == record_id)
        .order_by(ConferenceAction.id)
    )
    return tuple(Acted(a.verb, cycle_id, code, a.paragraph, a.on_text) for a, cycle_id, code in rows)


def _papers(viewer: Viewer, record_id: int) -> tuple[Paper, ...]:
    rows: Any = db.session.execute(
        select(
            Document.id,
            title(viewer, Document),
            Document.symbol,
            Document.on_text,
            Document.doc_kind,
            Document.standing,
        )
        .join(RecordDocument, RecordDocument.document_id == Document.id)
        .where(RecordDocument.record_id == record_id, visible(viewer, Document))
        .order_by(RecordDocument.position)
    )
    return tuple(Paper(*row) for row in rows)
