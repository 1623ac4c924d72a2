"""The working copy of one session as the plain values that a release freezes (services/programmes.py), in one query.

`programmes.working_programme` reads whole meetings to freeze them; a page of one session has no queries to spare.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Integer, Select, String, cast, literal, null, select, union_all

from planner.core.db import db, table_of
from planner.models import (
    AgendaItem,
    Chairing,
    Intervention,
    Offer,
    OfferPresenter,
    PlanSession,
    Record,
    RecordHost,
    SessionBody,
    SessionItem,
    Slot,
)

Values = dict[str, Any]

_COLUMNS: dict[str, Any] = {
    "id": Integer(),
    "parent": Integer(),
    "position": Integer(),
    "minutes": Integer(),
    "title": String(),
    "text": String(),
    "word": String(),
    "state": String(),
    "flag": Boolean(),
    "names": JSON(),
}


def read_working(one: PlanSession) -> Values:
    """Return the working copy of a session as `programmes` would freeze it, without names of stakeholders and bodies.

    Presentations are there in every state: the officers see what they draft.
    """
    rows = db.session.execute(union_all(*_parts(one.id))).all()
    parts: dict[str, list[Any]] = {}
    for row in sorted(rows, key=lambda row: (row.position or 0, row.id)):
        parts.setdefault(row.part, []).append(row)
    others: dict[int, list[Values]] = {}
    for row in parts.get("co_presenter", ()):
        others.setdefault(row.parent, []).append({"id": row.id})
    return {
        "id": one.id,
        "position": one.position,
        "title": one.title,
        "state": one.state,
        "session_kind": one.session_kind.value,
        "body": {"id": one.body_id} if one.body_id else None,
        "joint_bodies": _ids(parts, "joint_body"),
        "on": one.on_text,
        "starts_at": one.starts_at.isoformat() if one.starts_at else None,
        "ends_at": one.ends_at.isoformat() if one.ends_at else None,
        "zone": one.zone,
        "duration_minutes": one.duration_minutes,
        "room": one.room,
        "mode": one.mode.value if one.mode else None,
        "text": one.text,
        **({"remote_url": one.remote_url} if one.remote_url else {}),
        **({"continued_in": one.continued_in_id} if one.continued_in_id else {}),
        **({"split_from": one.split_from_id} if one.split_from_id else {}),
        "treats": [row.id for row in parts.get("treated", ())],
        "hosts": _ids(parts, "host"),
        "chairings": [_chairing(row) for row in parts.get("chairing", ())],
        "items": [_item(row) for row in parts.get("item", ())],
        "slots": [_slot(row, others.get(row.id, [])) for row in parts.get("slot", ())],
        "interventions": _ids(parts, "intervention"),
    }


def _parts(session_id: int) -> list[Select[Any]]:
    """Return one select per kind of part, all of the same columns."""
    record, item, offer, slot = table_of(Record), table_of(AgendaItem), table_of(Offer), table_of(Slot)
    agenda = _select(
        "item", id=item.c.id, position=item.c.position, minutes=item.c.minutes, title=record.c.title, text=item.c.text,
        word=item.c.number, flag=item.c.is_break, names=item.c.proposed_by,
    ).select_from(item.join(record, record.c.id == item.c.id)).where(record.c.withdrawn_because.is_(None))  # fmt: skip
    slots = (
        _select(
            "slot", id=slot.c.offer_id, parent=slot.c.agenda_item_id, position=slot.c.position, minutes=slot.c.minutes,
            title=record.c.title, text=offer.c.offer_kind, word=cast(offer.c.stakeholder_class, String),
            state=record.c.state,
        )
        .add_columns(offer.c.presenter_id.label("who"), offer.c.summary.label("summary"))
        .select_from(slot.join(offer, offer.c.id == slot.c.offer_id).join(record, record.c.id == offer.c.id))
    )  # fmt: skip
    chairings = _select(
        "chairing", id=Chairing.holder_id, position=Chairing.position, minutes=Chairing.count, title=Chairing.seat,
        text=Chairing.note, word=Chairing.role,
    )  # fmt: skip
    presenters = _select(
        "co_presenter", id=OfferPresenter.stakeholder_id, parent=OfferPresenter.offer_id,
        position=OfferPresenter.position,
    )  # fmt: skip
    whole = [
        agenda.where(item.c.session_id == session_id),
        chairings.where(Chairing.record_id == session_id),
        presenters.join(Slot, Slot.offer_id == OfferPresenter.offer_id).where(Slot.session_id == session_id),
        _select("host", id=RecordHost.stakeholder_id, position=RecordHost.position).where(
            RecordHost.record_id == session_id
        ),
        _select("intervention", id=Intervention.stakeholder_id, position=Intervention.position).where(
            Intervention.session_id == session_id
        ),
        _select("treated", id=SessionItem.item_id, position=SessionItem.position).where(
            SessionItem.session_id == session_id
        ),
        _select("joint_body", id=SessionBody.body_id).where(SessionBody.session_id == session_id),
    ]
    return [
        *(
            part.add_columns(cast(null(), Integer).label("who"), cast(null(), String).label("summary"))
            for part in whole
        ),
        slots.where(slot.c.session_id == session_id),
    ]


def _select(part: str, **columns: Any) -> Select[Any]:
    chosen: list[Any] = [literal(part).label("part")]
    for name, kind in _COLUMNS.items():
        value = columns.get(name)
        chosen.append((cast(null(), kind) if value is None else value).label(name))
    return select(*chosen)


def _ids(parts: dict[str, list[Any]], part: str) -> list[Values]:
    return [{"id": row.id} for row in parts.get(part, ())]


def _chairing(row: Any) -> Values:
    return {"seat": row.title, "role": row.word, "holder_id": row.id, "count": row.minutes, "note": row.text}


def _item(row: Any) -> Values:
    return {
        "id": row.id,
        "position": row.position,
        "number": row.word,
        "title": row.title,
        "text": row.text,
        "minutes": row.minutes,
        "is_break": bool(row.flag),
        "proposed_by": row.names,
    }


def _slot(row: Any, others: list[Values]) -> Values:
    return {
        "offer_id": row.id,
        "agenda_item_id": row.parent,
        "position": row.position,
        "title": row.title,
        "state": row.state,
        "presenter_id": row.who,
        "stakeholder_class": row.word,
        "co_presenters": others,
        "kind": row.text,
        "summary": row.summary,
        "minutes": row.minutes,
    }
