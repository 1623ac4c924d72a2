"""The blocks of all zones, read back by the book and compared with the zone database."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from planner.formats.zones import local_time, offset_agrees, zone_block

BEGIN, END = datetime(2026, 1, 1, 12, tzinfo=UTC), datetime(2028, 12, 31, 12, tzinfo=UTC)


def test_a_zone_with_two_halves_of_the_year_has_a_rule_for_each():
    assert zone_block("Australia/Sydney") == (
        "BEGIN:VTIMEZONE\r\nTZID:Australia/Sydney\r\n"
        "BEGIN:STANDARD\r\nDTSTART:19700405T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU\r\n"
        "TZNAME:AEST\r\nTZOFFSETFROM:+1100\r\nTZOFFSETTO:+1000\r\nEND:STANDARD\r\n"
        "BEGIN:DAYLIGHT\r\nDTSTART:19701004T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU\r\n"
        "TZNAME:AEDT\r\nTZOFFSETFROM:+1000\r\nTZOFFSETTO:+1100\r\nEND:DAYLIGHT\r\n"
        "END:VTIMEZONE\r\n"
    )


def test_a_zone_that_never_changes_has_one_offset():
    assert zone_block("Asia/Kathmandu") == (
        "BEGIN:VTIMEZONE\r\nTZID:Asia/Kathmandu\r\n"
        "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZNAME:+0545\r\nTZOFFSETFROM:+0545\r\nTZOFFSETTO:+0545\r\nEND:STANDARD\r\n"
        "END:VTIMEZONE\r\n"
    )


def test_the_summer_of_dublin_is_daylight_though_its_law_says_otherwise():
    assert zone_block("Europe/Dublin") == zone_block("Europe/London").replace("London", "Dublin").replace("BST", "IST")


@pytest.mark.parametrize(
    "zone", ["Africa/Cairo", "Asia/Jerusalem", "America/Nuuk", "America/Santiago", "Asia/Gaza", "Factory"]
)
def test_zones_whose_rule_outlook_cannot_read_have_no_block(zone):
    with pytest.raises(ValueError, match="cannot be written"):
        zone_block(zone)
    assert not offset_agrees(zone, BEGIN)


@pytest.mark.parametrize(
    "zone", ["Europe/Geneva", "", "Europe", "../../etc/passwd", "/etc/localtime", "tzdata.zi", "a\0b"]
)
def test_a_name_that_is_no_zone_is_refused(zone):
    with pytest.raises(ValueError, match="knows no"):
        zone_block(zone)
    with pytest.raises(ValueError, match="knows no"):
        offset_agrees(zone, BEGIN)


def test_instants_under_another_rule_do_not_agree():
    assert [
        offset_agrees(zone, datetime(*day, 12, tzinfo=UTC))
        for zone, *day in (
            ("America/Cancun", 2015, 1, 15),
            ("America/Cancun", 2015, 8, 24),
            ("America/New_York", 2006, 3, 25),
            ("America/New_York", 2007, 3, 25),
            ("Europe/Zurich", 1975, 7, 1),
            ("Europe/Zurich", 2016, 7, 1),
            ("Asia/Tokyo", 1970, 7, 1),
            ("Asia/Tokyo", 2018, 8, 20),
            ("Asia/Tokyo", 9999, 12, 31),
        )
    ] == [False, True, False, True, False, True, False, True, False]


def test_an_hour_that_comes_twice_has_no_wall_time_because_readers_disagree_on_it():
    first = datetime(2027, 10, 30, 23, 30, tzinfo=UTC)
    hours = [local_time("Europe/Zurich", first + timedelta(hours=n)) for n in range(4)]
    around = (datetime(2027, 10, 31, 1, 30), datetime(2027, 10, 31, 3, 30))  # noqa: DTZ001 - wall times
    assert hours == [around[0], None, None, around[1]]


def test_a_floating_time_is_refused():
    with pytest.raises(ValueError, match="names no zone"):
        offset_agrees("Europe/Zurich", datetime(2027, 1, 1))  # noqa: DTZ001


def test_blocks_give_the_offsets_of_the_zone_database():
    """For every zone that has a block, twice a month for three years and one second around each change."""
    covered = 0
    for zone in sorted(zoneinfo.available_timezones()):
        instants = [instant for instant in instants_of(zone) if offset_agrees(zone, instant)]
        if instants:
            onsets = read_block(zone_block(zone), zone)
            found = [max((at, offset) for at, offset in onsets if at <= instant)[1] for instant in instants]
            assert found == [instant.astimezone(ZoneInfo(zone)).utcoffset() for instant in instants], zone
            covered += len(instants) == len(instants_of(zone))
    print(f"{covered} zones agree at every instant")
    assert covered >= 400


@cache
def instants_of(zone):
    """Noon twice a month, and the last second before and the first of each change of offset between them."""
    samples = [BEGIN + timedelta(days=15 * n) for n in range((END - BEGIN).days // 15 + 1)]
    place = ZoneInfo(zone)
    instants = list(samples)
    for before, after in pairwise(samples):
        low, high = before, after
        if low.astimezone(place).utcoffset() != high.astimezone(place).utcoffset():
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=1) // 2)
                changed = middle.astimezone(place).utcoffset() != before.astimezone(place).utcoffset()
                low, high = (low, middle) if changed else (middle, high)
            instants += [low, high]
    return instants


def read_block(text, zone):
    """Return (instant, offset) of all onsets about the years tested, as RFC 5545 section 3.6.5 tells a reader."""
    lines = text.removesuffix("\r\n").split("\r\n")
    assert (lines[:2], lines[-1]) == (["BEGIN:VTIMEZONE", f"TZID:{zone}"], "END:VTIMEZONE")
    assert max(map(len, lines)) <= 75
    assert "\n" not in "".join(lines)
    onsets, part = [], {}
    for line in lines[2:-1]:
        name, _, value = line.partition(":")
        part[name] = value
        if name == "END":
            assert value == part["BEGIN"]
            offset, before = (length(part[key]) for key in ("TZOFFSETTO", "TZOFFSETFROM"))
            onsets += [
                ((at - before).replace(tzinfo=UTC), offset) for at in wall_times(part["DTSTART"], part.get("RRULE"))
            ]
            part = {}
    return onsets


@cache
def wall_times(start, rule):
    first = datetime.strptime(start, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - wall time
    if rule is None:
        return [first]
    times = rrulestr(rule, dtstart=first)
    assert times[0] == first  # section 3.8.5.3: DTSTART must be the first time of its own rule
    return times.between(datetime(2024, 1, 1), datetime(2029, 12, 31))  # noqa: DTZ001


def length(text):
    hours, minutes = int(text[1:3]), int(text[3:5])
    return timedelta(hours=hours, minutes=minutes) * (-1 if text[0] == "-" else 1)
