"""The home page: what is next, what changed, what is due, and who reads what of it."""

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from planner.access.viewer import Viewer, public
from planner.core import clock
from planner.core.db import db
from planner.home import news
from planner.models import Body, Call, FollowUp, OfficeRole, UserAccount
from planner.rules.audience import Ground
from planner.services import changes, home
from planner.services.releases import publish_release
from tests.conftest import NOW, on_database
from tests.factories.cycle import make_cycle
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.plan import make_plan, make_version, make_working_copy
from tests.factories.plan_session import edit, make_plan_session

DAY = AT.date()
STRANGER = public(DAY)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """Let it be the day on which the illustration of the tests was loaded."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer(body):
    bodies = frozenset({body.id})
    return Viewer(day=DAY, user_id=1, bodies=bodies, offices=((OfficeRole.CHAIR, bodies),))


def at(day, hour):
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")


def coming(meeting, ref, day, **values):
    return make_plan_session(meeting, ref=ref, on_text=day, starts_at=at(day, 9), ends_at=at(day, 12), **values)


def write(record):
    with changes.change(WRITER, at=AT):
        db.session.add(record)
    return record


def make_call(meeting, *, opens_at=AT - timedelta(days=3), closes_at=AT + timedelta(days=20), state="open"):
    return write(
        Call(title=f"Call of {meeting.title}", state=state, meeting_id=meeting.id, audience_parent_id=meeting.id,
             opens_at=opens_at, closes_at=closes_at)
    )  # fmt: skip


def make_follow_up(body, title, due_on, **values):
    return write(
        FollowUp(
            title=title, due_on=due_on, audience_parent_id=body.id, owner_id=body.id, **{"state": "open", **values}
        )
    )


@pytest.fixture
def meeting(context):
    del context
    return make_meeting(make_body("wg"), ref="m", title="First series", cycle_id=make_cycle(13).id)


def test_the_next_session_is_the_released_one(meeting):
    coming(meeting, "past", "2026-11-20")
    coming(meeting, "later", "2027-02-16")
    next_one = coming(meeting, "next", "2026-12-01", room="Room 1")
    assert home.get_home(STRANGER, now=AT).next is None
    publish_release(meeting.id, name="one", actor=WRITER, at=AT)
    edit(next_one, room="Room 2", title="next, renamed")
    shown = home.get_home(STRANGER, now=AT).next
    assert (shown.id, shown.title, shown.room, shown.cycle_code, shown.body_title) == (
        next_one.id, "next", "Room 1", "CSP13", "WG",
    )  # fmt: skip


def _body(meeting):
    return db.session.get_one(Body, meeting.body_id)


def test_officers_read_the_working_copy_of_the_next_session(meeting):
    soon = coming(meeting, "soon", "2026-11-25")
    assert home.get_home(STRANGER, now=AT).next is None
    shown = home.get_home(officer(_body(meeting)), now=AT).next
    assert (shown.id, shown.title, shown.state) == (soon.id, "soon", "confirmed")


def test_a_cancelled_session_is_not_next(meeting):
    coming(meeting, "cancelled", "2026-11-25", state="cancelled")
    kept = coming(meeting, "kept", "2026-11-26")
    publish_release(meeting.id, name="one", actor=WRITER, at=AT)
    assert home.get_home(STRANGER, now=AT).next.id == kept.id


def test_a_first_release_is_one_line_a_later_one_is_told_change_by_change(meeting):
    session, closed = coming(meeting, "open one", "2026-12-01"), coming(meeting, "closed one", "2026-12-02")
    edit(closed, audience_own=int(Ground.STATES))
    publish_release(meeting.id, name="one", actor=WRITER, at=AT)
    assert [(n.kind, n.title) for n in home.get_home(STRANGER, now=AT).news] == [("release", "First series")]
    edit(session, room="Room 5")
    edit(closed, room="Room 6")
    publish_release(meeting.id, name="two", actor=WRITER, at=AT + timedelta(hours=1))
    told = [(n.kind, n.title, n.change["new"]) for n in home.get_home(STRANGER, now=AT).news if n.change]
    assert told == [("change", "open one", "Room 5")]
    seen = [n.title for n in home.get_home(officer(_body(meeting)), now=AT).news if n.change]
    assert seen == ["open one", "closed one"]


def test_what_happened_is_told_newest_first(meeting):
    plan = make_plan(_body(meeting), ref="plan", first=make_cycle(14))
    make_version(plan, 1, on_text="2026-11-12", comments_until=AT + timedelta(days=40))
    make_version(plan, 2, state="draft", on_text="2026-11-13")
    make_working_copy(plan)
    make_call(meeting)
    make_call(meeting, state="draft", opens_at=AT - timedelta(days=9))
    news_of = [(n.kind, n.title, n.of, n.on) for n in home.get_home(STRANGER, now=AT).news]
    assert news_of == [
        ("call", "Call of First series", "First series", "2026-11-21"),
        ("plan_version", "Version 1", "plan", "2026-11-12"),
    ]


def test_what_is_due_says_what_is_overdue_first(meeting):
    body = _body(meeting)
    make_follow_up(body, "late", DAY - timedelta(days=11))
    make_follow_up(body, "hidden", DAY, audience_own=int(Ground.OFFICERS))
    make_follow_up(body, "closed", DAY, state="done", evidence="sent", closed_on=DAY)
    make_call(meeting)
    make_call(meeting, closes_at=AT - timedelta(hours=1), opens_at=AT - timedelta(days=2))
    plan = make_plan(body, ref="plan", first=make_cycle(14))
    make_version(plan, 1, comments_until=AT + timedelta(days=40))
    due = home.get_home(STRANGER, now=AT).due
    assert [(d.kind, d.title, d.who, d.on, str(d.due.word) if d.due else None) for d in due] == [
        ("follow_up", "late", "WG", DAY - timedelta(days=11), "11 days overdue"),
        ("call", "Call of First series", "First series", date(2026, 12, 14), None),
        ("plan_version", "Version 1", "plan", date(2027, 1, 3), None),
    ]


def test_an_empty_home_says_what_to_do(app):
    said = words(app.test_client().get("/"))
    assert "No session is set for the days to come." in said
    assert "Nothing has changed yet." in said
    assert "Nothing is due." in said


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-11-24", "Tuesday, today"),
        ("2026-11-25", "Wednesday, tomorrow"),
        ("2026-12-04", "Friday, in 10 days"),
        ("2027-02-16", "Tuesday, in 12 weeks"),
        ("2027-02", "day not known"),
    ],
)
def test_how_far_the_next_session_is(app, on, expected):
    with app.test_request_context("/"):
        assert news.distance(on, DAY) == expected


def words(response):
    assert response.status_code == 200, response.status
    main = response.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_a_stranger_opens_the_site(client):
    page = client.get("/")
    said = words(page)
    assert "What States learned when arms were diverted" in said
    assert "Add to calendar" in said
    assert "http://localhost/calendar.ics" in said
    assert "Each bar is a topic." in said
    assert "days overdue" in said
    assert 'class="illus"' in page.text


def test_a_person_in_another_zone_reads_both_hours(full_app, sign_in):
    with full_app.app_context():
        account = db.session.scalars(select(UserAccount).where(UserAccount.email == "delegate@demo.example")).one()
        with changes.change(WRITER, at=AT):
            account.zone = "Africa/Nairobi"
    said = words(sign_in("delegate").get("/"))
    assert "Nairobi" in said
    assert "UTC+3" in said


def _grow(rows):
    body = make_body("wg")
    for number in range(rows):
        meeting = make_meeting(body, ref=f"m{number}", cycle_id=make_cycle(13 + number).id)
        session = coming(meeting, f"s{number}", "2026-12-01")
        publish_release(meeting.id, name="one", actor=WRITER, at=AT)
        edit(session, room="Room 5")
        publish_release(meeting.id, name="two", actor=WRITER, at=AT + timedelta(minutes=number + 1))
        make_call(meeting)
        make_follow_up(body, f"f{number}", DAY)


def test_home_costs_the_same_with_one_and_with_thirty_rows(app, the_app, databases, empty_template, count_queries):
    def cost(rows):
        with the_app.app_context():
            _grow(rows)
        with count_queries(the_app) as counted:
            assert the_app.test_client().get("/").status_code == 200
        return counted.count

    one = cost(1)
    url = databases.new(empty_template)
    with on_database(the_app, url):
        assert cost(30) == one
    databases.drop(url)
    assert one <= 10


def test_home_is_in_budget_over_all_data(full_app, client, sign_in, count_queries):
    for browser, most in ((client, 10), (sign_in("chair"), 13), (sign_in("delegate"), 13)):
        with count_queries(full_app) as counted:
            assert browser.get("/").status_code == 200
        assert counted.count <= most
