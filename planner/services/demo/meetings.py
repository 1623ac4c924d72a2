"""The meetings of the illustration, those held and those to come, with their sessions and annotated agendas."""

from __future__ import annotations

from dataclasses import dataclass

from planner.models import (
    AgendaItem,
    AttendanceCount,
    Body,
    Chairing,
    Intervention,
    Meeting,
    Mode,
    PlanItem,
    PlanSession,
    SessionItem,
)
from planner.services.demo.builder import STATES, STATES_PARTIES, Builder
from planner.services.demo.days import FRI, MON, TUE, WED, ZONE
from planner.services.demo.world import ASSEMBLY, FORUM, GROUP, cycle, stakeholder

VENUE = "Conference Centre of the illustration"


@dataclass(frozen=True)
class _Meeting:
    key: str
    title: str
    body: str
    series: str
    week: int
    first: int
    last: int
    state: str
    mode: Mode = Mode.IN_PERSON
    restricted: bool = False
    chair: str = "XH"
    attendance: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class _Item:
    number: str | None
    title: str
    minutes: int | None = None
    text: str | None = None
    is_break: bool = False


@dataclass(frozen=True)
class _Session:
    key: str
    meeting: str
    title: str
    weekday: int
    hours: tuple[int, int, int, int]
    room: str | None
    state: str
    items: tuple[str, ...] = ()
    agenda: tuple[_Item, ...] = ()
    body: str | None = None
    own: int | None = None
    mode: Mode | None = None
    text: str | None = None
    spoke: tuple[str, ...] = ()


MEETINGS = (
    _Meeting("m-assembly", "Opening assembly of the cycle", ASSEMBLY, "Conf", -12, MON, FRI, "held", chair="XL",
             attendance=(("states_parties", 9), ("signatory_states", 1), ("observer_states", 2))),
    _Meeting("m-consultations", "Consultations on the draft plan", GROUP, "consultations", -5, TUE, WED, "held",
             mode=Mode.HYBRID,
             attendance=(("states", 11), ("regional_organisations", 1), ("international_organisations", 1),
                         ("civil_society_organisations", 2), ("industry_organisations", 4))),
    _Meeting("m-silence", "Silence procedure on the calendar of meetings", ASSEMBLY, "PM", -3, MON, FRI, "held",
             mode=Mode.WRITTEN_PROCEDURE, chair="XL"),
    _Meeting("m-experts", "Closed exchange of experts on one route", FORUM, "1", 3, TUE, TUE, "confirmed",
             restricted=True),
    _Meeting("m-first", "First series of meetings", GROUP, "M1", 12, TUE, WED, "confirmed",
             mode=Mode.IN_PERSON_WITH_LIVESTREAM),
    _Meeting("m-second", "Second series of meetings", GROUP, "M2", 22, TUE, WED, "tentative"),
    _Meeting("m-conference", "Assembly at the end of the cycle", ASSEMBLY, "Conf", 38, MON, FRI, "tentative", chair="XL"),
)  # fmt: skip
MORNING, AFTERNOON = (10, 0, 13, 0), (15, 0, 18, 0)
SESSIONS = (
    _Session("s-c1", "m-consultations", "Which lessons are worth collecting", TUE, MORNING, "Room 3", "held",
             items=("licences", "catalogue", "q-signs", "q-earlier"), spoke=("XC", "XG", "ngo", "XO"), agenda=(
        _Item("1", "Opening by the Chair", 10),
        _Item("2", "Two licences, side by side", 15, "Each case is told without names."),
        _Item("3", "What a catalogue could hold", 20),
        _Item("4", "Exchange of views", 60),
    )),
    _Session("s-c2", "m-consultations", "How a denial reaches other offices", TUE, AFTERNOON, "Room 3", "held",
             items=("denials", "q-tell"), spoke=("XB", "regional"), agenda=(
        _Item("1", "Presentations", None, "Time ran out with one speaker waiting."),
        _Item("2", "Exchange of views", 90),
    )),
    _Session("s-c3", "m-consultations", "Cases from one route, heard in a closed circle", WED, MORNING, "Room 7",
             "held", body=FORUM, own=STATES, items=("importers",)),
    _Session("s-m1", "m-experts", "One consignment, followed from end to end", TUE, MORNING, "Room 7", "confirmed",
             own=STATES_PARTIES, items=("importers",)),
    _Session("s-1", "m-first", "What States learned when arms were diverted", TUE, MORNING, "Room 3", "confirmed",
             items=("catalogue", "licences", "importers", "q-signs", "q-importer", "q-author"), agenda=(
        _Item("1", "Opening by the facilitator", 10),
        _Item("2", "How the catalogue of good practices will be made", 20,
              "Outline, consent of the author, what is published and what is not. For decision on the outline."),
        _Item("3", "Cases and systems", None),
        _Item(None, "Break", 15, is_break=True),
        _Item("4", "The importing side", None),
        _Item("5", "Guiding questions: exchange of views", 40, "Three minutes each; written answers are taken up first."),
        _Item("6", "Next steps and closing", 10),
    )),
    _Session("s-2", "m-first", "On the route: who sees a shipment", WED, MORNING, "Room 3", "confirmed",
             mode=Mode.HYBRID, items=("importers", "q-importer"), agenda=(
        _Item("1", "Opening", 10),
        _Item("2", "Presentations", None),
        _Item("3", "Exchange of views", 80),
    )),
    _Session("s-3", "m-first", "Cases told in confidence", WED, AFTERNOON, "Room 7", "tentative", body=FORUM, own=STATES,
             items=("catalogue",)),
    _Session("s-4", "m-second", "Reading the outline of the catalogue together", TUE, MORNING, None, "tentative",
             items=("catalogue",)),
)  # fmt: skip


