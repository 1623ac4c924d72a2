"""From clean plain values to columns and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from planner.core.db import db, table_of
from planner.core.errors import Invalid
from planner.core.i18n import N_, Message
from planner.models import Body, Record
from planner.rules.audience import Ground, clamp, wider_than
from planner.services.editing.faults import Wrong
from planner.services.editing.held import has_position, rows_of
from planner.services.editing.kinds import Grounds, Rows
from planner.services.editing.references import Links
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs import inviting

KNOWN_ANYWAY = {"body", "meeting", "office", "cycle"}
"""Kinds that may be known even of a body whose work is closed (DESIGN section 3; services/audiences.py)."""


def clean(spec: Spec, sent: Mapping[str, Any], entry: Entry) -> Values:
    """Return the whole plain values: what is stored, changed by what was sent. Raises Invalid with all faults."""
    entry = replace(entry, names=tuple(field.name for field in spec.fields))
    values = dict(entry.stored) or {field.name: _empty(field) for field in spec.fields}
    wrong: dict[str, Message] = {}
    for name, raw in sent.items():
        field = spec.field(name)
        if field is None:
            wrong[name[:40]] = N_("This cannot be written.")
            continue
        if field.fixed and entry.record is not None:
            continue
        try:
            values[name] = field.kind.clean(raw, entry.of(name))
        except Wrong as error:
            wrong.update({f"{name}.{part}" if part else name: text for part, text in error.parts.items()})
    for field in spec.fields:
        if field.required and values[field.name] in (None, [], "") and not _mentioned(field.name, wrong):
            wrong[field.name] = N_("This is needed.")
    if not wrong:
        wrong = spec.check(values, entry) or inviting.check(values)
    if wrong:
        raise Invalid(wrong)
    return values


def _mentioned(name: str, wrong: Mapping[str, Message]) -> bool:
    return any(key.partition(".")[0] == name for key in wrong)


def _empty(field: Field) -> Any:
    return list(field.kind.empty) if isinstance(field.kind.empty, tuple) else field.kind.empty


def check_audience(kind: str, values: Values, parent: Record | None) -> None:
    """Raise Invalid where somebody is let in, by class or by name, whom the audience parent keeps out."""
    if parent is None:
        return
    mask = mask_below(parent, kind)
    words = values.get("audience_own")
    wider = wider_than(Grounds().column(words) or 0, mask) if words else 0
    if wider:
        names = ", ".join(str(ground.name).lower().replace("_", " ") for ground in Ground if wider & ground)
        raise Invalid({"audience_own": N_("What it belongs to is not open to so many: {names}.", names=names)})
    kept_out = inviting.kept_out(values, parent, mask)
    if kept_out:
        raise Invalid(kept_out)


def mask_below(parent: Record, kind: str) -> int:
    """Return the grounds within which a record of a kind below a parent must stay."""
    mask = parent.audience
    if kind not in KNOWN_ANYWAY and parent.kind in ("body", "meeting") and parent.home_body_id:
        body = table_of(Body)
        work = db.session.scalar(select(body.c.work_audience).where(body.c.id == parent.home_body_id))
        mask = clamp(work, mask) if work is not None else mask
    return mask


def write(target: Any, fields: tuple[Field, ...], values: Values, stored: Mapping[str, Any] | None) -> None:
    """Set the columns and rows of a record (or a revision) that differ from what is stored; None is a new one."""
    for field in fields:
        is_other = stored is None or stored.get(field.name) != values[field.name]
        if is_other and field.name != "audience_own":
            _write_field(target, field, values[field.name])
    names = {field.name for field in fields} & {"audience_own", *inviting.FIELDS}
    if names and (stored is None or any(stored.get(name) != values[name] for name in names)):
        target.audience_own = inviting.own_mask(values, target.audience_own)


def _write_field(target: Any, field: Field, value: Any) -> None:
    kind = field.kind
    if isinstance(kind, Links):
        _write_links(target, kind, value)
    elif isinstance(kind, Rows):
        _write_rows(target, kind, value)
    else:
        column = kind.column(value)
        if getattr(target, field.name) != column:
            setattr(target, field.name, column)


def _new_row(target: Any, kind: Links | Rows) -> Any:
    """Return a new row; one with an origin of its own has that of its record."""
    given = dict(kind.holds)
    if "origin" in kind.row.__table__.columns:  # type: ignore[attr-defined]
        given["origin"] = target.origin
    return kind.row(**given)


def _write_links(target: Any, kind: Links, ids: list[int]) -> None:
    rows = getattr(target, kind.collection)
    held = {getattr(row, kind.target): row for row in rows_of(target, kind)}
    for target_id, row in held.items():
        if target_id not in ids:
            rows.remove(row)
    for position, target_id in enumerate(ids):
        row = held.get(target_id)
        if row is None:
            row = _new_row(target, kind)
            setattr(row, kind.target, target_id)
            if has_position(kind):
                row.position = position
            rows.append(row)
        elif has_position(kind) and row.position != position:
            row.position = position


def _write_rows(target: Any, kind: Rows, wanted: list[dict[str, Any]]) -> None:
    rows = getattr(target, kind.collection)
    left = rows_of(target, kind)
    is_ordered = has_position(kind)
    following = max((row.position for row in left), default=-1) + 1 if is_ordered else 0
    for number, values in enumerate(wanted):
        found = _matching(left, kind, values)
        row = found or _new_row(target, kind)
        for inner in kind.fields:
            _write_field(row, inner, values[inner.name])
        if found is None:
            if is_ordered:
                row.position = following
                following += 1
            # Whole before it joins the record: a question to the database on the way would write it as it is.
            rows.append(row)
            continue
        left.remove(row)
        if is_ordered and not kind.key and row.position != number and kind.collection != "chairings":
            row.position = number
    for row in left:
        rows.remove(row)


def _matching(left: list[Any], kind: Rows, values: dict[str, Any]) -> Any:
    if not kind.key:
        return left[0] if left else None
    for row in left:
        if all(kind.field(name).kind.plain(getattr(row, name)) == values[name] for name in kind.key):
            return row
    return None
