"""Offices that follow from who chaired and facilitated: one per body, cycle, role and holder named in the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.models import Office, OfficeRole, Origin
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.citing import PUBLIC, Data, citation_row, record_values
from planner.services.record_files.store import Store

_ROLES = {
    "president": OfficeRole.PRESIDENT,
    "chair": OfficeRole.CHAIR,
    "co-chair": OfficeRole.CHAIR,
    "co-chairs": OfficeRole.CHAIR,
    "facilitator": OfficeRole.FACILITATOR,
    "facilitators": OfficeRole.FACILITATOR,
}
_WORDS = {OfficeRole.PRESIDENT: "President", OfficeRole.CHAIR: "Chair", OfficeRole.FACILITATOR: "Facilitator"}
_SURE = {("sourced", None): 0, ("recalled", "high"): 1, ("recalled", "medium"): 2, ("recalled", None): 3}


@dataclass(frozen=True)
class Seat:
    """A seat that the files name: the office it stands for, and how that is known."""

    body: str
    cycle: str
    role: OfficeRole
    holder: str
    known: Any
    origin: Origin
    """That of the meeting or plan that names it."""

    def ref(self, store: Store) -> str:
        """Return the key of the office."""
        return f"{store.bodies[self.body]}/{self.cycle}/{self.role}/{self.holder}"


class Bodies:
    """What the seats need to know of bodies: which is the Conference, and which stands above which."""

    def __init__(self, bodies: list[Data]) -> None:
        """Take it from the bodies of the files."""
        self.parents = {row["code"]: row.get("parent") for row in bodies}
        self.conferences = [row["code"] for row in bodies if row["kind"] == "conference"]

    def seat(
        self, seat: Data, body: str | None, cycle: str | None, known: Data, origin: str | None = None
    ) -> Seat | None:
        """Return the office that a seat stands for, or None for a moderator, a sponsor, or where a part is unknown."""
        role = _ROLES.get(str(seat.get("role", "Facilitator")).lower())
        if role is OfficeRole.PRESIDENT and body not in self.conferences:
            body = self.conferences[0] if self.conferences else None
        if role is None or body is None or cycle is None:
            return None
        how = seat if "provenance" in seat else known
        holder = seat.get("state") or seat["organisation"]
        return Seat(body, cycle, role, holder, how, Origin(origin or Origin.RECORD))

    def of_meeting(self, meeting: Data) -> Seat | None:
        """Return the office of who chaired a meeting."""
        known = meeting
        if "chair_provenance" in meeting:
            known = {"provenance": meeting["chair_provenance"]}
        return self.seat(meeting["chair"], meeting["body"], meeting.get("cycle"), known, meeting.get("origin"))

    def of_facilitator(self, meeting: Data, seat: Data) -> Seat | None:
        """Return the office of a facilitator whom a meeting lists."""
        body = seat.get("sub_body") or meeting["body"]
        return self.seat(seat, body, meeting.get("cycle"), meeting, meeting.get("origin"))

    def of_session(self, meeting: Data, plan_session: Data) -> Seat | None:
        """Return the office of who chaired a session; a facilitator is one of a sub-group."""
        seat = plan_session["chair"]
        body = plan_session.get("sub_body")
        if body is None and not str(seat.get("role", "")).startswith("Facilitator"):
            body = meeting["body"]
        return self.seat(seat, body, meeting.get("cycle"), plan_session, meeting.get("origin"))

    def of_theme(self, plan: Data, theme: Data, name: str) -> Seat | None:
        """Return the office of a theme's facilitator, or of the Chair of the group above."""
        body = plan.get("sub_body") or plan["body"]
        if name == "wgeti_chair" and "sub_body" in plan:
            body = self.parents[body]
        return self.seat(theme[name], body, theme["cycle"], theme, plan.get("origin"))


def load_offices(record: CleanRecord, store: Store) -> None:
    """Put one office for each body, cycle, role and holder, known as well as the best of the places that name it."""
    best: dict[str, Seat] = {}
    for seat in _seats(record):
        ref = seat.ref(store)
        if ref not in best or _rank(seat) < _rank(best[ref]):
            best[ref] = seat
    for ref, seat in sorted(best.items()):
        body, cycle = store.body(seat.body), store.cycle(seat.cycle)
        held = store.find_office(body, cycle, seat.role, store.get("stakeholder", seat.holder))
        if held is not None and held.ref != ref:
            # People have entered this very office: it is theirs, and the seats point to it.
            store.held["office", ref] = held
            continue
        title = f"{_WORDS[seat.role]} of {seat.body}, {cycle.code}"
        values = {
            **record_values({"origin": seat.origin}, title, own=PUBLIC),
            "body": body,
            "cycle": cycle,
            "role": seat.role,
            "holder": store.get("stakeholder", seat.holder),
        }
        known = {key: seat.known[key] for key in ("provenance", "confidence", "source") if key in seat.known}
        store.put(Office, ref, values, {"citations": [citation_row("", known, store)] if known else []})
    store.flush()


def _rank(seat: Seat) -> tuple[bool, int]:
    """Return what comes first: the record before all else, then what is known best."""
    return seat.origin is not Origin.RECORD, _doubt(seat)


def _doubt(seat: Seat) -> int:
    return _SURE.get((seat.known.get("provenance"), seat.known.get("confidence")), 4)


def _seats(record: CleanRecord) -> Iterator[Seat]:
    bodies = Bodies(record.bodies["bodies"])
    found: list[Seat | None] = []
    for meeting in record.meetings["meetings"]:
        if "chair" in meeting:
            found.append(bodies.of_meeting(meeting))
        found += [bodies.of_facilitator(meeting, seat) for seat in meeting.get("facilitators", ())]
    found += [bodies.of_session(meeting, entry) for meeting, entry in record.sessions() if "chair" in entry]
    for plan in record.plan["plans"]:
        for theme in plan["cycles"]:
            found += [bodies.of_theme(plan, theme, name) for name in ("facilitator", "wgeti_chair") if name in theme]
    return (seat for seat in found if seat is not None)


def chairing_row(store: Store, seat: Data, name: str, office: Seat | None, position: int = 0) -> Data:
    """Return the row of one seat of a meeting, session or theme; `name` is the seat's name in the files."""
    return {
        "seat": name,
        "position": position,
        "role": seat.get("role"),
        "holder": store.get("stakeholder", seat.get("state") or seat["organisation"]),
        "body": store.body(seat.get("sub_body")),
        "office": store.get("office", office.ref(store)) if office else None,
        "count": seat.get("count"),
        "note": seat.get("note"),
    }
