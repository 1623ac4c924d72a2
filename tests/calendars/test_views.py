"""The views of the calendar: what they show is what the feed of the same address holds, in the zone that was chosen."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select

from planner.access.viewer import public, system
from planner.calendars import periods
from planner.core.db import db
from planner.models import Body, CalendarEntry, Cycle, Follow, Meeting, PlanItem, PlanSession, UserAccount
from planner.services import calendar_choices, calendar_views, changes
from planner.services.accounts import load_viewer
from planner.services.calendar_views import list_period
from planner.services.feed_choice import CLASSES, Choice, conditions
from tests.conftest import NOW, on_database
from tests.factories.meeting import AT, make_body, make_meeting
from tests.factories.plan_session import make_plan_session

from .conftest import publish

DAY = NOW.date()
EVER = (date(1990, 1, 2), date(2200, 12, 30))


@pytest.fixture(scope="module")
def read_app(the_app, databases, full_template):
    """The record and the illustration, for tests that only read."""
    url = databases.new(full_template)
    with on_database(the_app, url):
        yield the_app
    databases.drop(url)


@pytest.fixture
def page(app, world):
    """Return a function that reads a page of the small world on the day it was made."""

    def reading(path):
        with time_machine.travel(AT, tick=False):
            answer = app.test_client().get(path.format(**vars(world)))
        return answer.status_code, answer.get_data(as_text=True)

    return reading


def viewer_named(name):
    account = db.session.scalars(select(UserAccount).where(UserAccount.email == f"{name}@demo.example")).one()
    return load_viewer(account.id, account.session_epoch, day=DAY)


def choices(ids):
    few = {name: st.frozensets(st.sampled_from(found), max_size=2) for name, found in ids.items()}
    return st.builds(
        Choice,
        body_ids=few["bodies"],
        cycle_ids=few["cycles"],
        item_ids=few["items"],
        classes=st.frozensets(st.sampled_from(sorted(CLASSES)), max_size=2),
        only_ours=st.booleans(),
        only_followed=st.booleans(),
        deadlines_as_days=st.booleans(),
        with_presentations=st.booleans(),
        with_busy=st.booleans(),
        with_illustration=st.booleans(),
    )


def test_a_view_shows_just_what_a_feed_of_the_same_choice_holds(read_app):
    with read_app.app_context():
        viewers = [public(DAY), *(viewer_named(one) for one in ("delegate", "ngo", "chair", "admin"))]
        ids = {
            "bodies": db.session.scalars(select(Body.id)).all(),
            "cycles": db.session.scalars(select(Cycle.id)).all(),
            "items": db.session.scalars(select(PlanItem.id)).all(),
        }
        meeting = db.session.scalars(select(Meeting.id).order_by(Meeting.id.desc())).first()
        for one in viewers[1:]:
            db.session.execute(Follow.__table__.insert().values(user_id=one.user_id, record_id=meeting, since_at=NOW))

        @given(viewer=st.sampled_from(viewers), choice=choices(ids))
        @settings(max_examples=60)
        def holds(viewer, choice):
            shown = list_period(viewer, choice, *EVER, zone="Pacific/Auckland")
            kept = select(CalendarEntry.uid).where(*conditions(viewer, choice))
            assert not shown.is_cut
            assert sorted(one.uid for one in shown.entries) == sorted(db.session.scalars(kept))

        holds()
        db.session.rollback()


def test_a_page_shows_just_what_the_public_feed_of_its_address_holds(read_app):
    client = read_app.test_client()
    with read_app.app_context():
        viewer = public(DAY)
        offered = calendar_choices.list_offered(viewer, DAY)
    queries = [
        [],
        [("illustrations", "include")],
        [("illustrations", "include"), ("class", "sessions")],
        [("class", "meetings"), ("class", "deadlines"), ("illustrations", "include")],
        *([("body", one.slug), ("illustrations", "include")] for one in offered.bodies[:2]),
        *([("cycle", one.code), ("illustrations", "include")] for one in offered.cycles[:2]),
        *([("theme", one.id), ("illustrations", "include")] for one in offered.items if one.is_ahead),
    ]
    with time_machine.travel(NOW, tick=False):
        for query in queries[:7]:
            feed = Calendar.from_ical(client.get(f"/calendar.ics?{urlencode(query)}").data)
            met, start = [], date(2014, 1, 1)
            while start < date(2028, 1, 1):
                url = f"/calendars?{urlencode([*query, ('view', 'agenda'), ('from', start.isoformat())])}"
                html = client.get(url).text
                met += re.findall(r'name="record" value="(\d+)"', html)
                start += timedelta(days=periods.AGENDA_DAYS)
            with read_app.app_context():
                uids = [str(one["UID"]) for one in feed.events]
                kept = select(CalendarEntry.record_id).where(CalendarEntry.uid.in_(uids))
                # what spans the end of one list and the beginning of the next stands on both
                assert set(met) == {str(one) for one in db.session.scalars(kept)}, query


def test_the_month_shows_what_everybody_may_see(page):
    _, html = page("/calendars?illustrations=include")
    month = html[html.index('<table class="month">') : html.index("</table>")]
    assert "February 2027" in month
    assert sorted(re.findall(r'<a href="/[^"]+">([^<]+)</a>', month)) == [
        "Made-up meeting", "Made-up session", "Of the few", "Open", "The forum meets", "The meeting", "The meeting",
    ]  # fmt: skip
    assert re.search(r'<time datetime="2027-02-16T09:00:00\+00:00">10:00</time> <span class="z">Zurich</span>', month)
    for hidden in ("Closed", "Draft", "Some time", "A case"):
        assert hidden not in html


@pytest.mark.parametrize("view", periods.VIEWS)
def test_filters_stay_in_every_link_and_in_the_feed(page, view):
    asked = f"/calendars?body=group&class=sessions&view={view}&from=2027-02-16&zone=Asia/Tokyo"
    status, html = page(asked)
    assert status == 200
    main = html.partition("<main")[2].replace("&amp;", "&")
    links = [one for one in re.findall(r'href="(/calendars\?[^"]+)"', main) if "body=" in one]
    assert len(links) == 6  # earlier, today, later, and the three views
    assert all("class=sessions" in one and "zone=Asia/Tokyo" in one for one in links)
    assert '<code class="ltr">http://localhost/calendar.ics?body=group&class=sessions</code>' in main
    assert 'href="/calendars/download.ics?body=group&class=sessions"' in main
    assert "18:00" in main
    assert "Tokyo" in main
    assert "10:00 Zurich" in main


def test_an_empty_view_says_where_something_is_and_hints_at_nothing_hidden(page):
    status, html = page("/calendars?view=week&from=2027-03-08&body=sub")
    assert status == 200
    assert "Nothing is on between 8 March 2027 and 14 March 2027." in html
    assert "Go to 17 February 2027" in html
    assert "Clear the filters" in html
    assert "Closed" not in html


@pytest.mark.parametrize(
    "query",
    [
        "view=year", "from=soon", "from=2027-02-30", "from=1000-01-01", "from=9999-01-01", "zone=Mars/Olympus", "zone=",
        "zone=mine", "zone=../etc", "body=nobody", "cycle=none", "theme=x", "theme=99999999999", "class=all", "x=1",
        "presentations=yes", "illustrations=yes", "only=ours", "also=busy", "alarm=3",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(page, query):
    assert page(f"/calendars?{query}")[0] == 400


@pytest.mark.parametrize("query", ["record=x", "record=-1", "record=9999999999999", "", "x=1", "record=1&view=week"])
def test_a_selection_that_makes_no_sense_is_refused(page, query):
    assert page(f"/calendars/selection.ics?{query}")[0] == 400


def test_a_selection_is_whole_or_not_there(app, world):
    with time_machine.travel(AT, tick=False):
        client = app.test_client()
        answer = client.get(f"/calendars/selection.ics?record={world.open}&record={world.meeting}")
        assert {str(one["SUMMARY"]) for one in Calendar.from_ical(answer.data).events} == {"The meeting", "GROUP: Open"}
        headers = {name: answer.headers[name] for name in ("Cache-Control", "Content-Disposition", "Content-Type")}
        assert headers == {
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'attachment; filename="selection.ics"',
            "Content-Type": "text/calendar; charset=utf-8",
        }
        for hidden in (world.closed, world.draft, world.dayless, world.of_forum, 2**31 - 1):
            answer = client.get(f"/calendars/selection.ics?record={world.open}&record={hidden}")
            assert (answer.status_code, b"BEGIN" in answer.data) == (404, False)
        many = "&".join(f"record={number}" for number in range(1, calendar_views.MOST_CHOSEN + 2))
        assert client.get(f"/calendars/selection.ics?{many}").status_code == 400


@pytest.mark.parametrize("view", periods.VIEWS)
def test_each_entry_of_a_view_is_there_as_a_file_by_itself(app, world, view):
    with time_machine.travel(AT, tick=False):
        client = app.test_client()
        html = client.get(f"/calendars?view={view}&from=2027-02-16&class=meetings&class=sessions").text
        files = set(re.findall(r'href="(/calendars/entries/[^"]+)" download', html))
        assert {"session-open.ics", "session-sub.ics", "meeting-m.ics"} <= {path.rpartition("/")[2] for path in files}
        for path in files:
            answer = client.get(path)
            (event,) = Calendar.from_ical(answer.data).events
            assert str(event["UID"]) == path.rpartition("/")[2].removesuffix(".ics") + "@planner"
            assert answer.headers["Cache-Control"] == "private, no-store"
            name = path.rpartition("/")[2]
            assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "name", ["session-closed.ics", "session-draft.ics", "session-open", "x.ics", "%27.ics", "\u00e9.ics"]
)
def test_an_entry_that_may_not_be_had_is_no_file(page, name):
    assert page(f"/calendars/entries/{name}")[0] == 404


def test_hours_without_a_title_are_no_file(full_app, sign_in):
    with full_app.app_context():
        kept = conditions(viewer_named("observer"), Choice(with_busy=True, with_illustration=True))
        chosen = select(CalendarEntry.uid, CalendarEntry.starts_on).where(*kept, CalendarEntry.entry_kind == "busy")
        uid, day = db.session.execute(chosen.order_by(CalendarEntry.starts_on.desc())).first()
    observer = sign_in("observer")
    html = observer.get(f"/calendars?view=agenda&from={day}&also=busy&illustrations=include").text
    assert (">Busy<" in html, uid.partition("@")[0] in html) == (True, False)
    assert observer.get(f"/calendars/entries/{uid.partition('@')[0]}.ics").status_code == 404


def test_a_download_holds_what_only_the_viewer_sees(full_app, sign_in):
    delegate = sign_in("delegate")
    query = "illustrations=include&also=busy&class=sessions"
    answer = delegate.get(f"/calendars/download.ics?{query}")
    with full_app.app_context():
        viewer = viewer_named("delegate")
        choice = Choice(with_illustration=True, with_busy=True, classes=frozenset({"sessions"}))
        uids = set(db.session.scalars(select(CalendarEntry.uid).where(*conditions(viewer, choice))))
    assert {str(one["UID"]) for one in Calendar.from_ical(answer.data).events} == uids
    assert answer.headers["Cache-Control"] == "private, no-store"
    stranger = full_app.test_client().get("/calendars/download.ics?illustrations=include&class=sessions")
    assert len(Calendar.from_ical(stranger.data).events) < len(uids)
    assert full_app.test_client().get(f"/calendars/download.ics?{query}").status_code == 400


def test_officers_see_the_released_edition(full_app, sign_in):
    with full_app.app_context():
        one = db.session.scalars(
            select(PlanSession).join(CalendarEntry, CalendarEntry.record_id == PlanSession.id)
            .where(PlanSession.origin == "illustration", CalendarEntry.starts_on > DAY).order_by(PlanSession.id)
        ).first()  # fmt: skip
        entry = db.session.scalars(select(CalendarEntry).where(CalendarEntry.record_id == one.id)).first()
        number, title, day = one.id, one.public_title or one.title, entry.starts_on
    with full_app.app_context(), changes.change(system(DAY, "test"), at=NOW):
        db.session.get(PlanSession, number).title = "A title that nobody has released"
    chair = sign_in("chair")
    assert "A title that nobody has released" in chair.get(f"/sessions/{number}").text
    html = chair.get(f"/calendars?view=agenda&from={day}&illustrations=include").text
    assert title in html
    assert "A title that nobody has released" not in html


@pytest.mark.parametrize(
    ("zone", "starts", "hours", "day"),
    [
        ("Europe/Zurich", datetime(2027, 3, 27, 9, tzinfo=UTC), "10:00", "2027-03-27"),
        ("Europe/Zurich", datetime(2027, 3, 29, 9, tzinfo=UTC), "11:00", "2027-03-29"),
        ("America/New_York", datetime(2027, 3, 13, 15, tzinfo=UTC), "10:00", "2027-03-13"),
        ("America/New_York", datetime(2027, 3, 15, 15, tzinfo=UTC), "11:00", "2027-03-15"),
        ("Pacific/Auckland", datetime(2027, 4, 2, 12, tzinfo=UTC), "01:00", "2027-04-03"),
        ("Pacific/Auckland", datetime(2027, 4, 5, 12, tzinfo=UTC), "00:00", "2027-04-06"),
        ("America/Santiago", datetime(2027, 4, 2, 2, tzinfo=UTC), "23:00", "2027-04-01"),
        ("Asia/Kathmandu", datetime(2027, 4, 2, 9, tzinfo=UTC), "14:45", "2027-04-02"),
        ("Pacific/Kiritimati", datetime(2027, 4, 2, 9, tzinfo=UTC), "23:00", "2027-04-02"),
    ],
)  # fmt: skip
def test_days_and_hours_are_those_of_the_zone(app, zone, starts, hours, day):
    with app.app_context():
        meeting = make_meeting(make_body("b"), ref="m", title="M", start_on="2027-03-01", end_on="2027-04-30")
        on = starts.astimezone(ZoneInfo("Europe/Zurich")).date().isoformat()
        ends = starts + timedelta(hours=2)
        make_plan_session(meeting, ref="s", title="S", on_text=on, starts_at=starts, ends_at=ends)
        publish(meeting.id)
        db.session.remove()
    for view in periods.VIEWS:
        html = app.test_client().get(f"/calendars?view={view}&from={day}&class=sessions&zone={zone}").text
        shown = re.search(r'datetime="([0-9T:+-]+)">(\d\d:\d\d)</time>', html[html.index('aria-label="View"') :])
        assert shown.groups() == (starts.isoformat(), hours)
    listed = app.test_client().get(f"/calendars?view=agenda&from={day}&class=sessions&zone={zone}").text
    assert re.findall(r'id="ag-([0-9-]+)"', listed) == [day]


def test_the_cost_does_not_grow_with_entries(app, count_queries):
    def cost(view):
        client = app.test_client()
        url = f"/calendars?view={view}&from=2027-02-16"
        client.get(url)
        with count_queries(app) as counted:
            assert client.get(url).status_code == 200
        return counted.count

    with app.app_context():
        meeting = make_meeting(make_body("b"), ref="m", title="M", start_on="2027-02-16")
        meeting_id = meeting.id
        publish(meeting_id)
        db.session.remove()
    one = [cost(view) for view in periods.VIEWS]
    with app.app_context():
        meeting = db.session.get(Meeting, meeting_id)
        for number in range(30):
            make_plan_session(meeting, ref=f"s{number}", title=f"S{number}", position=number, on_text="2027-02-16")
        publish(meeting_id, at=AT + timedelta(hours=1))
        db.session.remove()
    assert [cost(view) for view in periods.VIEWS] == one
    assert max(one) <= 6


def test_a_feed_on_a_phone_is_for_its_owner(full_app, sign_in):
    delegate = sign_in("delegate")
    delegate.post("/calendars/mine", data={"name": "Mine"})
    answer = delegate.get("/calendars/mine/1/phone")
    assert (answer.status_code, answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == (
        200, "private, no-store", "no-referrer",
    )  # fmt: skip
    assert "<svg viewBox" in answer.text
    assert sign_in("ngo").get("/calendars/mine/1/phone").status_code == 404
    assert full_app.test_client().get("/calendars/mine/1/phone").status_code == 303
