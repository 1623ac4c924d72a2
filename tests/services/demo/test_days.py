"""Days of the illustration keep their weekday and hour, whatever the day of loading."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from planner.services.demo.days import ZONE, Days

any_day = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(any_day, st.integers(-60, 300), st.integers(0, 6))
def test_a_day_keeps_its_weekday_and_its_distance(day, week, weekday):
    found = Days(day).on(week, weekday)
    assert found.weekday() == weekday
    assert found - Days(day).monday == timedelta(weeks=week, days=weekday)
    assert Days(day).monday <= day < Days(day).monday + timedelta(days=7)


@given(any_day, st.integers(-60, 300), st.integers(0, 6), st.integers(6, 22))
def test_an_hour_is_that_of_the_venue_in_summer_and_winter(day, week, weekday, hour):
    local = Days(day).at(week, weekday, hour).astimezone(ZoneInfo(ZONE))
    assert (local.date(), local.hour, local.minute) == (Days(day).on(week, weekday), hour, 0)


@given(any_day)
def test_days_of_one_week_count_alike(day):
    assert {Days(Days(day).monday + timedelta(days=n)).on(5, 2) for n in range(7)} == {Days(day).on(5, 2)}
