"""Schedules for phones: valid by the schemas of voc/schedule whatever the values, both forms the same, nothing lost."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from planner.formats.schedule import Event, Schedule, fits, guid_of, is_sayable, schedule_json, schedule_xml

VENDOR = Path(__file__).resolve().parents[1] / "vendor"
XSD = etree.XMLSchema(etree.parse(VENDOR / "schedule.xml.xsd"))
JSON_SCHEMA = jsonschema.Draft6Validator(
    json.loads((VENDOR / "schedule.schema.json").read_text()), format_checker=jsonschema.FormatChecker()
)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


def event(number=1, **changes):
    start = datetime(2027, 2, 16, 9, tzinfo=UTC)
    facts = {
        "id": number,
        "uid": f"session-{number}@planner",
        "title": "WG: What was learned",
        "kind": "Session",
        "room": "Room 3",
        "starts": start,
        "ends": start + timedelta(hours=3),
        "url": f"https://plan.example/sessions/{number}",
        "abstract": "Of cases.",
        "description": "Agenda",
        "track": "Transit",
        "persons": ((7, "Carrier K"), (8, "Exporting State A")),
    }
    return Event(**(facts | changes))


def schedule(*events, **changes):
    facts = {
        "id": 12,
        "title": "First series",
        "version": "Release 3",
        "zone": "Europe/Zurich",
        "site": "https://plan.example/",
        "url": "https://plan.example/meetings/12",
        "events": events,
        "days": (date(2027, 2, 16),),
    }
    return Schedule(**(facts | changes))


def in_xml(one):
    """Return the events of the XML, valid by the schema, by id."""
    root = etree.fromstring(schedule_xml(one).encode())
    XSD.assertValid(root)
    return {
        int(found.get("id")): {
            "guid": found.get("guid"),
            "day": found.getparent().getparent().get("date"),
            "place": found.getparent().get("name"),
            "persons": [(int(person.get("id")), person.text or "") for person in found.iter("person")],
            **{child.tag: child.text or "" for child in found if child.tag != "persons"},
        }
        for found in root.iter("event")
    }


def in_json(one):
    """Return the events of the JSON, valid by the schema, in the same words."""
    said = json.loads(schedule_json(one))
    JSON_SCHEMA.validate(said)
    return {
        found["id"]: {
            **{name: value for name, value in found.items() if name not in ("id", "end", "language", "links")},
            "day": day["date"],
            "place": room,
            "persons": [(person["id"], person["name"]) for person in found["persons"]],
        }
        for day in said["schedule"]["conference"]["days"]
        for room, events in day["rooms"].items()
        for found in events
    }


def test_one_session_in_both_forms():
    one = schedule(event())
    assert (
        in_xml(one)
        == in_json(one)
        == {
            1: {
                "guid": guid_of("session-1@planner"),
                "day": "2027-02-16",
                "place": "Room 3",
                "room": "Room 3",
                "title": "WG: What was learned",
                "subtitle": "",
                "type": "Session",
                "date": "2027-02-16T10:00:00+01:00",
                "start": "10:00",
                "duration": "03:00",
                "abstract": "Of cases.",
                "description": "Agenda",
                "slug": "meeting_12-session_1",
                "track": "Transit",
                "url": "https://plan.example/sessions/1",
                "persons": [(7, "Carrier K"), (8, "Exporting State A")],
            }
        }
    )


def test_the_conference_and_its_days():
    one = schedule(event(), days=(date(2027, 2, 17), date(2027, 2, 16)))
    conference = json.loads(schedule_json(one))["schedule"]["conference"]
    days = conference.pop("days")
    assert conference == {
        "acronym": "meeting_12",
        "title": "First series",
        "start": "2027-02-16",
        "end": "2027-02-17",
        "daysCount": 2,
        "timeslot_duration": "00:05",
        "url": "https://plan.example/meetings/12",
        "rooms": [{"name": "Room 3", "guid": guid_of("meeting_12/rooms/Room 3")}],
        "time_zone_name": "Europe/Zurich",
    }
    assert [(day["index"], day["date"], day["day_start"], day["day_end"], list(day["rooms"])) for day in days] == [
        (1, "2027-02-16", "2027-02-16T04:00:00+01:00", "2027-02-17T03:59:00+01:00", ["Room 3"]),
        (2, "2027-02-17", "2027-02-17T04:00:00+01:00", "2027-02-18T03:59:00+01:00", []),
    ]
    root = etree.fromstring(schedule_xml(one).encode())
    assert [(day.get("index"), day.get("date"), day.get("start"), day.get("end")) for day in root.iter("day")] == [
        (str(day["index"]), day["date"], day["day_start"], day["day_end"]) for day in days
    ]
    (comment,) = root.xpath("comment()")
    assert "hours are not known" in comment.text


def test_the_night_belongs_to_the_day_before():
    local = datetime(2027, 2, 17, 3, 30, tzinfo=ZoneInfo("Europe/Zurich"))
    night = event(1, starts=local, ends=local + timedelta(minutes=90))
    morning = event(2, starts=local.replace(hour=4, minute=0), ends=local.replace(hour=5))
    found = in_xml(schedule(night, morning, days=()))
    assert {number: (one["day"], one["date"]) for number, one in found.items()} == {
        1: ("2027-02-16", "2027-02-17T03:30:00+01:00"),
        2: ("2027-02-17", "2027-02-17T04:00:00+01:00"),
    }


def test_what_has_no_place():
    start = datetime(2027, 2, 16, 9, tzinfo=UTC)
    assert fits(start, start + timedelta(hours=99, minutes=59))
    assert not fits(start, start + timedelta(hours=100))
    assert not fits(start, start)
    empty = schedule(days=())
    assert not is_sayable(empty)
    for write in (schedule_json, schedule_xml):
        with pytest.raises(ValueError, match="at least one day"):
            write(empty)
    assert (in_xml(schedule()), in_json(schedule())) == ({}, {})


def test_equal_values_give_equal_bytes_in_any_order():
    one, other = schedule(event(1), event(2)), schedule(event(2), event(1))
    assert (schedule_json(one), schedule_xml(one)) == (schedule_json(other), schedule_xml(other))


texts = (
    st.text() | st.text(st.characters()) | st.sampled_from(["\x00", "\ud800", "\ufffe", "]]>", "<a>&", "--", "شكرا"])
)
instants = st.datetimes(datetime(2010, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0)
)


@st.composite
def schedules(draw):
    numbers = draw(st.lists(st.integers(1, 2**31 - 1), unique=True, max_size=5))
    start = draw(instants)
    events = [
        event(
            number,
            title=draw(texts),
            room=draw(st.sampled_from(["Room 3", "Online"]) | texts),
            abstract=draw(texts),
            description=draw(texts),
            track=draw(texts),
            kind=draw(texts),
            persons=tuple(draw(st.lists(st.tuples(st.integers(1, 99), texts), max_size=3))),
            starts=(at := start + timedelta(minutes=draw(st.integers(0, 9999)))),
            ends=at + timedelta(minutes=draw(st.integers(1, 5999))),
        )
        for number in numbers
    ]
    return schedule(*events, title=draw(texts), zone=draw(st.sampled_from(ZONES)), version=draw(st.just("Release 1")))


@settings(deadline=None, max_examples=100)
@given(schedules())
def test_any_values_are_valid_and_the_same_in_both_forms(one):
    found = in_xml(one)
    assert in_json(one) == found
    assert set(found) == {each.id for each in one.events}
    for each in one.events:
        said = found[each.id]
        assert datetime.fromisoformat(said["date"]) == each.starts
        hours, minutes = map(int, said["duration"].split(":"))
        assert timedelta(hours=hours, minutes=minutes) == each.ends - each.starts
        assert said["guid"] == guid_of(each.uid)
