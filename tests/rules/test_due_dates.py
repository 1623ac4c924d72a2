"""Due dates in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules import lifecycle
from planner.rules.due_dates import CLOSED, due_on_day, rule_in_words

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("state", "days", "expected"),
    [
        ("open", -24, ("fault", "24 days overdue", 24)),
        ("in_progress", -1, ("fault", "1 day overdue", 1)),
        ("carried_over", -3, ("fault", "3 days overdue", 3)),
        ("open", 0, ("late", "due today", 0)),
        ("open", 1, ("late", "due tomorrow", 0)),
        ("open", 7, ("late", "due in 7 days", 0)),
        ("open", 8, ("open", "open", 0)),
        ("carried_over", 3, ("late", "carried over", 0)),
        ("done", -24, ("settled", "done", 0)),
        ("dropped", -24, ("open", "dropped", 0)),
    ],
)
def test_says_how_a_follow_up_stands(state: str, days: int, expected: tuple[str, str, int]) -> None:
    due = due_on_day(state, DAY + timedelta(days=days), DAY)
    assert (due.tone, str(due.word), due.overdue_days) == expected


@given(state=st.sampled_from(lifecycle.states("follow_up")), days=st.integers(-2000, 2000))
def test_is_overdue_exactly_after_its_day_and_before_it_is_closed(state: str, days: int) -> None:
    due = due_on_day(state, DAY + timedelta(days=days), DAY)
    assert (due.tone == "fault") == (due.overdue_days > 0) == (days < 0 and state not in CLOSED)


def test_without_a_date_nothing_is_late() -> None:
    assert due_on_day("open", None, DAY).tone == "open"


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (28, "4 weeks after Session 1"),
        (7, "1 week after Session 1"),
        (1, "1 day after Session 1"),
        (0, "on the day of Session 1"),
        (-10, "10 days before Session 1"),
        (-56, "8 weeks before Session 1"),
    ],
)
def test_says_the_rule(offset: int, words: str) -> None:
    assert str(rule_in_words(offset, "Session 1")) == words
