"""Any text in any zone, written and read back by two foreign readers: icalendar, and dateutil for the zones."""

import io
import re
import unicodedata
import zoneinfo
from datetime import UTC, date, datetime, timedelta
from functools import cache

import dateutil.tz
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planner.formats.ical import Entry, Wording, entry_text, feed_text, zones_in
from planner.formats.zones import zone_block

ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})
NASTY = [
    "\r\n",
    "\n",
    "\\n",
    "\\N",
    "\\",
    ",",
    ";",
    '"',
    ":",
    "\x00",
    "\x85",
    "\u2028",
    "\ud800",
    "😀",
    "👩‍👩‍👧",
    "שלום",
    "مرحبا",
    "END:VEVENT",
    "\t",
]
texts = st.lists(st.text() | st.text(st.characters()) | st.sampled_from(NASTY), max_size=12).map("".join)
changes_of_clocks = st.sampled_from(
    [datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC), datetime(2027, 4, 3, 16, tzinfo=UTC)]
)
instants = st.datetimes(datetime(2010, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0)
) | st.builds(lambda at, minutes: at + timedelta(minutes=minutes), changes_of_clocks, st.integers(-180, 180))
days = st.dates(date(2010, 1, 1), date(2040, 1, 1))
minutes = st.integers(1, 3 * 24 * 60).map(lambda n: timedelta(minutes=n))
times = st.builds(lambda at, length: {"starts": at, "ends": at + length}, instants, minutes) | st.builds(
    lambda day, length: {"starts": day, "ends": day + timedelta(days=length)}, days, st.integers(0, 9)
)


@st.composite
def entries(draw):
    """Return an entry and its words."""
    wording = Wording(summary=draw(texts), description=draw(texts))
    entry = Entry(
        component="VEVENT",
        uid=f"session-{draw(st.integers(1, 10**9))}@planner.example",
        location=draw(texts),
        categories=tuple(draw(st.lists(texts, max_size=3))),
        created=draw(instants),
        last_modified=draw(instants),
        sequence=draw(st.integers(0, 2**31 - 1)),
        zone=draw(
            st.none()
            | st.sampled_from(["Europe/Zurich", "America/New_York", "Australia/Sydney"])
            | st.sampled_from(ZONES)
        ),
        status=draw(st.sampled_from([None, "TENTATIVE", "CONFIRMED", "CANCELLED"])),
        **draw(times),
    )
    return entry, wording


@settings(deadline=None, max_examples=150)
@given(entries())
def test_what_is_written_is_what_is_read(made):
    entry, wording = made
    text = entry_text(entry, wording)
    feed = feed_text([text], name="All", uid="all@planner.example", zones=zones_in(text))
    calendar = Calendar.from_ical(feed)
    (event,) = calendar.walk("VEVENT")
    calendar.validate()
    assert [component.errors for component in calendar.walk()] == [[]] * len(calendar.walk())
    assert read(event) == said(entry, wording)
    for line in re.findall(r"^(?:DTSTART|DTEND);TZID=.*", text, re.MULTILINE):
        _, zone, local = re.split("[=:]", line.strip())
        expected = entry.starts if line.startswith("DTSTART") else entry.ends
        at = datetime.strptime(local, "%Y%m%dT%H%M%S").replace(tzinfo=block_reader(zone))
        assert at.astimezone(UTC) == expected


@settings(deadline=None, max_examples=100)
@given(entries(), texts, texts)
def test_the_bytes_are_exact_and_the_same_each_time(made, name, description):
    text = entry_text(*made)
    feed = feed_text([text], name=name, description=description, uid="all@planner.example", zones=zones_in(text))
    again = entry_text(*made)
    assert feed == feed_text(
        [again], name=name, description=description, uid="all@planner.example", zones=zones_in(again)
    )
    assert feed.endswith("END:VCALENDAR\r\n")
    lines = feed.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line) for line in lines)
    assert len(feed.splitlines()) == len(lines) - 1  # no reader finds line breaks that are none
    for line in lines:
        line.decode()  # folded between characters, never inside one
    assert b"TZID" not in b"".join(
        line for line in lines if line.endswith(b"Z") and line.startswith((b"DTSTART", b"DTEND"))
    )


def read(event):
    """Return what icalendar understood."""
    return {
        "uid": str(event["UID"]),
        "starts": in_utc(event.start),
        "ends": in_utc(event.end),
        "status": event.get("STATUS"),
        "sequence": event["SEQUENCE"],
        "stamp": event.DTSTAMP,
        "summary": str(event.get("SUMMARY", "")),
        "location": str(event.get("LOCATION", "")),
        "description": str(event.get("DESCRIPTION", "")),
        "categories": [str(category) for category in event.categories],
    }


def said(entry, wording):
    """Return what the entry says, texts as far as a calendar can hold them."""
    is_day = not isinstance(entry.starts, datetime)
    prefix = "Cancelled: " if entry.status == "CANCELLED" else ""
    categories = dict.fromkeys(one_line(category) for category in entry.categories)
    return {
        "uid": entry.uid,
        "starts": entry.starts,
        "ends": entry.ends + timedelta(days=1) if is_day else entry.ends,
        "status": entry.status,
        "sequence": entry.sequence,
        "stamp": entry.last_modified,
        "summary": one_line(prefix + wording.summary),
        "location": one_line(entry.location),
        "description": holdable(wording.description),
        "categories": [category for category in categories if category],
    }


def holdable(text):
    """Say independently what a calendar can hold of a text."""
    lines = "\n".join(text.replace("\r\n", "\n").splitlines())
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc")
    return "".join("\ufffd" if unicodedata.category(c) == "Cs" else c for c in kept).strip()


def one_line(text):
    return re.sub("[\n\t]+", " ", holdable(text))


def in_utc(value):
    return value.astimezone(UTC) if isinstance(value, datetime) else value


@cache
def block_reader(zone):
    return dateutil.tz.tzical(io.StringIO(zone_block(zone))).get(zone)
