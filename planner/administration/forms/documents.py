"""Forms of documents, sources and instruments."""

from __future__ import annotations

from planner.administration.forms.layout import ACTS, PARTIAL, TAIL, Group, Layout
from planner.core.i18n import N_

LAYOUTS = {
    "document": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("title", 12),
                    ("title_is_paraphrase", 12),
                    ("doc_kind", 6),
                    ("on_text", 6),
                    ("symbol", 12),
                    ("symbol_is_other", 12),
                    ("symbol_pattern", 12),
                    ("standing", 4),
                    ("version_number", 4),
                    ("pages", 4),
                ),
            ),
            Group(N_("Where it belongs"), (("body_id", 6), ("cycle_id", 6), ("meeting_id", 12))),
            Group(N_("Languages"), (("original_language", 6), ("languages", 12))),
            Group(N_("From whom"), (("submitters", 12),)),
            Group(
                N_("Beside other documents"),
                (("annex_of_id", 8), ("annex_label", 4), ("supersedes_id", 12), ("follows", 12)),
            ),
            ACTS,
            *TAIL,
        ),
        hints={
            "on_text": PARTIAL,
            "symbol": N_("As printed, as ATT/CSP13/2027/SEC/901/Conf.Rep. No symbol is a normal case."),
            "symbol_is_other": N_("It is kept as typed. It has no serial number."),
            "symbol_pattern": N_("Only where the serial number is not known."),
        },
    ),
    "source": Layout(
        (
            Group(N_("What it is"), (("title", 12), ("source_kind", 6), ("extent", 6), ("reference", 12))),
            *TAIL,
        ),
        hints={"reference": N_("A web address, a symbol, or where the paper is kept.")},
    ),
    "instrument": Layout(
        (
            Group(
                N_("What it is"),
                (
                    ("title", 12),
                    ("short", 6),
                    ("instrument_kind", 6),
                    ("binding", 6),
                    ("region", 6),
                    ("organisation_id", 6),
                    ("parent_id", 6),
                ),
            ),
            Group(
                N_("Since when, and who is in it"),
                (
                    ("adopted_year", 4),
                    ("in_force_year", 4),
                    ("party_count", 4),
                    ("amended_years", 6),
                    ("depositary", 6),
                    ("meets", 12),
                ),
            ),
            Group(N_("Other names"), (("aliases", 12), ("alias_note", 12), ("in_seed", 12))),
            Group(N_("What it relates to"), (("articles", 12),)),
            *TAIL,
        ),
        labels={"title": N_("Full name"), "parent_id": N_("Belongs to")},
    ),
}
