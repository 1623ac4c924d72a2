"""What changed since: exactly that, whatever the cause; a second time nothing, and nothing is written for it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import delete, select

from planner.core import clock
from planner.core.db import db
from planner.models import DavCollection, DavMember, DavState, FollowUp, PlanSession, StatusPeriod
from planner.rules.audience import Ground
from planner.services import changes, dav, personal_feeds
from planner.services.dav import telling
from planner.services.feed_choice import Choice
from tests.calendars.conftest import publish
from tests.conftest import _closed, on_database
from tests.factories import stakeholder as stakeholders
from tests.factories.meeting import WRITER
from tests.factories.output import make_follow_up
from tests.factories.plan_session import edit

from .asking import EVENTS, TASKS, conditions, program_of, propfind, sync
from .conftest import EMAIL

GONE = "HTTP/1.1 404 Not Found"
SEEN = {EVENTS + name for name in ("meeting-m.ics", "session-open.ics", "session-sub.ics", "meeting-f.ics")}


def change(app, kind, record_id, **values):
    with app.app_context():
        record = db.session.get(kind, record_id)
        edit(record, at=clock.now(), **values)
        if kind is PlanSession and "audience_own" not in values:  # who may see it is of no release
            publish(record.meeting_id, clock.now())


@pytest.fixture
def released(the_app, owing):
    """The programme with all that was drafted, so that the next release holds one change alone."""
    with the_app.app_context():
        publish(owing.meeting, clock.now())


def counted(app):
    with app.app_context():
        numbers = dict(db.session.execute(select(DavCollection.key, DavCollection.number)).all())
        rows = db.session.execute(select(DavMember.name, DavMember.number, DavMember.is_gone)).all()
        return numbers, sorted(rows)


def test_the_first_time_tells_all_and_the_second_nothing(the_app, program):
    first = program.sync(EVENTS)
    assert (set(first.found), first.statuses) == (SEEN, {})
    before = counted(the_app)
    again = program.sync(EVENTS, first.token)
    assert (again.found, again.statuses, again.token) == ({}, {}, first.token)
    assert counted(the_app) == before


def test_a_change_is_told_once(the_app, owing, released, program):
    first = program.sync(EVENTS)
    change(the_app, PlanSession, owing.open, title="Opened anew")
    told = program.sync(EVENTS, first.token)
    assert (set(told.found), told.statuses) == ({EVENTS + "session-open.ics"}, {})
    assert told.found[EVENTS + "session-open.ics"] != first.found[EVENTS + "session-open.ics"]
    assert program.sync(EVENTS, told.token).found == {}
    # who asks from the first state is told the same again
    assert program.sync(EVENTS, first.token).found == told.found


def test_what_is_new_is_told(the_app, owing, program):
    first = program.sync(TASKS)
    with the_app.app_context():
        make_follow_up("New", ref="new", owner_id=owing.state, due_on=date(2027, 4, 1), comes_from_id=owing.open,
                       audience_parent_id=owing.open, at=clock.now())  # fmt: skip
    told = program.sync(TASKS, first.token)
    assert (set(told.found), told.statuses) == ({TASKS + "follow-up-new.ics"}, {})


def test_what_may_not_be_seen_any_more_is_gone(the_app, owing, released, program):
    first = program.sync(EVENTS)
    change(the_app, PlanSession, owing.open, audience_own=int(Ground.STATES))
    told = program.sync(EVENTS, first.token)
    assert (told.found, told.statuses) == ({}, {EVENTS + "session-open.ics": GONE})
    assert program.ask("GET", EVENTS + "session-open.ics").status_code == 404
    change(the_app, PlanSession, owing.open, audience_own=None)
    back = program.sync(EVENTS, told.token)
    assert (set(back.found), back.statuses) == ({EVENTS + "session-open.ics"}, {})
    # who begins anew is told of nothing that is gone
    assert program.sync(EVENTS).statuses == {}


def test_a_status_that_begins_and_ends_is_a_change_too(the_app, owing, program):
    first = program.sync(EVENTS)
    with the_app.app_context(), changes.change(WRITER, at=clock.now()):
        period = stakeholders.status("state_party", from_="2015-01-01")
        period.position, period.stakeholder_id = 0, owing.state
        db.session.add(period)
    told = program.sync(EVENTS, first.token)
    let_in = {EVENTS + "session-closed.ics", EVENTS + "session-case.ics"}
    assert (set(told.found), told.statuses) == (let_in, {})
    with the_app.app_context(), changes.change(WRITER, at=clock.now()):
        db.session.delete(db.session.scalars(select(StatusPeriod)).one())
    ended = program.sync(EVENTS, told.token)
    assert (ended.found, ended.statuses) == ({}, dict.fromkeys(let_in, GONE))


def test_another_choice_of_the_feed_is_a_change_too(the_app, owing, program):
    with the_app.app_context():
        feed_id = personal_feeds.make(program.viewer, Choice(name="Mine"), at=clock.now())
    path = f"/dav/calendars/{feed_id}/"
    first = program.sync(path)
    with the_app.app_context():
        narrowed = Choice(name="Mine", body_ids=frozenset({owing.sub}), deadlines_as_days=True)
        personal_feeds.change(program.viewer, feed_id, narrowed, at=clock.now())
    told = program.sync(path, first.token)
    kept = {path + "session-sub.ics"}
    assert set(first.found) - kept == set(told.statuses)
    assert set(program.sync(path).found) == kept | set(told.found)


def test_the_ctag_moves_with_the_token(the_app, owing, program):
    def tags():
        told = program.told("PROPFIND", EVENTS, propfind("CS:getctag", "D:sync-token"), "0").found[EVENTS]
        return told["CS:getctag"], told["D:sync-token"]

    first = tags()
    assert tags() == first
    change(the_app, PlanSession, owing.open, title="Opened anew")
    second = tags()
    assert (second[0] != first[0], second[1] == program.sync(EVENTS).token) == (True, True)


def test_each_calendar_counts_by_itself(the_app, owing, program):
    events, tasks = program.sync(EVENTS), program.sync(TASKS)
    change(the_app, FollowUp, owing.ours, title="Name two")
    assert program.sync(EVENTS, events.token).token == events.token
    told = program.sync(TASKS, tasks.token)
    assert set(told.found) == {TASKS + "follow-up-ours.ics"}


@pytest.fixture
def fork(the_app, databases, owing_template):
    """Return a delegate's program, what it was told at first, and two copies of the database from then on."""
    template, made = owing_template
    begun = databases.new(template)
    with on_database(the_app, begun):
        program = program_of(the_app, EMAIL)
        first = program.sync(EVENTS)
    ways = [databases.new(_closed(begun)) for _ in range(2)]
    yield SimpleNamespace(program=program, first=first, made=made, lost=ways[0], restored=ways[1])
    for url in (begun, *ways):
        databases.drop(url)


