"""Any entries in any zone: four readers that we did not write find no fault, and agree on what was meant."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.formats.ical import Entry, Wording, entry_text, feed_text, zones_in
from tests.factories.entry import make_entry
from tests.formats.test_ical_any_values import days, entries, instants, texts
from tests.readers.reading import Fact, readers

CLOCKS = [
    ("Europe/Zurich", datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ("Europe/Zurich", datetime(2027, 10, 31, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 11, 7, 6, tzinfo=UTC)),
    ("America/Mexico_City", datetime(2027, 4, 4, 8, tzinfo=UTC)),
    ("Australia/Sydney", datetime(2027, 4, 3, 16, tzinfo=UTC)),
    ("Australia/Sydney", datetime(2027, 10, 2, 16, tzinfo=UTC)),
    ("Pacific/Auckland", datetime(2027, 9, 25, 14, tzinfo=UTC)),
    ("America/Santiago", datetime(2027, 4, 4, 3, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2027, 1, 1, tzinfo=UTC)),
]
"""Zones and when their clocks change: both halves of the world, one that changes no more, one off by 45 minutes."""
AT = datetime(2026, 11, 24, tzinfo=UTC)


@st.composite
def tasks(draw):
    return make_entry(
        component="VTODO",
        uid=f"follow-up-{draw(st.integers(1, 10**9))}@planner.example",
        summary=draw(texts),
        due=draw(st.none() | days | instants),
        status=draw(st.sampled_from([None, "NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"])),
        created=draw(instants),
        last_modified=draw(instants),
    )


def test_all_four_are_there():
    missing = {"icalendar", "vobject", "ical.js", "libical"} - readers().keys()
    if missing and "PLANNER_REQUIRE_READERS" not in os.environ:
        pytest.skip(f"{', '.join(sorted(missing))}: install node and libical 3 to have all four read")
    assert not missing


@settings(deadline=None, max_examples=60)
@given(st.lists(entries() | tasks(), max_size=8, unique_by=lambda made: made[0].uid))
def test_four_readers_agree_on_any_entries(found):
    check(found)


def test_they_agree_on_every_quarter_of_an_hour_around_the_changes_of_clocks():
    found = []
    for zone, change in CLOCKS:
        for quarter in range(-16, 17):
            starts = change + timedelta(minutes=15 * quarter)
            uid = f"{zone}-{change:%m%d}-{quarter}@planner.example"
            times = {"starts": starts, "ends": starts + timedelta(hours=3), "zone": zone}
            found.append(make_entry(component="VEVENT", uid=uid, summary=zone, created=AT, last_modified=AT, **times))
    check(found)


def check(found: list[tuple[Entry, Wording]]) -> None:
    written = [entry_text(*made) for made in found]
    zones = {zone for text in written for zone in zones_in(text)}
    feed = feed_text(written, name="All", uid="all@planner.example", zones=zones)
    meant = sorted(fact(entry) for entry, _ in found)
    for name, read in readers().items():
        assert sorted(without_words(one) for one in read(feed)) == meant, name
    heard = {name: sorted((one[1], one[5] or "") for one in read(feed)) for name, read in readers().items()}
    assert all(said == heard["icalendar"] for said in heard.values()), heard


def without_words(one: Fact) -> tuple[str, ...]:
    return tuple(value or "" for value in one[:5])


def fact(entry: Entry) -> tuple[str, ...]:
    ends = entry.ends if entry.component == "VEVENT" else entry.due
    if entry.component == "VEVENT" and not isinstance(entry.starts, datetime):
        ends = (entry.ends or entry.starts) + timedelta(days=1)
    return entry.component, entry.uid, when(entry.starts), when(ends), entry.status or ""


def when(value):
    if value is None:
        return ""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()
