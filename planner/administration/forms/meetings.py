"""Forms of meetings, sessions and items of the agenda."""

from __future__ import annotations

from planner.administration.forms.layout import PAPERS, PARTIAL, TAIL, Group, Layout
from planner.core.i18n import N_

_PEOPLE = Group(N_("People"), (("chairings", 12), ("hosts", 12)))
_MINUTES = N_("Minutes without presentations: these bring their own.")

LAYOUTS = {
    "meeting": Layout(
        (
            Group(
                N_("What it is"),
                (("title", 12), ("body_id", 6), ("cycle_id", 3), ("series", 3), ("joint_bodies", 12), ("theme", 12)),
            ),
            Group(
                N_("When and where"),
                (
                    ("start_on", 6),
                    ("end_on", 6),
                    ("zone", 6),
                    ("mode", 6),
                    ("city", 6),
                    ("country", 6),
                    ("venue", 12),
                    ("latitude", 6),
                    ("longitude", 6),
                    ("held_during_id", 12),
                    ("week_from_on", 6),
                    ("week_until_on", 6),
                ),
            ),
            Group(
                N_("Registration"),
                (
                    ("registration_opens_on", 6),
                    ("registration_closes_on", 6),
                    ("notified_on", 6),
                    ("invited_on", 6),
                    ("restricted", 12),
                ),
            ),
            Group(N_("Seats"), (("seats", 6), ("seats_per_delegation", 6))),
            Group(
                N_("Events beside it"),
                (
                    ("rooms_per_day", 6),
                    ("proposals_due", 6),
                    ("hybrid_allowed", 6),
                    ("only_outside_plenary", 6),
                ),
                N_("What is open to those who want to hold one. Each event is a session of its own."),
            ),
            Group(N_("Who comes, and who came"), (("registrations", 12), ("attendance", 12))),
            _PEOPLE,
            PAPERS,
            *TAIL,
        ),
        hints={
            "start_on": PARTIAL,
            "zone": N_("The zone of the venue, as Europe/Zurich. All hours of the meeting are told in it."),
            "country": N_("Two capital letters, as CH."),
            "latitude": N_("In degrees, as 46.2264; south is negative. Calendars show the place on a map."),
            "longitude": N_("In degrees, as 6.1372; west is negative."),
        },
    ),
    "plan_session": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("title", 12),
                    ("meeting_id", 12),
                    ("session_kind", 6),
                    ("body_id", 6),
                    ("joint_bodies", 12),
                    ("text", 12),
                ),
            ),
            Group(
                N_("When and where"),
                (
                    ("on_text", 6),
                    ("start", 3),
                    ("end", 3),
                    ("duration_minutes", 6),
                    ("zone", 6),
                    ("room", 6),
                    ("mode", 6),
                    ("remote_url", 12),
                    ("position", 6),
                    ("titles_are_ours", 12),
                    ("numbering_is_ours", 12),
                ),
                N_("Hours are those of the venue. Leave empty what is not known: nothing is filled in."),
            ),
            Group(N_("What it treats"), (("items", 12),)),
            Group(N_("What was said from the floor"), (("interventions", 12),)),
            _PEOPLE,
            PAPERS,
            *TAIL,
        ),
        hints={
            "on_text": PARTIAL,
            "zone": N_("Empty: the zone of the meeting."),
            "duration_minutes": N_("Only where the hours are not known."),
            "remote_url": N_("Begins with https://. Shown to those who may see the session, and in their calendars."),
            "position": N_("Empty: after the other sessions."),
        },
        labels={"body_id": N_("Body that meets, if not the whole one"), "text": N_("Introduction")},
    ),
    "agenda_item": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("session_id", 12),
                    ("title", 12),
                    ("number", 4),
                    ("minutes", 4),
                    ("position", 4),
                    ("is_break", 12),
                    ("text", 12),
                    ("proposed_by", 12),
                ),
            ),
            PAPERS,
            *TAIL,
        ),
        hints={"minutes": _MINUTES, "position": N_("Empty: at the end.")},
        labels={"text": N_("Annotation")},
    ),
}
