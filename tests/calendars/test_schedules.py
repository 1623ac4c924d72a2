"""Schedules of meetings for phones: valid, the same in both forms, and never more than the feed of the meeting."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import jsonschema
from lxml import etree
from sqlalchemy import select

from planner.access.viewer import public
from planner.calendars import feeds
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.formats.schedule import guid_of, schedule_json, schedule_xml
from planner.models import Body, Meeting, PlanSession, Stakeholder
from planner.services.feed_choice import Choice
from planner.services.releases import cancel_session_release
from planner.services.schedules import read_schedule
from tests.calendars.conftest import HOURS, publish
from tests.conftest import NOW
from tests.factories.meeting import AT, WRITER, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit, make_plan_session

DAY = timedelta(days=1)
STRANGER = public(NOW.date())
VENDOR = Path(__file__).resolve().parents[1] / "vendor"
XSD = etree.XMLSchema(etree.parse(VENDOR / "schedule.xml.xsd"))
JSON_SCHEMA = jsonschema.Draft6Validator(
    json.loads((VENDOR / "schedule.schema.json").read_text()), format_checker=jsonschema.FormatChecker()
)


def events_of(read, address):
    """Return the events of both forms of a schedule by GUID, valid by their schemas and the same."""
    found = read(f"{address}/schedule.xml")
    assert (found.status_code, found.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = etree.fromstring(found.data)
    XSD.assertValid(root)
    in_xml = {
        one.get("guid"): (one.findtext("title"), one.findtext("date"), one.findtext("duration"), one.findtext("room"),
                          one.findtext("track"), [person.text for person in one.iter("person")], one.findtext("url"))
        for one in root.iter("event")
    }  # fmt: skip
    said = read(f"{address}/schedule.json").get_json()
    JSON_SCHEMA.validate(said)
    in_json = {
        one["guid"]: (one["title"], one["date"], one["duration"], one["room"], one["track"],
                      [person["name"] for person in one["persons"]], one["url"])
        for day in said["schedule"]["conference"]["days"]
        for events in day["rooms"].values()
        for one in events
    }  # fmt: skip
    assert in_json == in_xml
    return in_xml


def test_a_schedule_holds_the_sessions_with_hours_of_its_feed(app, read, world):
    with app.app_context():
        meeting, opened = db.session.get(Meeting, world.meeting), db.session.get(PlanSession, world.open)
        carrier = make_organisation("carrier", title="Carrier K")
        hidden = make_organisation("hidden", title="Hidden H", audience_own=64)
        place(make_offer(meeting, carrier, title="What a carrier checks"), opened, minutes=20)
        place(make_offer(meeting, hidden, title="Of somebody"), opened, position=1, minutes=20)
        edit(opened, room="Room 3")
        publish(world.meeting, at=AT + DAY)
    address = f"/meetings/{world.meeting}"
    start, length, page = "2027-02-16T10:00:00+01:00", "03:00", "http://localhost/sessions/"
    assert events_of(read, address) == {
        guid_of("session-open@planner"): (
            "GROUP: Open", start, length, "Room 3", "", ["Carrier K"], f"{page}{world.open}"
        ),
        guid_of("session-draft@planner"): (
            "GROUP: Draft", start, length, "Room not known", "", [], f"{page}{world.draft}"
        ),
    }  # fmt: skip
    root = etree.fromstring(read(f"{address}/schedule.xml").data)
    assert root.findtext("version") == "Release 2 of 2026-11-25"
    assert [day.get("date") for day in root.iter("day")] == ["2027-02-16", "2027-02-17"]


def test_a_presenter_that_is_closed_is_no_stale_schedule(app, read, world):
    """The tag is of what is said: who presents is read from records that the revisions of feeds do not count."""
    with app.app_context():
        carrier = make_organisation("carrier", title="Carrier K")
        place(make_offer(db.session.get(Meeting, world.meeting), carrier, title="A talk"),
              db.session.get(PlanSession, world.open), minutes=20)  # fmt: skip
        publish(world.meeting, at=AT + DAY)
    path = f"/meetings/{world.meeting}/schedule.json"
    before = read(path)
    known = read(path, If_None_Match=before.headers["ETag"])
    assert (known.status_code, known.data) == (304, b"")
    with app.app_context():
        edit(db.session.scalars(select(Stakeholder).where(Stakeholder.ref == "carrier")).one(), audience_own=64)
    after = read(path, If_None_Match=before.headers["ETag"])
    persons = b'"name":"Carrier K"'
    assert (after.status_code, persons in before.data, persons in after.data) == (200, True, False)


def test_a_cancelled_session_stays_and_a_moved_one_keeps_its_guid(app, read, world):
    with app.app_context():
        edit(db.session.get(PlanSession, world.open), on_text="2027-02-17", starts_at=HOURS["starts_at"] + DAY,
             ends_at=HOURS["ends_at"] + DAY)  # fmt: skip
        publish(world.meeting, at=AT + DAY)
        cancel_session_release(world.open, name="Cancelled", actor=WRITER, at=AT + 2 * DAY)
    found = events_of(read, f"/meetings/{world.meeting}")[guid_of("session-open@planner")]
    assert found[:2] == ("Cancelled: GROUP: Open", "2027-02-17T10:00:00+01:00")


def test_a_schedule_without_sessions_has_its_days_and_without_days_is_not_there(app, read, world):
    with app.app_context():
        group = db.session.get(Body, world.group)
        known = make_meeting(group, ref="known", start_on="2027-05-01").id
        unknown = make_meeting(group, ref="unknown", start_on="2027-05").id
    assert events_of(read, f"/meetings/{known}") == {}
    for form in ("xml", "json"):
        assert read(f"/meetings/{unknown}/schedule.{form}").status_code == 404
        assert read(f"/meetings/{world.example}/schedule.{form}").status_code == 404
        assert read(f"/meetings/{world.meeting}/schedule.{form}?room=3").status_code == 400


def test_a_schedule_takes_as_many_queries_for_many_sessions(app, read, world, count_queries):
    def cost():
        with count_queries(app) as counted:
            assert read(f"/meetings/{world.meeting}/schedule.xml").status_code == 200
        return counted.count

    few = cost()
    with app.app_context():
        meeting = db.session.get(Meeting, world.meeting)
        for number in range(30):
            make_plan_session(meeting, ref=f"more{number}", position=10 + number, title="More", **HOURS)
        publish(world.meeting, at=AT + DAY)
    assert cost() == few <= 4


def test_all_meetings_of_the_record_and_the_illustration_are_valid(full_context):
    count, events = 0, 0
    for meeting_id in db.session.scalars(select(Meeting.id)).all():
        try:
            feed = feeds.find(feeds.of_meeting(meeting_id, Choice(with_illustration=True)), STRANGER)
            one = read_schedule(STRANGER, meeting_id, feeds.conditions_of(feed, STRANGER), site="https://plan.example/",
                                address_of=lambda kind, number: f"https://plan.example/{kind}/{number}")  # fmt: skip
        except NotVisible:
            continue
        XSD.assertValid(etree.fromstring(schedule_xml(one).encode()))
        JSON_SCHEMA.validate(json.loads(schedule_json(one)))
        count, events = count + 1, events + len(one.events)
    assert count > 20
    assert events > 10
