"""Every write leaves its trace: old and new values, in order, in a chain that shows tampering."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import selectinload

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.models import AuditEntry, Citation, CitationSource, Document, DocumentLanguage, Provenance, Source
from planner.services import audit_chain, changes

from ..conftest import NOW


@pytest.fixture
def paper(context: None, actor: Viewer) -> int:
    with changes.change(actor, at=NOW):
        document = Document(ref="d", title="First title", doc_kind="working_paper", audience_own=1)
        db.session.add(document)
        db.session.flush()
        return document.id


def entries() -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_an_edit_is_kept_with_its_old_and_new_value(paper: int, actor: Viewer) -> None:
    with changes.change(actor, at=NOW, reason="a better word"):
        db.session.get_one(Document, paper).title = "Second title"
    last = entries()[-1]
    assert (last.record_id, last.action, last.changes, last.reason, last.actor_name) == (
        paper, "edit", {"title": ["First title", "Second title"]}, "a better word", "test"
    )  # fmt: skip


def test_the_old_value_of_a_field_that_was_not_loaded_is_kept(paper: int, actor: Viewer) -> None:
    with changes.change(actor, at=NOW):
        document = db.session.get_one(Document, paper)
        db.session.expire(document, ["doc_kind", "note"])
        document.doc_kind = "guidance"
        document.note = None
    assert entries()[-1].changes == {"doc_kind": ["working_paper", "guidance"]}


def fail_after_writing(paper: int, actor: Viewer) -> None:
    with changes.change(actor, at=NOW):
        db.session.get_one(Document, paper).title = "Never"
        db.session.flush()
        raise RuntimeError("stop")


def test_nothing_is_written_when_a_change_fails(paper: int, actor: Viewer) -> None:
    before = len(entries())
    with pytest.raises(RuntimeError, match="stop"):
        fail_after_writing(paper, actor)
    assert db.session.get_one(Document, paper).title == "First title"
    assert len(entries()) == before


def test_a_write_outside_of_a_change_is_refused(paper: int) -> None:
    db.session.get_one(Document, paper).title = "Unseen"
    with pytest.raises(RuntimeError, match="inside"):
        db.session.flush()
    db.session.rollback()


def test_records_are_never_deleted(paper: int, actor: Viewer) -> None:
    with pytest.raises(RuntimeError, match="never deleted"), changes.change(actor, at=NOW):
        db.session.delete(db.session.get_one(Document, paper))


def test_the_chain_of_the_history_shows_tampering(paper: int, actor: Viewer) -> None:
    with changes.change(actor, at=NOW):
        db.session.get_one(Document, paper).title = "Second title"
    assert audit_chain.broken_audit_entry() is None
    with pytest.raises(Exception, match="history does not change"):
        db.session.execute(text("UPDATE audit_entry SET actor_name = 'somebody else' WHERE id = 1"))
    db.session.rollback()


@pytest.fixture
def paper_with_rows(context: None, actor: Viewer) -> int:
    with changes.change(actor, at=NOW):
        source = Source(ref="s", title="A page", source_kind="other", reference="r", extent="whole", audience_own=1)
        db.session.add(source)
        db.session.flush()
        document = Document(
            ref="d", title="First title", doc_kind="working_paper", audience_own=1,
            languages=[DocumentLanguage(language="en", position=0), DocumentLanguage(language="fr", position=1)],
            citations=[
                Citation(provenance=Provenance.SOURCED, source_links=[CitationSource(source_id=source.id, position=0)])
            ],
        )  # fmt: skip
        db.session.add(document)
        db.session.flush()
        return document.id


def set_address(document: Document) -> None:
    document.languages[0].url = "https://example.org/"


def add_language(document: Document) -> None:
    db.session.add(DocumentLanguage(document_id=document.id, language="es", position=2))


def append_language(document: Document) -> None:
    document.languages.append(DocumentLanguage(language="es", position=2))


def delete_language(document: Document) -> None:
    db.session.delete(document.languages[1])


def remove_language(document: Document) -> None:
    document.languages.remove(document.languages[1])


def change_citation(document: Document) -> None:
    document.citations[0].note = "page 3"


def change_source(document: Document) -> None:
    document.citations[0].source_links[0].position = 4


def remove_source(document: Document) -> None:
    document.citations[0].source_links.clear()


@pytest.mark.parametrize(
    "edit",
    [
        set_address, add_language, append_language, delete_language, remove_language,
        change_citation, change_source, remove_source,
    ],
)  # fmt: skip
def test_a_row_of_a_record_is_part_of_its_revision(
    paper_with_rows: int, actor: Viewer, edit: Callable[[Document], None]
) -> None:
    rows = (
        selectinload(Document.languages),
        selectinload(Document.citations).selectinload(Citation.source_links),
    )
    with changes.change(actor, at=NOW):  # at the same instant: the revision counts, not the clock
        document = db.session.get_one(Document, paper_with_rows, options=rows)
        before = document.rev
        edit(document)
    assert db.session.get_one(Document, paper_with_rows).rev == before + 1


@pytest.mark.parametrize("edit", [delete_language, remove_language])
def test_a_row_that_is_taken_away_is_in_the_history(
    paper_with_rows: int, actor: Viewer, edit: Callable[[Document], None]
) -> None:
    with changes.change(actor, at=NOW):
        edit(db.session.get_one(Document, paper_with_rows, options=[selectinload(Document.languages)]))
    assert entries()[-1].changes == {
        "document_language.fr.language": ["fr", None],
        "document_language.fr.position": [1, None],
    }


def test_reading_a_record_is_no_revision(paper_with_rows: int, actor: Viewer) -> None:
    with changes.change(actor, at=NOW):
        document = db.session.get_one(Document, paper_with_rows, options=[selectinload(Document.languages)])
        before = document.rev
        document.languages[0].position = 0
    assert db.session.get_one(Document, paper_with_rows).rev == before
