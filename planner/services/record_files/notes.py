"""What a file says about itself or as a default: kept as reference notes, value by value."""

from __future__ import annotations

from typing import Any

from planner.models import ReferenceNote
from planner.services.record_files.books import Books
from planner.services.record_files.citing import PUBLIC, Cited, Data, citation_rows, record_values
from planner.services.record_files.store import Store


def put_note(store: Store, ref: str, title: str, data: Data, keys: tuple[str, ...] = ()) -> None:
    """Put a note: `keys` of the mapping are its data; its note and sources are kept like those of any record."""
    values: dict[str, Any] = {
        **record_values(data, title, own=PUBLIC),
        "data": {key: data[key] for key in keys if key in data},
    }
    store.put(ReferenceNote, ref, values, {"citations": citation_rows(data, store)})


def note_data(note: ReferenceNote, books: Books) -> Data:
    """Return the mapping that a note was made of."""
    return {**note.data, "note": note.note, **Cited(note, books).whole()}
