"""Calendar entries follow what is known, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from planner.core.db import db
from planner.formats.ical import feed_text
from planner.models import (
    PERSONAL,
    Body,
    CalendarEntry,
    Call,
    Citation,
    EntryKind,
    FeedRevision,
    FollowUp,
    Origin,
    Plan,
    PlanVersion,
    Provenance,
    SessionBody,
    VersionKind,
)
from planner.rules.audience import Ground
from planner.services import calendar_entries, changes
from planner.services.calendar_entries.rebuilding import lack_links, rebuild
from planner.services.releases import cancel_session_release, make_due_releases_current, publish_release
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit, make_agenda_item, make_plan_session

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEN = datetime(2027, 2, 16, 9, 0, tzinfo=UTC)
"""Ten o'clock in Geneva."""
STATES = int(Ground.STATES)

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def meeting(context):
    body = make_body("wgx", title="Working group X")
    days = {"start_on": "2027-02-16", "end_on": "2027-02-19", "city": "Geneva", "venue": "Room centre"}
    return make_meeting(body, ref="m1", title="First meeting", **days)


@pytest.fixture
def first(meeting):
    hours = {"on_text": "2027-02-16", "starts_at": TEN, "ends_at": TEN + 3 * HOUR}
    return make_plan_session(meeting, ref="s1", title="Session one", room="Room A", **hours)


def publish(meeting, at=AT, **values):
    return publish_release(meeting.id, name="Programme", actor=WRITER, at=at, **values)


def entry_of(record, component="VEVENT"):
    chosen = select(CalendarEntry).where(
        CalendarEntry.record_id == record.id,
        CalendarEntry.component == component,
        CalendarEntry.entry_kind.not_in(PERSONAL),
    )
    return db.session.scalars(chosen).one_or_none()


def lines_of(record, component="VEVENT"):
    """Return the properties of the entry of a record as an unfolded mapping of line heads to values."""
    text = entry_of(record, component).text.replace("\r\n ", "")
    return dict(line.split(":", 1) for line in text.split("\r\n") if line)


def revisions():
    rows = db.session.scalars(select(FeedRevision).order_by(FeedRevision.body_id, FeedRevision.audience))
    return {(row.body_id, row.audience): row.number for row in rows}


def test_the_entry_of_a_session(meeting, first):
    item = make_agenda_item(first, position=0, number="1", title="Opening", minutes=30)
    offer = make_offer(meeting, make_organisation("org", title="Institute"), title="On end use")
    place(offer, first, item=item, minutes=15)
    publish(meeting)
    assert lines_of(first) == {
        "BEGIN": "VEVENT",
        "SUMMARY": "WGX: Session one",
        "DTSTART;TZID=Europe/Zurich": "20270216T100000",
        "DTEND;TZID=Europe/Zurich": "20270216T130000",
        "DTSTAMP": "20261124T090000Z",
        "UID": "session-s1@planner",
        "SEQUENCE": "0",
        "CATEGORIES": "WGX",
        "CREATED": "20261124T090000Z",
        "DESCRIPTION": "First meeting\\n\\nAgenda\\n1. Opening (30 min)\\n- Institute: On end use (15 min)",
        "LAST-MODIFIED": "20261124T090000Z",
        "LOCATION": "Room A\\, Room centre\\, Geneva",
        "RELATED-TO": "meeting-m1@planner",
        "STATUS": "CONFIRMED",
        "TRANSP": "OPAQUE",
        "X-ALT-DESC;FMTTYPE=text/html": (
            "<html><body><p>First meeting</p><p>Agenda</p><ul><li>1. Opening (30 min)<ul><li>Institute: On end use"
            " (15 min)</li></ul></li></ul></body></html>"
        ),
        "END": "VEVENT",
    }
    entry = entry_of(first)
    keys = (entry.body_id, entry.meeting_id, entry.audience, entry.starts_on, entry.ends_on, entry.zones)
    assert keys == (meeting.body_id, meeting.id, 65, date(2027, 2, 16), date(2027, 2, 16), "Europe/Zurich")


def test_the_entry_of_a_meeting_is_its_days(meeting):
    lines = lines_of(meeting)
    when = {key: value for key, value in lines.items() if key.startswith("DT")}
    assert when == {
        "DTSTART;VALUE=DATE": "20270216",
        "DTEND;VALUE=DATE": "20270220",
        "DTSTAMP": "20261124T090000Z",
    }
    assert (lines["SUMMARY"], lines["TRANSP"], lines["UID"]) == ("First meeting", "TRANSPARENT", "meeting-m1@planner")


@pytest.mark.parametrize("known", ["2027", "2027-02", None])
def test_a_meeting_whose_day_is_unknown_has_no_entry(known):
    assert entry_of(make_meeting(make_body("b"), ref="m", start_on=known)) is None


