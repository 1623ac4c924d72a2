"""Provenance, confidence and sources: from the keys of the files to citations, and back. And what every record has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planner.models import Citation, Confidence, Origin, Provenance, Record
from planner.rules.audience import Ground
from planner.services.record_files.books import Books
from planner.services.record_files.store import Store

Data = dict[str, Any]
PUBLIC = int(Ground.PUBLIC)
_OF_FIELD = "_provenance"
_CITED = ("provenance", "confidence", "source", "citation_note")


def record_values(
    data: Data, title: str, *, parent: Record | None = None, own: int | None = None, state: str | None = None
) -> Data:
    """Return the values that every record has. `own` is its own audience (a mask) where the file gives none."""
    audience = data.get("audience")
    return {
        "title": title,
        "note": data.get("note"),
        "origin": Origin(data.get("origin", Origin.RECORD)),
        "published": data.get("published", True),
        "audience_own": mask_of(audience) if audience else own,
        "audience_parent": parent,
        "state": state,
    }


def record_data(record: Record, *, own: int | None = None) -> Data:
    """Return the keys that hold what differs from the usual values of a record, and its note."""
    data: Data = {"note": record.note}
    if record.origin is not Origin.RECORD:
        data["origin"] = record.origin.value
    if not record.published:
        data["published"] = False
    if record.audience_own is not None and record.audience_own != own:
        data["audience"] = words_of(record.audience_own)
    return data


def mask_of(words: Iterable[str]) -> int:
    """Return the mask of grounds that words name."""
    return sum(int(Ground[word.upper()]) for word in words)


def words_of(mask: int) -> list[str]:
    """Return the words of a mask of grounds."""
    return [str(ground.name).lower() for ground in Ground if mask & ground]


def citation_rows(data: Data, store: Store, seats: Mapping[str, Data] | None = None) -> list[Data]:
    """Return the citations that the keys make: of the whole, of a field, of a seat ("chair", "facilitators.2")."""
    rows: dict[str, Data] = {}
    for key, value in data.items():
        if key.endswith(_OF_FIELD):
            rows[key.removesuffix(_OF_FIELD)] = {"provenance": value}
    for seat, held in (seats or {}).items():
        if any(key in held for key in _CITED):
            rows[seat] = {key: held[key] for key in _CITED if key in held}
    for own in data.get("citations", ()):
        rows[own["field"]] = {**own, "citation_note": own.get("note")}
    if any(key in data for key in _CITED):
        rows[""] = data
    return [citation_row(field, row, store) for field, row in sorted(rows.items())]


def citation_row(field: str, data: Data, store: Store) -> Data:
    """Return the citation of one field."""
    return {
        "field": field,
        "provenance": Provenance(data["provenance"]) if data.get("provenance") else None,
        "confidence": Confidence(data["confidence"]) if data.get("confidence") else None,
        "note": data.get("citation_note"),
        "source_links": [
            {"source": store.get("source", ref), "position": number}
            for number, ref in enumerate(data.get("source", ()))
        ],
    }


class Cited:
    """The citations of a record on their way back into keys; each is handed out once."""

    def __init__(self, record: Record, books: Books) -> None:
        """Keep the citations by field."""
        self.left = {citation.field: citation for citation in record.citations}
        self.refs = books.refs

    def whole(self) -> Data:
        """Return the keys for the record as a whole."""
        return self.seat("")

    def seat(self, field: str) -> Data:
        """Return the keys that stand inside a seat, for the citation of that field."""
        citation = self.left.pop(field, None)
        return self._keys(citation) if citation else {}

    def of_field(self, *fields: str) -> Data:
        """Return `X_provenance` for those of the fields that have no more than a provenance."""
        found: Data = {}
        for field in fields:
            citation = self.left.get(field)
            if citation is not None and set(self._keys(citation)) == {"provenance"}:
                found[field + _OF_FIELD] = self._keys(self.left.pop(field))["provenance"]
        return found

    def rest(self) -> Data:
        """Return what has no key of its own as a list."""
        rows = []
        for field, citation in sorted(self.left.items()):
            keys = self._keys(citation)
            note = keys.pop("citation_note", None)
            rows.append({"field": field, **keys, **({"note": note} if note else {})})
        self.left = {}
        return {"citations": rows} if rows else {}

    def _keys(self, citation: Citation) -> Data:
        keys: Data = {}
        if citation.provenance:
            keys["provenance"] = citation.provenance.value
        if citation.confidence:
            keys["confidence"] = citation.confidence.value
        if citation.note:
            keys["citation_note"] = citation.note
        if citation.source_links:
            keys["source"] = [self.refs[link.source_id] for link in citation.source_links]
        return keys
