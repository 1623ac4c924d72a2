"""What a new record begins with, from where it was asked for: the meeting of a session, the theme above a topic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.models import AgendaItem, Meeting, PlanItem, Record
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds import Choice, Rows
from planner.services.editing.reading import current_revision
from planner.services.editing.references import Ref, References
from planner.services.editing.spec import Spec, Values

_BELOW = {"theme": "topic", "topic": "question"}


def suggested_values(viewer: Viewer, spec: Spec, asked: Mapping[str, str]) -> Values:
    """Return plain values for the form of a new record.

    `asked` maps names of fields, or of references without "_id", to what an address says; what is no record that the
    viewer may see, or no choice, is left out.
    """
    values: Values = {
        field.name: list(field.kind.empty) if isinstance(field.kind.empty, tuple) else field.kind.empty
        for field in spec.fields
    }
    if spec.kind == "plan_session":
        values["session_kind"] = "session"
    for name, text in asked.items():
        field = spec.field(f"{name}_id") or spec.field(name)
        if field is None or isinstance(field.kind, Rows):
            continue
        found = _read(viewer, field.kind, text)
        if found is not None:
            values[field.name] = found
    if spec.kind == "plan_item" and values["parent_id"] is not None:
        values.update(_below(values["parent_id"]))
    if spec.kind == "meeting":
        values["zone"] = _usual_zone(values["body_id"])
    return values


def _read(viewer: Viewer, kind: Any, text: str) -> Any:
    if isinstance(kind, Ref | References):
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            return None
        rows = select(Record.id).where(Record.id == int(text), Record.kind.in_(kind.kinds), visible(viewer))
        found = db.session.scalar(rows)
        return [found] if found is not None and isinstance(kind, References) else found
    if isinstance(kind, Choice):
        return text if text in kind.codes else None
    try:
        return kind.clean(text, None)
    except (Wrong, AttributeError):
        return None


def _below(parent_id: int) -> Values:
    item = db.session.scalars(select(PlanItem).where(PlanItem.id == parent_id)).one()
    revision = current_revision(item)
    return {
        "plan_id": item.plan_id,
        "item_kind": _BELOW.get(str(item.item_kind)),
        "cycle_id": revision.cycle_id if revision else None,
    }


def _usual_zone(body_id: int | None) -> str | None:
    """Return the zone of the latest meeting, of the body where there is one."""
    rows = select(Meeting.zone).order_by(Meeting.start_on.desc(), Meeting.id.desc()).limit(1)
    return db.session.scalar(rows.where(Meeting.body_id == body_id) if body_id else rows)


def session_of_agenda_item(item_id: int) -> int:
    """Return the session on whose agenda an item stands. Raises NotVisible where it is no item."""
    found = db.session.scalar(select(AgendaItem.session_id).where(AgendaItem.id == item_id))
    if found is None:
        raise NotVisible
    return found
