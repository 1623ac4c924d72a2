"""The list of all registers, in groups: along the chain, who takes part, what the record rests on."""

from __future__ import annotations

from dataclasses import dataclass

from planner.access.viewer import Viewer
from planner.core.i18n import N_, Message
from planner.services.registers import REGISTERS, Register
from planner.services.registers.counts import count_rows
from planner.web.urls import known_registers

GROUPS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (
        N_("Along the chain"),
        (
            "documents",
            "plans",
            "themes",
            "topics",
            "questions",
            "expected-outputs",
            "comments",
            "sessions",
            "presentations",
            "calls",
            "contributions",
            "outputs",
            "decisions",
            "follow_ups",
        ),
    ),
    (N_("When and who"), ("cycles", "meetings", "bodies", "offices", "stakeholders", "people")),
    (N_("What the record rests on"), ("articles", "stages", "instruments", "sources", "reference_notes")),
)
"""Names of registers by group; one that is named nowhere stands in the last group."""


@dataclass(frozen=True)
class Line:
    """A register in the list, with the number of records that the viewer may see."""

    register: Register
    count: int


@dataclass(frozen=True)
class Group:
    """Registers that belong together."""

    title: Message
    lines: tuple[Line, ...]


def list_groups(viewer: Viewer) -> tuple[Group, ...]:
    """Return the registers in groups; that of people is listed where the viewer may see anybody."""
    known = {name: REGISTERS[name] for name in known_registers()}
    counts = count_rows(known, viewer)
    placed = {name for _, names in GROUPS for name in names}
    rest = tuple(name for name in known if name not in placed)
    groups = []
    for title, names in (*GROUPS[:-1], (GROUPS[-1][0], GROUPS[-1][1] + rest)):
        lines = tuple(Line(known[name], counts[name]) for name in names if name in known and _is_listed(name, counts))
        groups.append(Group(title, lines))
    return tuple(groups)


def _is_listed(name: str, counts: dict[str, int]) -> bool:
    return name != "people" or counts[name] > 0
