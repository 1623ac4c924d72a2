"""How a form is laid out: groups of fields with their hints. What a field holds is the matter of the spec."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.core.i18n import N_, Message


@dataclass(frozen=True)
class Group:
    """A part of a form: its name, and (name of the field, columns of twelve) in order."""

    title: Message
    fields: tuple[tuple[str, int], ...]
    note: Message | None = None


@dataclass(frozen=True)
class Layout:
    """The parts of a form, hints by name of the field, and labels where the usual word of the field does not fit."""

    groups: tuple[Group, ...]
    hints: Mapping[str, Message] = field(default_factory=dict)
    labels: Mapping[str, Message] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    """Height of long texts, where it is not the usual one."""


PARTIAL = N_("A day (2027-02-16), a month (2027-02) or a year (2027), as far as it is known.")
SEEN_BY = N_("Choose nothing to let in all who see what it belongs to. It can be narrower than that, never wider.")
HINTS: Mapping[str, Message] = {
    "citations": N_("For the record as a whole, or for one of its facts."),
    "citations.sources": N_("One a line, by its name, its key or its number, as #12."),
    "invited": N_("They see it beside those chosen above, if they may see what it belongs to."),
    "invited_people": N_("By the e-mail address with which they sign in."),
    "interventions": N_("In the order in which they spoke. Whoever spoke twice stands there twice."),
    "attendance": N_("How many of each group came. Leave out what is not known."),
    "registrations": N_("They see what is open to participants of the meeting."),
    "actions": N_("Only what a report of the Conference says, in its own verb, never in a stronger one."),
}
"""Hints of fields that many kinds have, and of cells of their rows."""
VISIBILITY = Group(
    N_("Who sees it"),
    (("audience_own", 12), ("invited", 12), ("invited_people", 12)),
    N_("Officers of the body always see it, in its working copy."),
)
NOTE = Group(N_("Note"), (("note", 12),), N_("For what no other field holds. Everybody who sees the record reads it."))
SOURCES = Group(
    N_("How this is known"),
    (("citations", 12),),
    N_("Where it was read. A fact that is recalled is shown as recalled, never as sourced."),
)
TAIL = (NOTE, SOURCES, VISIBILITY)
PAPERS = Group(N_("Documents"), (("documents", 12),))
ACTS = Group(N_("What the Conference did"), (("actions", 12),))
