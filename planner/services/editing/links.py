"""Adding and removing one link of a record: an edit of the list that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.access.viewer import Viewer
from planner.core.errors import Invalid, NotVisible
from planner.core.i18n import N_
from planner.models import Record
from planner.services.editing.options import names_of
from planner.services.editing.reading import Editable, get_editable
from planner.services.editing.records import edit_record
from planner.services.editing.references import Links
from planner.services.editing.spec import Field


@dataclass(frozen=True)
class LinkList:
    """One list of links of a record: its field, and (id, title) of each; None where it is not open to the viewer."""

    field: Field
    kinds: tuple[str, ...]
    links: tuple[tuple[int, str | None], ...]


def get_links(viewer: Viewer, record_id: int) -> tuple[Editable, list[LinkList]]:
    """Return the lists of links that a kind of record has. Raises NotVisible, NotAllowed."""
    editable = get_editable(viewer, record_id)
    fields = [field for field in editable.spec.fields if isinstance(field.kind, Links)]
    names = names_of(viewer, {part for field in fields for part in editable.values[field.name]})
    lists = []
    for field in fields:
        if isinstance(field.kind, Links):
            found = tuple((part, names.get(part)) for part in editable.values[field.name])
            lists.append(LinkList(field, field.kind.kinds, found))
    return editable, lists


def add_link(actor: Viewer, record_id: int, name: str, target: Any, *, rev: int, at: datetime) -> Record:
    """Add a link at the end of a list. Raises NotVisible, NotAllowed, Invalid, EditConflict."""
    held = _held(actor, record_id, name)
    if target is None or not str(target).strip():
        raise Invalid({name: N_("Say what to link to.")})
    try:
        return edit_record(actor, record_id, rev=rev, at=at, values={name: [*held, target]})
    except Invalid as invalid:
        # One link was typed, so its fault is that of the field, wherever in the list it stands.
        raise Invalid({key.partition(".")[0]: text for key, text in invalid.fields.items()}) from None


def remove_link(actor: Viewer, record_id: int, name: str, target_id: int, *, rev: int, at: datetime) -> Record:
    """Take a link out of a list; the record that it points to stays. Raises as `add_link`."""
    held = _held(actor, record_id, name)
    kept = [part for part in held if part != target_id]
    if kept == held:
        raise NotVisible
    return edit_record(actor, record_id, rev=rev, at=at, values={name: kept})


def _held(actor: Viewer, record_id: int, name: str) -> list[int]:
    editable = get_editable(actor, record_id)
    field = editable.spec.field(name)
    if field is None or not isinstance(field.kind, Links):
        raise NotVisible
    return list(editable.values[name])