def test_a_state_that_a_database_put_back_from_a_copy_never_was_in_is_refused(the_app, fork):
    program, made = fork.program, fork.made
    with on_database(the_app, fork.lost):
        tokens = []
        for number in range(3):
            change(the_app, PlanSession, made.open, title=f"Lost {number}")
            tokens.append(program.sync(EVENTS, fork.first.token).token)
    with on_database(the_app, fork.restored):
        assert program.sync(EVENTS, fork.first.token).found == {}, "what was told before the copy still counts"
        refused = [program.ask("REPORT", EVENTS, sync(token), "0") for token in tokens]
        for number in range(3):
            change(the_app, PlanSession, made.of_sub, title=f"Other {number}")
            told = program.sync(EVENTS, fork.first.token)
            assert EVENTS + "session-sub.ics" in told.found
            refused += [program.ask("REPORT", EVENTS, sync(token), "0") for token in tokens]
        assert {(answer.status_code, conditions(answer.data)[0]) for answer in refused} == {(403, "D:valid-sync-token")}
        assert len(refused) == 12
        anew = program.sync(EVENTS)
        assert (set(anew.found), anew.token) == (SEEN | set(told.found), told.token)
        assert program.sync(EVENTS, anew.token).found == {}


def test_a_calendar_without_a_mark_gets_one_and_begins_anew_once(the_app, owing, program):
    """As after an update from a version whose tokens held no mark."""
    first = program.sync(EVENTS)
    with the_app.app_context():
        db.session.execute(delete(DavState))
        db.session.commit()
    old = "-".join(first.token.split("-")[:2])
    for token in (old, first.token):
        assert conditions(program.ask("REPORT", EVENTS, sync(token), "0").data)[0] == "D:valid-sync-token"
    anew = program.sync(EVENTS)
    assert (anew.found, anew.token != first.token) == (first.found, True)
    assert program.sync(EVENTS, anew.token).found == {}


