"""The programme of a meeting as plain values: what a release freezes, as it is stored and compared."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from planner.core.db import Base, db, table_of
from planner.models import (
    AgendaItem,
    Body,
    Chairing,
    Intervention,
    Meeting,
    Offer,
    OfferPresenter,
    Origin,
    PlanSession,
    Record,
    RecordHost,
    SessionBody,
    SessionItem,
    Slot,
)
from planner.rules.lifecycle import ENDED

Programme = dict[str, Any]
Grouped = dict[int, list[Any]]

_stakeholder = aliased(Record)
_body = table_of(Body)

ON_PROGRAMME = ("placed", "delivered", "undelivered")
"""States of an offer whose place is for everybody to see; one that is not settled yet is the officers' draft."""


def working_programme(meeting: Meeting, published_before: Iterable[int] = ()) -> Programme:
    """Return the working copy of a meeting's programme.

    `published_before` are the ids of sessions that a release has shown: they stay when they are cancelled. A session
    that was made here and cancelled or merged before anybody saw it is left out. Takes as many queries for any meeting.
    """
    db.session.flush()
    known = set(published_before)
    of_meeting = select(PlanSession).where(PlanSession.meeting_id == meeting.id)
    sessions = db.session.scalars(of_meeting.order_by(PlanSession.position, PlanSession.id)).all()
    shown = [one for one in sessions if not _is_unseen(one, known)]
    parts = _Parts([one.id for one in shown])
    return {
        "meeting": {"id": meeting.id, "ref": meeting.ref},
        "sessions": [_session(one, position, parts) for position, one in enumerate(shown)],
    }


