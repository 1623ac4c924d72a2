"""How a week is laid out, and what the views span."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from planner.calendars.periods import EARLIEST, HEAD_ROWS, LATEST, MOST_LANES, QUIET, SHORTEST, VIEWS, span_of, week_of
from planner.services.calendar_views import Shown

MONDAY = date(2027, 3, 22)  # the week in which Europe's clocks go forward
SPAN = span_of("week", MONDAY)


def shown(starts, minutes, zone="Europe/Zurich"):
    ends = starts + timedelta(minutes=minutes)
    place = ZoneInfo(zone)
    return Shown(
        uid=f"{starts}-{minutes}", entry_kind="session", record_id=1, kind="plan_session", title="S", state=None,
        first_on=starts.astimezone(place).date(),
        last_on=max(starts, ends - timedelta(microseconds=1)).astimezone(place).date(),
        starts_at=starts, ends_at=ends, zone=zone, shown_in=zone, is_illustration=False,
    )  # fmt: skip


def at(day, hour, minute=0):
    return datetime(2027, 3, day, hour, minute, tzinfo=ZoneInfo("Europe/Zurich")).astimezone(UTC)


def test_hours_that_nobody_uses_are_left_away():
    week = week_of((shown(at(23, 10), 180),), SPAN)
    assert [hour for hour, _ in week.hours] == list(range(9, 17))
    early = week_of((shown(at(23, 6, 30), 30), shown(at(24, 18), 150)), SPAN)
    assert [hour for hour, _ in early.hours] == list(range(6, 21))
    assert early.rows == HEAD_ROWS + 15 * 4


def test_what_overlaps_stands_side_by_side():
    week = week_of((shown(at(23, 10), 180), shown(at(23, 11), 60), shown(at(23, 15), 60)), SPAN)
    tuesday = week.days[1]
    assert [(one.row, one.rows, one.lane, one.across) for one in tuesday.placed] == [
        (HEAD_ROWS + 4, 12, 1, False), (HEAD_ROWS + 8, 4, 2, False), (HEAD_ROWS + 24, 4, 1, True),
    ]  # fmt: skip
    assert (tuesday.lanes, week.is_list) == (2, False)


def test_a_night_is_drawn_on_both_days():
    week = week_of((shown(at(23, 22), 240),), SPAN)
    assert [(one.row, one.rows) for one in week.days[1].placed] == [(HEAD_ROWS + 22 * 4, 8)]
    assert [(one.row, one.rows) for one in week.days[2].placed] == [(HEAD_ROWS, 8)]


def test_too_many_at_once_are_a_list():
    six_quiet_days = 6 * QUIET
    assert not week_of(_at_once(int(MOST_LANES - six_quiet_days)), SPAN).is_list
    assert week_of(_at_once(int(MOST_LANES - six_quiet_days) + 1), SPAN).is_list


def _at_once(count):
    return tuple(shown(at(23, 10), 60 + number) for number in range(count))


@given(st.lists(st.tuples(st.integers(0, 7 * 1440 - 1), st.integers(0, 2000)), max_size=12))
def test_everything_is_drawn_within_the_week(found):
    start = datetime(2027, 3, 21, 23, tzinfo=UTC)
    entries = tuple(shown(start + timedelta(minutes=begin), minutes) for begin, minutes in found)
    week = week_of(entries, SPAN)
    drawn = [one for day in week.days for one in day.placed]
    within = {one.uid for one in entries if one.first_on <= SPAN.last}
    assert {one.entry.uid for one in drawn} == within
    assert all(one.row >= HEAD_ROWS and one.rows >= SHORTEST and one.row + one.rows <= week.rows for one in drawn)
    assert all(1 <= one.lane <= day.lanes for day in week.days for one in day.placed)


@given(day=st.dates(EARLIEST, LATEST), view=st.sampled_from(VIEWS))
def test_views_follow_each_other_without_a_gap(day, view):
    span = span_of(view, day)
    assert span.first <= day <= span.last
    if span.after:
        later = span_of(view, span.after)
        assert later.first == span.last + timedelta(days=1)
        assert later.before == span.first
