"""Forms of calls, presentations and contributions."""

from __future__ import annotations

from planner.administration.forms.layout import PAPERS, PARTIAL, TAIL, Group, Layout
from planner.core.i18n import N_

LAYOUTS = {
    "call": Layout(
        (
            Group(
                N_("What is sought"),
                (
                    ("title", 12),
                    ("meeting_id", 12),
                    ("item_id", 12),
                    ("text", 12),
                    ("offer_kinds", 4),
                    ("languages", 4),
                    ("minutes", 4),
                ),
            ),
            Group(
                N_("Until when"),
                (("opens", 6), ("closes", 6)),
                N_("In the zone of the meeting’s venue, by the clock of the server."),
            ),
            PAPERS,
            *TAIL,
        ),
        hints={"minutes": N_("For each presentation.")},
        labels={"languages": N_("Languages"), "item_id": N_("Topic or question")},
    ),
    "offer": Layout(
        (
            Group(
                N_("Who presents"),
                (
                    ("meeting_id", 12),
                    ("call_id", 12),
                    ("presenter_id", 8),
                    ("stakeholder_class", 4),
                    ("co_presenters", 12),
                    ("person_id", 12),
                ),
            ),
            Group(
                N_("What is presented"),
                (
                    ("title", 12),
                    ("summary", 12),
                    ("items", 12),
                    ("offer_kind", 4),
                    ("minutes", 4),
                    ("language", 4),
                    ("availability", 12),
                ),
            ),
            PAPERS,
            *TAIL,
        ),
        hints={
            "stakeholder_class": N_("Empty: as it is today."),
            "person_id": N_("May come later or change."),
        },
        labels={"items": N_("Answers these topics and questions")},
    ),
    "contribution": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("title", 12),
                    ("contribution_kind", 4),
                    ("stakeholder_id", 8),
                    ("sector", 6),
                    ("received_on", 6),
                    ("text", 12),
                    ("document_id", 12),
                    ("may_be_published", 12),
                ),
            ),
            Group(N_("Where it belongs"), (("item_id", 12), ("session_id", 12))),
            PAPERS,
            *TAIL,
        ),
        hints={"received_on": PARTIAL},
        labels={"item_id": N_("Topic or question"), "stakeholder_id": N_("From")},
    ),
}
