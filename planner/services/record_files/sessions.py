"""The sessions in `meetings.yaml`: their hours, agenda, presentations and statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from planner.core.i18n import Message
from planner.models import (
    AgendaItem,
    Mode,
    Offer,
    PlanSession,
    SessionKind,
    Slot,
    StakeholderClass,
)
from planner.services.record_files.books import Books
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.citing import Cited, Data, citation_rows, record_data, record_values
from planner.services.record_files.consistency import agenda_ref, offer_ref, theme_ref
from planner.services.record_files.local_time import clock_of, hours_of
from planner.services.record_files.meetings import document_rows, host_rows, meeting_state
from planner.services.record_files.offices import Bodies, chairing_row
from planner.services.record_files.seats import seat_data
from planner.services.record_files.store import Store

_SESSION_STATES = {"held": "held", "cancelled": "cancelled"}


def load_sessions(record: CleanRecord, store: Store) -> None:
    """Put the sessions of all meetings, then what belongs to them."""
    bodies = Bodies(record.bodies["bodies"])
    themes = _themes_by_meeting(record)
    for meeting in record.meetings["meetings"]:
        for position, data in enumerate(meeting.get("sessions", ())):
            _put_session(
                store, meeting, data,
                position=position, default_zone=record.default_zone, bodies=bodies, themes=themes,
            )  # fmt: skip
    store.flush()
    for meeting, data in record.sessions():
        _put_agenda(data, store)
        _put_offers(meeting, data, store)
    store.flush()
    for _, data in record.sessions():
        _put_slots(data, store)
    store.flush()


def _themes_by_meeting(record: CleanRecord) -> dict[tuple[str, str], list[str]]:
    """Return (meeting, body of the plan) → keys of the themes that the meeting serves."""
    themes: dict[tuple[str, str], list[str]] = {}
    for plan in record.plan["plans"]:
        for cycle in plan["cycles"]:
            for meeting in cycle.get("meetings", ()):
                key = (meeting, plan.get("sub_body") or plan["body"])
                themes.setdefault(key, []).append(theme_ref(plan["id"], cycle["cycle"]))
    return themes


def session_state(meeting: str) -> str:
    """Return the state of a session that has none of its own: that of its meeting where it is over, else confirmed."""
    return _SESSION_STATES.get(meeting, "confirmed")


def _state(meeting: Data, data: Data) -> str:
    return str(data.get("state") or session_state(meeting_state(meeting)))


def _put_session(
    store: Store,
    meeting: Data,
    data: Data,
    *,
    position: int,
    default_zone: str,
    bodies: Bodies,
    themes: dict[tuple[str, str], list[str]],
) -> None:
    parent = store.get("meeting", meeting["id"])
    zone = data.get("timezone") or meeting.get("timezone") or default_zone
    starts_at, ends_at = _instants(data, zone)
    values = {
        **record_values(data, data["title"], parent=parent, state=_state(meeting, data)),
        "meeting": parent,
        "position": position,
        "body": store.body(data.get("sub_body")),
        "session_kind": SessionKind(data.get("kind", SessionKind.SESSION)),
        "on_text": data.get("date"),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "zone": zone,
        "duration_minutes": data.get("duration_minutes"),
        "room": data.get("room"),
        "mode": Mode(data["mode"]) if "mode" in data else None,
        "text": data.get("text"),
        "remote_url": data.get("remote_url"),
        "titles_are_ours": data.get("titles_are_ours", False),
        "numbering_is_ours": data.get("numbering_is_ours", False),
    }
    items = data.get("items", themes.get((meeting["id"], data.get("sub_body", "")), []))
    rows = {
        "citations": citation_rows(data, store, {"chair": data["chair"]} if "chair" in data else {}),
        "chairings": [chairing_row(store, data["chair"], "chair", bodies.of_session(meeting, data))]
        if "chair" in data
        else [],
        "hosts": host_rows(data, store),
        "document_links": document_rows(data.get("documents"), store),
        "joint_bodies": [{"body": store.body(code)} for code in data.get("joint_bodies", ())],
        "item_links": [{"item": store.get("plan_item", ref), "position": n} for n, ref in enumerate(items)],
        "interventions": [
            {"stakeholder": store.get("stakeholder", ref), "position": n}
            for n, ref in enumerate(data.get("interventions", ()))
        ],
    }
    store.put(PlanSession, data["id"], values, rows)


def _instants(data: Data, zone: str) -> tuple[datetime | None, datetime | None]:
    if "start" not in data:
        return None, None
    hours = hours_of(data["date"], data["start"], data["end"], zone)
    return (None, None) if isinstance(hours, Message) else hours


def _put_agenda(data: Data, store: Store) -> None:
    plan_session = store.get("plan_session", data["id"])
    entries = list(enumerate(data.get("agenda_items", ()), 1))
    refs = {agenda_ref(data["id"], number, entry): entry.get("position") for number, entry in entries}
    places = store.places_of(plan_session, refs)
    for number, entry in entries:
        ref = agenda_ref(data["id"], number, entry)
        values = {
            **record_values(entry, entry["title"], parent=plan_session),
            "plan_session": plan_session,
            "position": places[ref],
            "number": entry.get("number"),
            "is_break": entry.get("is_break", False),
            "minutes": entry.get("minutes"),
            "text": entry.get("text"),
            "proposed_by": entry.get("proposed_by"),
        }
        store.put(AgendaItem, ref, values, {"citations": citation_rows(entry, store)})


def offer_state(plan_session: str) -> str:
    """Return the state of a presentation that has none of its own: delivered where its session was held."""
    return "delivered" if plan_session == "held" else "placed"


def _put_offers(meeting: Data, data: Data, store: Store) -> None:
    plan_session = store.get("plan_session", data["id"])
    usual = offer_state(_state(meeting, data))
    for number, entry in enumerate(data.get("presentations", ()), 1):
        others = [*([entry["co_presenter"]] if "co_presenter" in entry else ()), *entry.get("co_presenters", ())]
        values = {
            **record_values(entry, entry["title"], parent=plan_session, state=entry.get("state", usual)),
            "meeting": store.get("meeting", meeting["id"]),
            "presenter": store.get("stakeholder", entry["presenter"]),
            "stakeholder_class": StakeholderClass(entry["stakeholder_type"]),
            "offer_kind": entry.get("kind"),
            "summary": entry.get("summary"),
            "minutes": entry.get("minutes"),
            "language": entry.get("language"),
            "availability": entry.get("availability"),
        }
        rows = {
            "citations": citation_rows(entry, store),
            "co_presenters": [
                {"stakeholder": store.get("stakeholder", ref), "position": n} for n, ref in enumerate(others)
            ],
            "item_links": [
                {"item": store.get("plan_item", ref), "position": n} for n, ref in enumerate(entry.get("items", ()))
            ],
        }
        store.put(Offer, offer_ref(data["id"], number, entry), values, rows)


def _put_slots(data: Data, store: Store) -> None:
    """Say where the presentations have their place."""
    plan_session = store.get("plan_session", data["id"])
    rows = []
    for number, entry in enumerate(data.get("presentations", ()), 1):
        offer = store.get("offer", offer_ref(data["id"], number, entry))
        item = entry.get("agenda_item")
        under = store.get("agenda_item", agenda_ref(data["id"], item, data["agenda_items"][item - 1])) if item else None
        minutes = entry.get("slot_minutes")
        rows.append({"offer": offer, "agenda_item": under, "position": number - 1, "minutes": minutes})
    store.put_rows(plan_session, "slots", rows)


def dump_sessions(books: Books) -> dict[int, list[Data]]:
    """Return the sessions of each meeting (by its id), in their order."""
    made: dict[int, list[Data]] = {}
    agenda = _grouped(books.of(AgendaItem))
    for plan_session in sorted(books.of(PlanSession), key=lambda one: (one.position, one.id)):
        data = _session_data(plan_session, agenda.get(plan_session.id, []), books)
        made.setdefault(plan_session.meeting_id, []).append(data)
    return made


def _grouped(items: Iterable[AgendaItem]) -> dict[int, list[AgendaItem]]:
    grouped: dict[int, list[AgendaItem]] = {}
    for item in sorted(items, key=lambda item: item.position):
        grouped.setdefault(item.session_id, []).append(item)
    return grouped


def _session_data(plan_session: PlanSession, agenda: list[AgendaItem], books: Books) -> Data:
    cited = Cited(plan_session, books)
    meeting = books.by_id[plan_session.meeting_id]
    zone = plan_session.zone
    kind = plan_session.session_kind
    positions = {item.id: number for number, item in enumerate(agenda, 1)}
    in_order = all(item.position == number for number, item in enumerate(agenda))
    state = session_state(meeting.state or "")
    return {
        "id": plan_session.ref,
        "date": plan_session.on_text,
        "start": clock_of(plan_session.starts_at, zone) if plan_session.starts_at else None,
        "end": clock_of(plan_session.ends_at, zone) if plan_session.ends_at else None,
        "timezone": zone if zone != getattr(meeting, "zone", None) else None,
        "duration_minutes": plan_session.duration_minutes,
        "title": plan_session.title,
        "kind": kind.value if kind is not SessionKind.SESSION else None,
        "sub_body": books.code(plan_session.body_id),
        "joint_bodies": [code for row in plan_session.joint_bodies if (code := books.code(row.body_id))],
        "state": plan_session.state if plan_session.state != state else None,
        "room": plan_session.room,
        "mode": plan_session.mode.value if plan_session.mode else None,
        "text": plan_session.text,
        "remote_url": plan_session.remote_url,
        "chair": seat_data(plan_session, "chair", books, cited),
        "hosts": books.refs_of([row.stakeholder_id for row in plan_session.hosts]),
        "agenda_items": [
            {**_agenda_data(plan_session.ref, number, item, books), "position": None if in_order else item.position}
            for number, item in enumerate(agenda, 1)
        ],
        "numbering_is_ours": plan_session.numbering_is_ours or None,
        "presentations": _presentations(plan_session, positions, books),
        "titles_are_ours": plan_session.titles_are_ours or None,
        "interventions": books.refs_of([row.stakeholder_id for row in plan_session.interventions]),
        "documents": books.refs_of([row.document_id for row in plan_session.document_links]),
        "items": _items(plan_session, books),
        **cited.whole(),
        **cited.rest(),
        **record_data(plan_session),
    }


def _items(plan_session: PlanSession, books: Books) -> list[str] | None:
    """Return what a session treats, unless it is what follows from its meeting and sub-group anyway."""
    held = books.refs_of([row.item_id for row in plan_session.item_links])
    body = books.by_id.get(plan_session.body_id or 0)
    return held if held != books.themes_of(plan_session.meeting_id, body.id if body else None) else None


def _agenda_data(plan_session: str, number: int, item: AgendaItem, books: Books) -> Data:
    cited = Cited(item, books)
    return {
        "id": item.ref if item.ref != agenda_ref(plan_session, number, {}) else None,
        "number": item.number,
        "title": item.title,
        "text": item.text,
        "minutes": item.minutes,
        "is_break": item.is_break or None,
        "proposed_by": item.proposed_by,
        **cited.whole(),
        **cited.rest(),
        **record_data(item),
    }


def _presentations(plan_session: PlanSession, positions: dict[int, int], books: Books) -> list[Data]:
    slots = sorted(plan_session.slots, key=lambda slot: (slot.position, slot.id))
    found = [(slot, offer) for slot in slots if isinstance(offer := books.by_id.get(slot.offer_id), Offer)]
    written = [(slot, offer) for slot, offer in found if offer.id in books.written and books.ref(offer.presenter_id)]
    return [
        _offer_data(books, plan_session, slot, offer, number=number, positions=positions)
        for number, (slot, offer) in enumerate(written, 1)
    ]


def _offer_data(
    books: Books, plan_session: PlanSession, slot: Slot, offer: Offer, *, number: int, positions: dict[int, int]
) -> Data:
    others = books.refs_of([row.stakeholder_id for row in offer.co_presenters])
    usual = offer_state(plan_session.state or "")
    cited = Cited(offer, books)
    return {
        "id": offer.ref if offer.ref != offer_ref(plan_session.ref, number, {}) else None,
        "title": offer.title,
        "presenter": books.ref(offer.presenter_id),
        "co_presenter": others[0] if len(others) == 1 else None,
        "co_presenters": others if len(others) > 1 else None,
        "stakeholder_type": offer.stakeholder_class.value,
        "kind": offer.offer_kind,
        "summary": offer.summary,
        "minutes": offer.minutes,
        "language": offer.language,
        "availability": offer.availability,
        "agenda_item": positions.get(slot.agenda_item_id or 0),
        "slot_minutes": slot.minutes,
        "items": books.refs_of([row.item_id for row in offer.item_links]) or None,
        "state": offer.state if offer.state != usual else None,
        **cited.whole(),
        **cited.rest(),
        **record_data(offer),
    }
