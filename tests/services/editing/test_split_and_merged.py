"""What goes along when sessions are merged or split, what comes back, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotVisible, Stale
from planner.models import AgendaItem, PlanSession, PublishedSession, Record, Slot
from planner.rules.audience import Ground
from planner.services import changes, editing
from planner.services.releases import publish_release
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit, make_agenda_item, make_plan_session

HOUR = timedelta(hours=1)
TEN = datetime(2027, 2, 16, 9, 0, tzinfo=UTC)
"""Ten o'clock in Geneva."""
STATES = int(Ground.STATES)

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def meeting(context):
    return make_meeting(make_body("wgx"), ref="m1", title="First meeting")


def session(meeting, ref, position=0, **values):
    start = TEN + 4 * position * HOUR
    hours = {"on_text": "2027-02-16", "starts_at": start, "ends_at": start + 3 * HOUR}
    return make_plan_session(meeting, ref=ref, title=f"Title of {ref}", position=position, **{**hours, **values})


@pytest.fixture
def first(meeting):
    return session(meeting, "s1")


@pytest.fixture
def second(meeting):
    return session(meeting, "s2", 1)


def merge(one, into, **given):
    values = {"continued_in_id": into if isinstance(into, int) else into.id, "reason": "One is enough.", **given}
    return editing.move_record(WRITER, one.id, "merge", rev=one.rev, at=AT, given={"take_over": True, **values})


def restore(one):
    return editing.move_record(WRITER, one.id, "restore", rev=one.rev, at=AT, given={"reason": "Two after all."})


def split(one, at="11:30", title="Second part", **given):
    values = {"split_at": at, "title": title, **given}
    return editing.split_session(WRITER, one.id, rev=one.rev, at=AT, given=values)


def agenda_of(one):
    items = select(AgendaItem.title).where(AgendaItem.session_id == one.id).order_by(AgendaItem.position)
    return list(db.session.scalars(items))


def slots_of(one):
    titles = {row.id: row.title for row in db.session.execute(select(Record.id, Record.title))}
    slots = db.session.scalars(select(Slot).where(Slot.session_id == one.id).order_by(Slot.position, Slot.id))
    return [(titles[slot.offer_id], titles.get(slot.agenda_item_id)) for slot in slots]


def filled(meeting, one, name):
    """Put an item with a presentation under it, and another presentation, into a session."""
    item = make_agenda_item(one, position=0, title=f"{name} item", minutes=90)
    organisation = make_organisation(f"org-{name}")
    under, beside = (make_offer(meeting, organisation, title=f"{name} {what}") for what in ("under", "beside"))
    place(under, one, item=item, position=0, minutes=15)
    place(beside, one, position=1, minutes=15)
    return item, under, beside


def test_a_merger_takes_over_what_is_on_and_undoing_it_gives_back(meeting, first, second):
    filled(meeting, first, "a")
    filled(meeting, second, "b")
    off = make_agenda_item(first, position=7, title="Taken off", withdrawn_because="Not now.")
    merge(first, second)
    assert (first.state, first.continued_in_id) == ("merged", second.id)
    assert (agenda_of(first), agenda_of(second)) == (["Taken off"], ["b item", "a item"])
    assert slots_of(second) == [("b under", "b item"), ("b beside", None), ("a under", "a item"), ("a beside", None)]
    restore(first)
    assert (first.state, first.continued_in_id) == ("tentative", None)
    assert (agenda_of(first), agenda_of(second)) == (["Taken off", "a item"], ["b item"])
    assert slots_of(first) == [("a under", "a item"), ("a beside", None)]
    assert slots_of(second) == [("b under", "b item"), ("b beside", None)]
    assert off.session_id == first.id


def test_what_was_told_or_moved_on_since_stays(meeting, first, second):
    _, under, beside = filled(meeting, first, "a")
    third = session(meeting, "s3", 2)
    merge(first, second)
    edit(under, state="delivered")
    editing.place_offer(WRITER, beside.id, rev=beside.rev, at=AT, given={"session_id": third.id})
    restore(first)
    assert (slots_of(first), slots_of(second), slots_of(third)) == ([], [("a under", None)], [("a beside", None)])
    assert agenda_of(first) == ["a item"]


