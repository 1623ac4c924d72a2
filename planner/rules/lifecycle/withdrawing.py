"""How a record leaves the register: what may be withdrawn beside the states of its kind, and put back. Only data.

Nothing is deleted that anybody may have seen. A kind that has an end of its own ("cancelled", "dropped", "withdrawn" in
`tables.py`) ends there. Every other kind that people write is *withdrawn*: it keeps its state, its text and its links,
carries a mark and a reason, and may be *restored*. Offices and cycles have a last day instead.

What the Conference acted on is not withdrawn: an act that was recorded by mistake is taken back first (`take_back`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from planner.core.i18n import N_, Message
from planner.rules.lifecycle.shape import Move, State

STANDING = "standing"
WITHDRAWN = "withdrawn"

# "Withdrawn" would say of a State that it left the Treaty, and of an organisation that it left the process.
_OUT_OF_USE: Message = N_("no longer in use")
_PARTIES = frozenset({"body", "instrument", "person", "stakeholder"})

WITHDRAWABLE: Mapping[str, frozenset[str | None]] = MappingProxyType(
    {
        **{
            kind: frozenset({None})
            for kind in ("agenda_item", "body", "comment", "document", "instrument", "person", "plan", "plan_item",
                         "source", "stakeholder")
        },
        "output": frozenset({"outlined", "drafted", "circulated", "final"}),
        "decision": frozenset({"recorded", "corrected"}),
    }
)  # fmt: skip
"""Kinds of record that are withdrawn by a mark, and the states (None: the kind has none) in which they may be."""

_LABELS: Mapping[str, tuple[Message, Message]] = MappingProxyType(
    {
        "plan_item": (N_("Take out of the plan"), N_("Put back into the plan")),
        "agenda_item": (N_("Take off the agenda"), N_("Put back on the agenda")),
        **dict.fromkeys(_PARTIES, (N_("Mark as no longer in use"), N_("Take back into use"))),
    }
)
_STANDING: Mapping[str, Message] = MappingProxyType(
    {
        "plan_item": N_("in the plan"),
        "agenda_item": N_("on the agenda"),
        "comment": N_("in the round"),
        **dict.fromkeys(_PARTIES, N_("in use")),
    }
)
_USUAL = (N_("Withdraw"), N_("Restore"))


def marks(kind: str) -> Mapping[str, State]:
    """Return what stands for a state where a record is withdrawn or restored. Raise KeyError for other kinds."""
    if kind not in WITHDRAWABLE:
        raise KeyError(kind)
    word = _OUT_OF_USE if kind in _PARTIES else N_("withdrawn")
    standing = _STANDING.get(kind, N_("in the register"))
    return {STANDING: State(STANDING, standing, "settled"), WITHDRAWN: State(WITHDRAWN, word, "late")}


def withdrawal(kind: str) -> Move:
    """Return the move that withdraws a record of the kind."""
    label = _LABELS.get(kind, _USUAL)[0]
    return Move(STANDING, WITHDRAWN, "withdraw", label, frozenset({"reason"}), is_mark=True)


def restoring(kind: str) -> Move:
    """Return the move that takes the mark off again."""
    label = _LABELS.get(kind, _USUAL)[1]
    return Move(WITHDRAWN, STANDING, "restore", label, frozenset({"reason"}), is_mark=True)
