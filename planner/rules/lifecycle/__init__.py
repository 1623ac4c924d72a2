"""States, allowed moves and Conference verbs as data (DESIGN.md section 4).

Services ask it before they change a record, pages draw their buttons from it.

`shape` says what a lifecycle is, `tables` holds one for each kind of record, `moves` answers questions, `verbs` are the
Conference's.
"""

from planner.rules.lifecycle.moves import (
    MoveRefused,
    check_move,
    find_move,
    initial,
    is_state,
    moves_from,
    next_move,
    state_word,
    states,
    tone,
)
from planner.rules.lifecycle.shape import NEEDS, Lifecycle, Move, Need, State, Tone
from planner.rules.lifecycle.tables import LIFECYCLES, PLAN_STATE_OF_VERB
from planner.rules.lifecycle.verbs import ConferenceVerb, verb_from_sentence

__all__ = [
    "LIFECYCLES",
    "NEEDS",
    "PLAN_STATE_OF_VERB",
    "ConferenceVerb",
    "Lifecycle",
    "Move",
    "MoveRefused",
    "Need",
    "State",
    "Tone",
    "check_move",
    "find_move",
    "initial",
    "is_state",
    "moves_from",
    "next_move",
    "state_word",
    "states",
    "tone",
    "verb_from_sentence",
]
