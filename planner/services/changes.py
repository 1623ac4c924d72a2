"""How every write ends: what changed is collected while it is flushed, then audiences, chain, search, calendar, mail to
who is invited, and audit follow.

`with change(actor, at=now) as changes:` is the one way to write. It takes the write lock, collects the old and new
value of every field of every record and of the rows that belong to records, and at its end brings what is derived up to
date and appends one audit entry per record (`audit_chain.py`). A write to a record outside of it is a fault of the
program and raises.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, configure_mappers
from sqlalchemy.orm.attributes import flag_modified

from planner.access.viewer import Viewer
from planner.core.db import Base, db, transaction
from planner.models import Record, UserAccount
from planner.services import audiences, audit_chain, calendar_entries, chain, data_state, invitation_mail, search_index
from planner.services.owners import owner_id, removed_rows

_SILENT = {
    "rev",
    "imported_rev",
    "created_at",
    "updated_at",
    "kind",
    "id",
    "audience",
    "home_body_id",
    "home_meeting_id",
}
_SECRET = {"password_hash"}


@dataclass
class Changes:
    """What one transaction changed: per record (or other audited row) the fields with their old and new values."""

    actor: Viewer
    at: datetime
    action: str | None = None
    reason: str | None = None
    created: dict[int, str] = field(default_factory=dict)
    """Ids of new records and their kinds."""
    fields: dict[tuple[int | None, str], dict[str, list[Any]]] = field(default_factory=dict)
    """(record id or None, subject) → field → [old, new]."""
    touched: set[int] = field(default_factory=set)
    """Records of which anything changed, for what is derived."""

    has_written: bool = False
    """Whether any row at all was written, audited or not."""

    def touch(self, *record_ids: int) -> None:
        """Have what is derived from further records brought up to date too."""
        self.touched.update(record_ids)

    def note(self, record_id: int, kind: str, field: str, old: Any, new: Any) -> None:
        """Put into the history of a record what happened to a row beside it that is no part of what the record says.

        The record keeps its revision: nobody who edits it meets a conflict over an answer that came in.
        """
        self.fields.setdefault((record_id, kind), {})[field] = [plain(old), plain(new)]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing changed."""
        return not self.created and not self.fields


@contextmanager
def change(actor: Viewer, *, at: datetime, action: str | None = None, reason: str | None = None) -> Iterator[Changes]:
    """Open the one write transaction, or join the outer one; see the head of this module.

    `at` is the instant of the change (aware). Whatever is raised inside rolls everything back.
    """
    running: Changes | None = db.session.info.get("changes")
    if running is not None:
        yield running
        return
    changes = Changes(actor=actor, at=at, action=action, reason=reason)
    with transaction(write=True):
        db.session.info["changes"] = changes
        try:
            yield changes
            _finish(changes)
        finally:
            db.session.info.pop("changes", None)


def _finish(changes: Changes) -> None:
    db.session.flush()
    if changes.touched:
        moved = audiences.refresh(changes.touched)
        chain.refresh(changes.touched)
        search_index.refresh(changes.touched)
        calendar_entries.refresh(changes.touched | moved, at=changes.at)
        invitation_mail.follow(changes.touched | moved, at=changes.at)
    audit_chain.append(changes)
    db.session.flush()
    if changes.has_written or changes.touched:
        data_state.begin_another()


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: instants, days and enum members as text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _keep_old_values() -> None:
    """Have the old value of a field read before it is overwritten, so that the history never has to say "unknown"."""
    configure_mappers()
    for mapper in Base.registry.mappers:
        for attribute in mapper.column_attrs:
            getattr(mapper.class_, attribute.key).impl.active_history = True


_keep_old_values()


@event.listens_for(Session, "before_flush")
def _collect_edits(session: Session, _context: object, _instances: object) -> None:
    """Note what is about to change, stamp records, and refuse what must not happen."""
    changes: Changes | None = session.info.get("changes")
    for row in session.new:
        if isinstance(row, Record):
            _stamp(_needed(changes), row, new=True)
        else:
            _revise_owner(session, changes, row)
    for row in session.deleted:
        if isinstance(row, Record):
            raise RuntimeError(f"{row!r}: records are cancelled, never deleted")  # noqa: TRY004 - it is no question of type
        _revise_owner(session, changes, row)
        if _is_audited(row):
            _note_row(_needed(changes), row, _values(row, deleted=True))
    for row in session.dirty:
        if session.is_modified(row):
            _note_edit(session, changes, row)


