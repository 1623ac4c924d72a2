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
VISIBILITY = Group(
    N_("Who sees it"), (("audience_own", 12),), N_("Officers of the body always see it, in its working copy.")
)
NOTE = Group(N_("Note"), (("note", 12),), N_("For what no other field holds. Everybody who sees the record reads it."))
TAIL = (NOTE, VISIBILITY)
PAPERS = Group(N_("Documents"), (("documents", 12),))
