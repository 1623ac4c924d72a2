"""`meetings.yaml`: meetings; their sessions are in `sessions.py`."""

from __future__ import annotations

import re
from typing import Any

from planner.models import Body, Decision, Meeting, MeetingBody, Mode, PlanSession, Record, ReferenceNote
from planner.rules.lifecycle import ConferenceVerb, verb_from_sentence
from planner.services.record_files import notes
from planner.services.record_files.books import Books
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.citing import Cited, Data, citation_rows, record_data, record_values
from planner.services.record_files.offices import Bodies, chairing_row
from planner.services.record_files.seats import facilitators_data, seat_data
from planner.services.record_files.store import Store

DEFAULT_KEYS = ("timezone", "plenary_hours", "interpretation", "open_to_working_groups", "open_to_dief")
_PARAGRAPH = re.compile(r"paragraph ([0-9]+(?:\([a-z]\))?)")


def load_meetings(record: CleanRecord, store: Store) -> None:
    """Put the meetings, each after the one that it is held during."""
    notes.put_note(store, "meeting_defaults", "What meetings have in common", record.meetings["defaults"], DEFAULT_KEYS)
    bodies = Bodies(record.bodies["bodies"])
    left = {row["id"]: row for row in record.meetings["meetings"]}
    while left:
        for row in [row for row in left.values() if row.get("held_during") not in left]:
            _put_meeting(left.pop(row["id"]), record.default_zone, bodies, store)
    store.flush()


def meeting_state(data: Data) -> str:
    """Return the state of a meeting. What was replaced is cancelled; without a mode nothing says that it was held."""
    if "state" in data:
        return str(data["state"])
    if data.get("mode") == Mode.REPLACED_BY_WRITTEN_COMMENTS:
        return "cancelled"
    return "held" if "mode" in data else "confirmed"


def _put_meeting(data: Data, default_zone: str, bodies: Bodies, store: Store) -> None:
    body = store.body(data["body"])
    values = {
        **record_values(data, data["title"], parent=body, state=meeting_state(data)),
        "cycle": store.cycle(data.get("cycle")),
        "body": body,
        "series": data.get("series"),
        "start_on": data.get("start_date"),
        "end_on": data.get("end_date"),
        "week_from_on": data.get("week", {}).get("start_date"),
        "week_until_on": data.get("week", {}).get("end_date"),
        "zone": data.get("timezone", default_zone),
        "city": data.get("city"),
        "country": data.get("country"),
        "venue": data.get("venue"),
        "latitude": data.get("latitude"),
        "longitude": data.get("longitude"),
        "mode": Mode(data["mode"]) if "mode" in data else None,
        "theme": data.get("theme"),
        "restricted": data.get("restricted", False),
        "held_during": store.get("meeting", data["held_during"]) if "held_during" in data else None,
        "registration_opens_on": data.get("registration", {}).get("opens"),
        "registration_closes_on": data.get("registration", {}).get("closes"),
        "notified_on": data.get("notification", {}).get("notified"),
        "invited_on": data.get("notification", {}).get("invited"),
        "capacity": data.get("capacity"),
        "side_events": data.get("side_events"),
    }
    store.put(Meeting, data["id"], values, _rows(data, bodies, store))


def _rows(data: Data, bodies: Bodies, store: Store) -> dict[str, list[Data]]:
    facilitators = data.get("facilitators", [])
    seats = {f"facilitators.{number}": seat for number, seat in enumerate(facilitators, 1)}
    chairings = [
        chairing_row(store, seat, "facilitator", bodies.of_facilitator(data, seat), position)
        for position, seat in enumerate(facilitators)
    ]
    if "chair" in data:
        seats["chair"] = data["chair"]
        chairings.insert(0, chairing_row(store, data["chair"], "chair", bodies.of_meeting(data)))
    return {
        "citations": citation_rows(data, store, seats),
        "chairings": chairings,
        "hosts": host_rows(data, store),
        "joint_bodies": [{"body": store.body(code)} for code in data.get("joint_bodies", ())],
        "attendance": [
            {"group": group, "count": count, "position": position}
            for position, (group, count) in enumerate(data.get("attendance", {}).items())
        ],
    }


def host_rows(data: Data, store: Store) -> list[Data]:
    """Return who hosts a meeting or session."""
    return [
        {"stakeholder": store.get("stakeholder", ref), "position": n} for n, ref in enumerate(data.get("hosts", ()))
    ]


def document_rows(refs: list[str] | None, store: Store) -> list[Data]:
    """Return links to documents in the order given."""
    return [{"document": store.get("document", ref), "position": n} for n, ref in enumerate(refs or ())]


def load_papers_of_meetings(record: CleanRecord, store: Store) -> None:
    """Link meetings to their documents, which came after them."""
    for data in record.meetings["meetings"]:
        store.put_rows(store.get("meeting", data["id"]), "document_links", document_rows(data.get("documents"), store))
    store.flush()


def load_decisions(record: CleanRecord, store: Store) -> None:
    """Put the outcomes of meetings as decisions; sessions must be there."""
    for data in record.meetings["meetings"]:
        for position, outcome in enumerate(data.get("outcome", ())):
            entry = {"text": outcome} if isinstance(outcome, str) else outcome
            _put_decision(data["id"], position, entry, store)
    store.flush()


