"""Forms of outputs, decisions and follow-up actions."""

from __future__ import annotations

from planner.administration.forms.layout import ACTS, PAPERS, TAIL, Group, Layout
from planner.core.i18n import N_

LAYOUTS = {
    "output": Layout(
        (
            Group(
                N_("What it is"),
                (("title", 12), ("output_kind", 6), ("document_id", 12), ("text", 12), ("result", 12)),
                N_("What the working group makes is voluntary."),
            ),
            Group(
                N_("Where it belongs"),
                (("item_id", 12), ("session_id", 12), ("body_id", 6), ("cycle_id", 6)),
            ),
            Group(N_("Versions"), (("versions", 12),)),
            ACTS,
            PAPERS,
            *TAIL,
        ),
    ),
    "decision": Layout(
        (
            Group(
                N_("What was decided"),
                (
                    ("title", 12),
                    ("meeting_id", 12),
                    ("session_id", 12),
                    ("agenda_item_id", 12),
                    ("verb", 4),
                    ("paragraph", 4),
                    ("position", 4),
                    ("asked_id", 12),
                ),
            ),
            PAPERS,
            *TAIL,
        ),
        hints={"position": N_("Empty: at the end.")},
        labels={"title": N_("Text of the decision")},
    ),
    "follow_up": Layout(
        (
            Group(
                N_("What is to be done"),
                (("title", 12), ("text", 12), ("comes_from_id", 12)),
            ),
            Group(N_("By whom"), (("owner_id", 6), ("owner_email", 6))),
            Group(
                N_("Until when"),
                (("due_on", 6), ("due_session_id", 6), ("due_offset_days", 6)),
                N_("A day, or a number of days from the day of a session. Moving the session moves the day."),
            ),
            PAPERS,
            *TAIL,
        ),
        hints={
            "comes_from_id": N_("The session, output, decision or meeting that it follows up."),
            "due_offset_days": N_("Days after the session; negative, days before it."),
        },
        labels={"title": N_("What is to be done, in a line"), "text": N_("More about it")},
    ),
}
