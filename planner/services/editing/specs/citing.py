"""How a fact is known: its sources, whether it was read or is recalled, and how sure that is. On any record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.core.i18n import N_, Message
from planner.models import Citation, CitationSource, Confidence, Provenance
from planner.services.editing.kinds import LONG, FieldName, Rows, choice_of
from planner.services.editing.references import Links
from planner.services.editing.spec import Entry, Field

SOURCES = Field("sources", Links(("source",), "source_links", CitationSource, "source_id"))
_NO_FACTS = frozenset({"citations", "invited", "invited_people", "audience_own", "work_audience", "symbol_is_other"})


def _check(row: Mapping[str, Any]) -> dict[str, Message]:
    if row["confidence"] and not row["provenance"]:
        return {"provenance": N_("Say how it is known before you say how sure it is.")}
    if not any(row[name] for name in ("provenance", "sources", "note")):
        return {"provenance": N_("Say how it is known, or name a source.")}
    return {}


CITATIONS = Field(
    "citations",
    Rows(
        "citations",
        Citation,
        (
            Field("field", FieldName(_NO_FACTS)),
            Field("provenance", choice_of(Provenance, "provenance")),
            Field("confidence", choice_of(Confidence, "confidence")),
            SOURCES,
            Field("note", LONG),
        ),
        key=("field",),
        check=_check,
    ),
)


def note_sources(record_id: int, values: Mapping[str, Any], entry: Entry) -> None:
    """Put changed sources into the history; their rows belong to a citation, which is no record."""
    if entry.changes is None or "citations" not in values:
        return
    old, new = ({row["field"] or "": row["sources"] for row in rows} for rows in _both(values, entry))
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name) or None, new.get(name) or None
        if before != after:
            noted = entry.changes.fields.setdefault((record_id, entry.kind), {})
            noted[f"citation.{name}.sources"] = [before, after]


def _both(values: Mapping[str, Any], entry: Entry) -> tuple[Any, Any]:
    return entry.stored.get("citations") or (), values["citations"]
