"""The effective audience of records, worked out down the tree of audience parents whenever one of them changes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import aliased

from planner.core.db import db, table_of
from planner.models import AudienceGrant, Body, Record
from planner.rules.audience import PER_RECORD, Ground, clamp, grant_limit

_KNOWN_ANYWAY = {"body", "meeting", "office", "cycle"}
"""Kinds that may be known even of a forum whose work is closed (DESIGN section 3)."""
_DEEPEST = 30

_parent = aliased(Record)


def refresh(record_ids: set[int]) -> set[int]:
    """Work out the audience, home body and home meeting of records and of all below them; return the ids that changed.

    Parents come before their children. Raises RuntimeError where audience parents form a ring.
    """
    changed: set[int] = set()
    level = set(record_ids)
    for _ in range(_DEEPEST):
        if not level:
            return changed
        among = select(Record.id).where(Record.id.in_(level), Record.audience_parent_id.in_(level))
        inner = set(db.session.scalars(among))
        now = (level - inner) or level
        different = _refresh_level(now)
        changed |= different
        # Below a record that was written as well as below one that has another audience now: who is named on it may
        # be another although its grounds are the same, and what hangs on it keeps copies of those names.
        below = select(Record.id).where(Record.audience_parent_id.in_(different | (now & record_ids)))
        level = (level - now) | set(db.session.scalars(below))
    raise RuntimeError("audience parents form a ring")


def _refresh_level(ids: set[int]) -> set[int]:
    rows = db.session.execute(
        select(
            Record.id,
            Record.kind,
            Record.audience_own,
            Record.audience,
            Record.home_body_id,
            Record.home_meeting_id,
            Record.audience_parent_id,
            _parent.audience.label("parent_audience"),
            _parent.kind.label("parent_kind"),
            _parent.home_body_id.label("parent_body"),
            _parent.home_meeting_id.label("parent_meeting"),
            Body.__table__.c.work_audience,
        )
        .outerjoin(_parent, Record.audience_parent_id == _parent.id)
        .outerjoin(table_of(Body), table_of(Body).c.id == _parent.home_body_id)
        .where(Record.id.in_(ids))
    ).all()
    grants = _grants_of(ids | {row.audience_parent_id for row in rows if row.audience_parent_id})
    changed: set[int] = set()
    for row in rows:
        mask, parent_mask = _mask(row)
        values = {
            "audience": mask,
            "home_body_id": row.id if row.kind == "body" else row.parent_body,
            "home_meeting_id": row.id if row.kind == "meeting" else row.parent_meeting,
        }
        if values != {key: getattr(row, key) for key in values}:
            db.session.execute(update(table_of(Record)).where(table_of(Record).c.id == row.id).values(**values))
            changed.add(row.id)
        if _refresh_grants(row, parent_mask, grants):
            changed.add(row.id)
    _forget_loaded(changed)
    return changed


def _mask(row: Any) -> tuple[int, int]:
    """Return the record's effective mask and that of its parent, narrowed where the body's work is closed."""
    if row.audience_parent_id is None:
        own = row.audience_own if row.audience_own is not None else int(Ground.OFFICERS)
        return own | int(Ground.OFFICERS), int(Ground.PUBLIC)
    parent_mask: int = row.parent_audience
    if row.work_audience is not None and row.parent_kind in ("body", "meeting") and row.kind not in _KNOWN_ANYWAY:
        parent_mask = clamp(row.work_audience, parent_mask)
    return clamp(row.audience_own, parent_mask), parent_mask


def _grants_of(ids: set[int]) -> dict[int, list[AudienceGrant]]:
    grants: dict[int, list[AudienceGrant]] = {}
    for grant in db.session.scalars(select(AudienceGrant).where(AudienceGrant.record_id.in_(ids))):
        grants.setdefault(grant.record_id, []).append(grant)
    return grants


def _refresh_grants(row: Any, parent_mask: int, grants: dict[int, list[AudienceGrant]]) -> bool:
    """Bring the limits of own grants and the copies of the parent's up to date; say whether anything changed."""
    mine = grants.get(row.id, [])
    parents = [g for g in grants.get(row.audience_parent_id, ()) if parent_mask & g.ground]
    changed = False
    named_above = {(g.stakeholder_id, g.user_id): g.limit_mask for g in parents}
    for grant in mine:
        if not grant.own:
            continue
        limit = grant_limit(parent_mask) | named_above.get((grant.stakeholder_id, grant.user_id), 0)
        if grant.limit_mask != limit:
            db.session.execute(
                update(table_of(AudienceGrant)).where(table_of(AudienceGrant).c.id == grant.id).values(limit_mask=limit)
            )
            changed = True
    wanted = {
        (g.ground, g.stakeholder_id, g.user_id, g.limit_mask)
        for g in parents
        if row.audience_own is None and g.ground & PER_RECORD
    }
    held = {(g.ground, g.stakeholder_id, g.user_id, g.limit_mask) for g in mine if not g.own}
    if wanted != held:
        table = table_of(AudienceGrant)
        db.session.execute(delete(table).where(table.c.record_id == row.id, ~table.c.own))
        if wanted:
            keys = ("ground", "stakeholder_id", "user_id", "limit_mask")
            rows = [dict(zip(keys, w, strict=True), record_id=row.id, own=False) for w in sorted(wanted, key=str)]
            db.session.execute(insert(table), rows)
        changed = True
    if changed:
        for grant in mine:
            db.session.expire(grant)
    return changed


def _forget_loaded(ids: set[int]) -> None:
    """Let loaded records read the new values when next asked."""
    for record in list(db.session.identity_map.values()):
        if isinstance(record, Record) and record.id in ids:
            db.session.expire(record, ["audience", "home_body_id", "home_meeting_id"])
