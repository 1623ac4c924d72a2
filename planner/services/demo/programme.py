"""The programmes of the illustration as plain values: meetings, sessions, agenda items, and which offer stands where."""

from __future__ import annotations

from dataclasses import dataclass

from planner.models import Mode
from planner.services.demo.builder import STATES, STATES_PARTIES
from planner.services.demo.days import FRI, MON, TUE, WED
from planner.services.demo.world import ASSEMBLY, FORUM, GROUP

Hours = tuple[int, int, int, int]
"""Hour and minute of the start and of the end, by the venue's clock."""
MORNING: Hours = (10, 0, 13, 0)
AFTERNOON: Hours = (15, 0, 18, 0)


@dataclass(frozen=True)
class Item:
    """An item of an agenda; `offers` are the keys of what is presented under it."""

    title: str
    minutes: int | None = None
    text: str | None = None
    offers: tuple[str, ...] = ()
    is_break: bool = False


@dataclass(frozen=True)
class Session:
    """A session; `moved_to` are a weekday and hours that stand in the working copy only."""

    key: str
    title: str
    state: str
    day: tuple[int, int]
    hours: Hours
    treats: tuple[str, ...]
    agenda: tuple[Item, ...] = ()
    room: str | None = None
    mode: Mode | None = None
    text: str | None = None
    body: str | None = None
    own: int | None = None
    moved_to: Hours | None = None
    interventions: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeetingPlan:
    """A meeting from its first to its last day (week and weekday), with its sessions."""

    key: str
    title: str
    body: str
    series: str
    state: str
    first: tuple[int, int]
    last: tuple[int, int]
    mode: Mode
    sessions: tuple[Session, ...] = ()
    city: str | None = "Geneva"
    venue: str | None = None
    theme: str | None = None
    restricted: bool = False
    held_during: str | None = None
    chair: tuple[str, str] | None = None
    """The word for who presides, and the State."""
    attendance: tuple[tuple[str, int], ...] = ()
    release: str = "First programme"


CENTRE = "Conference Centre of the illustration"
PAUSE = Item("Break", 15, is_break=True)
OPENING = Item("Opening by the facilitator", 10)
CLOSING = Item("Next steps and closing", 10)