def canonical(programme: Programme) -> str:
    """Return the one JSON text of a programme: keys sorted, no blanks, UTF-8."""
    return json.dumps(programme, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(programme: Programme) -> str:
    """Return the SHA-256 (hex) over the canonical JSON."""
    return hashlib.sha256(canonical(programme).encode()).hexdigest()


def _is_unseen(plan_session: PlanSession, known: set[int]) -> bool:
    return plan_session.state in ENDED and plan_session.origin is Origin.OWN and plan_session.id not in known


class _Parts:
    """What hangs on some sessions, by session (co-presenters by offer), in the order of the programme."""

    def __init__(self, ids: list[int]) -> None:
        """Read it, one query per kind of part."""
        self.items = _by(
            select(AgendaItem.session_id, AgendaItem)
            .where(AgendaItem.session_id.in_(ids), AgendaItem.withdrawn_because.is_(None))
            .order_by(AgendaItem.position, AgendaItem.id)
        )
        self.slots = _by(
            select(Slot.session_id, Slot, Offer, _stakeholder.title)
            .join(Offer, Offer.id == Slot.offer_id)
            .join(_stakeholder, _stakeholder.id == Offer.presenter_id)
            .where(Slot.session_id.in_(ids), Offer.state.in_(ON_PROGRAMME))
            .order_by(Slot.position, Slot.id)
        )
        offers = [offer.id for rows in self.slots.values() for _, offer, _ in rows]
        self.co_presenters = _by(
            _named(
                OfferPresenter, OfferPresenter.offer_id, OfferPresenter.stakeholder_id, OfferPresenter.position, offers
            )
        )
        self.hosts = _by(_named(RecordHost, RecordHost.record_id, RecordHost.stakeholder_id, RecordHost.position, ids))
        self.interventions = _by(
            _named(Intervention, Intervention.session_id, Intervention.stakeholder_id, Intervention.position, ids)
        )
        self.chairings = _by(
            select(Chairing.record_id, Chairing, _stakeholder.title)
            .join(_stakeholder, _stakeholder.id == Chairing.holder_id)
            .where(Chairing.record_id.in_(ids))
            .order_by(Chairing.seat, Chairing.position)
        )
        self.treats = _by(
            select(SessionItem.session_id, SessionItem.item_id)
            .where(SessionItem.session_id.in_(ids))
            .order_by(SessionItem.position, SessionItem.item_id)
        )
        self.joint_bodies = _by(
            select(SessionBody.session_id, _body.c.id, _body.c.code)
            .join(_body, _body.c.id == SessionBody.body_id)
            .where(SessionBody.session_id.in_(ids))
            .order_by(_body.c.code)
        )
        held_by = select(PlanSession.body_id).where(PlanSession.id.in_(ids))
        codes = select(_body.c.id, _body.c.code).where(_body.c.id.in_(held_by))
        self.bodies: dict[int, str] = {row.id: row.code for row in db.session.execute(codes)}


def _named(row: type[Base], owner: Any, stakeholder: Any, position: Any, ids: list[int]) -> Any:
    """Return the select of (owner, stakeholder's id and name) of rows that name stakeholders."""
    chosen = (
        select(owner, _stakeholder.id, _stakeholder.title)
        .select_from(row)
        .join(_stakeholder, _stakeholder.id == stakeholder)
    )
    return chosen.where(owner.in_(ids)).order_by(position)


def _by(rows: Any) -> Grouped:
    grouped: Grouped = defaultdict(list)
    for owner, *rest in db.session.execute(rows):
        grouped[owner].append(rest if len(rest) > 1 else rest[0])
    return grouped


def _session(one: PlanSession, position: int, parts: _Parts) -> Programme:
    return {
        "id": one.id,
        "ref": one.ref,
        "position": position,
        "title": one.title,
        "state": one.state,
        "session_kind": one.session_kind.value,
        "body": {"id": one.body_id, "code": parts.bodies[one.body_id]} if one.body_id else None,
        "joint_bodies": [{"id": body_id, "code": code} for body_id, code in parts.joint_bodies[one.id]],
        "on": one.on_text,
        "starts_at": one.starts_at.isoformat() if one.starts_at else None,
        "ends_at": one.ends_at.isoformat() if one.ends_at else None,
        "zone": one.zone,
        "duration_minutes": one.duration_minutes,
        "room": one.room,
        "mode": one.mode.value if one.mode else None,
        "text": one.text,
        # Only where there are some: the programmes of releases before there were such fields keep their digest.
        **({"remote_url": one.remote_url} if one.remote_url else {}),
        **({"continued_in": one.continued_in_id} if one.continued_in_id else {}),
        **({"split_from": one.split_from_id} if one.split_from_id else {}),
        "treats": list(parts.treats[one.id]),
        "hosts": _names(parts.hosts[one.id]),
        "chairings": [_chairing(*row) for row in parts.chairings[one.id]],
        "items": [_item(item, number) for number, item in enumerate(parts.items[one.id])],
        "slots": [_slot(number, row, parts) for number, row in enumerate(parts.slots[one.id])],
        "interventions": _names(parts.interventions[one.id]),
    }


def _names(rows: list[Any]) -> list[Programme]:
    return [{"id": stakeholder_id, "title": title} for stakeholder_id, title in rows]


def _chairing(row: Chairing, name: str) -> Programme:
    return {
        "seat": row.seat,
        "role": row.role,
        "holder_id": row.holder_id,
        "holder": name,
        "count": row.count,
        "note": row.note,
    }


def _item(item: AgendaItem, position: int) -> Programme:
    return {
        "id": item.id,
        "position": position,
        "number": item.number,
        "title": item.title,
        "text": item.text,
        "minutes": item.minutes,
        "is_break": item.is_break,
        "proposed_by": item.proposed_by,
    }


def _slot(position: int, row: list[Any], parts: _Parts) -> Programme:
    slot, offer, presenter = row
    return {
        "offer_id": offer.id,
        "agenda_item_id": slot.agenda_item_id,
        "position": position,
        "title": offer.title,
        "state": offer.state,
        "presenter_id": offer.presenter_id,
        "presenter": presenter,
        "stakeholder_class": offer.stakeholder_class.value,
        "co_presenters": _names(parts.co_presenters[offer.id]),
        "kind": offer.offer_kind,
        "summary": offer.summary,
        "minutes": slot.minutes,
    }