def test_unknown_hours_are_not_filled_in(meeting):
    whole_day = make_plan_session(meeting, ref="d", on_text="2027-02-17", duration_minutes=90)
    month = make_plan_session(meeting, ref="m", position=1, on_text="2027-02")
    nothing = make_plan_session(meeting, ref="n", position=2)
    publish(meeting)
    lines = lines_of(whole_day)
    assert (lines["DTSTART;VALUE=DATE"], lines["DTEND;VALUE=DATE"]) == ("20270217", "20270218")
    assert "The hours are not known. Length: 90 minutes." in lines["DESCRIPTION"]
    assert (entry_of(month), entry_of(nothing)) == (None, None)


def test_what_no_release_shows_has_no_entry(meeting, first):
    assert entry_of(first) is None
    publish(meeting, embargo_until=AT + DAY)
    assert entry_of(first) is None
    make_due_releases_current(WRITER, at=AT + DAY)
    assert lines_of(first)["DTSTAMP"] == "20261125T090000Z"
    edit(first, title="Being drafted", at=AT + 2 * DAY)
    assert (lines_of(first)["SUMMARY"], entry_of(first).sequence) == ("WGX: Session one", 0)


MOVED = {"on_text": "2027-02-17", "starts_at": TEN + DAY, "ends_at": TEN + DAY + 3 * HOUR}
PLANTED = {
    "moved": (MOVED, {"DTSTART;TZID=Europe/Zurich": "20270217T100000", "DTEND;TZID=Europe/Zurich": "20270217T130000"}),
    "shortened": ({"ends_at": TEN + HOUR}, {"DTEND;TZID=Europe/Zurich": "20270216T110000"}),
    "renamed": ({"title": "Another"}, {"SUMMARY": "WGX: Another"}),
    "another room": ({"room": "Room B"}, {"LOCATION": "Room B\\, Room centre\\, Geneva"}),
    "tentative": (
        {"state": "tentative"},
        {"STATUS": "TENTATIVE", "DESCRIPTION": "Tentative: not confirmed yet.\\n\\nFirst meeting"},
    ),
    "held": ({"state": "held"}, {}),
    "cancelled": (
        {"state": "cancelled"},
        {
            "STATUS": "CANCELLED",
            "SUMMARY": "Cancelled: WGX: Session one",
            "DESCRIPTION": "Cancelled.\\n\\nFirst meeting",
            "TRANSP": "TRANSPARENT",
        },
    ),
    "postponed": (
        {"state": "postponed"},
        {
            "STATUS": "CANCELLED",
            "SUMMARY": "Postponed: WGX: Session one",
            "DESCRIPTION": "Postponed. A new date is not known.\\n\\nFirst meeting",
            "TRANSP": "TRANSPARENT",
        },
    ),
}


@pytest.mark.parametrize("change", PLANTED)
def test_a_change_keeps_the_uid_and_raises_the_sequence(meeting, first, change):
    values, expected = PLANTED[change]
    publish(meeting)
    before = lines_of(first)
    edit(first, at=AT + DAY, **values)
    publish(meeting, at=AT + DAY)
    stamps = {"SEQUENCE": "1", "DTSTAMP": "20261125T090000Z", "LAST-MODIFIED": "20261125T090000Z"} if expected else {}
    assert lines_of(first) == {**before, **expected, **stamps}


def test_a_session_comes_back_under_its_uid(meeting, first):
    publish(meeting)
    before = lines_of(first)
    edit(first, state="cancelled")
    cancel_session_release(first.id, name="Cancelled", actor=WRITER, at=AT + DAY)
    edit(first, state="confirmed")
    publish(meeting, at=AT + 2 * DAY)
    stamps = {"SEQUENCE": "2", "DTSTAMP": "20261126T090000Z", "LAST-MODIFIED": "20261126T090000Z"}
    assert lines_of(first) == {**before, **stamps}


def test_a_postponed_session_that_loses_its_day_stays_on_its_old_one(meeting, first):
    publish(meeting)
    edit(first, state="postponed", on_text=None, starts_at=None, ends_at=None)
    publish(meeting, at=AT + DAY)
    lines = lines_of(first)
    assert (lines["DTSTART;VALUE=DATE"], lines["STATUS"], lines["SEQUENCE"]) == ("20270216", "CANCELLED", "1")


def test_a_session_that_loses_its_day_goes_and_keeps_its_sequence(meeting, first):
    publish(meeting)
    edit(first, on_text=None, starts_at=None, ends_at=None)
    publish(meeting, at=AT + DAY)
    assert entry_of(first).audience == int(Ground.OFFICERS)
    edit(first, on_text="2027-02-16", starts_at=TEN, ends_at=TEN + 3 * HOUR)
    publish(meeting, at=AT + 2 * DAY)
    assert (entry_of(first).audience, entry_of(first).sequence) == (65, 1)


