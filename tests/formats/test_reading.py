"""Ranges of time, against the tables of RFC 4791 section 9.9 written out in plain Python on the values themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.formats.content_lines import unescaped
from planner.formats.filters import EntryFilter, PropertyFilter, TextMatch, meets
from planner.formats.ical import object_text
from planner.formats.reading import instant_of, moments_in, overlaps, properties_of
from tests.factories.entry import written

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
BASE = datetime(2027, 3, 26, tzinfo=UTC)
MINUTES = st.integers(0, 60 * 24 * 6)
"""Around the night in which clocks change in Europe."""
ZONES = st.sampled_from(["Europe/Zurich", "Asia/Tokyo", "America/New_York", "Pacific/Auckland", "UTC", None])
STATES = {"created": AT, "last_modified": AT, "uid": "one@planner", "summary": "One"}


def moment(minutes):
    return BASE + timedelta(minutes=minutes)


moments = MINUTES.map(moment)
days = st.integers(0, 6).map(lambda number: (BASE + timedelta(days=number)).date())
ranges = st.tuples(st.none() | moments, st.none() | moments).filter(lambda pair: not all(pair) or pair[0] < pair[1])


def midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@given(start=moments, length=st.integers(1, 3000), zone=ZONES, asked=ranges)
def test_hours(start, length, zone, asked):
    end = start + timedelta(minutes=length)
    entry = written(component="VEVENT", starts=start, ends=end, zone=zone, **STATES)
    since, until = asked
    expected = (since is None or since < end) and (until is None or until > start)
    assert overlaps(entry, since, until) == expected


@given(start=moments, zone=ZONES, asked=ranges)
def test_an_instant(start, zone, asked):
    entry = written(component="VEVENT", starts=start, zone=zone, **STATES)
    since, until = asked
    assert overlaps(entry, since, until) == ((since is None or since <= start) and (until is None or until > start))


@given(first=days, more=st.integers(0, 3), asked=ranges)
def test_days_end_with_their_last(first, more, asked):
    last = first + timedelta(days=more)
    entry = written(component="VEVENT", starts=first, ends=last, **STATES)
    since, until = asked
    end = midnight(last) + timedelta(days=1)
    assert overlaps(entry, since, until) == (
        (since is None or since < end) and (until is None or until > midnight(first))
    )


@given(due=days | moments, asked=ranges)
def test_a_task_counts_by_its_due_day(due, asked):
    entry = written(component="VTODO", due=due, **STATES)
    at = due if isinstance(due, datetime) else midnight(due)
    since, until = asked
    assert overlaps(entry, since, until) == ((since is None or since < at) and (until is None or until >= at))


@given(start=moments, length=st.integers(1, 3000), asked=ranges)
def test_a_task_with_start_and_due(start, length, asked):
    due = start + timedelta(minutes=length)
    entry = written(component="VTODO", starts=start, due=due, **STATES)
    since, until = asked
    after = since is None or since < due or since <= start
    assert overlaps(entry, since, until) == (after and (until is None or until > start or until >= due))


@given(start=moments, asked=ranges)
def test_a_task_with_a_start_alone(start, asked):
    entry = written(component="VTODO", starts=start, **STATES)
    since, until = asked
    assert overlaps(entry, since, until) == ((since is None or since <= start) and (until is None or until > start))


@given(created=moments, completed=st.none() | moments, asked=ranges)
def test_a_task_without_either(created, completed, asked):
    state = {**STATES, "created": created, "last_modified": created}
    entry = written(component="VTODO", completed=completed, **state)
    since, until = asked
    if completed is None:
        assert overlaps(entry, since, until) == (until is None or until > created)
        return
    after = since is None or since <= created or since <= completed
    assert overlaps(entry, since, until) == (after and (until is None or until >= created or until >= completed))


@given(summary=st.text(max_size=200), description=st.text(max_size=300))
def test_what_was_written_is_read(summary, description):
    entry = written(
        component="VTODO", due=date(2027, 3, 1), **{**STATES, "summary": "x" + summary}, description=description
    )
    said = properties_of(entry)
    assert unescaped(said["UID"][0].value) == "one@planner"
    assert moments_in(entry)["DUE"][0] == date(2027, 3, 1)
    assert set(said) <= {"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DUE", "SUMMARY", "DESCRIPTION"}
    for name in ("SUMMARY", "DESCRIPTION"):
        assert len(said.get(name, [])) <= 1


def test_text_is_unescaped():
    entry = written(component="VTODO", due=AT, **{**STATES, "summary": "a, b; c\\n\\d"}, description="1\n2")
    said = properties_of(entry)
    assert (unescaped(said["SUMMARY"][0].value), unescaped(said["DESCRIPTION"][0].value)) == ("a, b; c\\n\\d", "1\n2")


def test_a_zone_is_read():
    start = datetime(2027, 7, 1, 10, tzinfo=ZoneInfo("Europe/Zurich"))
    entry = written(component="VEVENT", starts=start, zone="Europe/Zurich", **STATES)
    assert moments_in(entry)["DTSTART"][0] == datetime(2027, 7, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "20270216", "20270216T090000", "20270230T090000Z", "2027-02-16T09:00:00Z", "20270216T090000z",
        "٢٠٢٧0216T090000Z", "20270216T250000Z",
    ],
)  # fmt: skip
def test_no_other_instant_is_read(text):
    with pytest.raises(ValueError, match=r".+"):
        instant_of(text)


EVENT = written(component="VEVENT", starts=AT, **{**STATES, "summary": "Straße, ÄRGER"}, categories=("A",))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (EntryFilter(), True),
        (EntryFilter(nothing=True), False),
        (EntryFilter("VEVENT"), True),
        (EntryFilter("VTODO"), False),
        (EntryFilter(since=AT, until=AT + timedelta(1)), True),
        (EntryFilter(since=AT + timedelta(1)), False),
        (EntryFilter(properties=(PropertyFilter("SUMMARY"),)), True),
        (EntryFilter(properties=(PropertyFilter("LOCATION"),)), False),
        (EntryFilter(properties=(PropertyFilter("LOCATION", is_absent=True),)), True),
        (EntryFilter(properties=(PropertyFilter("SUMMARY", is_absent=True),)), False),
        (EntryFilter(properties=(PropertyFilter("SUMMARY", match=TextMatch("STRA")),)), True),
        (EntryFilter(properties=(PropertyFilter("SUMMARY", match=TextMatch("ärger")),)), False),  # ASCII alone
        (EntryFilter(properties=(PropertyFilter("SUMMARY", match=TextMatch("Ärger".upper())),)), True),
        (EntryFilter(properties=(PropertyFilter("SUMMARY", match=TextMatch("STRA", exact=True)),)), False),
        (EntryFilter(properties=(PropertyFilter("SUMMARY", match=TextMatch("x", negated=True)),)), True),
        (EntryFilter(properties=(PropertyFilter("LOCATION", match=TextMatch("x", negated=True)),)), False),
    ],
)
def test_filters(asked, expected):
    assert meets(EVENT, asked) is expected


def test_a_calendar_object_holds_one_entry_and_its_zones():
    start = datetime(2027, 7, 1, 10, tzinfo=ZoneInfo("Europe/Zurich"))
    entry = written(component="VEVENT", starts=start, zone="Europe/Zurich", **STATES)
    text = object_text(entry, zones=("Europe/Zurich",))
    assert text == object_text(entry, zones=("Europe/Zurich",))
    names = [line.partition(":")[0] for line in text.partition("BEGIN:VTIMEZONE")[0].split("\r\n") if line]
    assert names == ["BEGIN", "VERSION", "PRODID", "CALSCALE"]
    assert text.endswith(entry + "END:VCALENDAR\r\n")
    assert object_text(EVENT, zones=()).count("BEGIN:") == 2
    with pytest.raises(ValueError, match="not a finished entry"):
        object_text("x", zones=())
