"""Officers create and edit records with forms; what is saved is what the form shows."""

from __future__ import annotations

from sqlalchemy import select

from planner.core.db import db
from planner.models import AuditEntry, Record
from planner.services.editing import SPECS
from tests.administration.pages import errors_of, fields_of, with_values


def ids_by_kind(full_app, origin="illustration"):
    with full_app.app_context():
        rows = db.session.execute(select(Record.kind, Record.id).where(Record.origin == origin)).all()
    found = {}
    for kind, record_id in rows:
        found.setdefault(kind, record_id)
    return found


def test_every_form_opens(full_app, sign_in):
    admin = sign_in("admin")
    held = {**ids_by_kind(full_app, "record"), **ids_by_kind(full_app)}
    answers = {}
    for kind in SPECS:
        if SPECS[kind].creatable:
            answers[f"new {kind}"] = admin.get(f"/administration/new/{kind}").status_code
        if kind in held:
            answers[f"edit {kind}"] = admin.get(f"/records/{held[kind]}/edit").status_code
            answers[f"history {kind}"] = admin.get(f"/records/{held[kind]}/history").status_code
    assert answers == dict.fromkeys(answers, 200)


def test_a_form_that_is_sent_back_untouched_changes_nothing(full_app, sign_in):
    admin = sign_in("admin")
    with full_app.app_context():
        rows = db.session.execute(select(Record.id, Record.kind, Record.rev).where(Record.kind.in_(SPECS))).all()
    tried: dict[str, int] = {}
    for record_id, kind, rev in rows:
        if tried.get(kind, 0) >= 6:
            continue
        page = admin.get(f"/records/{record_id}/edit")
        if page.status_code == 409:
            continue
        tried[kind] = tried.get(kind, 0) + 1
        answer = admin.post(f"/records/{record_id}/edit", data=with_values(fields_of(page.data)))
        assert (kind, record_id, answer.status_code, errors_of(answer.data)) == (kind, record_id, 303, [])
        with full_app.app_context():
            after = db.session.scalar(select(Record.rev).where(Record.id == record_id))
            written = select(AuditEntry.changes).where(AuditEntry.record_id == record_id).order_by(AuditEntry.id.desc())
            assert (kind, after, db.session.scalars(written).first() if after != rev else None) == (kind, rev, None)
    assert set(tried) == set(SPECS)
