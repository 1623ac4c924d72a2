"""What the states, their moves and the Conference's verbs promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import Conflict
from planner.core.i18n import Message
from planner.rules.lifecycle import (
    LIFECYCLES,
    NEEDS,
    PLAN_STATE_OF_VERB,
    ConferenceVerb,
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
    verb_from_sentence,
)

EVERY_STATE = [(kind, state) for kind in LIFECYCLES for state in states(kind)]
EVERY_MOVE = [(kind, move) for kind, lifecycle in LIFECYCLES.items() for move in lifecycle.moves]


def refusal(kind, source, target, given=()):
    with pytest.raises(MoveRefused) as caught:
        check_move(kind, source, target, given)
    return caught.value


def test_each_kind_has_its_states():
    scheduled = ("tentative", "confirmed", "held", "cancelled", "postponed")
    assert {kind: states(kind) for kind in LIFECYCLES} == {
        "plan_version": (
            "draft",
            "circulated",
            "submitted",
            "takes_note",
            "welcomed",
            "endorsed",
            "adopted",
            "superseded",
            "withdrawn",
            "lapsed",
        ),
        "offer": (
            "draft",
            "submitted",
            "accepted",
            "confirmed",
            "placed",
            "delivered",
            "undelivered",
            "declined",
            "withdrawn",
        ),
        "plan_session": (*scheduled, "merged"),
        "meeting": scheduled,
        "output": ("outlined", "drafted", "circulated", "final", "acted_on"),
        "follow_up": ("open", "in_progress", "done", "dropped", "carried_over"),
        "call": ("draft", "open", "closed", "cancelled"),
        "contribution": ("invited", "received", "published", "withdrawn"),
        "decision": ("recorded", "corrected"),
    }


def test_a_new_record_starts_at_the_beginning():
    assert {kind: initial(kind) for kind in LIFECYCLES} == {
        "plan_version": "draft",
        "offer": "draft",
        "plan_session": "tentative",
        "meeting": "tentative",
        "output": "outlined",
        "follow_up": "open",
        "call": "draft",
        "contribution": "invited",
        "decision": "recorded",
    }


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_moves_lead_from_state_to_state_and_reach_all(kind):
    reached, frontier = set(), {initial(kind)}
    while frontier:
        reached |= frontier
        frontier = {move.target for state in frontier for move in moves_from(kind, state)} - reached

    assert reached == set(states(kind))


@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_moves_out_of_a_state_are_told_apart(kind, state):
    moves = moves_from(kind, state)

    assert len({move.verb_name for move in moves}) == len(moves)
    assert len({move.target for move in moves}) == len(moves)
    assert len({move.label.text for move in moves}) == len(moves)
    assert [find_move(kind, state, move.verb_name) for move in moves] == list(moves)


@pytest.mark.parametrize(("kind", "move"), EVERY_MOVE)
def test_a_move_is_allowed_with_what_it_needs_and_refused_without(kind, move):
    assert check_move(kind, move.source, move.target, NEEDS) == move
    assert check_move(kind, move.source, move.target, move.needs) == move
    assert move.needs <= set(NEEDS)
    for need in move.needs:
        assert set(refusal(kind, move.source, move.target, move.needs - {need}).missing) == {need}


@given(st.sampled_from(EVERY_STATE), st.sampled_from(EVERY_STATE))
def test_every_other_move_is_refused(one, other):
    (kind, source), (_, target) = one, other
    if target in {move.target for move in moves_from(kind, source)}:
        return

    refused = refusal(kind, source, target, NEEDS)

    assert refused.missing == {}
    assert refused.status == Conflict.status
    assert str(refused.reason)


def test_says_why_a_move_is_refused():
    assert str(refusal("plan_session", "cancelled", "held", NEEDS)) == "What is “cancelled” cannot become “held”."
    assert str(refusal("follow_up", "in_progress", "in_progress", NEEDS)) == "It is “in progress” already."
    assert str(refusal("offer", "draft", "sung", NEEDS)) == "There is no state “sung”."
    assert str(refusal("follow_up", "open", "dropped")) == "Give a reason."


def test_names_everything_that_is_missing():
    refused = refusal("call", "closed", "open")

    assert refused.missing == {"reason": Message("Give a reason."), "deadline": Message("Give a deadline.")}


def needs(kind, source, target):
    return check_move(kind, source, target, NEEDS).needs


def sources(kind, target):
    return {move.source for move in LIFECYCLES[kind].moves if move.target == target}


@pytest.mark.parametrize("kind", ["plan_session", "meeting"])
def test_a_session_is_held_only_when_it_was_planned_and_can_be_restored(kind):
    assert sources(kind, "held") == {"confirmed", "tentative"}
    assert {move.target: move.needs for move in moves_from(kind, "cancelled")} == {
        "tentative": {"reason"},
        "confirmed": {"reason"},
    }


def test_a_plan_version_is_circulated_with_a_deadline():
    assert needs("plan_version", "draft", "circulated") == {"deadline"}


@pytest.mark.parametrize("acted_on", ["takes_note", "welcomed", "endorsed", "adopted"])
def test_only_a_submitted_version_is_acted_on_and_then_superseded_or_taken_back(acted_on):
    assert sources("plan_version", acted_on) == {"submitted"}
    moves = moves_from("plan_version", acted_on)
    assert [(move.target, move.is_undoing) for move in moves] == [("superseded", False), ("submitted", True)]


@pytest.mark.parametrize("end", ["superseded", "withdrawn", "lapsed"])
def test_an_ended_version_stays_as_it_is(end):
    assert moves_from("plan_version", end) == ()


def test_an_output_is_acted_on_with_a_verb():
    assert needs("output", "final", "acted_on") == {"verb"}
    assert sources("output", "acted_on") == {"final"}


def test_a_follow_up_closes_with_evidence_and_is_dropped_with_a_reason():
    assert {move.needs for _, move in EVERY_MOVE if move.target == "done"} == {frozenset({"evidence"})}
    assert {move.needs for _, move in EVERY_MOVE if move.target == "dropped"} == {frozenset({"reason"})}


def test_an_offer_is_placed_only_when_its_presenter_confirmed():
    assert sources("offer", "placed") == {"confirmed", "delivered", "undelivered"}
    assert needs("offer", "delivered", "placed") == {"reason"}


def test_a_decision_is_corrected_with_a_reason_each_time():
    assert needs("decision", "recorded", "corrected") == {"reason"}
    assert needs("decision", "corrected", "corrected") == {"reason"}


@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_a_state_has_a_word_and_is_never_a_fault(kind, state):
    assert state_word(kind, state).text
    assert tone(kind, state) in {"settled", "open", "draft", "late"}


def test_late_states():
    late = {(kind, state) for kind, state in EVERY_STATE if tone(kind, state) == "late"}

    assert late == {
        ("plan_session", "postponed"),
        ("meeting", "postponed"),
        ("offer", "undelivered"),
        ("follow_up", "carried_over"),
    }


@pytest.mark.parametrize("ask", [states, initial])
def test_an_unknown_kind_is_an_error_of_the_program(ask):
    with pytest.raises(KeyError):
        ask("poem")


def test_knows_its_states():
    assert is_state("offer", "placed")
    assert not is_state("offer", "held")


VERBS = [
    (ConferenceVerb.TAKES_NOTE, 1, 1, "takes note of", "taken note of"),
    (ConferenceVerb.WELCOMES, 2, 2, "welcomes", "welcomed"),
    (ConferenceVerb.ENDORSES, 3, 3, "endorses", "endorsed"),
    (ConferenceVerb.ADOPTS, 4, 4, "adopts", "adopted"),
    (ConferenceVerb.ESTABLISHES, 5, None, "establishes", "established"),
    (ConferenceVerb.MANDATES, 6, None, "mandates", "mandated"),
    (ConferenceVerb.CONFIRMS, 7, None, "confirms", "confirmed"),
]


def test_verbs_go_from_weak_to_strong():
    assert [(v, v.strength, v.quarters, str(v.present), str(v.past)) for v in ConferenceVerb] == VERBS


@pytest.mark.parametrize("verb", [verb for verb in ConferenceVerb if verb is not ConferenceVerb.ADOPTS])
def test_adopted_is_never_said_for_another_verb(verb):
    words = [verb.value, str(verb.present), str(verb.past)]
    if verb in PLAN_STATE_OF_VERB:
        words += [PLAN_STATE_OF_VERB[verb], str(state_word("plan_version", PLAN_STATE_OF_VERB[verb]))]

    assert not [word for word in words if "adopt" in word.casefold()]


def test_the_state_of_a_version_says_the_verb_that_was_used():
    said = {verb: state_word("plan_version", state) for verb, state in PLAN_STATE_OF_VERB.items()}

    assert said == {verb: verb.past for verb in ConferenceVerb if verb.quarters}


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("Welcomed the multi-year workplan on exchange of national practices", ConferenceVerb.WELCOMES),
        ("Endorsed the WGETI report; adopted nothing", ConferenceVerb.ENDORSES),
        ("Adopted the WGETI report", ConferenceVerb.ADOPTS),
        ("Established the Forum (final report, paragraph 40)", ConferenceVerb.ESTABLISHES),
        ("Mandated the first formal meeting for 2022", ConferenceVerb.MANDATES),
        ("Confirmed the Forum and its terms of reference", ConferenceVerb.CONFIRMS),
        ("Took note of the report", ConferenceVerb.TAKES_NOTE),
        ("welcomed", ConferenceVerb.WELCOMES),
        ("takes_note", ConferenceVerb.TAKES_NOTE),
        ("Endorsed, after a long debate", ConferenceVerb.ENDORSES),
        ("Took the floor", None),
        ("Took", None),
        ("Supported by many, welcomed by few", None),
        ("The Conference adopted the report", None),
        ("", None),
        ("  ", None),
    ],
)
def test_reads_the_verb_a_sentence_begins_with(sentence, verb):
    assert verb_from_sentence(sentence) is verb


@pytest.mark.parametrize("verb", ConferenceVerb)
def test_reads_back_its_own_words(verb):
    words = (verb.value, str(verb.present), str(verb.past))

    assert {verb_from_sentence(f"{word} the report") for word in words} == {verb}


def test_one_move_is_likely_next():
    likely = {(kind, state): found.verb_name for kind, state in EVERY_STATE if (found := next_move(kind, state))}
    scheduled = {"tentative": "confirm", "confirmed": "hold", "postponed": "reschedule"}
    assert likely == {
        ("plan_version", "draft"): "circulate",
        ("plan_version", "circulated"): "submit",
        ("offer", "draft"): "submit",
        ("offer", "submitted"): "accept",
        ("offer", "accepted"): "confirm",
        ("offer", "confirmed"): "place",
        ("offer", "placed"): "deliver",
        ("offer", "undelivered"): "carry_over",
        **{("plan_session", state): verb for state, verb in scheduled.items()},
        **{("meeting", state): verb for state, verb in scheduled.items()},
        ("output", "outlined"): "draft",
        ("output", "drafted"): "circulate",
        ("output", "circulated"): "finalise",
        ("output", "final"): "act_on",
        ("follow_up", "open"): "start",
        ("follow_up", "in_progress"): "close",
        ("follow_up", "carried_over"): "start",
        ("call", "draft"): "open",
        ("call", "open"): "close",
        ("contribution", "invited"): "receive",
        ("contribution", "received"): "publish",
    }
