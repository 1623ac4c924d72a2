"""Freezing the programme of a meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.access.viewer import public
from planner.core.db import db
from planner.core.errors import Conflict, NotAllowed
from planner.models import FollowUp, PublishedSession, PublishedSlot, Record
from planner.services import changes
from planner.services.programmes import digest_of
from planner.services.releases import cancel_session_release, make_due_releases_current, publish_release
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit, make_agenda_item, make_plan_session

LATER = AT + timedelta(days=1)

pytestmark = pytest.mark.usefixtures("context")


def publish(meeting, *, at=AT, **values):
    return publish_release(meeting.id, name="Programme", actor=WRITER, at=at, **values)


@pytest.fixture
def world(context):
    """A meeting with one session of two hours, an item and a presentation under it."""

    class World:
        body = make_body("group")
        meeting = make_meeting(body, ref="m1")
        first = make_plan_session(
            meeting,
            ref="first",
            title="First session",
            on_text="2027-02-16",
            starts_at=AT.replace(year=2027, month=2, day=16, hour=9),
            ends_at=AT.replace(year=2027, month=2, day=16, hour=11),
            room="Room A",
        )
        item = make_agenda_item(first, position=0, title="Opening", minutes=30)
        presenter = make_organisation("org-a", title="Organisation A")
        offer = make_offer(meeting, presenter, title="On transfers")
        slot = place(offer, first, item=item, minutes=15)

    return World()


def change_of(subject, kind, world, thing, title, *values):
    field, old, new = values or (None, None, None)
    return {
        "subject": subject,
        "kind": kind,
        "session_id": world.first.id,
        "session": world.first.title,
        "id": thing.id,
        "title": title,
        "field": field,
        "old": old,
        "new": new,
    }


def test_a_release_freezes_the_programme(world):
    release = publish(world.meeting)
    assert (release.number, release.is_current, release.published, release.ref) == (1, True, True, "m1-release-1")
    assert (release.released_at, release.effective_at) == (AT, AT)
    assert release.programme == {
        "meeting": {"id": world.meeting.id, "ref": "m1"},
        "sessions": [
            {
                "id": world.first.id,
                "ref": "first",
                "position": 0,
                "title": "First session",
                "state": "confirmed",
                "session_kind": "session",
                "body": None,
                "joint_bodies": [],
                "on": "2027-02-16",
                "starts_at": "2027-02-16T09:00:00+00:00",
                "ends_at": "2027-02-16T11:00:00+00:00",
                "zone": "Europe/Zurich",
                "duration_minutes": None,
                "room": "Room A",
                "mode": None,
                "text": None,
                "treats": [],
                "hosts": [],
                "chairings": [],
                "items": [
                    {
                        "id": world.item.id,
                        "position": 0,
                        "number": None,
                        "title": "Opening",
                        "text": None,
                        "minutes": 30,
                        "is_break": False,
                        "proposed_by": None,
                    }
                ],
                "slots": [
                    {
                        "offer_id": world.offer.id,
                        "agenda_item_id": world.item.id,
                        "position": 0,
                        "title": "On transfers",
                        "state": "placed",
                        "presenter_id": world.presenter.id,
                        "presenter": "Organisation A",
                        "stakeholder_class": "civil_society",
                        "co_presenters": [],
                        "kind": None,
                        "summary": None,
                        "minutes": 15,
                    }
                ],
                "interventions": [],
            }
        ],
    }
    assert release.digest == digest_of(release.programme)
    assert release.changes == [
        change_of("session", "added", world, world.first, "First session"),
        change_of("slot", "added", world, world.offer, "On transfers"),
    ]


def test_what_is_released_is_published_under_its_frozen_title(world):
    rev = world.first.rev
    publish(world.meeting)
    edition = db.session.get(PublishedSession, world.first.id)
    assert (edition.title, edition.room, edition.starts_at) == ("First session", "Room A", world.first.starts_at)
    slot = db.session.get(PublishedSlot, world.offer.id)
    assert (slot.session_id, slot.title, slot.presenter_id) == (world.first.id, "On transfers", world.presenter.id)
    for record in (world.first, world.item, world.offer):
        assert (record.published, record.public_title, record.audience) == (True, record.title, 65)
    assert world.offer.audience_parent_id == world.first.id
    # A form that was opened before the release can still be sent.
    assert world.first.rev == rev
    edit(world.first, title="Another title")
    assert (world.first.public_title, db.session.get(PublishedSession, world.first.id).title) == ("First session",) * 2


def test_nothing_changed_is_said(world):
    publish(world.meeting)
    with pytest.raises(Conflict):
        publish(world.meeting, at=LATER)
    assert publish(world.meeting, at=LATER, if_changed=True) is None


def test_publishing_needs_the_right(world):
    with pytest.raises(NotAllowed):
        publish_release(world.meeting.id, name="Mine", actor=public(AT.date()), at=AT)


def test_changes_are_named(world):
    publish(world.meeting)
    other = make_organisation("org-b", title="Organisation B")
    hour = timedelta(hours=1)
    edit(world.first, starts_at=world.first.starts_at + hour, ends_at=world.first.ends_at, room="Room B", title="New")
    edit(world.item, minutes=40)
    edit(world.offer, presenter_id=other.id)
    release = publish(world.meeting, at=LATER)
    before, after = "2027-02-16T09:00:00+00:00", "2027-02-16T10:00:00+00:00"
    assert release.changes == [
        change_of("session", "moved", world, world.first, "New", "starts_at", before, after),
        change_of("session", "shortened", world, world.first, "New", "minutes", 120, 60),
        change_of("session", "renamed", world, world.first, "New", "title", "First session", "New"),
        change_of("session", "room", world, world.first, "New", "room", "Room A", "Room B"),
        change_of("item", "lengthened", world, world.item, "Opening", "minutes", 30, 40),
        change_of(
            "slot", "presenter", world, world.offer, "On transfers", "presenter_id", "Organisation A", "Organisation B"
        ),
    ]


def test_a_withdrawn_presentation_leaves_the_programme_and_goes_back_to_its_owner(world):
    publish(world.meeting)
    edit(world.offer, state="withdrawn")
    release = publish(world.meeting, at=LATER)
    assert release.changes == [change_of("slot", "removed", world, world.offer, "On transfers")]
    assert db.session.get(PublishedSlot, world.offer.id) is None
    assert (world.offer.audience_parent_id, world.offer.audience) == (world.meeting.id, 80)


def test_an_embargo_keeps_a_release_until_its_time(world):
    publish(world.meeting)
    edit(world.first, title="Secret")
    waiting = publish(world.meeting, at=AT, embargo_until=LATER)
    assert (waiting.published, waiting.is_current, waiting.effective_at) == (False, False, LATER)
    assert world.first.public_title == "First session"
    assert make_due_releases_current(WRITER, at=LATER - timedelta(seconds=1)) == []
    assert make_due_releases_current(WRITER, at=LATER) == [waiting.id]
    assert (waiting.published, waiting.is_current, world.first.public_title) == (True, True, "Secret")
    assert make_due_releases_current(WRITER, at=LATER) == []


def test_cancelling_releases_that_one_change(world):
    publish(world.meeting)
    second = make_plan_session(world.meeting, ref="second", position=1)
    edit(world.first, title="Being drafted", state="cancelled")
    release = cancel_session_release(world.first.id, name="Cancelled", actor=WRITER, at=LATER)
    changed = {
        **change_of("session", "cancelled", world, world.first, "First session", "state", "confirmed", "cancelled")
    }
    assert release.changes == [{**changed, "session": "First session"}]
    edition = db.session.get(PublishedSession, world.first.id)
    assert (edition.state, edition.title, edition.release_id) == ("cancelled", "First session", release.id)
    assert not db.session.get(Record, second.id).published
    with pytest.raises(Conflict):
        cancel_session_release(world.first.id, name="Again", actor=WRITER, at=LATER)


def test_a_cancellation_survives_the_end_of_an_embargo(world):
    publish(world.meeting)
    edit(world.first, title="Under embargo")
    publish(world.meeting, embargo_until=LATER)
    cancel_session_release(world.first.id, name="Cancelled", actor=WRITER, at=AT)
    make_due_releases_current(WRITER, at=LATER)
    edition = db.session.get(PublishedSession, world.first.id)
    assert (edition.title, edition.state) == ("Under embargo", "cancelled")


def test_a_session_cancelled_before_anybody_saw_it_is_not_released(world):
    draft = make_plan_session(world.meeting, ref="draft", position=1, state="cancelled")
    release = publish(world.meeting)
    assert [one["id"] for one in release.programme["sessions"]] == [world.first.id]
    assert db.session.get(PublishedSession, draft.id) is None


def test_moving_a_session_moves_the_days_that_hang_on_it(world):
    publish(world.meeting)
    with changes.change(WRITER, at=AT):
        due = {"due_session_id": world.first.id, "due_offset_days": -7}
        open_one = FollowUp(title="Send papers", state="open", audience_parent_id=world.first.id, **due)
        done = FollowUp(title="Was sent", state="done", audience_parent_id=world.first.id, evidence="seen", **due)
        done.owner_email = "who@test.example"
        done.due_on = AT.date()
        free = FollowUp(title="Other", state="open", audience_parent_id=world.first.id, due_on=AT.date())
        db.session.add_all([open_one, done, free])
    week = timedelta(days=7)
    edit(
        world.first,
        on_text="2027-02-23",
        starts_at=world.first.starts_at + week,
        ends_at=world.first.ends_at + week,
    )
    publish(world.meeting, at=LATER)
    assert [str(one.due_on) for one in (open_one, done, free)] == ["2027-02-16", "2026-11-24", "2026-11-24"]