def test_with_its_meeting_a_session_is_off(meeting, first):
    publish(meeting)
    edit(meeting, state="cancelled", at=AT + DAY)
    assert (lines_of(first)["STATUS"], lines_of(meeting)["STATUS"]) == ("CANCELLED", "CANCELLED")


def test_unchanged_facts_write_nothing(meeting, first):
    publish(meeting)
    before = (entry_of(first).text, entry_of(meeting).text, revisions())
    edit(first, note="for us", at=AT + DAY)
    edit(meeting, note="for us", at=AT + DAY)
    with changes.change(WRITER, at=AT + DAY) as c:
        c.touch(first.id, meeting.id)
    assert (entry_of(first).text, entry_of(meeting).text, revisions()) == before


def test_a_new_room_of_one_session_counts_up_one_scope(meeting, first):
    sub_body = make_body("sub", parent=db.session.get(Body, meeting.body_id))
    other = make_plan_session(meeting, ref="s2", position=1, on_text="2027-02-17", body_id=sub_body.id)
    publish(meeting)
    before = revisions()
    edit(other, room="Room C")
    publish(meeting, at=AT + DAY)
    assert revisions() == {**before, (sub_body.id, 65): before[sub_body.id, 65] + 1}


def test_an_audience_that_moves_is_copied_and_counted_for_both(meeting, first):
    publish(meeting)
    before, text = revisions(), entry_of(first).text
    edit(meeting, audience_own=STATES, at=AT + DAY)
    body = meeting.body_id
    assert (entry_of(first).audience, entry_of(first).text) == (68, text)
    assert revisions() == {(body, 65): before[body, 65] + 1, (body, 68): 1}


def test_of_a_closed_forum_only_that_it_meets_and_when():
    body = make_body("dief", title="Forum", work_audience=STATES)
    forum = make_meeting(body, ref="f1", title="Forum, first meeting", start_on="2027-02-16", theme="Secret", city="G")
    closed = make_plan_session(forum, ref="c1", on_text="2027-02-16")
    publish(forum)
    assert (entry_of(forum).audience, entry_of(closed).audience) == (65, 68)
    lines = lines_of(forum)
    assert (lines["DESCRIPTION"], lines.get("LOCATION")) == ("Forum", None)


def test_an_item_that_fewer_may_see_is_not_told_to_all(meeting, first):
    make_agenda_item(first, position=0, title="For all")
    secret = make_agenda_item(first, position=1, title="For some", audience_own=STATES)
    publish(meeting)
    assert lines_of(first)["DESCRIPTION"] == "First meeting\\n\\nAgenda\\nFor all"
    edit(secret, audience_own=None, at=AT + DAY)
    assert lines_of(first)["DESCRIPTION"] == "First meeting\\n\\nAgenda\\nFor all\\nFor some"


def test_an_illustration_says_so():
    meeting = make_meeting(make_body("b"), ref="m", title="Made up", start_on="2027-02-16", origin=Origin.ILLUSTRATION)
    lines = lines_of(meeting)
    assert lines["SUMMARY"] == "Illustration: Made up"
    assert lines["DESCRIPTION"].startswith("A worked example. Nothing of this was decided by the Conference.")


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("", "Recalled: not checked against a document."),
        ("end_date", "The date is recalled: not checked against a document."),
        ("mode", None),
    ],
)
def test_a_recalled_date_says_so(meeting, field, words):
    with changes.change(WRITER, at=AT):
        db.session.add(Citation(record_id=meeting.id, field=field, provenance=Provenance.RECALLED))
    said = lines_of(meeting)["DESCRIPTION"].split("\\n\\n")
    assert said == ["Working group X", *([words] if words else [])]


def test_the_closing_of_a_call_is_an_instant(meeting):
    values = {"opens_at": AT, "closes_at": TEN + 8 * HOUR, "meeting_id": meeting.id, "audience_parent_id": meeting.id}
    with changes.change(WRITER, at=AT):
        call = Call(ref="c", title="Call for papers", state="open", **values)
        draft = Call(ref="d", title="Draft call", state="draft", **values)
        db.session.add_all([call, draft])
    lines = lines_of(call)
    assert (lines["SUMMARY"], lines["DTSTART;TZID=Europe/Zurich"]) == ("Deadline: Call for papers", "20270216T180000")
    assert lines["TRANSP"] == "TRANSPARENT"
    assert lines["DESCRIPTION"].startswith("Closes on 16 February 2027\\, 18:00 (Europe/Zurich\\, UTC+01:00).")
    assert entry_of(draft) is None


