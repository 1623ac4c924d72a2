"""Presentations have hours of their own only where the agenda says them, and readers only who may see their session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from planner.access.viewer import public
from planner.core.db import db
from planner.models import GONE, AgendaItem, EntryKind, SessionBody
from planner.rules.audience import Ground
from planner.rules.timetable import running_order
from planner.services import calendars, changes
from planner.services.calendar_entries.presentations import _places
from planner.services.calendar_pages import body_feeds
from planner.services.releases import cancel_session_release
from tests.factories.meeting import AT, WRITER, make_body
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit, make_agenda_item
from tests.services.calendar_entries.shared import texts_of_public_feed

from .shared import DAY, HOUR, TEN, entry_of, geneva, morning, publish, revisions, said

KIND = EntryKind.PRESENTATION
STATES = int(Ground.STATES)

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def meeting(context):
    return geneva()


@pytest.fixture
def first(meeting):
    return morning(meeting)


@pytest.fixture
def offer(meeting):
    return make_offer(
        meeting, make_organisation("org", title="Institute"), ref="o1", title="On end use", summary="What we found."
    )


@pytest.fixture
def placed(meeting, first, offer):
    """A presentation after an opening of half an hour, as released."""
    make_agenda_item(first, position=0, number="1", title="Opening", minutes=30)
    second = make_agenda_item(first, position=1, number="2", title="Presentations")
    place(offer, first, item=second, minutes=20)
    publish(meeting)
    return offer


def test_the_entry_of_a_presentation(placed):
    assert said(placed, KIND) == {
        "BEGIN": "VEVENT",
        "SUMMARY": "WGX: Institute: On end use",
        "DTSTART;TZID=Europe/Zurich": "20270216T103000",
        "DTEND;TZID=Europe/Zurich": "20270216T105000",
        "DTSTAMP": "20261124T090000Z",
        "UID": "presentation-o1@planner",
        "SEQUENCE": "0",
        "CATEGORIES": "WGX",
        "CREATED": "20261124T090000Z",
        "DESCRIPTION": "First meeting\\nSession one\\n\\nWhat we found.",
        "LAST-MODIFIED": "20261124T090000Z",
        "LOCATION": "Room A\\, Room centre\\, Geneva",
        "RELATED-TO": "session-s1@planner",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "END": "VEVENT",
    }
    entry = entry_of(placed, KIND)
    assert (entry.audience, entry.starts_on, entry.ends_on, entry.zones) == (
        65,
        TEN.date(),
        TEN.date(),
        "Europe/Zurich",
    )


def _unknown_length_before(first, offer):
    make_agenda_item(first, position=0, title="Opening")
    place(offer, first, item=make_agenda_item(first, position=1, title="Talks", minutes=5), minutes=20)


def _no_length(first, offer):
    place(offer, first)


def _past_the_end(first, offer):
    make_agenda_item(first, position=0, title="Opening", minutes=170)
    place(offer, first, minutes=20)


def _no_hours(first, offer):
    edit(first, starts_at=None, ends_at=None)
    place(offer, first, minutes=20)


@pytest.mark.parametrize("plant", [_unknown_length_before, _no_length, _past_the_end, _no_hours])
def test_where_an_hour_would_be_a_guess_there_is_no_entry(meeting, first, offer, plant):
    plant(first, offer)
    publish(meeting)
    assert entry_of(offer, KIND) is None


def test_up_to_the_last_minute_of_its_session(meeting, first, offer):
    make_agenda_item(first, position=0, title="Opening", minutes=160)
    place(offer, first, minutes=20)
    publish(meeting)
    assert said(offer, KIND)["DTEND;TZID=Europe/Zurich"] == "20270216T130000"


def test_with_its_session_it_moves_and_is_off(meeting, first, placed):
    edit(first, starts_at=TEN + HOUR, ends_at=TEN + 4 * HOUR)
    publish(meeting, at=AT + DAY)
    moved = said(placed, KIND)
    assert (moved["DTSTART;TZID=Europe/Zurich"], moved["SEQUENCE"], moved["UID"]) == (
        "20270216T113000",
        "1",
        "presentation-o1@planner",
    )
    edit(first, state="cancelled", at=AT + 2 * DAY)
    cancel_session_release(first.id, name="Off", actor=WRITER, at=AT + 2 * DAY)
    off = said(placed, KIND)
    assert (off["STATUS"], off["SUMMARY"], off["SEQUENCE"]) == (
        "CANCELLED",
        "Cancelled: WGX: Institute: On end use",
        "2",
    )


def test_what_comes_before_it_moves_it_and_nothing_else(meeting, first, placed):
    edit(db.session.scalars(select(AgendaItem).where(AgendaItem.title == "Opening")).one(), minutes=45)
    publish(meeting, at=AT + DAY)
    assert (said(placed, KIND)["DTSTART;TZID=Europe/Zurich"], said(placed, KIND)["SEQUENCE"]) == (
        "20270216T104500",
        "1",
    )
    make_agenda_item(first, position=2, title="Closing", minutes=30)
    publish(meeting, at=AT + 2 * DAY)
    assert (said(first, EntryKind.SESSION)["SEQUENCE"], said(placed, KIND)["SEQUENCE"]) == ("2", "1")


def test_with_its_meeting_it_is_off(meeting, placed):
    edit(meeting, state="postponed", at=AT + DAY)
    assert said(placed, KIND)["SUMMARY"] == "Postponed: WGX: Institute: On end use"


def test_one_that_was_not_given_says_so(meeting, first, placed):
    edit(placed, state="undelivered", at=AT + DAY)
    edit(first, state="held", at=AT + DAY)
    publish(meeting, at=AT + DAY)
    assert said(placed, KIND)["STATUS"] == "CANCELLED"
    assert said(first, EntryKind.SESSION)["STATUS"] == "CONFIRMED"


def test_one_that_leaves_the_programme_goes_from_all_calendars(meeting, placed):
    with changes.change(WRITER, at=AT + DAY):
        placed.state = "withdrawn"
    publish(meeting, at=AT + DAY)
    entry = entry_of(placed, KIND)
    assert (entry.digest, entry.audience) == (GONE, int(Ground.OFFICERS))


@pytest.mark.parametrize("of_session", [None, STATES, int(Ground.PARTICIPANTS)])
@pytest.mark.parametrize("of_offer", [None, STATES, int(Ground.STATES_PARTIES), int(Ground.OWNER)])
def test_its_readers_are_within_those_of_its_session(meeting, first, placed, of_session, of_offer):
    edit(first, audience_own=of_session, at=AT + DAY)
    edit(placed, audience_own=of_offer, at=AT + DAY)
    entry, of_first = entry_of(placed, KIND), entry_of(first, EntryKind.SESSION)
    db.session.refresh(placed)
    broad = int(Ground.PUBLIC | Ground.PARTICIPANTS | Ground.STATES | Ground.STATES_PARTIES)
    if of_offer == int(Ground.OWNER) and of_session is not None:
        assert entry.digest == GONE
    else:
        assert entry.audience == placed.audience
    inside = entry.audience & broad
    assert all(
        of_first.audience & (ground | Ground.PUBLIC | (Ground.STATES if ground is Ground.STATES_PARTIES else 0))
        for ground in Ground
        if inside & ground
    )


def test_it_is_in_no_feed_unless_asked_for_and_counts_for_those_that_ask(meeting, first, placed):
    viewer = public(AT.date())
    texts = texts_of_public_feed()
    assert len(texts) == 2
    assert not any("presentation-o1@planner" in text for text in texts)
    assert [feed.ahead for feed in body_feeds(viewer, AT.date())] == [2]
    before = revisions()
    edit(placed, audience_own=STATES, at=AT + DAY)
    changed = {scope: number for scope, number in revisions().items() if before.get(scope) != number}
    assert changed == {(meeting.body_id, 65): before[meeting.body_id, 65] + 1, (meeting.body_id, 68): 1}


_LENGTHS = st.one_of(st.none(), st.integers(1, 90))


@given(st.lists(st.tuples(_LENGTHS, st.lists(_LENGTHS, max_size=3)), max_size=5), st.lists(_LENGTHS, max_size=3))
def test_any_agenda_is_laid_out_as_its_page_lays_it_out(agenda, rest):
    offers = iter(range(1000, 2000))
    items = [{"id": n, "minutes": minutes} for n, (minutes, _) in enumerate(agenda)]
    slots = [
        {"offer_id": next(offers), "agenda_item_id": n, "minutes": minutes}
        for n, (_, lengths) in enumerate(agenda)
        for minutes in lengths
    ] + [{"offer_id": next(offers), "agenda_item_id": None, "minutes": minutes} for minutes in rest]
    values = {
        "items": items,
        "slots": slots,
        "starts_at": TEN.isoformat(),
        "ends_at": (TEN + 3 * HOUR).isoformat(),
    }
    found = {one.slot["offer_id"]: one for one in _places(values)}
    order = list(running_order(values))
    assert [part.get("offer_id", part.get("id")) for part, _ in order] == [
        key
        for n, item in enumerate(items)
        for key in (item["id"], *(slot["offer_id"] for slot in slots if slot["agenda_item_id"] == n))
    ] + [slot["offer_id"] for slot in slots if slot["agenda_item_id"] is None]
    at = TEN
    for part, is_heading in order:
        minutes = 0 if is_heading else part["minutes"]
        if minutes is None:
            break
        if "offer_id" in part and at + timedelta(minutes=minutes) <= TEN + 3 * HOUR:
            one = found.pop(part["offer_id"])
            assert (one.starts_at, one.ends_at) == (at, at + timedelta(minutes=minutes))
        at += timedelta(minutes=minutes)
    assert found == {}


def test_of_a_joint_session_it_is_in_the_feeds_of_both_bodies(placed, first):
    other = make_body("other")
    with changes.change(WRITER, at=AT) as c:
        db.session.add(SessionBody(session_id=first.id, body_id=other.id))
        c.touch(first.id)
    kept = calendars.entries_for(public(AT.date()), with_illustration=False, with_presentations=True)
    texts = calendars.read_texts([*kept, *calendars.hanging_on(body_ids=(other.id,))])
    assert ["presentation-o1@planner" in text for text, _ in texts].count(True) == 1
    assert len(texts) == 2
