"""Seats whose office is another than would follow from them: they leave the files, and their rows are written whole."""

from __future__ import annotations

from typing import Any

from planner.models import Chairing, Office, Record
from planner.services.record_files.books import Books
from planner.services.record_files.consistency import theme_ref
from planner.services.record_files.offices import Bodies, Seat
from planner.services.record_files.trial import Facts

Data = dict[str, Any]


def entered_offices(books: Books) -> dict[Facts, str]:
    """Return the keys of the offices that are written, by what they are."""
    return {facts: office.ref for office in books.of(Office) if (facts := _facts(office, books)) is not None}


def leave_out_other_seats(content: dict[str, Data], books: Books) -> None:
    """Take the seats out of the files from which an import would make an office that the database does not know.

    An officer may have written who chairs without an office behind it; and no office may come of a mere word.
    """
    offices = _Offices(content, books)
    for meeting in content["meetings.yaml"]["meetings"]:
        offices.check_meeting(meeting)
        for plan_session in meeting.get("sessions", ()):
            if "chair" in plan_session:
                seat = offices.bodies.of_session(meeting, plan_session)
                offices.keep(plan_session, "chair", [("plan_session", plan_session["id"], seat)])
    for plan in content["plan.yaml"]["plans"]:
        for theme in plan["cycles"]:
            for name in ("facilitator", "wgeti_chair"):
                if name in theme:
                    seat = offices.bodies.of_theme(plan, theme, name)
                    offices.keep(theme, name, [("plan_item", theme_ref(plan["id"], theme["cycle"]), seat)])


class _Offices:
    def __init__(self, content: dict[str, Data], books: Books) -> None:
        rows = content["bodies.yaml"]["bodies"]
        self.books = books
        self.bodies = Bodies(rows)
        self.keys = {row["code"]: str(row.get("id") or row["slug"]) for row in rows}
        self.records: dict[tuple[str, str], Record] = {
            (record.kind, record.ref): record for record in books.all_written()
        }

    def check_meeting(self, meeting: Data) -> None:
        """Keep the chair and the facilitators of a meeting where their offices are those that follow."""
        if "chair" in meeting:
            self.keep(meeting, "chair", [("meeting", meeting["id"], self.bodies.of_meeting(meeting))])
        seats = [self.bodies.of_facilitator(meeting, seat) for seat in meeting.get("facilitators", ())]
        if seats:
            self.keep(meeting, "facilitators", [("meeting", meeting["id"], seat) for seat in seats])

    def keep(self, data: Data, name: str, wanted: list[tuple[str, str, Seat | None]]) -> None:
        """Take a key out unless every seat under it has the office that would follow from it."""
        rows = [row for row in self.records[wanted[0][:2]].chairings if row.seat == name.removesuffix("s")]
        held = [self._office_of(row) for row in rows[: len(wanted)]]
        if held != [self._expected(seat) for _, _, seat in wanted]:
            del data[name]

    def _office_of(self, row: Chairing) -> Facts | None:
        office = self.books.by_id.get(row.office_id or 0)
        return _facts(office, self.books) if isinstance(office, Office) else None

    def _expected(self, seat: Seat | None) -> Facts | None:
        return None if seat is None else (self.keys[seat.body], seat.cycle, seat.role, seat.holder)


def _facts(office: Office, books: Books) -> Facts | None:
    refs = [books.ref(one) for one in (office.body_id, office.cycle_id, office.holder_id)]
    body, cycle, holder = refs
    return (body, cycle, office.role, holder) if body and cycle and holder else None
