"""Sources of the record and what cites them; and the record's notes on itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db, table_of
from planner.models import AgendaItem, Citation, CitationSource, Record, ReferenceNote, Source
from planner.services import pages

SHOWN = 20
"""How many citing records of a kind are named; the rest are counted."""


@dataclass(frozen=True)
class Citing:
    """A record that cites a source; an item of an agenda is found on the page of its session."""

    id: int
    kind: str
    title: str


@dataclass(frozen=True)
class CitingKind:
    """The records of one kind that cite a source."""

    kind: str
    records: tuple[Citing, ...]
    count: int

    @property
    def more(self) -> int:
        """Return how many are not named."""
        return self.count - len(self.records)


@dataclass(frozen=True)
class SourceView:
    """All that the page of a source shows."""

    frame: pages.Frame
    source: Source
    citing: tuple[CitingKind, ...]

    @property
    def count(self) -> int:
        """Return how many visible records cite it."""
        return sum(kind.count for kind in self.citing)


@dataclass(frozen=True)
class NoteView:
    """A note of the record with its values as rows of (name, value); names of nested values are joined by dots."""

    frame: pages.Frame
    values: tuple[tuple[str, str], ...]


def get_source(viewer: Viewer, source_id: int) -> SourceView:
    """Return a source and the visible records that cite it, by kind. Raises NotVisible."""
    source = pages.get(visible_records(viewer, Source).where(Source.id == source_id))
    return SourceView(pages.frame(viewer, source), source, _citing(viewer, source_id))


def get_reference_note(viewer: Viewer, note_id: int) -> NoteView:
    """Return a note of the record. Raises NotVisible."""
    note = pages.get(visible_records(viewer, ReferenceNote).where(ReferenceNote.id == note_id))
    return NoteView(pages.frame(viewer, note), tuple(_flat(note.data)))


def _citing(viewer: Viewer, source_id: int) -> tuple[CitingKind, ...]:
    item = table_of(AgendaItem)
    citing = (
        select(Citation.record_id)
        .join(CitationSource, CitationSource.citation_id == Citation.id)
        .where(CitationSource.source_id == source_id)
    )
    found = (
        select(
            Record.id,
            Record.kind,
            title(viewer).label("title"),
            item.c.session_id,
            func.row_number().over(partition_by=Record.kind, order_by=Record.id).label("rank"),
            func.count().over(partition_by=Record.kind).label("count"),
        )
        .outerjoin(item, item.c.id == Record.id)
        .where(Record.id.in_(citing), visible(viewer))
        .subquery()
    )
    rows = db.session.execute(select(found).where(found.c.rank <= SHOWN).order_by(found.c.kind, found.c.rank)).all()
    kinds = dict.fromkeys(row.kind for row in rows)
    return tuple(_kind(kind, [row for row in rows if row.kind == kind]) for kind in kinds)


def _kind(kind: str, rows: list[Any]) -> CitingKind:
    records = tuple(
        Citing(row.session_id, "plan_session", row.title) if row.session_id else Citing(row.id, row.kind, row.title)
        for row in rows
    )
    return CitingKind(kind, records, rows[0].count)


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the values of nested mappings and lists as rows; a mapping in a list is named by its id."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list) and any(isinstance(inner, dict | list) for inner in value):
        for number, inner in enumerate(value, 1):
            label = inner.get("id", number) if isinstance(inner, dict) else number
            yield from _flat(inner, f"{name}.{label}")
    elif isinstance(value, list):
        yield name, ", ".join(_plain(inner) for inner in value)
    else:
        yield name, _plain(value)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
