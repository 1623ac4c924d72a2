"""The balance bar."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.pictures.balance import ORDER, Segment, balance


def test_segments_stand_in_the_order_of_the_classes():
    assert balance({"XX": 10, "RA": 20, "SP": 45, "IN": 0, "RO": 20}) == (
        Segment("SP", 45, 0.0, 468.0),
        Segment("RO", 20, 472.0, 208.0),
        Segment("RA", 20, 684.0, 208.0),
        Segment("XX", 10, 896.0, 104.0),
    )


def test_no_minutes_no_bar():
    assert balance({}) == balance({"SP": 0}) == ()


@given(st.dictionaries(st.sampled_from([*ORDER, "XX"]), st.integers(0, 10_000)))
def test_segments_fill_the_bar_with_gaps_of_four(minutes):
    segments = balance(minutes)
    assert sum(segment.minutes for segment in segments) == sum(minutes.values())
    for one, other in pairwise(segments):
        assert other.x - one.x - one.width == pytest.approx(4, abs=0.11)
    if segments:
        assert segments[0].x == 0
        assert segments[-1].x + segments[-1].width == pytest.approx(1000)
