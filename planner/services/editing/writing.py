"""From clean plain values to columns and rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from planner.core.db import db, table_of
from planner.core.errors import Invalid
from planner.core.i18n import N_, Message
from planner.models import Body, Office, OfficeUser, Record
from planner.rules.audience import Ground, clamp, wider_than
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds import Grounds, Rows, keep_named
from planner.services.editing.references import Account, Links, account_id
from planner.services.editing.spec import Entry, Field, Spec, Values

KNOWN_ANYWAY = {"body", "meeting", "office", "cycle"}
"""Kinds that may be known even of a body whose work is closed (DESIGN section 3; services/audiences.py)."""


def clean(spec: Spec, sent: Mapping[str, Any], entry: Entry) -> Values:
    """Return the whole plain values: what is stored, changed by what was sent. Raises Invalid with all faults."""
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
        wrong = spec.check(values, entry)
    if wrong:
        raise Invalid(wrong)
    return values


def _mentioned(name: str, wrong: Mapping[str, Message]) -> bool:
    return any(key.partition(".")[0] == name for key in wrong)


def _empty(field: Field) -> Any:
    return list(field.kind.empty) if isinstance(field.kind.empty, tuple) else field.kind.empty


def check_audience(kind: str, values: Values, parent: Record | None) -> None:
    """Raise Invalid where the chosen audience lets in people whom the audience parent keeps out."""
    words = values.get("audience_own")
    if not words or parent is None:
        return
    wider = wider_than(Grounds().column(words) or 0, mask_below(parent, kind))
    if wider:
        names = ", ".join(str(ground.name).lower().replace("_", " ") for ground in Ground if wider & ground)
        raise Invalid({"audience_own": N_("What it belongs to is not open to so many: {names}.", names=names)})


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
        value = values[field.name]
        if isinstance(field.kind, Links):
            _write_links(target, field.kind, value)
        elif isinstance(field.kind, Rows):
            _write_rows(target, field, value)
        elif stored is None or stored.get(field.name) != value:
            column = field.kind.column(value)
            if field.name == "audience_own":
                column = keep_named(column, target.audience_own)
            setattr(target, field.name, column)


def _write_links(target: Any, kind: Links, ids: list[int]) -> None:
    has_position = "position" in kind.row.__table__.columns  # type: ignore[attr-defined]
    rows = getattr(target, kind.collection)
    held = {getattr(row, kind.target): row for row in rows}
    for target_id, row in held.items():
        if target_id not in ids:
            rows.remove(row)
    for position, target_id in enumerate(ids):
        row = held.get(target_id)
        if row is None:
            rows.append(kind.row(**{kind.target: target_id}, **({"position": position} if has_position else {})))
        elif has_position and row.position != position:
            row.position = position


def _write_rows(target: Any, field: Field, wanted: list[dict[str, Any]]) -> None:
    kind = field.kind
    if not isinstance(kind, Rows):
        raise TypeError(field.name)
    if kind.row is OfficeUser:
        _write_users(target, wanted)
        return
    rows = getattr(target, kind.collection)
    left = list(rows)
    has_position = "position" in kind.row.__table__.columns  # type: ignore[attr-defined]
    following = max((row.position for row in left), default=-1) + 1 if has_position else 0
    for number, values in enumerate(wanted):
        row = _matching(left, kind, values)
        if row is None:
            row = kind.row()
            if has_position:
                row.position = following
                following += 1
            rows.append(row)
        else:
            left.remove(row)
            if has_position and not kind.key and row.position != number and kind.collection != "chairings":
                row.position = number
        for inner in kind.fields:
            column = inner.kind.column(values[inner.name])
            if getattr(row, inner.name) != column:
                setattr(row, inner.name, column)
    for row in left:
        rows.remove(row)


def _matching(left: list[Any], kind: Rows, values: dict[str, Any]) -> Any:
    if not kind.key:
        return left[0] if left else None
    for row in left:
        if all(kind_of(kind, name).kind.plain(getattr(row, name)) == values[name] for name in kind.key):
            return row
    return None


def kind_of(kind: Rows, name: str) -> Field:
    """Return one field of rows."""
    return next(field for field in kind.fields if field.name == name)


def _write_users(office: Office, wanted: list[dict[str, Any]]) -> None:
    ids = [account_id(row["user_id"]) for row in wanted]
    for row in list(office.users):
        if row.user_id not in ids:
            office.users.remove(row)
    held = {row.user_id for row in office.users}
    for user_id in ids:
        if user_id not in held:
            office.users.append(OfficeUser(user_id=user_id))


__all__ = ["Account", "check_audience", "clean", "kind_of", "mask_below", "write"]
