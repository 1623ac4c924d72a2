"""The form of a personal feed: what it offers, what it stores, and that its preview is what the feed will hold."""

from __future__ import annotations

import re

import pytest
from lxml import html
from markupsafe import escape
from sqlalchemy import func, select

from planner.access.viewer import public
from planner.access.visibility import visible
from planner.calendars.forms import ALARM_WORDS, CLASS_WORDS, LANGUAGE_WORDS
from planner.core.db import db
from planner.core.i18n import LANGUAGES
from planner.models import Body, CalendarEntry, Cycle, EntryKind, PlanItem, UserAccount
from planner.services import feed_choice, personal_feeds
from planner.services.accounts import load_viewer
from planner.services.calendar_choices import list_offered
from planner.services.feed_choice import ALARMS, CLASSES, Choice, conditions
from planner.services.personal_feeds import PREVIEWED, preview
from tests.conftest import NOW

DAY = NOW.date()
ALL = {"name": "All", "with_illustration": "y"}


@pytest.fixture
def delegate(sign_in):
    return sign_in("delegate")


def viewer_named(name):
    if name == "stranger":
        return public(DAY)
    account = db.session.scalars(select(UserAccount).where(UserAccount.email == f"{name}@demo.example")).one()
    return load_viewer(account.id, account.session_epoch, day=DAY)


def test_everything_that_can_be_chosen_has_words():
    assert CLASS_WORDS.keys() == CLASSES.keys()
    assert tuple(ALARM_WORDS) == ALARMS
    assert set(LANGUAGES) <= LANGUAGE_WORDS.keys()


@pytest.mark.parametrize("who", ["stranger", "delegate", "chair"])
def test_themes_and_topics_are_offered_by_what_came_of_them(full_context, who):
    viewer = viewer_named(who)
    offered = list_offered(viewer, DAY)
    by_hand = select(PlanItem.id).where(
        visible(viewer, PlanItem), PlanItem.is_withdrawn.is_(False), PlanItem.item_kind.in_(["theme", "topic"])
    )
    assert {one.id for one in offered.items} == set(db.session.scalars(by_hand))
    choice = Choice(with_illustration=True, deadlines_as_days=True)
    for one in offered.items:
        kept = [
            *conditions(viewer, choice),
            feed_choice.came_of(viewer, [one.id]),
            # a meeting is in the feed for the sake of its sessions, past ones too
            CalendarEntry.entry_kind != EntryKind.MEETING,
            CalendarEntry.ends_on >= DAY,
        ]
        count = db.session.scalar(select(func.count()).select_from(CalendarEntry).where(*kept))
        assert one.is_ahead == bool(count), one
    assert 0 < sum(one.is_ahead for one in offered.items) < len(offered.items)


def test_cycles_count_what_lies_ahead(full_context):
    viewer = public(DAY)
    for one in list_offered(viewer, DAY).cycles:
        choice = Choice(with_illustration=True, cycle_ids=frozenset({one.id}))
        kept = [*conditions(viewer, choice), CalendarEntry.ends_on >= DAY]
        assert one.ahead == db.session.scalar(select(func.count()).select_from(CalendarEntry).where(*kept))


def test_a_preview_names_the_first_and_counts_the_rest(full_context):
    viewer, choice = viewer_named("delegate"), Choice(with_illustration=True, with_busy=True, deadlines_as_days=True)
    shown = preview(viewer, choice, DAY)
    rows = db.session.execute(
        select(CalendarEntry.entry_kind, CalendarEntry.starts_on)
        .where(*conditions(viewer, choice), CalendarEntry.ends_on >= DAY)
        .order_by(CalendarEntry.starts_on, CalendarEntry.id)
    ).all()
    assert shown.ahead == len(rows) > PREVIEWED
    assert [(one.kind, one.starts_on) for one in shown.first] == [(kind.value, on) for kind, on in rows[:PREVIEWED]]
    assert all((one.title is None) == (one.kind == "busy") for one in shown.first)


