"""Secret addresses: what was signed is read back, and nothing else opens anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.signing import read_signed, sign

KEY = "k" * 40


@given(numbers=st.lists(st.integers(0, 2**63), min_size=1, max_size=3))
def test_what_is_signed_is_read_back_for_its_purpose_and_key_alone(numbers):
    token = sign(*numbers, purpose="feed", key=KEY)
    assert read_signed(token, len(numbers), purpose="feed", key=KEY) == tuple(numbers)
    assert read_signed(token, len(numbers) + 1, purpose="feed", key=KEY) is None
    assert read_signed(token, len(numbers), purpose="password", key=KEY) is None
    assert read_signed(token, len(numbers), purpose="feed", key="K" * 40) is None


@pytest.mark.parametrize("token", ["", ".", "x", "WzEsMF0.x", "é", "\x00", "a" * 10_000, "WzEsMF0." + "A" * 43])
def test_what_nobody_signed_is_nothing(token):
    assert read_signed(token, 2, purpose="feed", key=KEY) is None


@given(token=st.text(max_size=250))
def test_no_text_breaks_it(token):
    assert read_signed(token, 2, purpose="feed", key=KEY) is None