MEETINGS = (
    MeetingPlan(
        "m-assembly", "Organisational session of the Assembly (illustration)", ASSEMBLY, "PM", "held", (-12, FRI),
        (-12, FRI), Mode.IN_PERSON_WITH_LIVESTREAM, venue=CENTRE, chair=("President", "XL"),
        attendance=(("states_parties", 8), ("signatory_states", 1), ("observer_states", 2)),
        sessions=(
            Session(
                "s-assembly", "Work of the coming cycles", "held", (-12, FRI), MORNING, ("theme-13",), room="Room 1",
                text="The Assembly settles what the Working Group is asked to do.",
                agenda=(
                    Item("Opening by the President", 10),
                    Item("A plan over five cycles", 80, "Proposal to take up one challenge a year. For decision."),
                    PAUSE,
                    Item("A closed exchange on cases", 65, "Terms of reference. For decision."),
                    CLOSING,
                ),
                interventions=("XA", "XC", "XG", "XO"),
            ),
        ),
    ),
    MeetingPlan(
        "m-consultations", "Consultations on the draft plan (illustration)", GROUP, "WG", "held", (-5, WED),
        (-5, WED), Mode.HYBRID, venue=CENTRE, theme="What a plan over five cycles should hold", chair=("Chair", "XH"),
        attendance=(
            ("states_parties", 7), ("signatory_states", 1), ("observer_states", 2), ("regional_organisations", 1),
            ("international_organisations", 1), ("civil_society", 2), ("research_and_academia", 2), ("industry", 3),
        ),
        release="Programme as held",
        sessions=(
            Session(
                "s-consultations", "What the plan should treat first", "held", (-5, WED), MORNING,
                ("catalogue", "q-earlier", "licences", "q-signs"), room="Room 2", mode=Mode.HYBRID,
                text="Three presentations were planned; time ran out before the third.",
                agenda=(
                    OPENING,
                    Item("What two offices learned", None, None, ("o-held-licensing", "o-held-study")),
                    PAUSE,
                    Item("Seen from the trade", None, None, ("o-held-carrier",)),
                    Item("Guiding questions: exchange of views", 65, "Three minutes each."),
                    CLOSING,
                ),
                interventions=("XC", "XB", "ngo", "XG", "regional", "XO"),
            ),
            Session(
                "s-cases", "Cases behind closed doors", "held", (-5, WED), AFTERNOON, ("denials", "q-tell"),
                room="Room 2", mode=Mode.IN_PERSON, body=FORUM, own=STATES,
                text="The exchange was begun; how others are told of a denial was not finished.",
                agenda=(OPENING, Item("Two cases", None, None, ("o-held-case",)), PAUSE,
                        Item("Exchange of views", 90), CLOSING),
                interventions=("XA", "XD", "XG"),
            ),
        ),
    ),
    MeetingPlan(
        "m-silence", "Written procedure of the Assembly (illustration)", ASSEMBLY, "consultations", "held", (-3, MON),
        (-3, FRI), Mode.WRITTEN_PROCEDURE, city=None, chair=("President", "XL"),
    ),
    MeetingPlan(
        "m-first", "First series of meetings, CSP13 (illustration)", GROUP, "M1", "confirmed", (12, TUE), (12, WED),
        Mode.IN_PERSON_WITH_LIVESTREAM, venue=CENTRE, theme="Lessons learned", chair=("Chair", "XH"),
        sessions=(
            Session(
                "s-lessons", "What States learned when arms were diverted", "confirmed", (12, TUE), MORNING,
                ("catalogue", "q-earlier", "licences", "q-signs", "importers", "q-importer"), room="Room 3",
                mode=Mode.IN_PERSON_WITH_LIVESTREAM,
                text="Four presentations, the guiding questions, and the outline of the catalogue of good practices.",
                agenda=(
                    OPENING,
                    Item("How the catalogue of good practices will be made", 20,
                         "Outline, consent of the author, what is published and what is not. For decision on the "
                         "outline."),
                    Item("Cases and systems", None, None, ("o-licences", "o-denials", "o-tracing")),
                    PAUSE,
                    Item("From the importing side", None, None, ("o-importer",)),
                    Item("Guiding questions: exchange of views", 40,
                         "Three minutes each; written answers are taken up first."),
                    CLOSING,
                ),
            ),
            Session(
                "s-route", "Who sees what along the route", "confirmed", (12, TUE), AFTERNOON,
                ("licences", "q-denied", "carriers", "q-carrier"), room="Room 3", mode=Mode.HYBRID,
                text="People of the trade and of customs say what they notice. Remote speakers are heard first.",
                agenda=(
                    OPENING,
                    Item("On the way", None, None, ("o-transit", "o-customs", "o-depots")),
                    PAUSE,
                    Item("Covering a shipment", None, None, ("o-insurer",)),
                    Item("Guiding questions: exchange of views", 50, "Speakers’ list, three minutes each."),
                    CLOSING,
                ),
            ),
            Session(
                "s-closed", "Two cases, for States Parties and signatories", "tentative", (12, WED), MORNING,
                ("catalogue", "q-author", "denials", "q-tell"), room="Room 5", mode=Mode.IN_PERSON, body=FORUM,
                own=STATES, moved_to=AFTERNOON,
                agenda=(OPENING, Item("Cases", None, None, ("o-case-a", "o-case-j")), PAUSE,
                        Item("What others may learn of them", 70), CLOSING),
            ),
        ),
    ),
    MeetingPlan(
        "m-experts", "Meeting of experts of States Parties (illustration)", FORUM, "WG", "tentative", (16, WED),
        (16, WED), Mode.VIRTUAL, city=None, restricted=True, chair=("Chair", "XH"),
        sessions=(
            Session(
                "s-experts", "Signs that experts look for", "tentative", (16, WED), (13, 0, 15, 0),
                ("licences", "q-signs"), mode=Mode.VIRTUAL, own=STATES_PARTIES,
                agenda=(Item("Opening", 10), Item("Round of experts", 100), Item("Closing", 10)),
            ),
        ),
    ),
    MeetingPlan(
        "m-second", "Second series of meetings, CSP13 (illustration)", GROUP, "M2", "tentative", (22, TUE), (22, TUE),
        Mode.HYBRID, venue=CENTRE, theme="Lessons learned", chair=("Chair", "XH"),
        sessions=(
            Session(
                "s-draft", "Second draft of the catalogue", "tentative", (22, TUE), MORNING,
                ("catalogue", "q-author"), room="Room 3",
                agenda=(OPENING, Item("Second draft, chapter by chapter", 100), PAUSE,
                        Item("Guiding questions: exchange of views", 45), CLOSING),
            ),
            Session(
                "s-importers", "Importing States: what helps", "tentative", (22, TUE), AFTERNOON,
                ("importers", "q-importer"), room="Room 3",
                agenda=(OPENING, Item("Presentations, to be called for", 90), PAUSE,
                        Item("Guiding questions: exchange of views", 55), CLOSING),
            ),
        ),
    ),
    MeetingPlan(
        "m-conference", "Assembly at the end of the CSP13 cycle (illustration)", ASSEMBLY, "Conf", "confirmed",
        (39, MON), (39, FRI), Mode.IN_PERSON_WITH_LIVESTREAM, venue=CENTRE, chair=("President", "XL"),
        sessions=(
            Session(
                "s-conference", "Report of the Working Group", "confirmed", (39, TUE), MORNING,
                ("catalogue", "theme-13"), room="Assembly Hall",
                agenda=(Item("Opening by the President", 10), Item("Draft plan over five cycles", 60, "For action."),
                        PAUSE, Item("Outline of the catalogue", 45, "For action."),
                        Item("Statements", 50)),
            ),
        ),
    ),
    MeetingPlan(
        "m-forum", "Closed exchange beside the Assembly (illustration)", FORUM, "WG", "tentative", (39, WED),
        (39, WED), Mode.IN_PERSON, venue=CENTRE, restricted=True, held_during="m-conference", chair=("Chair", "XH"),
        sessions=(
            Session(
                "s-forum", "Cases of the cycle", "tentative", (39, WED), AFTERNOON, ("denials-2", "q-answer"),
                room="Room 5", agenda=(OPENING, Item("Cases, to be named", 145), PAUSE, CLOSING),
            ),
        ),
    ),
)  # fmt: skip
