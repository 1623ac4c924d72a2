"""Every write leaves its trace: old and new values, in order, in a chain that shows tampering."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.models import AuditEntry, Document
from planner.services import changes

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
    assert changes.broken_audit_entry() is None
    with pytest.raises(Exception, match="history does not change"):
        db.session.execute(text("UPDATE audit_entry SET actor_name = 'somebody else' WHERE id = 1"))
    db.session.rollback()
