"""Lanes: nothing overlaps within one, and there are as few as there can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.rules.lanes import Lane, in_lanes

spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda one: (one[0], one[0] + one[1])))


def test_nothing_has_no_lane():
    assert in_lanes([]) == []


def test_what_only_touches_stands_in_one_lane():
    assert in_lanes([(0, 4), (4, 8)]) == [Lane(0, 1), Lane(0, 1)]


@given(spans)
def test_no_two_that_overlap_share_a_lane_and_none_is_wasted(found):
    lanes = in_lanes(found)
    for index, (start, end) in enumerate(found):
        assert 0 <= lanes[index].number < lanes[index].of
        for other, (begin, until) in enumerate(found[:index]):
            if start < until and begin < end:
                assert lanes[index].number != lanes[other].number
                assert lanes[index].of == lanes[other].of
    most = max((sum(a <= at < b for a, b in found) for at in range(60)), default=0)
    assert max((one.of for one in lanes), default=0) == most
