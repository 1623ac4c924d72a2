"""What changed since a day: in words for people who keep a calendar by hand, and the same as Atom."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from lxml import etree, html
from sqlalchemy import text

from planner.core.db import db
from planner.formats.atom import NAMESPACE
from planner.models import Body, Call, FollowUp, Meeting, PlanSession
from planner.services import changes, editing
from planner.services.releases import cancel_session_release, publish_release
from tests.calendars.conftest import HOURS, publish
from tests.factories.meeting import AT, WRITER, make_meeting
from tests.factories.plan_session import edit, make_plan_session

DAY = timedelta(days=1)
NOON = "16 February 2027, 10:00–13:00 (Europe/Zurich)"
NEW_IN_WORLD = [
    ("Meeting", "New.", "Made-up meeting", "Days: 16 February 2027.", "illustration"),
    ("Meeting", "New.", "The meeting", "Days: 16 to 17 February 2027."),
    ("Programme", "Programme released.", "Made-up meeting", f"Made-up session: {NOON}", "illustration"),
    ("Programme", "Programme released.", "The meeting", f"Open: {NOON}", "Of the few: 17 February 2027"),
    ("Meeting", "New.", "The forum meets", "Days: 18 February 2027."),
]


@contextmanager
def later():
    with time_machine.travel(AT + 3 * DAY, tick=False):
        yield


def rows_of(answer):
    """Return the changes of the page: sort, what happened, title, and all further lines."""
    assert answer.status_code == 200
    tree = html.document_fromstring(answer.text)
    found = []
    for line in tree.xpath("//main//ol[@class='rows']/li"):
        sort, said, _state = line.xpath("span")
        lead, title = said.xpath("b")[0], said.xpath("a")[0]
        found.append((sort.text_content(), lead.text, title.text, *(one.text for one in said.xpath("span"))))
    return found


@pytest.fixture
def page(read):
    def reading(query="?since=2026-11-25"):
        with later():
            return read(f"/calendars/changes{query}")

    return reading


@pytest.fixture
def told(page):
    """Return a function that reads the page and returns its changes since the day after the world was made."""
    return lambda query="?since=2026-11-25": rows_of(page(query))


def items_of(answer):
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    root = etree.fromstring(answer.data)
    names = ("id", "title", "updated", "content")
    return [
        tuple(entry.findtext(f"{{{NAMESPACE}}}{name}") for name in names)
        for entry in root.iter(f"{{{NAMESPACE}}}entry")
    ]


def atom(read, query="", **headers):
    with later():
        return read(f"/changes.atom{query}", **headers)


def test_all_that_is_new(told, world):
    assert told("") == NEW_IN_WORLD


def test_nothing_since_says_so_and_what_to_do(page, world):
    answer = page()
    assert rows_of(answer) == []
    assert "Nothing has changed since 25 November 2026." in answer.text
    assert 'href="/calendars/changes?since=2026-08-27"' in answer.text


def move(world):
    edit(db.session.get(PlanSession, world.open), on_text="2027-02-17", starts_at=HOURS["starts_at"] + DAY,
         ends_at=HOURS["ends_at"] + 2 * DAY)  # fmt: skip
    publish(world.meeting, at=AT + DAY)


def rename_and_reroom(world):
    edit(db.session.get(PlanSession, world.open), title="New name", room="Room 9", mode="hybrid")
    publish(world.meeting, at=AT + DAY)


def lose_hours(world):
    edit(db.session.get(PlanSession, world.open), starts_at=None, ends_at=None, duration_minutes=90)
    publish(world.meeting, at=AT + DAY)


def change_day(world):
    edit(db.session.get(PlanSession, world.of_sub), on_text="2027-02-18")
    publish(world.meeting, at=AT + DAY)


def change_zone(world):
    edit(db.session.get(PlanSession, world.open), zone="America/New_York", starts_at=HOURS["starts_at"] + 6 * DAY / 24,
         ends_at=HOURS["ends_at"] + 6 * DAY / 24)  # fmt: skip
    publish(world.meeting, at=AT + DAY)


def cancel(world):
    edit(db.session.get(PlanSession, world.open), state="cancelled")
    cancel_session_release(world.open, name="Cancelled", actor=WRITER, at=AT + DAY)


def postpone(world):
    edit(db.session.get(PlanSession, world.open), state="postponed")
    publish(world.meeting, at=AT + DAY)


def cancel_and_restore(world):
    cancel(world)
    edit(db.session.get(PlanSession, world.open), state="tentative")
    publish(world.meeting, at=AT + 2 * DAY)


def merge(world, into, days=1):
    rev = db.session.get(PlanSession, world.open).rev
    given = {"continued_in_id": into, "reason": "One is enough.", "release_now": True}
    editing.move_record(WRITER, world.open, "merge", rev=rev, at=AT + days * DAY, given=given)


def merge_into_open(world):
    merge(world, world.of_sub)


def merge_into_closed(world):
    merge(world, world.closed)


def merge_and_restore(world):
    merge(world, world.of_sub)
    rev = db.session.get(PlanSession, world.open).rev
    given = {"reason": "Two after all."}
    editing.move_record(WRITER, world.open, "restore", rev=rev, at=AT + 2 * DAY, given=given)
    publish(world.meeting, at=AT + 2 * DAY)


def split(world):
    rev = db.session.get(PlanSession, world.open).rev
    given = {"split_at": "11:00", "title": "Second part"}
    editing.split_session(WRITER, world.open, rev=rev, at=AT + DAY, given=given)
    publish(world.meeting, at=AT + DAY)


def split_closed(world):
    """Open what was split from a session that stays closed."""
    rev = db.session.get(PlanSession, world.closed).rev
    given = {"split_at": "11:00", "title": "Second part"}
    made = editing.split_session(WRITER, world.closed, rev=rev, at=AT + DAY, given=given)
    edit(made, audience_own=None)
    publish(world.meeting, at=AT + DAY)


def release_draft(world):
    publish(world.meeting, at=AT + DAY)


DRAFT = ("Session", "New.", "Draft", f"{NOON}.", "The meeting")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (move, [DRAFT, ("Session", "Moved.", "Open",
          "To 17 February 2027, 10:00 (Europe/Zurich), before 16 February 2027, 10:00 (Europe/Zurich).",
          "Minutes: 1620, before 180.", "The meeting")]),
        (rename_and_reroom, [DRAFT, ("Session", "Changed.", "New name", f"{NOON}.", "Title: New name, before Open.",
          "Room: Room 9, before not known.", "Mode: Hybrid, before not known.", "The meeting")]),
        (lose_hours, [DRAFT, ("Session", "Moved.", "Open",
          "To 16 February 2027 (hours not known), before 16 February 2027, 10:00 (Europe/Zurich).",
          "Minutes: 90, before 180.", "The meeting")]),
        (change_day, [DRAFT, ("Session", "Moved.", "Of the few", "To 18 February 2027, before 17 February 2027.",
          "The meeting")]),
        (change_zone, [DRAFT, ("Session", "Moved.", "Open",
          "To 16 February 2027, 10:00 (America/New_York), before 16 February 2027, 10:00 (Europe/Zurich).",
          "Time zone: America/New_York, before Europe/Zurich.", "The meeting")]),
        (cancel, [("Session", "Cancelled.", "Open", f"{NOON}.", "The meeting")]),
        (postpone, [DRAFT, ("Session", "Postponed.", "Open", f"{NOON}.", "The meeting")]),
        (cancel_and_restore, [DRAFT,
          ("Session", "Changed.", "Open", f"{NOON}.", "Not cancelled any more: tentative.", "The meeting"),
          ("Session", "Cancelled.", "Open", f"{NOON}.", "The meeting")]),
        (merge_into_open, [("Session", "Merged.", "Open", f"{NOON}.", "Merged into “Of the few”.", "The meeting")]),
        (merge_into_closed, [
          ("Session", "Merged.", "Open", f"{NOON}.", "Merged into another session.", "The meeting")]),
        (merge_and_restore, [DRAFT,
          ("Session", "Changed.", "Open", f"{NOON}.", "Not merged any more: tentative.", "The meeting"),
          ("Session", "Merged.", "Open", f"{NOON}.", "Merged into “Of the few”.", "The meeting")]),
        (split, [DRAFT,
          ("Session", "New.", "Second part", "16 February 2027, 11:00–13:00 (Europe/Zurich).", "Split from “Open”.",
           "The meeting"),
          ("Session", "Changed.", "Open", "16 February 2027, 10:00–11:00 (Europe/Zurich).", "Minutes: 60, before 180.",
           "The meeting")]),
        (split_closed, [DRAFT,
          ("Session", "New.", "Second part", "16 February 2027, 11:00–13:00 (Europe/Zurich).", "The meeting")]),
        (release_draft, [DRAFT]),
    ],
)  # fmt: skip
def test_what_a_session_goes_through(app, told, world, change, expected):
    with app.app_context():
        change(world)
    assert sorted(told()) == sorted(expected)


def test_meetings_calls_and_follow_ups(app, told, world):
    with app.app_context():
        edit(db.session.get(Meeting, world.meeting), start_on="2027-02-15", at=AT + DAY)
        group = db.session.get(Body, world.group)
        gone = make_meeting(group, ref="gone", title="No more", start_on="2027-05-01", at=AT).id
        edit(db.session.get(Meeting, gone), state="cancelled", at=AT + DAY)
        with changes.change(WRITER, at=AT + DAY):
            db.session.add(
                Call(title="Call for cases", state="open", meeting_id=world.meeting, audience_parent_id=world.meeting,
                     opens_at=AT, closes_at=AT + 20 * DAY)
            )  # fmt: skip
            db.session.add(
                FollowUp(
                    title="Send it",
                    ref="f1",
                    state="open",
                    audience_parent_id=world.group,
                    due_on=(AT + 9 * DAY).date(),
                )
            )
    assert told() == [
        ("Follow-up", "New.", "Send it", "Due: 3 December 2026."),
        ("Call", "New.", "Call for cases", "Closes: 14 December 2026, 10:00 (Europe/Zurich).", "The meeting"),
        ("Meeting", "Changed.", "The meeting", "Days: 15 to 17 February 2027."),
        ("Meeting", "Cancelled.", "No more", "Days: 1 May 2027."),
    ]


def test_what_is_over_is_not_told(app, told, world):
    with app.app_context():
        make_meeting(db.session.get(Body, world.group), ref="old", start_on="2020-05-01", at=AT + DAY)
    assert told() == []


def test_what_one_may_not_see_now_is_not_told(app, told, page, world):
    with app.app_context():
        move(world)
        edit(db.session.get(PlanSession, world.open), audience_own=4, at=AT + 2 * DAY)
        edit(db.session.get(PlanSession, world.closed), title="Behind doors", at=AT)
        publish(world.meeting, at=AT + 2 * DAY)
    assert told() == [DRAFT]
    for hidden in ("Open", "Behind doors", "Closed", "A case", "Some time"):
        assert hidden not in page("").text.partition("<main")[2]


def test_what_is_under_embargo_or_drafted_is_not_told(app, told, world):
    with app.app_context():
        edit(db.session.get(PlanSession, world.open), title="Secret yet")
        publish_release(world.meeting, name="Later", actor=WRITER, at=AT + DAY, embargo_until=AT + 9 * DAY)
        edit(db.session.get(PlanSession, world.of_sub), title="Being drafted", at=AT + DAY)
    assert told() == []


@pytest.mark.parametrize("since", ["2026-11-28", "1999-12-31", "yesterday", "2026-13-01", "20261124", "2026-W48-2"])
def test_a_day_that_is_none_is_400(page, world, since):
    answer = page(f"?since={since}")
    assert (answer.status_code, "A day is written like 2026-11-24" in answer.text) == (400, True)


def test_the_feed_tells_the_same_to_everybody(app, read, told, world):
    with app.app_context():
        move(world)
    items = items_of(atom(read))
    page_rows = [row for row in told("") if "illustration" not in row]
    assert [(title, content.split("\n")) for _, title, _, content in items] == [
        (f"{title}: {lead}", [lead, *lines]) for _sort, lead, title, *lines in page_rows
    ]
    moved = next(one for one in items if "Moved" in one[1])
    assert (moved[0], moved[2]) == (
        "tag:planner,2026:session-open@planner/m-release-2",
        "2026-11-25T09:00:00+00:00",
    )
    assert len({one[0] for one in items}) == len(items)


def test_the_feed_marks_the_worked_example_and_holds_it_only_if_asked(read, world):
    assert not any("Made-up" in one[1] for one in items_of(atom(read)))
    asked = [one[1] for one in items_of(atom(read, "?illustrations=include")) if "Made-up" in one[1]]
    assert asked == ["Illustration: Made-up meeting: New.", "Illustration: Made-up meeting: Programme released."]
    for query in ("?illustrations=yes", "?since=2026-11-25"):
        assert atom(read, query).status_code == 400


def test_an_unchanged_feed_is_304_and_keeps_its_identifiers(app, read, world):
    before = atom(read)
    assert atom(read).data == before.data
    known = atom(read, If_None_Match=before.headers["ETag"])
    assert (known.status_code, known.data, known.headers["Cache-Control"]) == (304, b"", "public, max-age=300")
    with app.app_context():
        cancel(world)
    after = atom(read, If_None_Match=before.headers["ETag"])
    ids = {one[0] for one in items_of(before)}
    assert ids < {one[0] for one in items_of(after)}


def test_the_feed_is_one_for_all_languages_and_people(app, read, world):
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1.0"
        session["lang"] = "fr"
    with later():
        answer = client.get("/changes.atom", headers={"Accept-Language": "fr"})
    assert (answer.data, answer.headers.get("Set-Cookie"), answer.headers.get("Vary")) == (atom(read).data, None, None)


def test_a_database_that_fails_is_503(app, read, world):
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE calendar_entry RENAME TO broken"))
    answer = atom(read)
    assert (answer.status_code, answer.headers["Retry-After"], b"<feed" in answer.data) == (503, "300", False)


def test_as_many_queries_for_many_changes(app, page, read, world, count_queries):
    def costs():
        found = []
        for look in (page, lambda: atom(read)):
            with count_queries(app) as counted:
                assert look().status_code == 200
            found.append(counted.count)
        return found

    with app.app_context():
        publish(world.meeting, at=AT + DAY)
    few = costs()
    with app.app_context():
        meeting = db.session.get(Meeting, world.meeting)
        for number in range(30):
            make_plan_session(meeting, ref=f"more{number}", position=10 + number, title="More", **HOURS)
        publish(world.meeting, at=AT + 2 * DAY)
        for number in range(3):
            make_meeting(db.session.get(Body, world.group), ref=f"m{number}", start_on="2027-06-01", at=AT + DAY)
    assert costs() == few == [2, 2]


def test_pages_lead_to_it(read, page, world):
    link = 'rel="alternate" type="application/atom+xml"'
    for path in ("/", "/calendars"):
        with later():
            answer = read(path)
        assert (link in answer.text, 'href="/calendars/changes"' in answer.text) == (True, True), path
    assert link in page().text
