"""States, allowed moves and Conference verbs as data (DESIGN.md section 4).

Services ask it before they change a record, pages draw their buttons from it.

`shape` says what a lifecycle is, `tables` holds one for each kind of record, `withdrawing` says how the other kinds
leave, `moves` answers questions, `verbs` are the Conference's.
"""

from planner.rules.lifecycle.moves import (
    MoveRefused,
    all_moves,
    check_move,
    check_needs,
    find_move,
    initial,
    is_state,
    moves_from,
    moves_of,
    next_move,
    state_word,
    states,
    tone,
)
from planner.rules.lifecycle.shape import NEEDS, Lifecycle, Move, Need, State, Tone
from planner.rules.lifecycle.tables import ENDED, LIFECYCLES, OFF, PLAN_STATE_OF_VERB
from planner.rules.lifecycle.verbs import ConferenceVerb, verb_from_sentence
from planner.rules.lifecycle.withdrawing import WITHDRAWABLE, WITHDRAWN

__all__ = [
    "ENDED",
    "LIFECYCLES",
    "NEEDS",
    "OFF",
    "PLAN_STATE_OF_VERB",
    "WITHDRAWABLE",
    "WITHDRAWN",
    "ConferenceVerb",
    "Lifecycle",
    "Move",
    "MoveRefused",
    "Need",
    "State",
    "Tone",
    "all_moves",
    "check_move",
    "check_needs",
    "find_move",
    "initial",
    "is_state",
    "moves_from",
    "moves_of",
    "next_move",
    "state_word",
    "states",
    "tone",
    "verb_from_sentence",
]
