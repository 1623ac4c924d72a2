"""What is stored of a record, as plain values of its spec."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from planner.access import policy
from planner.access.viewer import Viewer
from planner.access.visibility import visible, visible_records
from planner.core.db import db
from planner.core.errors import Conflict, NotAllowed, NotVisible
from planner.core.i18n import N_
from planner.models import (
    Origin,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    Record,
    VersionKind,
)
from planner.services.editing.held import rows_of
from planner.services.editing.kinds import Rows
from planner.services.editing.references import Links
from planner.services.editing.spec import Field, Spec, Values
from planner.services.editing.specs import SPECS, cycles, plans


@dataclass(frozen=True)
class Editable:
    """A record as its form shows it."""

    record: Record
    spec: Spec
    values: Values
    rev: int

    @property
    def is_closed(self) -> bool:
        """Say whether its text does not change any more."""
        return self.spec is plans.CLOSED_VERSION

    @property
    def is_illustration(self) -> bool:
        """Say whether the record belongs to the worked example."""
        return self.record.origin is Origin.ILLUSTRATION


def get_editable(viewer: Viewer, record_id: int) -> Editable:
    """Return a record with its values for a form. Raises NotVisible, then NotAllowed."""
    record = load(viewer, record_id)
    require_edit(viewer, record)
    spec = spec_of(record)
    return Editable(record, spec, read(record, spec), record.rev)


def require_edit(viewer: Viewer, record: Record) -> None:
    """Raise NotAllowed where the viewer may see a record and not change it, or nobody may."""
    policy.require_change(viewer, record.kind, record.home_body_id)
    if record.kind not in SPECS:
        raise NotAllowed(N_("This does not change any more. What follows it is a record of its own."))


def spec_of(record: Record) -> Spec:
    """Return what may be written of a record as it stands: of a version that was acted on less than of a draft, and the
    address of a body only until others see it.
    """
    if record.kind == "body" and cycles.is_seen(record):
        return cycles.SEEN_BODY
    is_closed = record.kind == "plan_version" and plans.is_closed(record)
    return plans.CLOSED_VERSION if is_closed else SPECS[record.kind]


def require_open(version: Record) -> None:
    """Raise Conflict where the Conference acted on a version: its text never changes again."""
    if plans.is_closed(version):
        raise Conflict(N_("The Conference has acted on this version. Its text does not change any more."))


def find_kind(viewer: Viewer, record_id: int) -> str:
    """Return the kind of a record that the viewer may see. Raises NotVisible."""
    if not 0 < record_id < 2**31:
        raise NotVisible
    kind = db.session.scalar(select(Record.kind).where(Record.id == record_id, visible(viewer)))
    if kind is None:
        raise NotVisible
    return kind


def load(viewer: Viewer, record_id: int) -> Record:
    """Return a record with every row that its spec reads. Raises NotVisible where the viewer may not see it."""
    kind = find_kind(viewer, record_id)
    spec = SPECS.get(kind)
    model = spec.model if spec else Record
    rows = visible_records(viewer, model).where(model.id == record_id)
    if spec:
        fields = (*spec.fields, *(plans.CLOSED_VERSION.fields if kind == "plan_version" else ()))
        rows = rows.options(*(option for field in fields for option in _loads(spec, field)))
    record: Record = db.session.scalars(rows.execution_options(populate_existing=True)).one()
    return record


def _loads(spec: Spec, field: Field) -> list[Any]:
    if not isinstance(field.kind, Links | Rows):
        return []
    if field.on == "revision":
        through: InstrumentedAttribute[Any] = getattr(spec.model, "revisions")  # noqa: B009 - a plan item has them
        return [selectinload(through).selectinload(getattr(PlanItemRevision, field.kind.collection))]
    rows = selectinload(getattr(spec.model, field.kind.collection))
    inner = [cell.kind for cell in field.kind.fields] if isinstance(field.kind, Rows) else []
    nested = [kind for kind in inner if isinstance(kind, Links)]
    return [rows.selectinload(getattr(field.kind.row, kind.collection)) for kind in nested] or [rows]


def read(record: Record, spec: Spec) -> Values:
    """Return the plain values of a loaded record."""
    virtual = spec.read(record)
    revision = current_revision(record) if isinstance(record, PlanItem) else None
    values: Values = {}
    for field in spec.fields:
        if field.on == "virtual":
            values[field.name] = virtual.get(field.name)
        else:
            source = revision if field.on == "revision" else record
            values[field.name] = field.kind.empty if source is None else read_field(source, field)
        if isinstance(values[field.name], tuple):
            values[field.name] = list(values[field.name])
    return values


def read_field(source: Any, field: Field) -> Any:
    """Return the plain value of one field."""
    kind = field.kind
    if isinstance(kind, Links):
        return [getattr(row, kind.target) for row in rows_of(source, kind)]
    if isinstance(kind, Rows):
        return [{inner.name: read_field(row, inner) for inner in kind.fields} for row in rows_of(source, kind)]
    return kind.plain(getattr(source, field.name))


def working_copy_of(plan_id: int) -> PlanVersion | None:
    """Return the working copy of a plan, or None."""
    return db.session.scalars(
        select(PlanVersion).where(PlanVersion.plan_id == plan_id, PlanVersion.version_kind == VersionKind.WORKING_COPY)
    ).one_or_none()


def current_revision(item: PlanItem) -> PlanItemRevision | None:
    """Return the revision that officers edit from: that of the working copy, else the shown one, else the newest."""
    revisions = list(
        db.session.scalars(
            select(PlanItemRevision)
            .where(PlanItemRevision.item_id == item.id)
            .order_by(PlanItemRevision.id)
            .options(selectinload(PlanItemRevision.article_links), selectinload(PlanItemRevision.stage_links))
        )
    )
    copy = working_copy_of(item.plan_id)
    for revision in revisions:
        if copy is not None and revision.version_id == copy.id:
            return revision
    shown = [revision for revision in revisions if revision.is_shown]
    found = shown or revisions
    return found[-1] if found else None


def digest(value: Any) -> str:
    """Return a short digest of a plain value, by which a form says from which text it started."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def digests(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the digest of each value."""
    return {name: digest(value) for name, value in values.items()}
