"""What is read back from a finished entry is what was written, in every zone and at both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.formats.reading import Times, read_times
from tests.factories.entry import written as entry_written

AT = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Zurich", "America/New_York", "Pacific/Auckland", "America/Santiago", "Asia/Kathmandu", "UTC")
instants = st.integers(0, 10 * 366 * 1440).map(lambda minutes: AT + timedelta(minutes=minutes))


def written(**values):
    said = {"uid": "a@b", "summary": "DTSTART:20200101\nSTATUS:CANCELLED", "created": AT, "last_modified": AT, **values}
    said["description"] = said["summary"]
    return entry_written(component="VEVENT", **said)


@given(starts=instants, minutes=st.integers(0, 3000), zone=st.sampled_from(ZONES))
def test_instants_come_back(starts, minutes, zone):
    ends = starts + timedelta(minutes=minutes)
    found = read_times(written(starts=starts, ends=ends if minutes else None, zone=zone, status="TENTATIVE"))
    assert (found.starts_at, found.ends_at, found.status) == (starts, ends, "TENTATIVE")
    assert found.zone in (zone, "UTC")
    for other in ZONES:
        first, last = found.days_in(other)
        assert first <= last <= first + timedelta(days=minutes // 1440 + 1)


@given(first=st.dates(date(2026, 1, 1), date(2036, 1, 1)), days=st.integers(0, 9), zone=st.sampled_from(ZONES))
def test_whole_days_come_back_and_are_the_same_everywhere(first, days, zone):
    last = first + timedelta(days=days)
    found = read_times(written(starts=first, ends=last))
    assert found == Times(first, last)
    assert found.days_in(zone) == (first, last)


def test_what_ends_at_midnight_does_not_touch_the_next_day():
    starts = datetime(2027, 2, 16, 20, tzinfo=UTC)
    found = read_times(written(starts=starts, ends=starts + timedelta(hours=3), zone="Europe/Zurich"))
    assert found.days_in("Europe/Zurich") == (date(2027, 2, 16), date(2027, 2, 16))
    assert found.days_in("Asia/Tokyo") == (date(2027, 2, 17), date(2027, 2, 17))


def test_an_entry_that_says_no_beginning_is_refused():
    with pytest.raises(ValueError, match="without DTSTART"):
        read_times("BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n")
