"""How a fact is known: entered with its sources, kept in the history, and told to the second of two editors."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from planner.core.db import db
from planner.models import Record, Source
from planner.services import audit_chain, editing, history, pages
from planner.services.editing import EditConflict
from tests.conftest import NOW
from tests.services.editing.shared import a_document, changes_of, invalid, viewer


def sources() -> list[Source]:
    return list(db.session.scalars(select(Source).where(Source.origin == "record").order_by(Source.id).limit(2)))


def cited(record: Record) -> list[dict[str, Any]]:
    return editing.get_editable(viewer("secretariat"), record.id).values["citations"]


def edit(record: Record, **values: Any) -> Record:
    return editing.edit_record(viewer("secretariat"), record.id, rev=record.rev, at=NOW, values=values)


def row(**given: Any) -> dict[str, Any]:
    return {"field": None, "provenance": None, "confidence": None, "sources": [], "note": None, **given}


def test_what_is_cited_is_stored_and_shown(full_context):
    one, other = sources()
    typed = [
        row(provenance="sourced", sources=[one.ref, f"{other.title} (#{other.id})"]),
        row(field="pages", provenance="recalled", confidence="low", note="Counted from memory."),
    ]
    document = a_document(pages="3", citations=typed)
    wanted = [{**typed[0], "sources": [one.id, other.id]}, typed[1]]
    assert cited(document) == wanted
    frame = pages.frame(viewer("secretariat"), document)
    assert [
        (c.field, str(c.provenance), str(c.confidence), c.note, [s[0] for s in c.sources]) for c in frame.citations
    ] == [
        ("", "sourced", "None", None, [one.id, other.id]),
        ("pages", "recalled", "low", "Counted from memory.", []),
    ]
    assert frame.recalled_fields == {"pages"}


def test_changed_sources_stand_in_the_history(full_context):
    one, other = sources()
    document = a_document(citations=[row(provenance="sourced", sources=[one.id])])
    edit(document, citations=[row(provenance="sourced", sources=[other.id])])
    assert changes_of(document)[-1] == {"citation..sources": [[one.id], [other.id]]}
    latest = history.get_history(viewer("secretariat"), document.id).entries[0]
    assert [(str(line.field), line.old, line.new) for line in latest.lines] == [
        ("How it is known: Read in", one.title, other.title)
    ]
    edit(document, citations=[])
    assert cited(document) == []
    assert audit_chain.broken_audit_entry() is None


def test_two_editors_of_citations_are_shown_both(full_context):
    one, other = sources()
    document = a_document()
    seen = editing.get_editable(viewer("secretariat"), document.id)
    base = editing.digests(seen.values)
    edit(document, citations=[row(provenance="sourced", sources=[one.id])])
    mine = [row(provenance="recalled", sources=[other.id])]
    with pytest.raises(EditConflict) as caught:
        editing.edit_record(
            viewer("secretariat"), document.id, rev=seen.rev, at=NOW, values={"citations": mine}, base=base
        )
    theirs = {"citations": [row(provenance="sourced", sources=[one.id])]}
    assert (caught.value.theirs, caught.value.yours) == (theirs, {"citations": mine})


BAD = [
    ([row(field="pages")], "citations.0.provenance"),
    ([row(confidence="low", sources=["att-text"])], "citations.0.provenance"),
    ([row(provenance="guessed")], "citations.0.provenance"),
    ([row(provenance="sourced", field="no such field")], "citations.0.field"),
    ([row(provenance="sourced", field="citations")], "citations.0.field"),
    ([row(provenance="sourced"), row(provenance="recalled")], "citations.1.field"),
    ([row(provenance="sourced", sources=["nothing of this name"])], "citations.0.sources"),
    ([row(provenance="sourced", sources=["#999999999"])], "citations.0.sources"),
    ([row(provenance="sourced", sources="att-text")], "citations.0.sources"),
    ([{"provenance": "sourced", "record_id": 1}], "citations"),
    ("sourced", "citations"),
    ([row(provenance="sourced", note="a\x00b")], "citations.0.note"),
    ([row(note="x")] * 201, "citations"),
]


def test_bad_citations_are_refused_beside_their_cell(full_context):
    one, _ = sources()
    for typed, fault in BAD:
        typed_well = [
            {**r, "sources": [one.ref]} if r.get("sources") == ["att-text"] else r for r in typed
        ] if isinstance(typed, list) else typed  # fmt: skip
        values = {"title": "A paper", "doc_kind": "proposal", "citations": typed_well}
        assert (str(typed)[:60], list(invalid("document", values, "secretariat"))) == (str(typed)[:60], [fault])
