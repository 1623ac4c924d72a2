"""Items of a session on a grid of five minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.pictures.timetable import Gap, Item, Placed, Timetable, timetable


def test_a_session_to_scale():
    items = [Item(0, 10), Item(10, 20), Item(45, 20)]
    assert timetable(items, 10 * 60 + 15, 60) == Timetable(
        items=(Placed(0, 2, "10:15"), Placed(2, 4, "10:25"), Placed(9, 4, "11:00", is_over=True)),
        axis=((0, "10:15", False), (3, "10:30", False), (9, "11:00", True)),
        gaps=(Gap(6, 3, "10:45", 15),),
        steps=13,
        overrun_minutes=5,
    )


def test_an_empty_session_is_one_gap():
    assert timetable([], 22 * 60 + 30, 120) == Timetable(
        items=(),
        axis=((0, "22:30", False), (6, "23:00", True), (12, "23:30", False), (18, "00:00", True), (24, "00:30", False)),
        gaps=(Gap(0, 24, "22:30", 120),),
        steps=24,
        overrun_minutes=0,
    )


def test_items_at_one_time_clash():
    found = timetable([Item(0, 30), Item(20, 20), Item(40, 20)], 600, 60)
    assert [item.is_clash for item in found.items] == [True, True, False]
    assert [(item.from_step, item.len_step) for item in found.items] == [(0, 6), (4, 4), (8, 4)]


def test_items_shorter_than_a_row_move_the_next_down():
    found = timetable([Item(0, 2), Item(2, 2), Item(4, 6)], 600, 30)
    assert [(item.from_step, item.len_step) for item in found.items] == [(0, 1), (1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("items", "starts_at", "length"),
    [
        ([Item(None, 10)], 600, 60),
        ([Item(0, None)], 600, 60),
        ([Item(0, 10)], None, 60),
        ([Item(0, 10)], 600, None),
        ([Item(0, 10)], 600, 13 * 60),
        ([Item(0, 13 * 60)], 600, 60),
        ([Item(-5, 10)], 600, 60),
    ],
)
def test_without_known_times_nothing_is_to_scale(items, starts_at, length):
    assert timetable(items, starts_at, length) is None


@given(
    st.lists(st.builds(Item, st.integers(0, 400), st.integers(0, 120)), max_size=12),
    st.integers(0, 24 * 60 - 1),
    st.integers(1, 500),
)
def test_every_session(items, starts_at, length):
    found = timetable(items, starts_at, length)
    if found is None:
        return
    assert len(found.items) == len(items)
    assert found.steps <= 144
    placed = [*found.items, *found.gaps]
    assert all(place.from_step >= 0 and place.len_step >= 1 for place in placed)
    assert all(place.from_step + place.len_step <= found.steps for place in placed)
    calm = [place for place in placed if isinstance(place, Gap) or not place.is_clash]
    rows = [row for place in calm for row in range(place.from_step, place.from_step + place.len_step)]
    assert len(rows) == len(set(rows))
    assert all(0 <= step <= found.steps for step, _, _ in found.axis)
    assert found.overrun_minutes == max([0, *(item.start_minutes + item.length_minutes - length for item in items)])
