"""Questions about states and moves. The answers stand in `tables.py`; what changes a record is a service."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from planner.core.errors import Conflict
from planner.core.i18n import N_, Message
from planner.rules.lifecycle.shape import NEEDS, Move, Need, State, Tone
from planner.rules.lifecycle.tables import LIFECYCLES, PLAN_STATE_OF_VERB
from planner.rules.lifecycle.withdrawing import WITHDRAWABLE, marks, restoring, withdrawal

_WHAT_IS_MISSING: Mapping[Need, Message] = MappingProxyType(
    {
        "reason": N_("Give a reason."),
        "evidence": N_("Give the evidence that it is done."),
        "deadline": N_("Give a deadline."),
        "verb": N_("Give the verb that the Conference used."),
    }
)


class MoveRefused(Conflict):
    """A move is not allowed, or something that it needs was not given.

    `missing` maps each need that was not given to its sentence, for the field of that name, in the order of `NEEDS`; it
    is empty where the move itself is not allowed.
    """

    def __init__(self, reason: Message, missing: Mapping[Need, Message] | None = None) -> None:
        """Keep the sentence and what is missing."""
        super().__init__(reason)
        self.reason = reason
        self.missing = dict(missing or {})


def states(kind: str) -> tuple[str, ...]:
    """Return the names of all states of a kind of record, in their usual order. Raise KeyError for an unknown kind."""
    return tuple(LIFECYCLES[kind].states)


def is_state(kind: str, state: str) -> bool:
    """Return whether the kind of record knows the state."""
    return state in LIFECYCLES[kind].states


def initial(kind: str) -> str:
    """Return the state in which a new record of the kind starts."""
    return LIFECYCLES[kind].initial


def state_word(kind: str, state: str) -> Message:
    """Return the word for a state as pages show it ("in progress"). Raise KeyError for an unknown state."""
    return _state(kind, state).word


def tone(kind: str, state: str) -> Tone:
    """Return how a state is drawn: settled, open, draft or late. "fault" is what a date makes of it, never a state."""
    return _state(kind, state).tone


def _state(kind: str, state: str) -> State:
    """Return a state of a kind; "withdrawn" is one of those too that are withdrawn by a mark."""
    known = LIFECYCLES.get(kind)
    return known.states[state] if known and state in known.states else marks(kind)[state]


def moves_from(kind: str, state: str) -> tuple[Move, ...]:
    """Return the moves out of a state, in the order of their buttons; none where the state is an end."""
    return tuple(move for move in LIFECYCLES[kind].moves if move.source == state)


def moves_of(kind: str, state: str | None, *, is_withdrawn: bool) -> tuple[Move, ...]:
    """Return the moves of a record as it stands: those out of its state and its withdrawal; withdrawn, only back."""
    if is_withdrawn:
        return (restoring(kind),)
    own = moves_from(kind, state) if state else ()
    return (*own, withdrawal(kind)) if state in WITHDRAWABLE.get(kind, ()) else own


def all_moves(kind: str) -> tuple[Move, ...]:
    """Return every move that records of a kind can make, from whatever state."""
    own = LIFECYCLES[kind].moves if kind in LIFECYCLES else ()
    return (*own, withdrawal(kind), restoring(kind)) if kind in WITHDRAWABLE else own


def next_move(kind: str, state: str) -> Move | None:
    """Return the move that most likely comes next, for the one button beside a menu of the others.

    It is the first that leads on in the usual order of states and needs no reason: who undoes or gives up something
    says why. Where there is none it is the first that needs no reason. None where nothing is likely: at an end, and
    where only the Conference knows what it will do.
    """
    plain = [move for move in moves_from(kind, state) if "reason" not in move.needs and move.target != "superseded"]
    if sum(move.target in PLAN_STATE_OF_VERB.values() for move in plain) > 1:
        return None
    order = states(kind)
    onward = [move for move in plain if order.index(move.target) > order.index(state)]
    return next(iter(onward or plain), None)


def find_move(kind: str, state: str, verb_name: str) -> Move | None:
    """Return the move out of a state by its name ("cancel"), or None where there is none."""
    return next((move for move in moves_from(kind, state) if move.verb_name == verb_name), None)


def check_move(kind: str, source: str, target: str, given: Collection[str] = ()) -> Move:
    """Return the move from one state to another.

    `given` names what came with the request ("reason", "evidence", "deadline", "verb"); more than is needed does no
    harm. Raise `MoveRefused` when the move is not allowed or something is missing, KeyError for an unknown kind or
    source. Two moves between the same two states would be told apart by nothing, so the tables have none.
    """
    for move in moves_from(kind, source):
        if move.target == target:
            check_needs(move, given)
            return move
    raise MoveRefused(_not_allowed(kind, source, target))


def check_needs(move: Move, given: Collection[str]) -> None:
    """Raise `MoveRefused` where something that a move needs was not given."""
    missing = {need: _WHAT_IS_MISSING[need] for need in NEEDS if need in move.needs and need not in given}
    if missing:
        raise MoveRefused(next(iter(missing.values())), missing)


def _not_allowed(kind: str, source: str, target: str) -> Message:
    word = state_word(kind, source)
    if not is_state(kind, target):
        return N_("There is no state “{target}”.", target=target[:40])
    if source == target:
        return N_("It is “{source}” already.", source=word)
    return N_("What is “{source}” cannot become “{target}”.", source=word, target=state_word(kind, target))
