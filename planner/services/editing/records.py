"""Creating and editing a record of any kind: rights, rules, conflict, and one change in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from planner.access import policy
from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.core.errors import Invalid, NotAllowed, NotVisible
from planner.core.i18n import N_
from planner.models import AuditEntry, Body, Origin, PlanItem, PlanVersion, Record
from planner.rules import lifecycle
from planner.rules.audience import Ground
from planner.services import changes
from planner.services.editing import plan_items
from planner.services.editing.faults import EditConflict, Wrong, guarded
from planner.services.editing.kinds import text_of
from planner.services.editing.reading import digest, load, read, require_edit, require_open, spec_of
from planner.services.editing.spec import Entry, Spec, Values
from planner.services.editing.specs import SPECS
from planner.services.editing.specs.citing import note_sources
from planner.services.editing.specs.cycles import require_slug
from planner.services.editing.writing import check_audience, clean, write


def may_create(actor: Viewer, kind: str) -> bool:
    """Say whether the actor may create records of a kind for some body at all."""
    spec = SPECS.get(kind)
    if spec is None or not spec.creatable:
        return False
    return any(policy.may_change(actor, kind, body) for body in (None, *sorted(actor.bodies)))


def require_creation(actor: Viewer, kind: str) -> Spec:
    """Return the spec of a kind. Raises NotVisible for an unknown kind, NotAllowed where the actor may create none."""
    spec = SPECS.get(kind)
    if spec is None or not spec.creatable:
        raise NotVisible
    if not may_create(actor, kind):
        raise NotAllowed(N_("Your offices do not allow this."))
    return spec


def create_record(actor: Viewer, kind: str, *, at: datetime, values: Mapping[str, Any]) -> Record:
    """Create a record and return it. `values` maps fields of its spec to what was typed.

    Raises NotVisible for an unknown kind, NotAllowed, and Invalid with all that is wrong per field.
    """
    spec = require_creation(actor, kind)
    with guarded(), changes.change(actor, at=at) as change:
        entry = Entry(actor=actor, at=at, kind=kind, changes=change)
        cleaned = clean(spec, values, entry)
        if kind == "plan_item":
            item = plan_items.create_item(spec, cleaned, entry)
            note_sources(item.id, cleaned, entry)
            return item
        parent = _parent(spec, cleaned)
        _require_place(actor, kind, parent)
        check_audience(kind, cleaned, parent)
        record: Record = spec.model(kind=kind, **_start(spec, parent))
        write(record, tuple(f for f in spec.fields if f.on == "record"), cleaned, None)
        _keep_visible(actor, record, spec)
        if spec.title_of:
            record.title = spec.title_of(cleaned, entry)
        spec.derive(record, cleaned, entry)
        db.session.add(record)
        db.session.flush()
        if isinstance(record, PlanVersion):
            plan_items.copy_into(record)
        spec.after(record, cleaned, entry)
        note_sources(record.id, cleaned, entry)
    return record


def _start(spec: Spec, parent: Record | None) -> Values:
    illustration = parent is not None and parent.origin is Origin.ILLUSTRATION
    return {
        "origin": Origin.ILLUSTRATION if illustration else Origin.OWN,
        "state": lifecycle.initial(spec.kind) if spec.kind in lifecycle.LIFECYCLES else None,
        "published": spec.published,
        "audience_parent_id": parent.id if parent is not None else None,
    }


def _parent(spec: Spec, values: Values) -> Record | None:
    """Return the audience parent that the values name, or None."""
    for name in spec.parents:
        if values.get(name) is not None:
            return db.session.scalars(select(Record).where(Record.id == values[name])).one()
    return None


def _require_place(actor: Viewer, kind: str, parent: Record | None) -> None:
    """Raise NotAllowed where the actor may create records of the kind, but not there."""
    policy.require_change(actor, kind, parent.home_body_id if parent is not None else None)


def edit_record(
    actor: Viewer,
    record_id: int,
    *,
    rev: int,
    at: datetime,
    values: Mapping[str, Any],
    reason: str | None = None,
    base: Mapping[str, str] | None = None,
) -> Record:
    """Change a record and return it. `rev` is the revision that the actor saw; fields that are left out stay.

    `base` maps fields to the digest of the value that the form began with (`reading.digests`), by which a conflict can
    tell who changed what. Raises NotVisible, NotAllowed, Invalid, and EditConflict where somebody saved in between.
    """
    with guarded(), changes.change(actor, at=at, reason=_reason(reason)) as change:
        record = load(actor, record_id)
        require_edit(actor, record)
        spec = spec_of(record)
        if record.kind == "plan_version" and any(spec.field(name) is None for name in values):
            require_open(record)
        if isinstance(record, Body):
            require_slug(record, values)
        stored = read(record, spec)
        entry = Entry(actor=actor, at=at, kind=record.kind, record=record, stored=stored, changes=change)
        cleaned = clean(spec, values, entry)
        changed = {name for name in cleaned if cleaned[name] != stored[name]}
        if not changed:
            return record
        if record.rev != rev:
            raise _conflict(record, stored, cleaned, changed, base)
        if isinstance(record, PlanItem):
            plan_items.edit_item(record, spec, cleaned, entry)
        else:
            _place(actor, record, spec, cleaned, changed)
            write(record, tuple(f for f in spec.fields if f.on == "record"), cleaned, stored)
            _keep_visible(actor, record, spec)
            if spec.title_of:
                record.title = spec.title_of(cleaned, entry)
            spec.derive(record, cleaned, entry)
            db.session.flush()
            spec.after(record, cleaned, entry)
        note_sources(record.id, cleaned, entry)
        change.touch(record.id)
        touch(record, at)
    return record


def _place(actor: Viewer, record: Record, spec: Spec, values: Values, changed: set[str]) -> None:
    """Give a record the audience parent that its new values name; a right is needed there too."""
    if changed & set(spec.parents):
        parent = _parent(spec, values)
        _require_place(actor, record.kind, parent)
        record.audience_parent_id = parent.id if parent is not None else None
        if record.origin is Origin.OWN and parent is not None and parent.origin is Origin.ILLUSTRATION:
            record.origin = Origin.ILLUSTRATION
    parent_id = record.audience_parent_id
    if parent_id is not None:
        check_audience(record.kind, values, db.session.scalars(select(Record).where(Record.id == parent_id)).one())


def _keep_visible(actor: Viewer, record: Record, spec: Spec) -> None:
    """Have a record that belongs to no body be seen by somebody: it has no officers, and nothing to inherit from."""
    if record.audience_parent_id is not None:
        return
    if record.audience_own is None:
        record.audience_own = spec.root_audience or int(Ground.PUBLIC)
    if record.audience_own == int(Ground.OFFICERS) and not actor.everywhere:
        raise Invalid({"audience_own": N_("It belongs to no body, so it has no officers who would see it.")})


def touch(record: Record, at: datetime) -> None:
    """Count the revision up although perhaps only rows that belong to the record changed."""
    record.updated_at = at
    flag_modified(record, "updated_at")
    db.session.flush()


def _conflict(
    record: Record, stored: Values, sent: Values, changed: set[str], base: Mapping[str, str] | None
) -> EditConflict:
    theirs: Values = {}
    yours: Values = {}
    merged: Values = {}
    mine: Values = {}
    known = base or {}
    for name in sorted(changed):
        if name in known and digest(sent[name]) == known[name]:
            merged[name] = stored[name]
        elif name in known and digest(stored[name]) == known[name]:
            mine[name] = sent[name]
        else:
            theirs[name], yours[name] = stored[name], sent[name]
    return EditConflict(theirs=theirs, yours=yours, merged=merged, mine=mine, rev=record.rev, who=_last_editor(record))


def _last_editor(record: Record) -> str:
    latest = select(AuditEntry.actor_name).where(AuditEntry.record_id == record.id).order_by(AuditEntry.id.desc())
    return db.session.scalar(latest.limit(1)) or "?"


def _reason(reason: str | None) -> str | None:
    try:
        return text_of(reason, 2000, lines=True)
    except Wrong as error:
        raise Invalid({"reason": error.parts[""]}) from None


def find_visible(actor: Viewer, record_id: int) -> Record:
    """Return a record of any kind that the actor may see, its common columns only. Raises NotVisible."""
    record = db.session.scalars(select(Record).where(Record.id == record_id, visible(actor))).one_or_none()
    if record is None:
        raise NotVisible
    return record