def test_of_old_states_no_more_are_kept_than_count(the_app, owing, program, monkeypatch):
    monkeypatch.setattr(telling, "KEPT_STATES", 2)
    tokens = []
    for number in range(4):
        change(the_app, PlanSession, owing.open, title=f"Title {number}")
        tokens.append(program.sync(EVENTS).token)
    statuses = [program.ask("REPORT", EVENTS, sync(token), "0").status_code for token in tokens]
    assert statuses == [403, 403, 207, 207]


@pytest.mark.parametrize(
    "token",
    ["data:,1-1-0123456789abcdef", "data:,1-1-", "data:,1-99-0123456789abcdef", "data:,1-1-" + "F" * 16,
     "data:,1-99", "data:,99-1", "data:,1-", "data:,1", "data:,-1--1", "x", "http://example.org/1", "data:,1-1 x",
     "data:,1-" + "9" * 400, "data:,١-١", "urn:uuid:0"],
)  # fmt: skip
def test_a_token_of_elsewhere_is_refused_and_nothing_is_told(program, token):
    program.sync(EVENTS)
    answer = program.ask("REPORT", EVENTS, sync(token), "0")
    assert (answer.status_code, conditions(answer.data)) == (
        403, ["D:valid-sync-token", "Begin anew with an empty sync-token."]
    )  # fmt: skip


def test_the_token_of_another_calendar_is_refused(program):
    token = program.sync(TASKS).token
    program.sync(EVENTS)
    assert program.ask("REPORT", EVENTS, sync(token), "0").status_code == 403


@pytest.mark.parametrize(("most", "status"), [("1", 507), ("3", 507), ("4", 207), ("100", 207), ("", 400), ("-1", 400)])
def test_a_limit_that_is_too_small_is_said_to_be(program, most, status):
    body = sync(more=f"<D:limit><D:nresults>{most}</D:nresults></D:limit>")
    answer = program.ask("REPORT", EVENTS, body, "0")
    assert answer.status_code == status
    if status == 507:
        assert conditions(answer.data)[0] == "D:number-of-matches-within-limits"


def test_depth_is_0_or_left_out(program):
    assert [program.ask("REPORT", EVENTS, sync(), depth).status_code for depth in ("0", None, "1", "infinity")] == [
        207, 207, 207, 400
    ]  # fmt: skip


def test_text_comes_along_where_it_is_wanted(program):
    body = sync().replace("<D:getetag/>", "<D:getetag/><C:calendar-data/>")
    told = program.told("REPORT", EVENTS, body, "0")
    assert all("BEGIN:VEVENT" in one["C:calendar-data"] for one in told.found.values())
    assert len(told.found) == len(SEEN)


def test_two_that_count_at_once_give_one_number(the_app, owing, program):
    """The second finds, under the lock, that the first has counted what it was about to count."""
    program.sync(EVENTS)
    change(the_app, PlanSession, owing.open, title="Opened anew")
    with the_app.app_context():
        holding = dav.find_holding(program.viewer, "all")
        with telling.transaction(write=True):
            first = telling._tell(holding)
        with telling.transaction(write=True):
            second = telling._tell(holding)
        assert (first.number, second) == (2, first)


def test_an_empty_calendar_has_a_state_too(the_app, program, owing):
    with the_app.app_context():
        feed_id = personal_feeds.make(program.viewer, Choice(name="Ours", only_ours=True), at=clock.now())
    path = f"/dav/calendars/{feed_id}/"
    first = program.sync(path)
    assert (first.found, program.sync(path, first.token).token) == ({}, first.token)
