"""Forms of stakeholders and people."""

from __future__ import annotations

from planner.administration.forms.layout import PAPERS, PARTIAL, TAIL, Group, Layout
from planner.core.i18n import N_

LAYOUTS = {
    "stakeholder": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("title", 12),
                    ("is_state", 12),
                    ("iso2", 4),
                    ("region", 4),
                    ("sector", 4),
                    ("stakeholder_class", 6),
                    ("also_class", 6),
                    ("role", 6),
                    ("of_state_id", 6),
                    ("speaks_for", 12),
                ),
            ),
            Group(
                N_("Status of the State"),
                (("statuses", 12),),
                N_("Dates as far as they are known. Where a day cannot be decided, restricted access is denied."),
            ),
            PAPERS,
            *TAIL,
        ),
        hints={
            "iso2": N_("Of States only."),
            "stakeholder_class": N_("Of organisations only. That of a State follows from its status."),
            "statuses": PARTIAL,
            "statuses.deposited_text": N_("Of a State Party. Its status begins ninety days later."),
            "statuses.from_text": N_("Only where the day itself is known; else it follows from the deposit."),
        },
        labels={"title": N_("Name")},
    ),
    "person": Layout(
        (
            Group(
                N_("Who it is"),
                (
                    ("title", 12),
                    ("function", 6),
                    ("email", 6),
                    ("stakeholder_id", 12),
                    ("kept_by_id", 12),
                ),
            ),
            Group(N_("Delegations"), (("delegations", 12),)),
            *TAIL,
        ),
        hints={"kept_by_id": N_("Nobody else sees the person.")},
        labels={"title": N_("Name"), "stakeholder_id": N_("Belongs to")},
    ),
}