def _put_decision(meeting_id: str, position: int, data: Data, store: Store) -> None:
    meeting = store.get("meeting", meeting_id)
    plan_session = store.get("plan_session", data["session"]) if "session" in data else None
    values = {
        **record_values(data, data["text"], parent=plan_session or meeting, state=data.get("state", "recorded")),
        "meeting": meeting,
        "plan_session": plan_session,
        "position": position,
        "verb": _verb(data),
        "paragraph": data.get("paragraph") or _paragraph(data["text"]),
        "asked": _asked(data.get("asked"), store),
        "correction_reason": data.get("correction_reason"),
        "original_text": data.get("original_text"),
    }
    ref = data.get("id") or decision_ref(meeting_id, position)
    store.put(Decision, ref, values, {"citations": citation_rows(data, store)})


def decision_ref(meeting: str, position: int) -> str:
    """Return the key of the decision at a place (from 0) of a meeting's outcome."""
    return f"{meeting}/d{position + 1}"


def _verb(data: Data) -> ConferenceVerb | None:
    return ConferenceVerb(data["verb"]) if "verb" in data else verb_from_sentence(data["text"])


def _paragraph(text: str) -> str | None:
    found = _PARAGRAPH.search(text)
    return found[1] if found else None


def _asked(ref: str | None, store: Store) -> Record | None:
    if ref is None:
        return None
    found: Record = store.body(ref) if ref in store.bodies else store.get("stakeholder", ref)
    return found


def dump_meetings(books: Books, sessions: dict[int, list[Data]]) -> Data:
    """Return the content of the file; `sessions` holds what `sessions.py` made, by meeting."""
    defaults = books.find(ReferenceNote, "meeting_defaults")
    zone = (defaults.data if defaults else {}).get("timezone", "Europe/Zurich")
    return {
        "defaults": notes.note_data(defaults, books) if defaults else {"timezone": zone},
        "meetings": [
            _meeting_data(meeting, books, zone, sessions.get(meeting.id, [])) for meeting in books.of(Meeting)
        ],
    }


def _meeting_data(meeting: Meeting, books: Books, default_zone: str, sessions: list[Data]) -> Data:
    cited = Cited(meeting, books)
    known = {"mode": meeting.mode.value} if meeting.mode else {}
    return {
        "id": meeting.ref,
        "cycle": books.ref(meeting.cycle_id),
        "body": books.code(meeting.body_id),
        "joint_bodies": _codes(meeting.joint_bodies, books),
        "series": meeting.series,
        "title": meeting.title,
        "start_date": meeting.start_on,
        "end_date": meeting.end_on,
        **cited.of_field("end_date", "mode", "theme"),
        "week": {"start_date": meeting.week_from_on, "end_date": meeting.week_until_on}
        if meeting.week_from_on and meeting.week_until_on
        else None,
        "timezone": meeting.zone if meeting.zone != default_zone else None,
        "city": meeting.city,
        "country": meeting.country,
        "venue": meeting.venue,
        "latitude": meeting.latitude,
        "longitude": meeting.longitude,
        "mode": meeting.mode.value if meeting.mode else None,
        "state": meeting.state if meeting.state != meeting_state(known) else None,
        "restricted": meeting.restricted or None,
        "held_during": books.ref(meeting.held_during_id),
        "chair": seat_data(meeting, "chair", books, cited),
        "facilitators": facilitators_data(meeting, books, cited),
        "hosts": books.refs_of([row.stakeholder_id for row in meeting.hosts]),
        "theme": meeting.theme,
        "attendance": {row.group: row.count for row in meeting.attendance},
        "capacity": meeting.capacity,
        "registration": {"opens": meeting.registration_opens_on, "closes": meeting.registration_closes_on},
        "notification": {"notified": meeting.notified_on, "invited": meeting.invited_on},
        "side_events": meeting.side_events,
        "documents": books.refs_of([row.document_id for row in meeting.document_links]),
        "sessions": sessions,
        "outcome": [
            _decision_data(decision, place, books) for place, decision in enumerate(_decisions(meeting, books))
        ],
        **cited.whole(),
        **cited.rest(),
        **record_data(meeting),
    }


def _codes(rows: list[MeetingBody], books: Books) -> list[str]:
    return [code for row in rows if (code := books.code(row.body_id)) is not None]


def _decisions(meeting: Meeting, books: Books) -> list[Decision]:
    decisions = [decision for decision in books.of(Decision) if decision.meeting_id == meeting.id]
    return sorted(decisions, key=lambda decision: (decision.position, decision.id))


def _decision_data(decision: Decision, place: int, books: Books) -> Data | str:
    """Return a decision as its sentence where that says all, else as a mapping."""
    meeting = books.refs[decision.meeting_id]
    plan_session = books.by_id.get(decision.session_id or 0)
    asked = books.by_id.get(decision.asked_id or 0)
    cited = Cited(decision, books)
    data: dict[str, Any] = {
        "id": decision.ref if decision.ref != decision_ref(meeting, place) else None,
        "text": decision.title,
        "verb": decision.verb.value if decision.verb and decision.verb != verb_from_sentence(decision.title) else None,
        "paragraph": decision.paragraph if decision.paragraph != _paragraph(decision.title) else None,
        "session": books.ref(decision.session_id) if isinstance(plan_session, PlanSession) else None,
        "asked": asked.code if isinstance(asked, Body) else books.ref(decision.asked_id),
        "correction_reason": decision.correction_reason,
        "original_text": decision.original_text,
        "state": decision.state if decision.state != "recorded" else None,
        **cited.whole(),
        **cited.rest(),
        **record_data(decision),
    }
    held = {key: value for key, value in data.items() if value is not None}
    return decision.title if set(held) == {"text"} else held
