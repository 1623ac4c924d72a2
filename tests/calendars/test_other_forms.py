"""The feeds in other forms: what each holds is what its feed holds, and it answers by the same rules."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from icalendar import Calendar
from lxml import etree
from sqlalchemy import select, text

from planner.core.db import db
from planner.formats.xcal import NAMESPACE
from planner.models import Meeting, PlanSession
from planner.services.releases import cancel_session_release
from tests.calendars.conftest import HOURS, publish
from tests.factories.meeting import AT, WRITER
from tests.factories.plan_session import edit, make_plan_session

DAY = timedelta(days=1)
FORMS = ("json", "xml", "csv", "xlsx")
FEEDS = ("/calendar", "/bodies/group/calendar", "/meetings/{meeting}/calendar", "/sessions/{open}/calendar")
TYPES = {
    "json": "application/calendar+json",
    "xml": "application/calendar+xml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


# --------------------------------------------------------------- each form to (UID, start, end, state), times in UTC


def of_ics(data):
    return sorted(
        (str(event["UID"]), when(event.start), when(event.end), str(event.get("STATUS", "")))
        for event in Calendar.from_ical(data).walk("VEVENT")
    )


def when(value):
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def of_json(data):
    calendar = Calendar.from_jcal(json.loads(data))
    return of_ics(calendar.to_ical())


def of_xml(data):
    found = []
    for event in etree.fromstring(data).iter(f"{{{NAMESPACE}}}vevent"):
        said = {etree.QName(one).localname: one for one in event.find(f"{{{NAMESPACE}}}properties")}
        start, end = (xml_time(said[name]) for name in ("dtstart", "dtend"))
        found.append((said["uid"][0].text, start, end, said["status"][0].text))
    return sorted(found)


def xml_time(element):
    value = element[-1]
    if etree.QName(value).localname == "date":
        return date.fromisoformat(value.text)
    zone = element.findtext(f".//{{{NAMESPACE}}}tzid/{{{NAMESPACE}}}text")
    local = datetime.fromisoformat(value.text)
    return (local.replace(tzinfo=ZoneInfo(zone)) if zone else local).astimezone(UTC)


def of_csv(data):
    return sorted(map(row_of, csv.DictReader(io.StringIO(data.decode()))))


def of_xlsx(data):
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    return sorted(row_of(dict(zip(head, map(as_text, row), strict=True))) for row in rows)


def as_text(value):
    return value.isoformat() if isinstance(value, datetime) else value or ""


def row_of(line):
    if line["Start UTC"]:
        start, end = (datetime.fromisoformat(line[name][:19]).replace(tzinfo=UTC) for name in ("Start UTC", "End UTC"))
    else:
        start, end = date.fromisoformat(line["Day"][:10]), date.fromisoformat(line["Last day"][:10]) + DAY
    return line["UID"], start, end, line["State"].upper()


READERS = {"json": of_json, "xml": of_xml, "csv": of_csv, "xlsx": of_xlsx}


@pytest.mark.parametrize("asked", ["", "?illustrations=include"])
@pytest.mark.parametrize("path", FEEDS)
def test_all_forms_agree_with_the_feed(app, read, world, path, asked):
    with app.app_context():
        edit(db.session.get(PlanSession, world.of_sub), state="cancelled")
        cancel_session_release(world.of_sub, name="Cancelled", actor=WRITER, at=AT + DAY)
    address = path.format(**vars(world))
    expected = of_ics(read(f"{address}.ics{asked}").data)
    assert len(expected) >= 1
    for form, reader in READERS.items():
        answer = read(f"{address}.{form}{asked}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, TYPES[form])
        assert reader(answer.data) == expected, form


def test_a_table_says_what_it_belongs_to(read, world):
    found = {
        line["UID"]: line
        for line in csv.DictReader(io.StringIO(read("/meetings/{meeting}/calendar.csv".format(**vars(world))).text))
    }
    line = found["session-open@planner"]
    assert {name: line[name] for name in ("Title", "Meeting", "Body", "State", "Link", "Start", "Zone")} == {
        "Title": "GROUP: Open",
        "Meeting": "The meeting",
        "Body": "The group",
        "State": "confirmed",
        "Link": f"http://localhost/sessions/{world.open}",
        "Start": "2027-02-16T10:00:00+01:00",
        "Zone": "Europe/Zurich",
    }
    assert found["session-sub@planner"]["Body"] == "The sub-group"


def test_a_table_keeps_what_a_closed_meeting_does_not_say(app, read, world):
    with app.app_context():
        forum = db.session.scalars(select(Meeting).where(Meeting.ref == "f")).one()
        edit(forum, mode="hybrid", venue="Behind doors", at=AT + DAY)
        edit(db.session.get(Meeting, world.meeting), mode="hybrid", venue="Hall A", at=AT + DAY)
    lines = {line["UID"]: line for line in csv.DictReader(io.StringIO(read("/calendar.csv").text))}
    assert (lines["meeting-f@planner"]["Mode"], lines["meeting-f@planner"]["Place"]) == ("", "")
    assert (lines["meeting-m@planner"]["Mode"], lines["meeting-m@planner"]["Place"]) == ("Hybrid", "Hall A")
    assert lines["session-open@planner"]["Mode"] == "Hybrid"


@pytest.mark.parametrize("form", FORMS)
def test_the_answer_and_what_is_new(app, read, world, form):
    path = f"/bodies/group/calendar.{form}"
    answer = read(path)
    place = "attachment" if form in ("csv", "xlsx") else "inline"
    assert answer.headers["Content-Disposition"] == f'{place}; filename="group.{form}"'
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert (read(path).data, read(path).headers["ETag"]) == (answer.data, answer.headers["ETag"])
    for tag in (answer.headers["ETag"], f"W/{answer.headers['ETag']}"):
        known = read(path, If_None_Match=tag)
        assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", answer.headers["ETag"])
    assert read(path, If_None_Match=read("/bodies/group/calendar.ics").headers["ETag"]).status_code == 200
    with app.app_context():
        edit(db.session.get(PlanSession, world.open), title="New name")
        publish(world.meeting, at=AT + DAY)
    changed = read(path, If_None_Match=answer.headers["ETag"])
    assert (changed.status_code, changed.data != answer.data) == (200, True)


def test_forms_have_tags_of_their_own(read, world):
    tags = {read(f"/calendar.{form}").headers["ETag"] for form in ("ics", *FORMS)}
    assert len(tags) == 5


@pytest.mark.parametrize("form", FORMS)
def test_unknown_questions_are_400(read, world, form):
    for query in ("illustrations=yes", "illustration=include", "body=nothing", "class=all"):
        assert read(f"/calendar.{form}?{query}").status_code == 400
    assert read(f"/calendar.{form}?lang=en").status_code == 200


@pytest.mark.parametrize("query", ["?body=sub", "?class=sessions", "?body=group&body=example&illustrations=include"])
def test_filters_narrow_all_forms_as_they_narrow_the_feed(read, world, query):
    expected = of_ics(read(f"/calendar.ics{query}").data)
    assert 0 < len(expected) < len(of_ics(read("/calendar.ics?illustrations=include").data))
    for form, reader in READERS.items():
        assert reader(read(f"/calendar.{form}{query}").data) == expected, form


@pytest.mark.parametrize("form", FORMS)
def test_what_is_remembered_is_what_is_worked_out(app, read, world, form):
    """An answer that names the host that was asked is not remembered for another."""
    path, client = f"/calendar.{form}", app.test_client()
    answer = read(path)
    again = client.get(path)
    assert (again.status, again.data, list(again.headers)) == (answer.status, answer.data, list(answer.headers))
    elsewhere = client.get(path, base_url="http://127.0.0.1")
    assert elsewhere.status_code == 200
    assert b"http://localhost/sessions" not in elsewhere.data
    if form == "csv":
        assert b"http://127.0.0.1/sessions" in elsewhere.data


GONE = [
    "/bodies/nothing/calendar",
    "/bodies/example/calendar",
    "/meetings/999999/calendar",
    "/meetings/{open}/calendar",
    "/meetings/{example}/calendar",
    "/sessions/{closed}/calendar",
    "/sessions/{draft}/calendar",
    "/sessions/{dayless}/calendar",
    "/sessions/{of_forum}/calendar",
    "/sessions/{of_example}/calendar",
]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_there_or_not_for_all_is_not_found(read, world, form):
    for path in GONE:
        assert read(f"{path.format(**vars(world))}.{form}").status_code == 404, path


@pytest.mark.parametrize("path", ["/calendar.pdf", "/meetings/1/schedule.csv", "/calendar."])
def test_other_forms_are_not_there(read, world, path):
    assert read(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [*(f"/calendar.{form}" for form in FORMS), "/meetings/{meeting}/schedule.xml", "/meetings/{meeting}/schedule.json"],
)
def test_a_database_that_fails_is_503(app, read, world, path):
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE calendar_entry RENAME TO broken"))
    answer = read(path.format(**vars(world)))
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        "300",
        "no-store",
    )
    assert len(answer.data) < 200


def test_cookies_change_nothing(app, read, world):
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1.0"
        session["lang"] = "fr"
    for path in (*(f"/calendar.{form}" for form in FORMS), f"/meetings/{world.meeting}/schedule.xml"):
        answer = client.get(path)
        assert (answer.data, answer.headers.get("Set-Cookie")) == (read(path).data, None)


def test_nothing_at_all(read):
    assert (of_json(read("/calendar.json").data), of_xml(read("/calendar.xml").data)) == ([], [])
    assert (of_csv(read("/calendar.csv").data), of_xlsx(read("/calendar.xlsx").data)) == ([], [])


@pytest.mark.parametrize("form", FORMS)
def test_as_many_queries_for_many_entries(app, read, world, count_queries, form):
    def cost(path):
        with count_queries(app) as counted:
            assert read(path).status_code == 200
        return counted.count

    path = f"/meetings/{world.meeting}/calendar.{form}"
    few = cost(path)
    with app.app_context():
        meeting = db.session.get(Meeting, world.meeting)
        for number in range(30):
            make_plan_session(meeting, ref=f"more{number}", position=10 + number, title="More", **HOURS)
        publish(world.meeting, at=AT + DAY)
    assert cost(path) == few <= 4
