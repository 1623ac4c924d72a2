"""Feeds of persons: what is chosen, who may read it, and that its address is a secret that can be ended."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from planner.access.viewer import system
from planner.calendars.programs import program_of
from planner.core import clock
from planner.core.db import db
from planner.models import (
    ON_REQUEST,
    Body,
    CalendarEntry,
    Delegation,
    EntryKind,
    FollowUp,
    PersonalFeed,
    PublishedSlot,
    Record,
    UserAccount,
)
from planner.rules.audience import Ground
from planner.services import changes

ALL = {"name": "All", "with_illustration": "y"}


@pytest.fixture
def delegate(sign_in):
    return sign_in("delegate")


def addresses(client):
    """Return the addresses of events and of tasks, two per feed."""
    return re.findall(r"http://localhost(/feeds/[^<]+ics)", client.get("/calendars/mine").text)


def make(client, **choice):
    answer = client.post("/calendars/mine", data={**ALL, **choice})
    assert answer.status_code == 303, answer.text
    return addresses(client)[-2:]


def entries(app, address):
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.data)
    return {str(part["UID"]): part for part in calendar.walk() if part.name in ("VEVENT", "VTODO")}


def uids(app, *conditions):
    with app.app_context():
        chosen = select(CalendarEntry.uid).join(Record, Record.id == CalendarEntry.record_id).where(*conditions)
        return set(db.session.scalars(chosen))


def mask_of(grounds):
    return CalendarEntry.audience.bitwise_and(int(grounds)) != 0


def test_it_holds_what_the_person_may_see(full_app, delegate):
    events, tasks = make(delegate)
    party = mask_of(Ground.PUBLIC | Ground.STATES | Ground.STATES_PARTIES)
    # what a delegate is let into by name or as the owner comes on top
    own = uids(full_app, CalendarEntry.component == "VEVENT", CalendarEntry.entry_kind.not_in(ON_REQUEST), party)
    assert own <= set(entries(full_app, events))
    assert uids(full_app, CalendarEntry.component == "VTODO", party) <= set(entries(full_app, tasks))
    closed = uids(
        full_app, ~mask_of(Ground.PUBLIC), mask_of(Ground.STATES_PARTIES), CalendarEntry.component == "VEVENT"
    )
    assert closed & set(entries(full_app, events))
    assert not closed & set(entries(full_app, "/calendar.ics?illustrations=include"))


def test_a_stranger_holds_the_address_and_nobody_else_reads_it(full_app, delegate, sign_in):
    events, _ = make(delegate)
    assert full_app.test_client().get(events).data == delegate.get(events).data == sign_in("ngo").get(events).data


def test_bodies_bring_those_below_them(full_app, delegate):
    with full_app.app_context():
        rows = db.session.execute(select(Body.id, Body.parent_id, Body.origin)).all()
        root = next(row.parent_id for row in rows if row.parent_id and row.origin == "illustration")
        below = {root}
        for _ in rows:
            below |= {row.id for row in rows if row.parent_id in below}
    events, _ = make(delegate, bodies=[str(root)])
    with full_app.app_context():
        found = db.session.scalars(select(CalendarEntry).where(CalendarEntry.uid.in_(entries(full_app, events)))).all()
        assert found
        assert {row.body_id for row in found} <= below


@pytest.mark.parametrize(
    ("who", "presents", "owes"), [("delegate", True, True), ("secretariat", False, True), ("ngo", True, False)]
)
def test_only_ours_is_what_we_present_chair_host_or_owe(full_app, sign_in, who, presents, owes):
    client = sign_in(who)
    events, tasks = make(client, only_ours="y", deadlines_as_days="y")
    with full_app.app_context():
        ours = db.session.scalars(
            select(Delegation.stakeholder_id)
            .join(UserAccount, UserAccount.person_id == Delegation.person_id)
            .where(UserAccount.email == f"{who}@demo.example")
        ).one()
        presented = select(PublishedSlot.session_id).where(PublishedSlot.presenter_id == ours)
        owed = select(FollowUp.id).where(FollowUp.owner_id == ours, FollowUp.due_on.is_not(None))
        presented, owed = set(db.session.scalars(presented)), set(db.session.scalars(owed))
    assert (bool(presented), bool(owed)) == (presents, owes)
    held = entries(full_app, events)
    assert uids(full_app, Record.id.in_(presented), CalendarEntry.entry_kind == EntryKind.SESSION) <= set(held)
    assert uids(full_app, Record.id.in_(owed), CalendarEntry.entry_kind == EntryKind.DEADLINE) <= set(held)
    assert set(entries(full_app, tasks)) == uids(full_app, Record.id.in_(owed), CalendarEntry.component == "VTODO")
    assert len(held) < len(entries(full_app, make(client)[0]))


def test_follow_ups_are_all_day_events_where_asked_for_and_never_in_public(full_app, delegate):
    may_see = mask_of(Ground.PUBLIC | Ground.STATES | Ground.STATES_PARTIES)
    days = uids(full_app, CalendarEntry.entry_kind == EntryKind.DEADLINE, may_see)
    with_days = entries(full_app, make(delegate, deadlines_as_days="y")[0])
    without = entries(full_app, make(delegate)[0])
    assert set(with_days) - set(without) == set(with_days) & days != set()
    assert not days & set(entries(full_app, "/calendar.ics?illustrations=include"))
    said = {re.match("Illustration: (Due|Done|Cancelled: Due): ", str(with_days[one]["SUMMARY"])) for one in days}
    assert None not in said
    assert {type(with_days[one]["DTSTART"].dt).__name__ for one in days} == {"date"}
    assert {str(with_days[one]["TRANSP"]) for one in days} == {"TRANSPARENT"}


def test_the_illustration_is_in_only_where_asked_for(full_app, delegate):
    kept = uids(full_app, CalendarEntry.origin == "illustration")
    assert not kept & set(entries(full_app, make(delegate, with_illustration="")[0]))
    assert kept & set(entries(full_app, make(delegate)[0]))


def test_standing_is_asked_again_at_every_read(full_app, delegate):
    events, _ = make(delegate)
    with full_app.app_context(), changes.change(system(clock.today(), "test"), at=clock.now()):
        account = db.session.scalars(select(UserAccount).where(UserAccount.email == "delegate@demo.example")).one()
        account.is_active = False
    assert full_app.test_client().get(events).status_code == 404


def test_a_revoked_feed_is_gone_at_once_and_another_address_voids_the_one_before(full_app, delegate):
    first, tasks = make(delegate)
    assert delegate.post("/calendars/mine/1/rotate").status_code == 303
    second, _ = addresses(delegate)
    stranger = full_app.test_client()
    assert [stranger.get(one).status_code for one in (first, tasks, second)] == [404, 404, 200]
    assert delegate.post("/calendars/mine/1/revoke").status_code == 303
    assert (stranger.get(second).status_code, addresses(delegate)) == (404, [])


@pytest.mark.parametrize(
    ("token", "status"),
    [
        *((token, 404) for token in ("x", "1", "WzEsMF0", "WzEsMF0.", "WzEsMF0.AAAA", "W10.x", "é", "{}.{}", "..")),
        ("WzEsMF0.JgQ%0d%0a", 400), ("%00", 400), ("a" * 300, 404), ("a" * 5000, 414),
    ],
)  # fmt: skip
def test_a_wrong_address_opens_nothing(full_app, delegate, token, status):
    make(delegate)
    answer = full_app.test_client().get(f"/feeds/{token}/calendar.ics")
    assert (answer.status_code, b"BEGIN:VCALENDAR" in answer.data) == (status, False)


def test_a_token_signed_with_another_key_is_not_found(full_app, delegate):
    events, _ = make(delegate)
    key = full_app.config["SECRET_KEY"]
    try:
        full_app.config["SECRET_KEY"] = "another" * 9
        assert full_app.test_client().get(events).status_code == 404
    finally:
        full_app.config["SECRET_KEY"] = key


def test_the_answer_is_for_one_person(full_app, delegate):
    events, _ = make(delegate, name="Café; “all”\\, 会议")
    answer = full_app.test_client().get(events)
    names = ("Content-Type", "Cache-Control", "X-Robots-Tag", "Referrer-Policy", "Set-Cookie")
    assert {name: answer.headers.get(name) for name in names} == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "no-referrer",
        "Set-Cookie": None,
    }
    assert "\r\nNAME:Café\\; “all”\\\\\\, 会议\r\n" in answer.text
    again = full_app.test_client().get(events, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert full_app.test_client().get(events).data == answer.data


def test_the_last_read_is_kept_and_shown(full_app, delegate):
    events, _ = make(delegate)
    reader, now = full_app.test_client(), clock.now()
    for minutes, agent in (
        (0, "Microsoft Office/16.0 (Outlook)"),
        (1, "Google-Calendar-Importer"),
        (10, "iOS/19 dataaccessd"),
    ):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert reader.get(events, headers={"User-Agent": agent}).status_code == 200
    with full_app.app_context():
        feed = db.session.scalars(select(PersonalFeed)).one()
        assert feed.last_read_by == "Apple"
    assert "by Apple." in delegate.get("/calendars/mine").text


def test_no_log_holds_the_address(full_app, delegate, caplog, monkeypatch):
    events, _ = make(delegate)
    token = events.split("/")[2]

    def fails(*_args, **_values):
        raise RuntimeError("planted")

    monkeypatch.setattr("planner.services.personal_feeds.batches", fails)
    with caplog.at_level(logging.DEBUG):
        assert full_app.test_client().get(events).status_code == 500
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "/feeds/<string:token>/calendar.ics failed" in said
    assert token not in said


def test_feeds_of_others_are_not_there(full_app, delegate, sign_in):
    make(delegate)
    other = sign_in("ngo")
    answers = [
        other.get("/calendars/mine/1"),
        other.post("/calendars/mine/1", data=ALL),
        other.post("/calendars/mine/1/rotate"),
        other.post("/calendars/mine/1/revoke"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert addresses(other) == []
    assert full_app.test_client().get("/calendars/mine").status_code == 303


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Give the feed a name."),
        ({"name": "  "}, "Give the feed a name."),
        ({"name": "x" * 121}, "A name has at most 120 characters."),
        ({"name": "a\r\nBEGIN:VEVENT"}, "A name is one line of text."),
        ({"bodies": ["999999"]}, "Choose from the list."),
        ({"bodies": ["one"]}, "could not be coerced"),
    ],
)
def test_bad_input_is_told_and_stays_typed(full_app, delegate, sent, said):
    answer = delegate.post("/calendars/mine", data={**ALL, **sent})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'name="with_illustration" type="checkbox" value="y"' in answer.text.replace(" checked", "")
    assert addresses(delegate) == []


def test_there_is_an_end_to_feeds(delegate):
    for _ in range(20):
        make(delegate)
    answer = delegate.post("/calendars/mine", data=ALL)
    assert (answer.status_code, "You have 20 feeds already." in answer.text) == (422, True)


def test_a_feed_is_changed_and_keeps_its_address(full_app, delegate):
    events, _ = make(delegate)
    before = entries(full_app, events)
    assert delegate.get("/calendars/mine/1").status_code == 200
    answer = delegate.post("/calendars/mine/1", data={"name": "Ours", "only_ours": "y", "with_illustration": "y"})
    assert (answer.status_code, addresses(delegate)[0]) == (303, events)
    assert set(entries(full_app, events)) < set(before)


def test_counting_makes_nothing(delegate):
    answer = delegate.post("/calendars/mine", data={**ALL, "count": "1"})
    assert (answer.status_code, addresses(delegate)) == (200, [])
    assert re.search(r'class="bigno">[1-9]', answer.text)


def test_the_page_costs_the_same_with_one_and_with_many_feeds(full_app, delegate, count_queries):
    def cost():
        delegate.get("/calendars/mine")
        with count_queries(full_app) as counted:
            delegate.get("/calendars/mine")
        return counted.count

    make(delegate)
    one = cost()
    for _ in range(9):
        make(delegate)
    assert cost() == one <= 13


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Microsoft Exchange/15.20", "Outlook"),
        ("Google-Calendar-Importer", "Google"),
        ("macOS/15.1 (24B83) dataaccessd/1.0", "Apple"),
        ("Mozilla/5.0 (X11; Linux) Thunderbird/128.0", "Thunderbird"),
        ("Mozilla/5.0 (X11; Linux) Firefox/130", "a browser"),
        ("", ""),
        ("x" * 10_000, ""),
    ],
)
def test_programs_are_known_by_name(agent, name):
    assert program_of(agent) == name
