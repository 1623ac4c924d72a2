"""What the pages of sessions and meetings say, and what they cost."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask

from planner.access.viewer import public
from planner.core import clock
from planner.core.db import db
from planner.models import AttendanceCount, Chairing, Meeting, PlanSession, RecordHost, SessionBody, UserAccount
from planner.services import changes, sessions
from planner.services.releases import publish_release
from tests.conftest import on_database
from tests.factories import programme
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit, make_agenda_item, make_plan_session
from tests.factories.programme import Programme, client_of

STRANGER = public(AT.date())


def text_of(page: str) -> str:
    """Return the words of a page, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def released(meeting: Meeting) -> None:
    publish_release(meeting.id, name="Programme", actor=WRITER, at=AT)


def test_entries_of_an_agenda(app: Flask, made: Programme):
    with app.app_context():
        view = sessions.get_session(STRANGER, made.open_session, at=AT)
    told = [
        (e.number, e.title, e.minutes, e.offset_minutes, e.is_heading, e.is_break, [p.title for p in e.presenters])
        for e in view.entries
    ]
    assert told == [
        ("1", "Opening", 10, 0, False, False, []),
        ("2", "National practice", None, 10, True, False, []),
        ("2 (a)", "One case each", 25, 10, False, False, ["Exporting State A"]),
        ("2 (b)", "What a carrier checks", 130, 35, False, False, ["Carrier K"]),
        (None, "Break", 15, 165, False, True, []),
    ]


def test_agenda_is_drawn_to_scale(app: Flask, made: Programme):
    page = app.test_client().get(f"/sessions/{made.open_session}").text
    rows = re.findall(r'<li class="tt-it (f\d+ l\d+)(?: k-(\w\w))?( gap-it)?">', page)
    assert rows == [("f0 l2", "", ""), ("f2 l5", "sp", ""), ("f7 l26", "in", ""), ("f33 l3", "", " gap-it")]
    assert "Annotated agenda to scale: 180 minutes, all placed." in page
    assert re.findall(r'<rect class="(f-\w\w)"', page) == ["f-sp", "f-in"]
    assert "Minutes of presentation by class of stakeholder, 155 in all." in page


def test_hours_are_told_with_zone_and_offset(app: Flask, made: Programme):
    words = text_of(app.test_client().get(f"/sessions/{made.open_session}").text)
    assert "Tuesday 16 February 2027" in words
    assert re.search(r"Geneva 10:00–13:00 , Europe/Zurich, UTC\+1", words)


def test_own_zone_stands_beside_the_venue(app: Flask, made: Programme):
    with app.app_context(), changes.change(WRITER, at=AT):
        for account in db.session.query(UserAccount):
            account.zone = "Africa/Nairobi"
    words = text_of(client_of(app, "delegate").get(f"/sessions/{made.open_session}").text)
    assert "Nairobi 12:00–15:00 , your zone, UTC+3" in words


def test_unknown_hours_and_days_are_said_to_be_unknown(app: Flask):
    with app.app_context():
        meeting = make_meeting(make_body("wg"), ref="m", start_on="2020-04")
        known = make_plan_session(meeting, ref="a", on_text="2020-04-03", duration_minutes=180)
        unknown = make_plan_session(meeting, ref="b", position=1)
        released(meeting)
        ids = known.id, unknown.id, meeting.id
    client = app.test_client()
    first, second, third = (text_of(client.get(url).text) for url in (
        f"/sessions/{ids[0]}", f"/sessions/{ids[1]}", f"/meetings/{ids[2]}"))  # fmt: skip
    assert ("Friday 3 April 2020" in first, "hours not known" in first, "180 minutes" in first) == (True, True, True)
    assert ("day not known" in second, "hours not known" in second) == (True, True)
    assert "April 2020 day not known" in third


def test_cancelled_meeting_keeps_its_sessions_and_says_so(app: Flask):
    with app.app_context():
        meeting = make_meeting(make_body("wg"), ref="m", state="cancelled")
        make_plan_session(meeting, ref="a", title="What was planned")
        released(meeting)
        meeting_id = meeting.id
    page = app.test_client().get(f"/meetings/{meeting_id}").text
    assert ("Cancelled." in page, "What was planned" in page) == (True, True)