def test_a_presentation_stays_with_its_meeting(meeting, first):
    later = make_meeting(db.session.get(Record, meeting.body_id), ref="m2", title="Second meeting")
    other = session(later, "s9")
    filled(meeting, first, "a")
    merge(first, other)
    assert (agenda_of(other), slots_of(other)) == (["a item"], [])
    assert slots_of(first) == [("a under", None), ("a beside", None)]


def test_what_is_taken_over_is_seen_as_its_new_session_from_the_release_on(meeting, first, second):
    item, _, _ = filled(meeting, first, "a")
    publish_release(meeting.id, name="One", actor=WRITER, at=AT)
    edit(second, audience_own=STATES)
    merge(first, second)
    assert (item.audience, item.audience_parent_id) == (first.audience, first.id)
    publish_release(meeting.id, name="Two", actor=WRITER, at=AT)
    db.session.refresh(item)
    assert (item.audience, item.audience_parent_id) == (second.audience, second.id)


def test_nothing_closed_is_carried_to_readers_who_may_not_see_it(meeting, first, second):
    filled(meeting, first, "secret")
    edit(first, audience_own=STATES)
    with pytest.raises(Invalid) as refused:
        merge(first, second)
    assert set(refused.value.fields) == {"take_over"}
    assert (first.state, agenda_of(second)) == ("confirmed", [])
    merge(first, second, take_over=False)
    assert (first.state, agenda_of(first), agenda_of(second)) == ("merged", ["secret item"], [])


def refused(one, into):
    with pytest.raises(Invalid) as caught:
        merge(one, into)
    db.session.refresh(one)
    assert (one.state, one.continued_in_id) == ("confirmed", None)
    return {name: str(text) for name, text in caught.value.fields.items()}


def test_into_what_no_session_is_merged(meeting, first, second):
    third = session(meeting, "s3", 2)
    elsewhere = session(make_meeting(make_body("other"), ref="m9", title="Another"), "s9")
    edit(second, state="cancelled")
    assert refused(first, first) == {"continued_in_id": "A session cannot be merged into itself."}
    assert refused(first, second) == {"continued_in_id": "This session is cancelled."}
    edit(second, state="confirmed")
    merge(third, second)
    words = "This session was merged into another one. Choose that one."
    assert refused(first, third) == {"continued_in_id": words}
    assert "another body" in refused(first, elsewhere)["continued_in_id"]
    for unknown in (meeting.id, 999_999):
        assert set(refused(first, unknown)) == {"continued_in_id"}


def test_a_chain_ends_where_the_last_session_goes_on(meeting, first, second):
    third = session(meeting, "s3", 2)
    filled(meeting, first, "a")
    merge(first, second)
    merge(second, third)
    assert agenda_of(third) == ["a item"]
    with pytest.raises(Conflict):
        merge(second, third)
    assert refused(third, first) == {"continued_in_id": "This session was merged into another one. Choose that one."}


def test_a_merged_session_is_merged_once_and_takes_no_presentation(meeting, first, second):
    offer = make_offer(meeting, make_organisation("org"), title="Late")
    merge(first, second)
    with pytest.raises(Conflict):
        merge(first, second)
    with pytest.raises(Invalid, match="merged into another"):
        editing.place_offer(WRITER, offer.id, rev=offer.rev, at=AT, given={"session_id": first.id})


@pytest.mark.parametrize("name", ["continued_in_id", "split_from_id"])
def test_the_database_knows_no_session_that_goes_on_in_itself(first, name):
    with pytest.raises(IntegrityError), changes.change(WRITER, at=AT):
        setattr(db.session.get(PlanSession, first.id), name, first.id)


