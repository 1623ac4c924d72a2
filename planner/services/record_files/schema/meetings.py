"""The shape of `meetings.yaml`."""

from __future__ import annotations

from planner.models import SessionKind
from planner.rules import lifecycle
from planner.services.record_files import checks
from planner.services.record_files.kinds import (
    CLOCK,
    COUNTRY,
    HTTPS,
    LANGUAGE,
    Day,
    Degrees,
    Id,
    Number,
    Ref,
    Slug,
    Text,
    Truth,
    Word,
    Zone,
)
from planner.services.record_files.schema.common import (
    ACTORS,
    CITED,
    CITED_CHECKS,
    CLASS,
    DOCUMENTS,
    LONG,
    MODE,
    PROVENANCE,
    RECORD,
    SEAT,
    TITLE,
    file_shape,
    state_of,
)
from planner.services.record_files.shapes import Counts, Either, Many, Shape

HOURS = Shape({"start": CLOCK, "end": CLOCK}, ("start", "end"), (checks.hours_in_order,))
DEFAULTS = Shape(
    {
        "timezone": Zone(),
        "plenary_hours": Many(HOURS),
        "interpretation": Many(LANGUAGE, distinct=True),
        "open_to_working_groups": Many(CLASS, distinct=True),
        "open_to_dief": Many(CLASS, distinct=True),
        "note": LONG,
        **CITED,
    },
    ("timezone",),
)
AGENDA_ITEM = Shape(
    {
        "id": Id("agenda_item"),
        "number": Text(20),
        "position": Number(),  # own: the place, where it does not follow from the order
        "title": TITLE,
        "text": LONG,
        "minutes": Number(1, 100_000),
        "is_break": Truth(),
        "proposed_by": ACTORS,
        **RECORD,
    },
    ("title",),
)
PRESENTATION = Shape(
    {
        "id": Id("offer"),
        "title": TITLE,
        "presenter": Ref("state|organisation"),
        "co_presenter": Ref("state|organisation"),
        "co_presenters": ACTORS,
        "stakeholder_type": CLASS,
        "kind": Slug(40),
        "summary": LONG,
        "minutes": Number(1, 100_000),
        "language": LANGUAGE,
        "availability": LONG,
        "agenda_item": Number(1, 10_000),
        "slot_minutes": Number(1, 100_000),
        "items": Many(Ref("item"), distinct=True),
        **state_of("offer"),
        **RECORD,
    },
    ("title", "presenter", "stakeholder_type"),
    (checks.presents_once,),
)
SESSION = Shape(
    {
        "id": Id("session"),
        "date": Day(),
        "start": CLOCK,
        "end": CLOCK,
        "timezone": Zone(),
        "duration_minutes": Number(1, 100_000),
        "title": TITLE,
        "kind": Word(tuple(SessionKind)),
        "sub_body": Ref("body"),
        "joint_bodies": Many(Ref("body"), distinct=True),
        "room": Text(200),
        "remote_url": HTTPS,
        "mode": MODE,
        "text": LONG,
        "chair": SEAT,
        "hosts": ACTORS,
        "agenda_items": Many(AGENDA_ITEM),
        "presentations": Many(PRESENTATION),
        "interventions": Many(Ref("state|organisation")),
        "documents": DOCUMENTS,
        "items": Many(Ref("item"), distinct=True),
        "numbering_is_ours": Truth(),
        "titles_are_ours": Truth(),
        **state_of("plan_session"),
        **RECORD,
    },
    ("id", "title"),
    (checks.session_hours, checks.slots_have_items, *CITED_CHECKS),
    key="id",
    name="sessions",
)
OUTCOME = Shape(
    {
        "id": Id("decision"),
        "text": TITLE,
        "verb": Word(tuple(lifecycle.ConferenceVerb)),
        "paragraph": Text(20),
        "session": Ref("session"),
        "asked": Ref("state|organisation|body"),
        "correction_reason": LONG,
        "original_text": LONG,
        **state_of("decision"),
        **RECORD,
    },
    ("text",),
    (checks.correction_has_reason,),
)
WEEK = Shape({"start_date": Day(), "end_date": Day()}, ("start_date", "end_date"), (checks.days_in_order,))
MEETING = Shape(
    {
        "id": Id("meeting"),
        "cycle": Ref("cycle"),
        "body": Ref("body"),
        "joint_bodies": Many(Ref("body"), distinct=True),
        "series": Text(40),
        "title": TITLE,
        "theme": LONG,
        "theme_provenance": PROVENANCE,
        "start_date": Day(),
        "end_date": Day(),
        "end_date_provenance": PROVENANCE,
        "week": WEEK,
        "timezone": Zone(),
        "city": Text(120),
        "country": COUNTRY,
        "venue": Text(300),
        "latitude": Degrees(90),
        "longitude": Degrees(180),
        "mode": MODE,
        "mode_provenance": PROVENANCE,
        "restricted": Truth(),
        "held_during": Ref("meeting"),
        "chair": SEAT,
        "chair_provenance": PROVENANCE,
        "facilitators": Many(SEAT),
        "hosts": ACTORS,
        "attendance": Counts(),
        "capacity": Shape({"seats_per_delegation": Number(1), "seats": Number(1)}),
        "registration": Shape({"opens": Day(), "closes": Day()}, checks=(checks.days_in_order,)),
        "notification": Shape({"notified": Day(), "invited": Day()}),
        "side_events": Shape(
            {
                "rooms_per_day": Number(),
                "proposals_due": Day(),
                "hybrid_allowed": Truth(),
                "only_outside_plenary": Truth(),
            }
        ),
        "documents": DOCUMENTS,
        "sessions": Many(SESSION),
        "outcome": Many(Either(OUTCOME, TITLE)),
        **state_of("meeting"),
        **RECORD,
    },
    ("id", "body", "title"),
    (checks.days_in_order, checks.place_is_whole, *CITED_CHECKS),
    key="id",
    name="meetings",
)
MEETINGS = file_shape({"defaults": DEFAULTS, "meetings": Many(MEETING)}, "defaults", "meetings")
