"""Following: what can be followed, by whom, that nobody else learns of it, and what a feed of it holds."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from planner.access.viewer import public
from planner.access.visibility import visible
from planner.core.db import db
from planner.models import (
    AuditEntry,
    Body,
    CalendarEntry,
    Cycle,
    DataState,
    EntryKind,
    Follow,
    FollowUp,
    Meeting,
    Output,
    PlanItem,
    PlanSession,
    PublishedSession,
    Record,
    UserAccount,
)
from planner.services import follows
from planner.services.accounts import load_viewer
from tests.conftest import NOW

KINDS = {"body": Body, "cycle": Cycle, "meeting": Meeting, "plan_session": PlanSession, "follow_up": FollowUp}


@pytest.fixture
def delegate(sign_in):
    return sign_in("delegate")


def first(app, model, *conditions):
    """Return the newest record of a kind that everybody may see."""
    with app.app_context():
        chosen = select(model.id).where(visible(public(NOW.date()), model), *conditions)
        return db.session.scalars(chosen.order_by(model.id.desc())).first()


def press(client, number, value="1", **more):
    return client.post(f"/calendars/following/{number}", data={"follow": value, **more})


def followed(app):
    with app.app_context():
        return {tuple(row) for row in db.session.execute(select(Follow.user_id, Follow.record_id))}


def button(html):
    found = re.search(r'<button [^>]*name="follow" value="(\d)" aria-pressed="(\w+)">', html)
    return found.groups() if found else None


@pytest.mark.parametrize("kind", [*KINDS, "theme", "topic"])
def test_a_record_is_followed_from_its_page_and_let_go_there(full_app, delegate, kind):
    number = first(full_app, KINDS[kind]) if kind in KINDS else first(full_app, PlanItem, PlanItem.item_kind == kind)
    answer = press(delegate, number)
    assert answer.status_code == 303
    address = answer.location
    html = delegate.get(address).text
    assert button(html) == ("0", "true")
    assert button(full_app.test_client().get(address).text) is None
    assert press(delegate, number, "0").location == address
    assert button(delegate.get(address).text) == ("1", "false")
    assert followed(full_app) == set()


def test_pressing_twice_is_pressing_once(full_app, delegate):
    number = first(full_app, Meeting)
    for value, left in (("1", 1), ("1", 1), ("0", 0), ("0", 0)):
        assert press(delegate, number, value).status_code == 303
        assert len(followed(full_app)) == left


def test_what_cannot_be_seen_or_followed_is_refused(full_app, delegate, sign_in):
    with full_app.app_context():
        account = db.session.scalars(select(UserAccount).where(UserAccount.email == "ngo@demo.example")).one()
        viewer = load_viewer(account.id, account.session_epoch, day=NOW.date())
        hidden = db.session.scalars(select(PlanSession.id).where(~visible(viewer, PlanSession))).first()
        question = db.session.scalars(
            select(PlanItem.id).where(visible(viewer, PlanItem), PlanItem.item_kind == "question")
        ).first()
    ngo = sign_in("ngo")
    assert press(ngo, hidden).status_code == 404
    assert press(ngo, 2**31 - 1).status_code == 404
    assert press(ngo, question).status_code == 403
    assert press(ngo, first(full_app, Output)).status_code == 403
    stranger = full_app.test_client()
    assert "/account/sign-in" in press(stranger, first(full_app, Meeting)).location
    assert followed(full_app) == set()


def test_nobody_else_learns_of_it(full_app, delegate, sign_in):
    number = first(full_app, Meeting)
    press(delegate, number)
    with full_app.app_context():
        said = db.session.scalar(select(Record.title).where(Record.id == number))
    for who in ("chair", "admin", "ngo"):
        html = sign_in(who).get("/calendars/following").text
        assert "You follow nothing yet." in html
        assert said not in html
        assert button(sign_in(who).get(f"/meetings/{number}").text) == ("1", "false")
        press(sign_in(who), number, "0")
    assert len(followed(full_app)) == 1


def test_it_is_no_change_of_the_record_but_another_state_of_the_data(full_app, delegate):
    number = first(full_app, Meeting)

    def counted():
        with full_app.app_context():
            entries = db.session.scalar(select(func.count()).select_from(AuditEntry))
            return (
                entries,
                db.session.scalar(select(Record.rev).where(Record.id == number)),
                db.session.scalar(select(DataState.mark)),
            )

    before = counted()
    press(delegate, number)
    after = counted()
    assert (after[:2], after[2] != before[2]) == (before[:2], True)


def test_the_list_names_what_is_seen_and_lets_go_of_the_rest(full_app, delegate):
    number = first(full_app, Meeting)
    press(delegate, number)
    with full_app.app_context():
        title = db.session.scalar(select(Record.title).where(Record.id == number))
        user_id = db.session.scalar(select(UserAccount.id).where(UserAccount.email == "delegate@demo.example"))
        account = db.session.get(UserAccount, user_id)
        viewer = load_viewer(user_id, account.session_epoch, day=NOW.date())
        secret = db.session.execute(select(Record.id, Record.title).where(~visible(viewer))).first()
        db.session.execute(Follow.__table__.insert().values(user_id=user_id, record_id=secret.id, since_at=NOW))
        db.session.commit()
    html = delegate.get("/calendars/following").text
    assert title in html
    assert "Something that is not open to you any more" in html
    assert secret.title not in html
    assert press(delegate, secret.id, "0", list="1").location == "/calendars/following"
    assert len(followed(full_app)) == 1


def test_there_is_an_end_to_following(full_app, delegate, monkeypatch):
    monkeypatch.setattr(follows, "MOST", 1)
    press(delegate, first(full_app, Meeting))
    answer = delegate.post(f"/calendars/following/{first(full_app, Body)}", data={"follow": "1"}, follow_redirects=True)
    assert "You follow 1 records already." in answer.text
    assert len(followed(full_app)) == 1


def test_a_feed_of_what_is_followed_holds_a_meeting_with_its_sessions(full_app, delegate):
    with full_app.app_context():
        session = db.session.execute(
            select(PublishedSession.session_id, PlanSession.meeting_id)
            .join(PlanSession, PlanSession.id == PublishedSession.session_id)
            .join(CalendarEntry, CalendarEntry.record_id == PublishedSession.session_id)
            .where(PublishedSession.starts_at > NOW, CalendarEntry.entry_kind == EntryKind.SESSION)
            .order_by(PublishedSession.starts_at)
        ).first()
        wanted = set(db.session.scalars(
            select(CalendarEntry.uid).where(
                CalendarEntry.meeting_id == session.meeting_id, CalendarEntry.component == "VEVENT",
                CalendarEntry.entry_kind.not_in([EntryKind.BUSY, EntryKind.DEADLINE]),
            )
        ))  # fmt: skip
    data = {"name": "Followed", "only_followed": "y", "with_illustration": "y"}
    assert delegate.post("/calendars/mine", data=data).status_code == 303
    address = re.search(r"http://localhost(/feeds/[^<]+/calendar.ics)", delegate.get("/calendars/mine").text)[1]

    def uids():
        found = Calendar.from_ical(full_app.test_client().get(address).data)
        return {str(one["UID"]) for one in found.events}

    assert uids() == set()
    press(delegate, session.meeting_id)
    assert wanted >= uids() >= {one for one in wanted if "session" in one or "meeting" in one} != set()
    press(delegate, session.meeting_id, "0")
    press(delegate, session.session_id)
    assert len(uids()) == 1


def test_the_button_costs_one_query(full_app, delegate, count_queries):
    address = f"/meetings/{first(full_app, Meeting)}"
    delegate.get(address)
    with count_queries(full_app) as counted:
        delegate.get(address)
    assert sum("FROM follow" in one for one in counted.statements) == 1


def test_the_list_is_one_query_at_any_length(full_app, delegate, count_queries):
    def cost():
        with count_queries(full_app) as counted:
            assert delegate.get("/calendars/following").status_code == 200
        return counted.count

    press(delegate, first(full_app, Meeting))
    delegate.get("/calendars/following")
    one = cost()
    with full_app.app_context():
        user_id = db.session.scalar(select(UserAccount.id).where(UserAccount.email == "delegate@demo.example"))
        ids = db.session.scalars(select(PlanSession.id).limit(30)).all()
        db.session.execute(
            Follow.__table__.insert(), [{"user_id": user_id, "record_id": one, "since_at": NOW} for one in ids]
        )
        db.session.commit()
    assert cost() == one
