"""The public feeds: what each holds, when it says that it changed, and that a failure never looks like a calendar."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import delete, text
from sqlalchemy.exc import OperationalError

from planner.core.db import db
from planner.models import Body, Meeting, PlanSession, SessionBody, StoredFeed
from planner.services import changes
from planner.services.releases import cancel_session_release
from tests.calendars.conftest import HOURS, publish
from tests.factories.meeting import AT, WRITER, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit, make_agenda_item, make_plan_session

DAY = timedelta(days=1)


@pytest.fixture
def read(app):
    """Return a function that reads an address as a program without cookies does.

    It reads three times. The first reader after a change has the body made, and is sent it plain. What is kept, and
    then what is remembered, are equal byte for byte and header for header.
    """

    def reading(path, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        app.extensions["remembered"].forget()
        first, answer, again = (app.test_client().get(path, headers=sent, buffered=True) for _ in range(3))
        if "Last-Modified" not in first.headers and first.status_code == 200 == answer.status_code:
            plain = gzip.decompress(answer.data) if "Content-Encoding" in answer.headers else answer.data
            assert first.data == plain
        assert (again.status, again.data, list(again.headers)) == (answer.status, answer.data, list(answer.headers))
        return answer

    return reading


def summaries(answer):
    """Return the SUMMARY of each entry, after a strict parser found no fault."""
    assert answer.status_code == 200
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [event.errors for event in events] == [[]] * len(events)
    return [str(event["SUMMARY"]) for event in events]


MEETING, OPEN, OF_SUB, FORUM = "The meeting", "GROUP: Open", "GROUP: Of the few", "The forum meets"
EXAMPLE = ["Illustration: Made-up meeting", "Illustration: EXAMPLE: Made-up session"]


@pytest.mark.parametrize(
    ("path", "held"),
    [
        ("/calendar.ics", [MEETING, OPEN, OF_SUB, FORUM]),
        ("/bodies/group/calendar.ics", [MEETING, OPEN, OF_SUB]),
        ("/bodies/sub/calendar.ics", [OF_SUB]),
        ("/bodies/forum/calendar.ics", [FORUM]),
        ("/bodies/example/calendar.ics?illustrations=include", EXAMPLE),
        ("/meetings/{meeting}/calendar.ics", [MEETING, OPEN, OF_SUB]),
        ("/meetings/{example}/calendar.ics?illustrations=include", EXAMPLE),
        ("/sessions/{open}/calendar.ics", [OPEN]),
        ("/sessions/{of_sub}/calendar.ics?illustrations=include", [OF_SUB]),
        ("/sessions/{of_example}/calendar.ics?illustrations=include", EXAMPLE[1:]),
    ],
)
def test_what_each_feed_holds(read, world, path, held):
    assert summaries(read(path.format(**vars(world)))) == held


def test_illustrations_only_where_asked(read, world):
    asked = summaries(read("/calendar.ics?illustrations=include"))
    assert sorted(asked) == sorted([MEETING, OPEN, OF_SUB, FORUM, *EXAMPLE])
    for query in ("illustrations=yes", "illustration=include", "body=nothing", "session=4"):
        assert read(f"/calendar.ics?{query}").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/bodies/nothing/calendar.ics",
        "/bodies/example/calendar.ics",
        "/meetings/999999/calendar.ics",
        "/meetings/{open}/calendar.ics",
        "/meetings/{example}/calendar.ics",
        "/sessions/{closed}/calendar.ics",
        "/sessions/{draft}/calendar.ics",
        "/sessions/{dayless}/calendar.ics",
        "/sessions/{of_forum}/calendar.ics",
        "/sessions/{of_example}/calendar.ics",
        "/sessions/{meeting}/calendar.ics",
    ],
)
def test_what_is_not_there_or_not_for_all_is_not_found(read, world, path):
    answer = read(path.format(**vars(world)))
    assert (answer.status_code, b"BEGIN:VCALENDAR" in answer.data) == (404, False)


def test_the_answer(read, world):
    answer = read("/bodies/group/calendar.ics")
    headers = answer.headers
    assert {name: headers.get(name) for name in ("Content-Type", "Cache-Control", "Content-Disposition", "Vary")} == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "public, max-age=300",
        "Content-Disposition": 'inline; filename="group.ics"',
        "Vary": "Accept-Encoding",
    }
    assert headers["ETag"].startswith('"')
    calendar = Calendar.from_ical(answer.data)
    assert (str(calendar["NAME"]), str(calendar["UID"])) == ("The group", "body-group@planner")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Zurich"]


def test_two_reads_are_the_same_bytes(read, world):
    first, second = read("/calendar.ics"), read("/calendar.ics")
    assert (first.data, first.headers["ETag"]) == (second.data, second.headers["ETag"])


def test_cookies_change_nothing(app, read, world):
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1.0"
        session["lang"] = "fr"
    client.set_cookie("remember_token", "1.0|forged")
    answer = client.get("/calendar.ics?lang=en")
    assert (answer.data, answer.headers.get("Set-Cookie"), answer.headers.get("Vary")) == (
        read("/calendar.ics").data,
        None,
        "Accept-Encoding",
    )


def test_head_tells_the_same_without_the_body(app, read, world):
    answer, head = read("/calendar.ics"), app.test_client().head("/calendar.ics")
    names = ("ETag", "Content-Length", "Content-Type", "Last-Modified")
    assert head.data == b""
    assert [head.headers[name] for name in names] == [answer.headers[name] for name in names]


def test_no_content_negotiation(read, world):
    plain = read("/calendar.ics").data
    assert read("/calendar.ics", Accept="application/json", Accept_Language="fr").data == plain


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_unchanged_is_304_without_reading_entries(app, read, world, count_queries, form):
    etag = read("/calendar.ics").headers["ETag"]
    with count_queries(app) as counted:
        answer = read("/calendar.ics", If_None_Match=form.format(etag))
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert [statement for statement in counted.statements if "calendar_entry" in statement] == []


def test_one_read_of_entries_after_a_change_and_none_without(app, read, world, count_queries):
    def counts():
        found = {}
        for path in ("/calendar.ics", "/bodies/group/calendar.ics", f"/meetings/{world.meeting}/calendar.ics"):
            with count_queries(app) as counted:
                assert app.test_client().get(path, buffered=True).status_code == 200
            found[path] = (counted.count, sum("calendar_entry.text" in one for one in counted.statements))
        return list(found.values())

    counts()
    app.extensions["remembered"].forget()
    few = counts()
    with app.app_context():
        meeting = db.session.get(Meeting, world.meeting)
        for number in range(30):
            make_plan_session(meeting, ref=f"more-{number}", position=10 + number, **HOURS)
        publish(world.meeting, at=AT + DAY)
    assert counts() == [(7, 1), (9, 1), (8, 1)]
    assert counts() == few == [(1, 0), (1, 0), (1, 0)]


def test_a_compressed_copy_is_ready_for_those_who_ask(read, world):
    plain = read("/calendar.ics")
    packed = read("/calendar.ics", Accept_Encoding="gzip, br")
    assert gzip.decompress(packed.data) == plain.data
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert packed.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    for tag in (plain.headers["ETag"], packed.headers["ETag"]):
        again = read("/calendar.ics", If_None_Match=tag, Accept_Encoding="gzip")
        assert (again.status_code, again.headers["ETag"]) == (304, tag)
    refused = read("/calendar.ics", Accept_Encoding="gzip;q=0, identity")
    assert (refused.data, refused.headers.get("Content-Encoding")) == (plain.data, None)


def test_last_modified_tells_two_states_of_one_second_apart(app, read, world):
    with time_machine.travel(AT + DAY, tick=False):
        first = read("/calendar.ics").headers["Last-Modified"]
        again = read("/calendar.ics", If_Modified_Since=first)
        assert (again.status_code, again.data) == (304, b"")
        with app.app_context():
            edit(db.session.get(Meeting, world.meeting), title="Another title", at=AT + DAY)
        changed = read("/calendar.ics", If_Modified_Since=first)
        assert (changed.status_code, changed.headers["Last-Modified"] > first) == (200, True)
        # the tag goes before the day
        wrong = read("/calendar.ics", If_None_Match='"other"', If_Modified_Since=changed.headers["Last-Modified"])
        assert wrong.status_code == 200


def test_a_feed_that_cannot_be_kept_is_sent_all_the_same(app, read, world, monkeypatch):
    kept = read("/calendar.ics")

    def fails(*_args, **_values):
        raise OperationalError("planted", {}, Exception("database is locked"))

    with app.app_context():
        db.session.execute(delete(StoredFeed))
        db.session.commit()
    monkeypatch.setattr("planner.services.stored_feeds.transaction", fails)
    answer = read("/calendar.ics")
    assert (answer.data, answer.headers["ETag"]) == (kept.data, kept.headers["ETag"])
    assert "Last-Modified" not in answer.headers


def move(world):
    edit(db.session.get(PlanSession, world.open), on_text="2027-02-17", starts_at=HOURS["starts_at"] + DAY,
         ends_at=HOURS["ends_at"] + DAY)  # fmt: skip
    publish(world.meeting, at=AT + DAY)


def rename(world):
    edit(db.session.get(PlanSession, world.open), title="New name")
    publish(world.meeting, at=AT + DAY)


def cancel(world):
    edit(db.session.get(PlanSession, world.open), state="cancelled")
    cancel_session_release(world.open, name="Cancelled", actor=WRITER, at=AT + DAY)


def close(world):
    edit(db.session.get(PlanSession, world.open), audience_own=4, at=AT + DAY)


def add(world):
    make_meeting(db.session.get(Body, world.sub), ref="new", start_on="2027-05-01", at=AT + DAY)


def release_draft(world):
    publish(world.meeting, at=AT + DAY)


def rename_body(world):
    edit(db.session.get(Body, world.group), title="The renamed group", at=AT + DAY)


VISIBLE = [move, rename, cancel, close, add, release_draft, rename_body]


@pytest.mark.parametrize("change", VISIBLE)
def test_a_visible_change_is_a_new_tag(app, read, world, change):
    path = "/bodies/group/calendar.ics"
    before = read(path)
    with app.app_context():
        change(world)
    after = read(path, If_None_Match=before.headers["ETag"])
    assert after.status_code == 200
    assert after.data != before.data
    assert after.headers["ETag"] != before.headers["ETag"]


def edit_draft(world):
    edit(db.session.get(PlanSession, world.draft), title="Another draft", at=AT + DAY)


def edit_working_copy(world):
    edit(db.session.get(PlanSession, world.open), title="Being drafted", at=AT + DAY)


def edit_closed(world):
    edit(db.session.get(PlanSession, world.of_forum), title="Another case")
    publish(db.session.get(PlanSession, world.of_forum).meeting_id, at=AT + DAY)


def edit_example(world):
    edit(db.session.get(Meeting, world.example), title="Other made-up meeting", at=AT + DAY)


def note(world):
    edit(db.session.get(Meeting, world.meeting), note="for officers", at=AT + DAY)


@pytest.mark.parametrize("change", [edit_draft, edit_working_copy, edit_closed, edit_example, note])
def test_an_invisible_change_is_no_new_tag(app, read, world, change):
    before = read("/calendar.ics")
    with app.app_context():
        change(world)
    after = read("/calendar.ics")
    assert (after.data, after.headers["ETag"]) == (before.data, before.headers["ETag"])
    assert read("/calendar.ics", If_None_Match=before.headers["ETag"]).status_code == 304


def test_a_joint_session_is_in_the_feeds_of_both(app, read, world):
    before = read("/bodies/forum/calendar.ics")
    with app.app_context(), changes.change(WRITER, at=AT + DAY):
        forum = db.session.scalars(db.select(Body).where(Body.slug == "forum")).one()
        db.session.add(SessionBody(session_id=world.open, body_id=forum.id))
    after = read("/bodies/forum/calendar.ics", If_None_Match=before.headers["ETag"])
    assert summaries(after) == [OPEN, FORUM]
    # A session that is closed to all is no reason for a new tag.
    with app.app_context(), changes.change(WRITER, at=AT + DAY):
        db.session.add(SessionBody(session_id=world.closed, body_id=world.sub))
    assert summaries(read("/bodies/sub/calendar.ics")) == [OF_SUB]


def test_a_cancelled_session_stays_and_says_so(app, read, world):
    with app.app_context():
        cancel(world)
    answer = read(f"/sessions/{world.open}/calendar.ics")
    assert summaries(answer) == ["Cancelled: GROUP: Open"]
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 1, "session-open@planner")


@pytest.mark.parametrize("table", ["calendar_entry", "feed_revision"])
@pytest.mark.parametrize("path", ["/calendar.ics", "/bodies/group/calendar.ics", "/sessions/{open}/calendar.ics"])
def test_a_database_that_fails_is_503(app, read, world, table, path):
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO broken"))
    answer = read(path.format(**vars(world)))
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        "300",
        "no-store",
    )
    assert b"BEGIN:VCALENDAR" not in answer.data


def test_nothing_at_all_is_a_calendar_that_strict_parsers_read(app, read):
    answer = read("/calendar.ics")
    assert summaries(answer) == []
    assert [str(zone["TZID"]) for zone in Calendar.from_ical(answer.data).walk("VTIMEZONE")] == ["Etc/UTC"]


def test_presentations_apart_remind_each_by_itself(app, world, read):
    with app.app_context():
        session, meeting = db.session.get_one(PlanSession, world.open), db.session.get_one(Meeting, world.meeting)
        offers = [
            make_offer(meeting, make_organisation(name, title=name), ref=name, title="On end use")
            for name in ("a", "b")
        ]
        item = make_agenda_item(session, position=0, number="1", title="Presentations")
        for position, offer in enumerate(offers):
            place(offer, session, item=item, minutes=20, position=position)
        publish(world.meeting)
    events = read(f"/sessions/{world.open}/calendar.ics?alarm=15").text
    assert events.count("TRIGGER:-PT15M\r\n") == 1
    found = Calendar.from_ical(read("/calendar.ics?presentations=apart&alarm=15&class=sessions").text).walk("VEVENT")
    reminds = {str(one["UID"]): len(one.walk("VALARM")) for one in found}
    assert reminds == {
        "session-open@planner": 1, "session-draft@planner": 1, "session-sub@planner": 0,
        "presentation-a@planner": 1, "presentation-b@planner": 1,
    }  # fmt: skip
    assert "BEGIN:VALARM" not in read("/calendar.ics?presentations=apart").text