def test_a_comment_round_ends_in_utc(meeting):
    with changes.change(WRITER, at=AT):
        plan = Plan(ref="p", title="The plan", body_id=meeting.body_id, audience_parent_id=meeting.body_id)
        db.session.add(plan)
        db.session.flush()
        version = PlanVersion(
            ref="v",
            title="Version 1",
            state="circulated",
            plan_id=plan.id,
            version_kind=VersionKind.NUMBERED,
            number=1,
            position=0,
            comments_until=TEN,
            audience_parent_id=plan.id,
        )
        db.session.add(version)
    lines = lines_of(version)
    assert (lines["SUMMARY"], lines["DTSTART"]) == ("Comments due: Version 1", "20270216T090000Z")


def test_a_follow_up_is_a_task(meeting):
    with changes.change(WRITER, at=AT):
        values = {"audience_parent_id": meeting.id, "owner_id": meeting.body_id, "due_on": date(2027, 3, 1)}
        task = FollowUp(ref="f", title="Send a report", state="open", **values)
        undated = FollowUp(ref="g", title="Some day", state="open", audience_parent_id=meeting.id)
        db.session.add_all([task, undated])
    lines = lines_of(task, "VTODO")
    assert (lines["DUE;VALUE=DATE"], lines["STATUS"], lines["UID"]) == (
        "20270301",
        "NEEDS-ACTION",
        "follow-up-f@planner",
    )
    assert lines["DESCRIPTION"] == "For Working group X."
    assert entry_of(undated, "VTODO") is None
    edit(task, evidence="It was sent.", at=AT + DAY)
    edit(task, state="done", at=AT + DAY)
    lines = lines_of(task, "VTODO")
    assert (lines["STATUS"], lines["PERCENT-COMPLETE"], lines["SEQUENCE"]) == ("COMPLETED", "100", "1")


def test_a_link_where_the_address_is_known(meeting):
    assert "URL" not in lines_of(meeting)
    calendar_entries.configure("https://planner.example")
    try:
        edit(meeting, title="New", at=AT + DAY)
    finally:
        calendar_entries.configure(None)
    address = f"https://planner.example/meetings/{meeting.id}"
    lines = lines_of(meeting)
    assert (lines["URL"], lines["DESCRIPTION"]) == (address, f"Working group X\\n\\n{address}")


def test_a_joint_session_counts_for_both_bodies(meeting, first):
    other = make_body("other")
    with changes.change(WRITER, at=AT):
        db.session.add(SessionBody(session_id=first.id, body_id=other.id))
    publish(meeting)
    assert revisions()[other.id, 65] == 1


def test_a_stricter_parser_reads_what_was_written(meeting, first):
    make_agenda_item(first, position=0, title="Commas, semicolons; backslashes \\ and\nlines")
    publish(meeting)
    rows = [entry_of(meeting), entry_of(first)]
    text = feed_text((row.text for row in rows), name="All", uid="all@planner", zones=["Europe/Zurich"])
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [event.errors for event in events] == [[], []]
    assert [event["DTSTART"].dt for event in events] == [date(2027, 2, 16), TEN]


def busy_of(record):
    chosen = select(CalendarEntry).where(
        CalendarEntry.record_id == record.id, CalendarEntry.entry_kind == EntryKind.BUSY
    )
    return db.session.scalars(chosen).one_or_none()


def test_a_closed_session_has_a_placeholder_that_leads_nowhere(meeting, first):
    publish(meeting)
    assert busy_of(first) is None
    edit(first, audience_own=int(Ground.STATES))
    placeholder = busy_of(first)
    assert (placeholder.audience, placeholder.meeting_id) == (int(Ground.PUBLIC), None)
    said = placeholder.text.replace(placeholder.uid, "…")
    assert placeholder.uid.startswith("busy-")
    assert not any(text in said for text in (first.ref, first.title, meeting.title, "Room A", "URL", "CATEGORIES"))
    assert "SUMMARY:Busy\r\n" in said
    uid = placeholder.uid
    edit(first, starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)
    publish(meeting, at=AT + HOUR)
    assert (busy_of(first).uid, busy_of(first).sequence) == (uid, 1)
    edit(first, audience_own=None)
    assert busy_of(first).audience == int(Ground.OFFICERS)


def test_a_rebuild_writes_links_anew_and_nothing_twice(meeting, first):
    publish(meeting)
    told = []
    assert rebuild(at=AT + HOUR) == 0
    try:
        calendar_entries.configure("https://planner.example")
        assert lack_links("https://planner.example")
        assert rebuild(at=AT + HOUR, progress=lambda *counts: told.append(counts)) == 2
        assert told == [(2, 2)]
        assert f"https://planner.example/sessions/{first.id}" in entry_of(first).text.replace("\r\n ", "")
        assert entry_of(first).sequence == 1
        assert not lack_links("https://planner.example")
        assert rebuild(at=AT + 2 * HOUR) == 0
    finally:
        calendar_entries.configure(None)
