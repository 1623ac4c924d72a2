"""What the timetable of a session promises."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.timetable import Item, Placed, lay_out, overrun, spare_minutes, total_minutes, unknown_count

ITEMS = st.lists(st.builds(Item, st.integers(), st.none() | st.integers(0, 240)), max_size=12)
TEN = datetime(2027, 2, 16, 9, 0, tzinfo=UTC)


def test_items_follow_one_another():
    assert lay_out([Item("opening", 10), Item("talk", 20), Item("questions", 30)], TEN) == [
        Placed("opening", 10, 0, TEN, TEN + timedelta(minutes=10)),
        Placed("talk", 20, 10, TEN + timedelta(minutes=10), TEN + timedelta(minutes=30)),
        Placed("questions", 30, 30, TEN + timedelta(minutes=30), TEN + timedelta(minutes=60)),
    ]


def test_nothing_is_known_after_an_unknown_length():
    assert lay_out([Item("opening", 10), Item("talk"), Item("questions", 30)], TEN) == [
        Placed("opening", 10, 0, TEN, TEN + timedelta(minutes=10)),
        Placed("talk", None, 10, TEN + timedelta(minutes=10), None),
        Placed("questions", 30, None, None, None),
    ]


def test_offsets_need_no_start():
    assert lay_out([Item("opening", 10), Item("talk", 20)]) == [Placed("opening", 10, 0), Placed("talk", 20, 10)]


def test_minutes_are_real_minutes_when_the_clocks_change():
    before = datetime(2027, 3, 28, 1, 30, tzinfo=ZoneInfo("Europe/Zurich"))

    last = lay_out([Item("one", 60), Item("two", 60)], before)[-1]

    assert last.ends_at == datetime(2027, 3, 28, 2, 30, tzinfo=UTC)


def test_a_start_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs a zone"):
        lay_out([], datetime(2027, 2, 16, 10, 0))  # noqa: DTZ001 - the fault under test


def test_a_length_below_nothing_is_refused():
    with pytest.raises(ValueError, match="-5 minutes cannot be"):
        Item("talk", -5)


@pytest.mark.parametrize(
    ("session_minutes", "lengths", "over", "spare"),
    [
        (180, [90, 90], 0, 0),
        (180, [90, 60], 0, 30),
        (180, [90, 100], 10, 0),
        (180, [90, None], 0, None),
        (180, [190, None], 10, None),
        (None, [500], 0, None),
        (180, [], 0, 180),
    ],
)
def test_says_what_does_not_fit_and_what_is_free(session_minutes, lengths, over, spare):
    items = [Item(number, minutes) for number, minutes in enumerate(lengths)]

    assert (overrun(session_minutes, items), spare_minutes(session_minutes, items)) == (over, spare)


@given(ITEMS)
def test_each_item_is_placed_once_and_in_order(items):
    placed = lay_out(items, TEN)

    assert [(one.key, one.minutes) for one in placed] == [(item.key, item.minutes) for item in items]
    offsets = [one.offset_minutes for one in placed if one.offset_minutes is not None]
    assert offsets == sorted(offsets)
    assert all(one.offset_minutes is None for one in placed[len(offsets) :])


@given(ITEMS)
def test_the_last_known_end_is_the_sum(items):
    ends = [one.ends_at for one in lay_out(items, TEN)]
    if items and not unknown_count(items):
        assert ends[-1] == TEN + timedelta(minutes=total_minutes(items))
    elif items:
        assert ends[-1] is None


@given(st.integers(0, 600), ITEMS)
def test_over_and_spare_make_up_the_difference(session_minutes, items):
    if not unknown_count(items):
        difference = session_minutes - total_minutes(items)
        assert spare_minutes(session_minutes, items) - overrun(session_minutes, items) == difference
