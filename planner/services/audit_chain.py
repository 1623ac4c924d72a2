"""The audit: one entry per record and change, each with the hash of the one before it, so that none can be altered
unseen.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from planner.core.db import db
from planner.models import AuditEntry, AuditHead

if TYPE_CHECKING:
    from planner.services.changes import Changes

GENESIS = "0" * 64
"""The hash before the first entry."""


def append(changes: Changes) -> None:
    """Append one entry per record, in a fixed order, each with the hash of the one before it."""
    if changes.is_empty:
        return
    head = db.session.scalars(select(AuditHead).with_for_update()).one_or_none()
    if head is None:
        head = AuditHead(id=1, hash=GENESIS)
        db.session.add(head)
    for (record_id, subject), fields in sorted(changes.fields.items(), key=lambda item: (item[0][0] or 0, item[0][1])):
        entry = AuditEntry(
            at=changes.at,
            actor_id=changes.actor.user_id,
            actor_name=changes.actor.name,
            action=changes.action or ("create" if _is_new(changes, record_id, fields) else "edit"),
            record_id=record_id,
            subject=subject,
            changes=fields,
            reason=changes.reason,
            previous_hash=head.hash,
        )
        entry.hash = entry_hash(entry)
        head.hash = entry.hash
        db.session.add(entry)


def _is_new(changes: Changes, record_id: int | None, fields: dict[str, list[Any]]) -> bool:
    """Say whether a change made the record, or the row that is none (an account), that it tells of."""
    if record_id is not None:
        return record_id in changes.created
    return fields.get("id", ["", None])[0] is None


def entry_hash(entry: AuditEntry) -> str:
    """Return the SHA-256 (hex) of an entry's content and of the hash before it, over canonical JSON."""
    content = [
        entry.previous_hash,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.record_id,
        entry.subject,
        entry.changes,
        entry.reason,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_audit_entry() -> int | None:
    """Return the id of the first audit entry whose hash does not follow from what it says, or None when the chain is
    whole.
    """
    previous = GENESIS
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)):
        if entry.previous_hash != previous or entry.hash != entry_hash(entry):
            return entry.id
        previous = entry.hash
    return None
