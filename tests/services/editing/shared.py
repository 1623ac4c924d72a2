"""What tests of writing share: the demo people as viewers, records of the illustration, and what a refusal says."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.core.errors import Invalid
from planner.models import AuditEntry, Body, Meeting, Plan, Record, UserAccount
from planner.services import accounts, editing
from tests.conftest import NOW


def viewer(name: str) -> Viewer:
    account = db.session.scalars(select(UserAccount).where(UserAccount.email == f"{name}@demo.example")).one()
    found = accounts.load_viewer(account.id, account.session_epoch, day=NOW.date())
    assert found is not None
    return found


def first(model: type[Any], **values: Any) -> Any:
    return db.session.scalars(select(model).filter_by(origin="illustration", **values).order_by(model.id)).first()


def group() -> Body:
    return db.session.scalars(select(Body).where(Body.id == first(Plan).body_id)).one()


def invalid(kind: str, values: dict[str, Any], actor: str = "admin") -> dict[str, str]:
    before = db.session.scalar(select(func.count()).select_from(Record))
    with pytest.raises(Invalid) as caught:
        editing.create_record(viewer(actor), kind, at=NOW, values=values)
    assert db.session.scalar(select(func.count()).select_from(Record)) == before
    return {name: str(text) for name, text in caught.value.fields.items()}


def a_document(**values: Any) -> Record:
    values = {"title": "A paper", "doc_kind": "proposal", "body_id": group().id, **values}
    return editing.create_record(viewer("secretariat"), "document", at=NOW, values=values)


def changes_of(record: Record) -> list[dict[str, Any]]:
    entries = select(AuditEntry).where(AuditEntry.record_id == record.id).order_by(AuditEntry.id)
    return [entry.changes for entry in db.session.scalars(entries)]


def new_session() -> dict[str, Any]:
    meeting = db.session.scalars(
        select(Meeting).where(Meeting.body_id == group().id, Meeting.origin == "illustration").order_by(Meeting.id)
    ).first()
    assert meeting is not None
    return {"title": "A session", "meeting_id": meeting.id, "session_kind": "session", "zone": "Europe/Zurich"}
