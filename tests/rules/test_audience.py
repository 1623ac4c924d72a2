"""What audiences promise: a record is never open to more people than its parent."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.audience import (
    BROAD,
    EVERY_GROUND,
    PER_RECORD,
    Ground,
    clamp,
    grant_limit,
    implied_by,
    is_known_to_all,
    wider_than,
)

PUBLIC, PARTICIPANTS, STATES, STATES_PARTIES, OWNER, INVITED, OFFICERS = (int(ground) for ground in Ground)
MASKS = st.integers(0, EVERY_GROUND)

# What a viewer can be, apart from grants: class, registered or not, officer or not. A State Party is one of the States.
CLASSES = (0, STATES, STATES | STATES_PARTIES)
VIEWERS = [PUBLIC | cls | reg | off for cls, reg, off in product(CLASSES, (0, PARTICIPANTS), (0, OFFICERS))]


def admitted(mask):
    """Return the viewers whom a mask lets in by class or office, officers always."""
    return {viewer for viewer in VIEWERS if viewer & (mask | OFFICERS) & (BROAD | OFFICERS)}


def test_the_stored_numbers_stay():
    assert {ground.name: int(ground) for ground in Ground} == {
        "PUBLIC": 1,
        "PARTICIPANTS": 2,
        "STATES": 4,
        "STATES_PARTIES": 8,
        "OWNER": 16,
        "INVITED": 32,
        "OFFICERS": 64,
    }


@pytest.mark.parametrize(
    ("own", "parent", "stored"),
    [
        (None, PUBLIC, PUBLIC | OFFICERS),
        (None, STATES | OFFICERS, STATES | OFFICERS),
        (None, OWNER | OFFICERS, OWNER | OFFICERS),
        (PUBLIC, STATES, OFFICERS),
        (PUBLIC | STATES, STATES, STATES | OFFICERS),
        (STATES_PARTIES, STATES, STATES_PARTIES | OFFICERS),
        (STATES, STATES_PARTIES, OFFICERS),
        (STATES, PUBLIC, STATES | OFFICERS),
        (PARTICIPANTS, STATES, OFFICERS),
        (STATES, PARTICIPANTS, OFFICERS),
        (OWNER | INVITED, STATES, OWNER | INVITED | OFFICERS),
        (0, PUBLIC, OFFICERS),
        (PUBLIC, 0, OFFICERS),
    ],
)
def test_an_audience_is_kept_inside_its_parent(own, parent, stored):
    assert clamp(own, parent) == stored


@pytest.mark.parametrize(
    ("own", "parent", "wider"),
    [
        (PUBLIC, STATES, PUBLIC),
        (PUBLIC | PARTICIPANTS, STATES, PUBLIC | PARTICIPANTS),
        (STATES | STATES_PARTIES, STATES_PARTIES, STATES),
        (STATES_PARTIES, STATES, 0),
        (OWNER | INVITED | OFFICERS, 0, 0),
        (STATES, PUBLIC, 0),
    ],
)
def test_a_form_can_say_what_is_too_wide(own, parent, wider):
    assert wider_than(own, parent) == wider


@pytest.mark.parametrize(
    ("parent", "limit"),
    [(PUBLIC | OFFICERS, PUBLIC), (STATES | INVITED | OFFICERS, STATES), (OWNER | OFFICERS, 0)],
)
def test_a_grant_is_limited_to_the_classes_of_the_parent(parent, limit):
    assert grant_limit(parent) == limit


@pytest.mark.parametrize("wrong", [-1, 128, 1 << 20])
def test_a_number_with_other_bits_is_no_audience(wrong):
    for ask in (lambda: clamp(wrong, PUBLIC), lambda: clamp(PUBLIC, wrong), lambda: grant_limit(wrong)):
        with pytest.raises(ValueError, match="is not a set of grounds"):
            ask()


@given(MASKS | st.none(), MASKS)
def test_nobody_gets_in_who_may_not_see_the_parent(own, parent):
    assert admitted(clamp(own, parent)) <= admitted(parent)


@given(MASKS, MASKS)
def test_nobody_gets_in_whom_the_record_does_not_name(own, parent):
    assert clamp(own, parent) | OFFICERS == clamp(own, parent)
    assert clamp(own, parent) & ~(own | OFFICERS) == 0
    assert clamp(own, parent) & PER_RECORD == own & PER_RECORD


@given(MASKS | st.none(), MASKS)
def test_clamping_twice_is_clamping_once(own, parent):
    once = clamp(own, parent)

    assert clamp(once, parent) == once


@given(MASKS | st.none(), MASKS, MASKS, MASKS)
def test_opening_record_or_parent_shuts_nobody_out(own, parent, more, more_parent):
    wider_own = None if own is None else own | more

    assert clamp(own, parent) & ~clamp(wider_own, parent | more_parent) == 0


@given(MASKS, MASKS)
def test_what_is_too_wide_is_what_clamping_takes_away(own, parent):
    assert wider_than(own, parent) == own & BROAD & ~clamp(own, parent)


@given(MASKS, MASKS, MASKS)
def test_a_grandchild_stays_inside_the_grandparent(own, middle, top):
    assert admitted(clamp(own, clamp(middle, top))) <= admitted(top)


@given(st.sampled_from([PUBLIC, PARTICIPANTS, STATES, STATES_PARTIES, OFFICERS]), MASKS)
def test_implied_means_that_the_same_people_get_in(ground, parent):
    assert implied_by(ground, parent) == (admitted(ground) <= admitted(parent))


@given(MASKS, MASKS, st.booleans(), st.booleans())
def test_what_is_known_to_all_lets_in_every_viewer_of_the_other(narrow, wide, same_meeting, same_body):
    """Participants and officers of one record may be nobody to the other; who is named proves nothing."""
    if not is_known_to_all(narrow, wide, same_meeting=same_meeting, same_body=same_body):
        return
    if not wide & PUBLIC:
        assert (same_body, narrow & PER_RECORD) == (True, 0)
        wide &= ~(0 if same_meeting else PARTICIPANTS)
    assert admitted(narrow) <= admitted(wide)


@pytest.mark.parametrize(
    ("narrow", "wide", "known"),
    [
        (STATES, PUBLIC, True),
        (OWNER | INVITED, PUBLIC, True),
        (PUBLIC, STATES, False),
        (STATES_PARTIES, STATES, True),
        (STATES, STATES_PARTIES, False),
        (INVITED, INVITED, False),
        (OFFICERS, OFFICERS, True),
        (PARTICIPANTS | STATES, PARTICIPANTS | STATES, True),
        (PARTICIPANTS, STATES, False),
    ],
)
def test_what_is_known_to_all_within_one_meeting(narrow, wide, known):
    assert is_known_to_all(narrow, wide, same_meeting=True, same_body=True) is known