def test_participants_of_a_closed_forum_are_not_for_everybody(app: Flask):
    with app.app_context():
        body = make_body("forum", work_audience=4)
        meeting = make_meeting(body, ref="m", restricted=True)
        with changes.change(WRITER, at=AT):
            db.session.add(AttendanceCount(meeting_id=meeting.id, group="states", count=60, position=0))
        meeting_id = meeting.id
    page = app.test_client().get(f"/meetings/{meeting_id}").text
    assert ("A closed meeting." in page, "Who attended" in page) == (True, False)


def test_markup_in_titles_stays_text(app: Flask):
    with app.app_context():
        meeting = make_meeting(make_body("wg"), ref="m", title="<script>1</script>")
        one = make_plan_session(meeting, ref="a", title="<b>bold</b>", text="<i>", room="<u>")
        make_agenda_item(one, position=0, title="<em>item</em>", number="<1>")
        released(meeting)
        ids = one.id, meeting.id
    for url in (f"/sessions/{ids[0]}", f"/meetings/{ids[1]}", "/sessions", "/meetings"):
        page = app.test_client().get(url).text
        assert not re.search(r"<script>1|<b>bold|<em>item|<u>|<i>", page)


def test_next_session_stands_first(app: Flask):
    with app.app_context():
        meeting = make_meeting(make_body("wg"), ref="m")
        today = clock.today()
        days = {"past": -30, "long past": -400, "next": 5, "far": 90, "today": 0}
        for name, count in days.items():
            make_plan_session(meeting, ref=name, title=f"Session {name}", on_text=f"{today + timedelta(days=count)}")
        make_plan_session(meeting, ref="when", title="Session when")
        released(meeting)
    page = app.test_client().get("/sessions").text
    assert re.findall(r">Session ([a-z ]+)</a>", page) == ["today", "next", "far", "past", "long past", "when"]


def fill(count: int) -> tuple[int, int, int]:
    """Make a meeting with so many sessions, items, presentations and speakers; return meeting, session, release."""
    body = make_body("wg")
    programme.make_accounts(body.id)
    meeting = make_meeting(body, ref="m", start_on="2027-02-16")
    organisations = [make_organisation(f"o{n}") for n in range(count)]
    first: PlanSession | None = None
    for number in range(count):
        one = make_plan_session(meeting, ref=f"s{number}", position=number, on_text="2027-02-16")
        first = first or one
    assert first
    for number in range(count):
        item = make_agenda_item(first, position=number, number=str(number), minutes=5)
        offer = make_offer(meeting, organisations[number], title=f"Offer {number}")
        place(offer, first, item=item, position=number, minutes=5)
    release = publish_release(meeting.id, name="Programme", actor=WRITER, at=AT)
    edit(first, room="Another")
    return meeting.id, first.id, release.id


def test_pages_cost_the_same_at_any_number_of_rows(app: Flask, count_queries, databases, empty_template):
    costs = []
    for count in (1, 30):
        url = databases.new(empty_template)
        with on_database(app, url):
            with app.app_context():
                meeting, one, release = fill(count)
            pages = (f"/sessions/{one}", f"/meetings/{meeting}", f"/releases/{release}")
            cost = {}
            for viewer in ("stranger", "delegate", "officer"):
                client = client_of(app, viewer)
                for address in (*pages, "/sessions", "/meetings", "/presentations"):
                    with count_queries(app) as counted:
                        assert client.get(address).status_code == 200
                    cost[viewer, address.rstrip("0123456789")] = counted.count
            costs.append(cost)
        databases.drop(url)
    assert costs[0] == costs[1]
    too_many = {key: cost for key, cost in costs[0].items() if cost > (10 if key[0] == "stranger" else 13)}
    assert too_many == {}


def test_joint_session_with_hosts_and_a_chair(app: Flask):
    with app.app_context():
        body, group = make_body("wg"), make_body("sub")
        host = make_organisation("host", title="Host of it")
        meeting = make_meeting(body, ref="m")
        one = make_plan_session(meeting, ref="a", body_id=group.id)
        with changes.change(WRITER, at=AT):
            db.session.add(SessionBody(session_id=one.id, body_id=body.id))
            db.session.add(RecordHost(record_id=one.id, stakeholder_id=host.id, position=0))
            db.session.add(Chairing(record_id=one.id, seat="chair", role="Moderator", holder_id=host.id, count=2))
        released(meeting)
        view = sessions.get_session(STRANGER, one.id, at=AT)
        assert [name.title for name in view.bodies] == ["SUB", "WG"]
        assert [name.title for name in view.hosts] == ["Host of it"]
        assert [(name.role, name.title, name.count) for name in view.chairs] == [("Moderator", "Host of it", 2)]