def put_meetings(b: Builder) -> None:
    """Put the meetings with their chairs and counts."""
    for one in MEETINGS:
        body = b.get(Body, one.body)
        meeting = b.put(
            Meeting, one.key, one.title, parent=body, state=one.state, cycle_id=cycle(b, 13).id, body_id=body.id,
            series=one.series, zone=ZONE, mode=one.mode, restricted=one.restricted,
            city=None if one.mode is Mode.WRITTEN_PROCEDURE else "Geneva",
            country=None if one.mode is Mode.WRITTEN_PROCEDURE else "CH",
            venue=None if one.mode is Mode.WRITTEN_PROCEDURE else VENUE,
            dated={
                "start_on": b.days.text(one.week, one.first),
                "end_on": b.days.text(one.week, one.last),
                "registration_closes_on": b.days.text(one.week - 2, FRI),
            },
        )  # fmt: skip
        chair = stakeholder(b, one.chair)
        b.row(meeting, Chairing(record_id=meeting.id, seat="chair", position=0, role="Chair", holder_id=chair.id))
        for position, (group, count) in enumerate(one.attendance):
            b.row(meeting, AttendanceCount(meeting_id=meeting.id, group=group, count=count, position=position))


def put_sessions(b: Builder) -> None:
    """Put the sessions with their agendas and what they treat; their presentations come after."""
    weeks = {one.key: one.week for one in MEETINGS}
    for place, one in enumerate(SESSIONS):
        meeting = b.get(Meeting, one.meeting)
        week = weeks[one.meeting]
        from_hour, from_minute, to_hour, to_minute = one.hours
        plan_session = b.put(
            PlanSession, one.key, one.title, parent=meeting, own=one.own, published=False, meeting_id=meeting.id,
            position=place, body_id=b.get(Body, one.body).id if one.body else None, zone=ZONE, mode=one.mode,
            text=one.text, state=one.state,
            dated={
                "title": one.title,
                "room": one.room,
                "on_text": b.days.text(week, one.weekday),
                "starts_at": b.days.at(week, one.weekday, from_hour, from_minute),
                "ends_at": b.days.at(week, one.weekday, to_hour, to_minute),
            },
        )  # fmt: skip
        for position, ref in enumerate(one.items):
            item = b.get(PlanItem, ref)
            b.row(plan_session, SessionItem(session_id=plan_session.id, item_id=item.id, position=position))
        for position, ref in enumerate(one.spoke):
            who = stakeholder(b, ref)
            b.row(plan_session, Intervention(session_id=plan_session.id, stakeholder_id=who.id, position=position))
        for position, part in enumerate(one.agenda):
            b.put(
                AgendaItem, f"{one.key}/{position + 1}", part.title, parent=plan_session, published=False,
                session_id=plan_session.id, position=position, number=part.number, minutes=part.minutes,
                text=part.text, is_break=part.is_break,
            )  # fmt: skip


def draft_after_release(b: Builder) -> None:
    """Change the working copy of one session after its release: officers see it, nobody else does yet."""
    plan_session = b.get(PlanSession, "s-2")
    if b.is_new(plan_session) or b.is_refresh:
        b.redate(plan_session, {"title": "On the route: what carriers and customs see", "room": "Room 5"})