def _note_edit(session: Session, changes: Changes | None, row: Base) -> None:
    _revise_owner(session, changes, row)
    if not _is_audited(row):
        return
    edited = _edits(row)
    if isinstance(row, Record):
        _stamp(_needed(changes), row, new=False)
    if edited:
        _note_row(_needed(changes), row, edited)
    for gone in removed_rows(row):
        if _is_audited(gone):
            _note_row(_needed(changes), gone, _values(gone, deleted=True))


@event.listens_for(Session, "do_orm_execute")
def _notice_statements(execution: ORMExecuteState) -> None:
    """Notice what is written by a statement of its own, which no flush tells of."""
    changes: Changes | None = execution.session.info.get("changes")
    if changes is not None and not execution.is_select:
        changes.has_written = True


@event.listens_for(Session, "after_flush")
def _collect_new(session: Session, _context: object) -> None:
    """Note new rows once they have their ids."""
    changes: Changes | None = session.info.get("changes")
    if changes is None:
        return
    changes.has_written = True
    changes.created.update({row.id: row.kind for row in session.new if isinstance(row, Record)})
    for row in session.new:
        if _is_audited(row):
            _note_row(changes, row, _values(row, deleted=False))


def _needed(changes: Changes | None) -> Changes:
    if changes is None:
        raise RuntimeError("records are written inside services.changes.change() only")
    return changes


def _is_audited(row: object) -> bool:
    return isinstance(row, Record | UserAccount) or hasattr(row, "__audit_parent__")


def _stamp(changes: Changes, record: Record, *, new: bool) -> None:
    if new:
        record.created_at = record.created_at or changes.at
        record.ref = (
            record.ref or f"{record.kind or type(record).__mapper__.polymorphic_identity}-{uuid.uuid4().hex[:16]}"
        )
    record.updated_at = changes.at
    if not new:
        # Two changes of one instant are two revisions: without this the second would be no change of the row.
        flag_modified(record, "updated_at")


def _revise_owner(session: Session, changes: Changes | None, row: Base) -> None:
    """Count up the revision of the record that a row belongs to: its rows are what it says, as its own fields are.

    Otherwise an import, or a form, would take a record of which only such rows were changed for one that nobody has
    touched. A row that has no owner's id yet comes through a list of its owner, which is stamped as changed itself.
    """
    record_id = owner_id(session, row)
    owner = session.get(Record, record_id) if record_id is not None else None
    if owner is not None and owner not in session.new:
        _stamp(_needed(changes), owner, new=False)


def _edits(row: Base) -> dict[str, list[Any]]:
    state = inspect(row)
    edited: dict[str, list[Any]] = {}
    for attribute in state.mapper.column_attrs:
        key = attribute.key
        if key in _SILENT and isinstance(row, Record):
            continue
        history = state.attrs[key].history
        if not history.has_changes():
            continue
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else None
        if old != new:
            edited[key] = ["…", "…"] if key in _SECRET else [plain(old), plain(new)]
    return edited


def _values(row: Base, *, deleted: bool) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {}
    for attribute in inspect(row).mapper.column_attrs:
        if attribute.key in _SILENT and isinstance(row, Record):
            continue
        value = plain(getattr(row, attribute.key))
        if value is None:
            continue
        value = "…" if attribute.key in _SECRET else value
        values[attribute.key] = [value, None] if deleted else [None, value]
    return values


def _note_row(changes: Changes, row: Base, fields: dict[str, list[Any]]) -> None:
    """Put the fields of a row under its record; rows that belong to a record carry table and key in the field's
    name.
    """
    if isinstance(row, Record):
        changes.touch(row.id)
        key: tuple[int | None, str] = (row.id, row.kind)
        prefix = ""
    elif isinstance(row, UserAccount):
        key, prefix = (None, f"user_account {row.id}"), ""
    else:
        parent_column = row.__audit_parent__  # type: ignore[attr-defined]
        parent_id = getattr(row, parent_column)
        kind = _kind_of(changes, parent_id)
        key = (parent_id, kind) if kind else (None, row.__tablename__)
        if kind:
            changes.touch(parent_id)
        identity = [
            str(plain(getattr(row, str(column.key))))
            for column in inspect(type(row)).primary_key
            if column.key != parent_column
        ]
        prefix = ".".join([row.__tablename__, *identity]) + "."
        fields = {name: values for name, values in fields.items() if name != parent_column}
    noted = changes.fields.setdefault(key, {})
    for name, (old, new) in fields.items():
        first = noted.get(prefix + name)
        noted[prefix + name] = [first[0], new] if first else [old, new]


def _kind_of(changes: Changes, record_id: int) -> str | None:
    """Return the kind of a record; one that was just written is not asked of the database again."""
    if record_id in changes.created:
        return changes.created[record_id]
    record = db.session.get(Record, record_id)
    return record.kind if record else None
