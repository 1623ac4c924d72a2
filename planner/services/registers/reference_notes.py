"""The register of the record's own notes: what its files say of themselves, counts and usual values."""

from __future__ import annotations

from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import ReferenceNote
from planner.services.registers.core import Column, Register, Source
from planner.services.registers.expressions import is_recalled, key_column


def _source(viewer: Viewer) -> Source:
    return Source(
        rows=select(ReferenceNote).where(visible(viewer, ReferenceNote)),
        id=ReferenceNote.id,
        kind=ReferenceNote.kind,
        search=title(viewer, ReferenceNote),
        flags={"recalled": is_recalled(ReferenceNote), "origin": ReferenceNote.origin},
        columns=(
            Column(key="title", label=N_("Note"), value=title(viewer, ReferenceNote), kind="title"),
            Column(key="note", label=N_("Text"), value=ReferenceNote.note, sortable=False),
            key_column(ReferenceNote),
        ),
    )


REGISTER = Register(
    name="reference_notes",
    title=N_("Notes of the record"),
    lead=N_("What the record says of itself: how States were counted, usual hours, labels to mind."),
    empty=N_("The record holds no such note."),
    source=_source,
    default_sort="title",
    tabs=("instruments", "sources", "reference_notes"),
)