def test_all_that_was_chosen_is_kept_and_named(full_app, delegate):
    with full_app.app_context():
        cycle = db.session.execute(select(Cycle.id, Cycle.code).where(Cycle.code == "CSP13")).one()
        item = next(one for one in list_offered(viewer_named("delegate"), DAY).items if one.is_ahead)
    chosen = {
        "cycles": str(cycle.id), "items": str(item.id), "classes": ["meetings", "sessions"], "only_followed": "y",
        "with_presentations": "y", "alarm": "15",
    }  # fmt: skip
    assert delegate.post("/calendars/mine", data={**ALL, **chosen}).status_code == 303
    html = delegate.get("/calendars/mine").text
    chips = re.findall(r"<li>([^<]*)</li>", html[html.index('class="chips"') :].partition("</ul>")[0])
    assert chips == [
        "CSP13", str(escape(item.title)), "all bodies", "Meetings", "Sessions", "only what you follow",
        "presentations", "worked example", "reminder 15 minutes before",
    ]  # fmt: skip
    again = delegate.get("/calendars/mine/1").text
    boxes = re.findall(r'<input type="checkbox" id="[^"]+" name="(\w+)" value="([^"]+)" checked>', again)
    assert boxes == [
        ("classes", "meetings"), ("classes", "sessions"), ("cycles", str(cycle.id)), ("items", str(item.id)),
    ]  # fmt: skip
    assert '<option selected value="15">' in again


def test_the_short_feed_is_chosen_by_one_button(delegate):
    answer = delegate.post("/calendars/mine", data={**ALL, "classes": ["sessions"], "short": "1"})
    assert answer.status_code == 200
    boxes = re.findall(r'name="classes" value="(\w+)" checked', answer.text)
    assert boxes == ["meetings", "deadlines"]
    assert "You have no feed yet." in answer.text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"cycles": ["999999"]}, "cycles"),
        ({"items": ["999999"]}, "items"),
        ({"items": ["9" * 30]}, "items"),
        ({"bodies": ["-1"]}, "bodies"),
        ({"classes": ["everything"]}, "classes"),
        ({"alarm": "7"}, "alarm"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(delegate, sent, field):
    answer = delegate.post("/calendars/mine", data={**ALL, **sent})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text or field == "language"
    assert f'<a href="#{field}">' in answer.text
    assert "You have no feed yet." in answer.text


def test_an_address_fills_the_form(full_app, delegate):
    html = delegate.get("/calendars/mine?class=sessions&only=ours&also=busy&presentations=apart&alarm=30").text
    checked = re.findall(r"<input checked[^>]* name=\"(\w+)\"", html)
    assert checked == ["only_ours", "with_presentations", "with_busy"]
    assert re.findall(r'name="classes" value="(\w+)" checked', html) == ["sessions"]
    assert '<option selected value="30">' in html


@pytest.mark.parametrize("query", ["only=theirs", "also=all", "class=x", "body=nobody", "cycle=x", "theme=x", "x=1"])
def test_an_address_that_asks_for_nothing_is_refused(delegate, query):
    assert delegate.get(f"/calendars/mine?{query}").status_code == 400


def test_a_body_that_holds_nothing_any_more_is_not_lost_when_a_feed_is_saved_again(full_app, delegate):
    with full_app.app_context():
        bodies = {one.id for one in list_offered(viewer_named("delegate"), DAY).bodies}
        empty = db.session.scalars(select(Body.id).where(Body.id.not_in(bodies), Body.published)).first()
        feed_id = personal_feeds.make(
            viewer_named("delegate"), Choice(name="Quiet", body_ids=frozenset({empty})), at=NOW
        )
    page = html.fromstring(delegate.get(f"/calendars/mine/{feed_id}").data)
    assert page.xpath("//input[@name='bodies'][@checked]/@value") == [str(empty)]