def test_a_split_carries_what_begins_at_its_hour_or_later(meeting, first):
    opening = make_agenda_item(first, position=0, title="Opening", minutes=60)
    make_agenda_item(first, position=1, title="Long", minutes=30)
    heading = make_agenda_item(first, position=2, title="Heading")
    organisation = make_organisation("org")
    for number, item in enumerate((opening, heading, heading, None)):
        offer = make_offer(meeting, organisation, title=f"Talk {number}")
        place(offer, first, item=item, position=number, minutes=15)
    made = split(first, at="11:45")  # 60 + 15 + 30: where the heading begins
    assert (agenda_of(first), agenda_of(made)) == (["Opening", "Long"], ["Heading"])
    assert slots_of(first) == [("Talk 0", "Opening")]
    assert slots_of(made) == [("Talk 1", "Heading"), ("Talk 2", "Heading"), ("Talk 3", None)]
    hours = (first.starts_at, first.ends_at, made.starts_at, made.ends_at)
    assert hours == (TEN, TEN + 1.75 * HOUR, TEN + 1.75 * HOUR, TEN + 3 * HOUR)


def test_a_presentation_goes_without_its_item_where_that_began_before(meeting, first):
    item = make_agenda_item(first, position=0, title="Heading")
    for number in range(2):
        offer = make_offer(meeting, make_organisation(f"org{number}"), title=f"Talk {number}")
        place(offer, first, item=item, position=number, minutes=60)
    found = editing.preview_split(WRITER, first.id, at=AT, given={"split_at": "11:00", "title": "x"})
    assert (found.goes, found.is_unsure) == (editing.Carried((), ("Talk 1",)), False)
    made = split(first, at="11:00")
    assert (slots_of(first), slots_of(made)) == ([("Talk 0", "Heading")], [("Talk 1", None)])


def test_what_has_no_hour_stays(meeting, first):
    make_agenda_item(first, position=0, title="Opening")
    make_agenda_item(first, position=1, title="Closing", minutes=30)
    found = editing.preview_split(WRITER, first.id, at=AT, given={"split_at": "11:00", "title": "x"})
    assert (found.goes.is_empty, found.is_unsure) == (True, True)
    made = split(first)
    assert (agenda_of(first), agenda_of(made)) == (["Opening", "Closing"], [])


def test_the_new_session_is_where_and_for_whom_the_old_one_is(meeting, first):
    edit(first, room="Room A", audience_own=STATES, remote_url="https://a.example", duration_minutes=180)
    made = split(first)
    same = ("room", "audience", "audience_own", "remote_url", "meeting_id", "zone", "state", "session_kind")
    assert [getattr(made, name) for name in same] == [getattr(first, name) for name in same]
    assert (made.split_from_id, made.published, made.on_text) == (first.id, False, "2027-02-16")
    assert (first.duration_minutes, made.duration_minutes) == (90, None)
    publish_release(meeting.id, name="One", actor=WRITER, at=AT)
    assert db.session.get(PublishedSession, made.id).split_from_id == first.id


@pytest.mark.parametrize("hour", ["10:00", "13:00", "09:59", "23:00", "25:00", "noon", ""])
def test_a_session_is_split_within_its_hours(first, hour):
    with pytest.raises(Invalid) as caught:
        split(first, at=hour)
    assert set(caught.value.fields) == {"split_at"}
    assert (first.ends_at, db.session.scalar(select(PlanSession).where(PlanSession.split_from_id == first.id))) == (
        TEN + 3 * HOUR,
        None,
    )


def test_a_session_over_midnight_is_split_on_its_second_day(meeting):
    night = session(meeting, "night", starts_at=TEN + 12 * HOUR, ends_at=TEN + 17 * HOUR)
    made = split(night, at="01:30")
    assert (made.starts_at, made.on_text) == (TEN + 15.5 * HOUR, "2027-02-17")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_at": None, "ends_at": None}, "The hours of this session are not known"),
        ({"state": "cancelled"}, "This one is cancelled"),
        ({"state": "held"}, "This one is held"),
    ],
)
def test_what_is_not_split(first, values, words):
    edit(first, **values)
    with pytest.raises(Conflict, match=words):
        split(first)


def test_only_a_session_is_split_and_by_who_saw_it_last(meeting, first):
    with pytest.raises(NotVisible):
        editing.get_session_to_split(WRITER, meeting.id)
    with pytest.raises(Stale):
        editing.split_session(WRITER, first.id, rev=first.rev - 1, at=AT, given={"split_at": "11:00", "title": "x"})
