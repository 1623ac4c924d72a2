"""The lifecycle of each kind of record (DESIGN.md section 4). Only data; questions are answered by `moves.py`.

A move that takes something back from people who have seen it needs a reason. Mistakes are undone by a move of their
own, with a reason, never by editing a state: an act of the Conference is taken back while nothing rests on it. How a
record leaves whose kind has no end of its own stands in `withdrawing.py`.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from planner.core.i18n import N_, Message
from planner.rules.lifecycle.shape import Lifecycle, Move, Need, State, Tone
from planner.rules.lifecycle.verbs import ConferenceVerb

# The state that a plan version is in after the Conference acted on it. The other verbs are about bodies and mandates.
PLAN_STATE_OF_VERB: Mapping[ConferenceVerb, str] = MappingProxyType(
    {
        ConferenceVerb.TAKES_NOTE: "takes_note",
        ConferenceVerb.WELCOMES: "welcomed",
        ConferenceVerb.ENDORSES: "endorsed",
        ConferenceVerb.ADOPTS: "adopted",
    }
)


def _lifecycle(kind: str, states: tuple[tuple[str, Tone, Message], ...], moves: tuple[Move, ...]) -> Lifecycle:
    named = {name: State(name, word, tone) for name, tone, word in states}
    return Lifecycle(kind, MappingProxyType(named), moves)


def _moves(sources: str, target: str, verb_name: str, label: Message, *needs: Need) -> tuple[Move, ...]:
    """Return one move to the target from each of the sources, which are parted by blanks."""
    return tuple(Move(source, target, verb_name, label, frozenset(needs)) for source in sources.split())


def _owners(*moves: Move) -> tuple[Move, ...]:
    """Return moves that who owes the record may make too."""
    return tuple(replace(move, is_owners=True) for move in moves)


def _undoing(sources: str, target: str) -> tuple[Move, ...]:
    """Return the moves by which an act of the Conference is taken back that was recorded by mistake."""
    label = N_("Undo the recorded act")
    return tuple(
        Move(one, target, "take_back", label, frozenset({"reason"}), is_undoing=True) for one in sources.split()
    )


# The target of the four moves by the Conference is the verb itself, so none is asked for.
_PLAN_VERSION = _lifecycle(
    "plan_version",
    (
        ("draft", "draft", N_("draft")),
        ("circulated", "open", N_("circulated")),
        ("submitted", "open", N_("submitted")),
        ("takes_note", "settled", N_("taken note of")),
        ("welcomed", "settled", N_("welcomed")),
        ("endorsed", "settled", N_("endorsed")),
        ("adopted", "settled", N_("adopted")),
        ("superseded", "open", N_("superseded")),
        ("withdrawn", "open", N_("withdrawn")),
        ("lapsed", "open", N_("lapsed")),
    ),
    (
        *_moves("draft", "circulated", "circulate", N_("Circulate the version"), "deadline"),
        *_moves("circulated", "submitted", "submit", N_("Submit to the Conference")),
        *_moves("submitted", "takes_note", "take_note", N_("Record that the Conference takes note of it")),
        *_moves("submitted", "welcomed", "welcome", N_("Record that the Conference welcomes it")),
        *_moves("submitted", "endorsed", "endorse", N_("Record that the Conference endorses it")),
        *_moves("submitted", "adopted", "adopt", N_("Record that the Conference adopts it")),
        *_moves(
            "circulated takes_note welcomed endorsed adopted",
            "superseded",
            "supersede",
            N_("Mark as superseded by a later version"),
        ),
        *_undoing("takes_note welcomed endorsed adopted", "submitted"),
        *_moves("draft circulated submitted", "withdrawn", "withdraw", N_("Withdraw the version"), "reason"),
        *_moves("circulated submitted", "lapsed", "lapse", N_("Mark as lapsed"), "reason"),
    ),
)

_OFFER = _lifecycle(
    "offer",
    (
        ("draft", "draft", N_("draft")),
        ("submitted", "open", N_("submitted")),
        ("accepted", "open", N_("accepted")),
        ("confirmed", "settled", N_("confirmed")),
        ("placed", "settled", N_("placed")),
        ("delivered", "settled", N_("delivered")),
        ("undelivered", "late", N_("not delivered")),
        ("declined", "open", N_("declined")),
        ("withdrawn", "open", N_("withdrawn")),
    ),
    (
        *_moves("draft", "submitted", "submit", N_("Submit the offer")),
        *_moves("submitted", "accepted", "accept", N_("Accept the offer")),
        *_moves("accepted", "confirmed", "confirm", N_("Confirm the presentation")),
        *_moves("confirmed", "placed", "place", N_("Place in a session")),
        *_moves("placed", "confirmed", "unplace", N_("Take off the programme")),
        *_moves("placed", "delivered", "deliver", N_("Record as delivered")),
        *_moves("placed", "undelivered", "miss", N_("Record as not delivered"), "reason"),
        *_moves("undelivered", "confirmed", "carry_over", N_("Keep for a later session")),
        *_moves("delivered undelivered", "placed", "reopen", N_("Undo what was recorded"), "reason"),
        *_moves("submitted accepted confirmed placed", "declined", "decline", N_("Decline the offer"), "reason"),
        *_moves("declined", "submitted", "reconsider", N_("Consider the offer again"), "reason"),
        *_moves("draft", "withdrawn", "withdraw", N_("Withdraw the offer")),
        *_moves(
            "submitted accepted confirmed placed undelivered",
            "withdrawn",
            "withdraw",
            N_("Withdraw the offer"),
            "reason",
        ),
    ),
)

_SCHEDULED_STATES: tuple[tuple[str, Tone, Message], ...] = (
    ("tentative", "open", N_("tentative")),
    ("confirmed", "settled", N_("confirmed")),
    ("held", "settled", N_("held")),
    ("cancelled", "open", N_("cancelled")),
    ("postponed", "late", N_("postponed")),
)

# A session that was merged is off as a cancelled one is, and goes on in another. Which one is no matter of its state.
_PLAN_SESSION = _lifecycle(
    "plan_session",
    (*_SCHEDULED_STATES, ("merged", "open", N_("merged"))),
    (
        *_moves("tentative", "confirmed", "confirm", N_("Confirm the session")),
        *_moves("confirmed", "tentative", "unconfirm", N_("Make the session tentative again"), "reason"),
        *_moves("tentative confirmed", "held", "hold", N_("Record the session as held")),
        *_moves("held", "confirmed", "reopen", N_("Undo “held”"), "reason"),
        *_moves("tentative confirmed postponed", "cancelled", "cancel", N_("Cancel the session"), "reason"),
        *_moves("tentative confirmed", "postponed", "postpone", N_("Postpone the session"), "reason"),
        *_moves("tentative confirmed postponed", "merged", "merge", N_("Merge into another session"), "reason"),
        *_moves("postponed", "tentative", "reschedule", N_("Put the session back as tentative")),
        *_moves("postponed", "confirmed", "confirm", N_("Confirm the session")),
        *_moves("cancelled merged", "tentative", "restore", N_("Restore the session as tentative"), "reason"),
        *_moves("cancelled merged", "confirmed", "restore_confirmed", N_("Restore the session as confirmed"), "reason"),
    ),
)

_MEETING = _lifecycle(
    "meeting",
    _SCHEDULED_STATES,
    (
        *_moves("tentative", "confirmed", "confirm", N_("Confirm the meeting")),
        *_moves("confirmed", "tentative", "unconfirm", N_("Make the meeting tentative again"), "reason"),
        *_moves("tentative confirmed", "held", "hold", N_("Record the meeting as held")),
        *_moves("held", "confirmed", "reopen", N_("Undo “held”"), "reason"),
        *_moves("tentative confirmed postponed", "cancelled", "cancel", N_("Cancel the meeting"), "reason"),
        *_moves("tentative confirmed", "postponed", "postpone", N_("Postpone the meeting"), "reason"),
        *_moves("postponed", "tentative", "reschedule", N_("Put the meeting back as tentative")),
        *_moves("postponed", "confirmed", "confirm", N_("Confirm the meeting")),
        *_moves("cancelled", "tentative", "restore", N_("Restore the meeting as tentative"), "reason"),
        *_moves("cancelled", "confirmed", "restore_confirmed", N_("Restore the meeting as confirmed"), "reason"),
    ),
)

_OUTPUT = _lifecycle(
    "output",
    (
        ("outlined", "draft", N_("outlined")),
        ("drafted", "draft", N_("drafted")),
        ("circulated", "open", N_("circulated")),
        ("final", "settled", N_("final")),
        ("acted_on", "settled", N_("acted on by the Conference")),
    ),
    (
        *_moves("outlined", "drafted", "draft", N_("Mark as drafted")),
        *_moves("drafted", "circulated", "circulate", N_("Circulate the output")),
        *_moves("circulated", "drafted", "revise", N_("Take back for a new draft")),
        *_moves("drafted circulated", "final", "finalise", N_("Mark as final")),
        *_moves("final", "drafted", "reopen", N_("Open the final text again"), "reason"),
        *_moves("final", "acted_on", "act_on", N_("Record the Conference’s action"), "verb"),
        *_undoing("acted_on", "final"),
    ),
)

_FOLLOW_UP = _lifecycle(
    "follow_up",
    (
        ("open", "open", N_("open")),
        ("in_progress", "open", N_("in progress")),
        ("done", "settled", N_("done")),
        ("dropped", "open", N_("dropped")),
        ("carried_over", "late", N_("carried over")),
    ),
    (
        *_owners(*_moves("open carried_over", "in_progress", "start", N_("Start the action"))),
        *_owners(*_moves("open in_progress carried_over", "done", "close", N_("Record as done"), "evidence")),
        *_moves("open in_progress carried_over", "dropped", "drop", N_("Drop the action"), "reason"),
        *_moves("open in_progress", "carried_over", "carry_over", N_("Carry over to the next cycle")),
        *_moves("done dropped", "open", "reopen", N_("Open the action again"), "reason"),
    ),
)

_CALL = _lifecycle(
    "call",
    (
        ("draft", "draft", N_("draft")),
        ("open", "open", N_("open")),
        ("closed", "settled", N_("closed")),
        ("cancelled", "open", N_("cancelled")),
    ),
    (
        *_moves("draft", "open", "open", N_("Open the call"), "deadline"),
        *_moves("open", "closed", "close", N_("Close the call")),
        *_moves("closed", "open", "reopen", N_("Open the call again"), "deadline", "reason"),
        *_moves("draft", "cancelled", "cancel", N_("Cancel the call")),
        *_moves("open closed", "cancelled", "cancel", N_("Cancel the call"), "reason"),
        *_moves("cancelled", "draft", "restore", N_("Restore the call as a draft"), "reason"),
    ),
)

_CONTRIBUTION = _lifecycle(
    "contribution",
    (
        ("invited", "open", N_("invited")),
        ("received", "open", N_("received")),
        ("published", "settled", N_("published")),
        ("withdrawn", "open", N_("withdrawn")),
    ),
    (
        *_moves("invited", "received", "receive", N_("Record as received")),
        *_moves("received", "published", "publish", N_("Publish the contribution")),
        *_moves("published", "received", "unpublish", N_("Take back from publication"), "reason"),
        *_moves("invited received published", "withdrawn", "withdraw", N_("Withdraw the contribution"), "reason"),
        *_moves("withdrawn", "received", "restore", N_("Restore the contribution"), "reason"),
    ),
)

# A corrected decision can be corrected again: the one move that stays where it is, because each mark has its reason.
_DECISION = _lifecycle(
    "decision",
    (
        ("recorded", "settled", N_("recorded")),
        ("corrected", "settled", N_("corrected")),
    ),
    _moves("recorded corrected", "corrected", "correct", N_("Correct the decision"), "reason"),
)

LIFECYCLES: Mapping[str, Lifecycle] = MappingProxyType(
    {
        lifecycle.kind: lifecycle
        for lifecycle in (
            _PLAN_VERSION,
            _OFFER,
            _PLAN_SESSION,
            _MEETING,
            _OUTPUT,
            _FOLLOW_UP,
            _CALL,
            _CONTRIBUTION,
            _DECISION,
        )
    }
)

OFF = frozenset({"cancelled", "postponed", "merged"})
"""The states of a meeting or session that does not take place on the day that readers have."""
ENDED = frozenset({"cancelled", "merged"})
"""The states in which a session has no programme any more that could be filled."""
