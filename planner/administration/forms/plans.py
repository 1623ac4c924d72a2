"""Forms of plans, their versions and their items, of bodies, cycles and offices."""

from __future__ import annotations

from planner.administration.forms.layout import ACTS, NOTE, PAPERS, SOURCES, TAIL, Group, Layout
from planner.core.i18n import N_

LAYOUTS = {
    "plan": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("title", 12),
                    ("body_id", 12),
                    ("first_cycle_id", 6),
                    ("last_cycle_id", 6),
                    ("proposed_by_id", 8),
                    ("proposed_in_section", 4),
                    ("shape", 12),
                    ("ended_because", 12),
                ),
            ),
            Group(
                N_("What it wishes for"), (("wished_outputs", 12), ("wished_outputs_note", 12), ("questions_note", 12))
            ),
            PAPERS,
            *TAIL,
        ),
    ),
    "plan_version": Layout(
        (
            Group(
                N_("This version"),
                (
                    ("plan_id", 12),
                    ("title", 12),
                    ("change", 12),
                    ("on_text", 6),
                    ("comments_until_local", 6),
                    ("based_on_id", 12),
                    ("document_id", 12),
                ),
            ),
            ACTS,
            PAPERS,
            *TAIL,
        ),
        hints={
            "comments_until_local": N_("In UTC. It is set when the version is circulated."),
            "change": N_("What is new against the version before."),
        },
    ),
    "plan_item": Layout(
        (
            Group(
                N_("What it is"),
                (("plan_id", 8), ("item_kind", 4), ("title", 12), ("text", 12), ("parent_id", 12)),
                N_("This writes the working copy. Everybody else sees it when the version is circulated."),
            ),
            Group(
                N_("Its place"),
                (
                    ("cycle_id", 6),
                    ("last_cycle_id", 6),
                    ("stages", 12),
                    ("articles", 12),
                    ("position", 6),
                    ("years", 6),
                    ("related_body_id", 6),
                ),
            ),
            Group(N_("For expected outputs"), (("output_kind", 6), ("document_id", 12), ("result", 12))),
            Group(N_("Where it comes from"), (("lineage", 12), ("meetings", 12), ("chairings", 12))),
            ACTS,
            PAPERS,
            *TAIL,
        ),
        hints={
            "parent_id": N_("The theme of a topic or output, the topic of a question. A theme stands under none."),
            "last_cycle_id": N_("Only where it spans several cycles."),
            "position": N_("Empty: at the end."),
            "years": N_("As the record gives them, as 2019-2020."),
        },
    ),
    "body": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("title", 12),
                    ("code", 6),
                    ("slug", 6),
                    ("body_kind", 6),
                    ("parent_id", 6),
                    ("first_cycle_id", 6),
                    ("last_cycle_id", 6),
                    ("description", 12),
                ),
            ),
            PAPERS,
            NOTE,
            SOURCES,
            Group(
                N_("Who sees it"),
                (("audience_own", 12), ("invited", 12), ("invited_people", 12), ("work_audience", 12)),
                N_("A body may be known while its work is closed."),
            ),
        ),
        hints={
            "slug": N_("Small letters and hyphens, as in the addresses of its pages and calendar."),
            "work_audience": N_("Its sessions, participants and papers, where these are for fewer than the body."),
        },
    ),
    "cycle": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("title", 12),
                    ("code", 4),
                    ("series", 4),
                    ("number", 4),
                    ("from_on", 6),
                    ("until_on", 6),
                    ("conference_theme", 12),
                ),
            ),
            *TAIL,
        ),
        hints={"until_on": N_("The first day that no longer belongs to it.")},
    ),
    "office": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("role", 6),
                    ("body_id", 6),
                    ("holder_id", 6),
                    ("cycle_id", 6),
                    ("from_on", 6),
                    ("until_on", 6),
                    ("title", 12),
                ),
                N_("An office gives rights on its days, or in its cycle where no days are given."),
            ),
            Group(N_("Who acts for it"), (("users", 12),)),
            *TAIL,
        ),
        hints={
            "title": N_("Empty: made from role, body and cycle."),
            "until_on": N_("The first day on which it gives no rights any more."),
            "users": N_("By the e-mail address with which they sign in."),
        },
    ),
    "treaty_article": Layout((Group(N_("What it is"), (("title", 12), ("topic", 12), ("summary", 12))), *TAIL)),
    "stage": Layout((Group(N_("What it is"), (("title", 12), ("articles", 12))), *TAIL)),
}
