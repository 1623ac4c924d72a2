"""What is drafted after each sort of change, and what it says to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from planner.core.db import db
from planner.core.errors import Conflict, Invalid
from planner.formats.itip import event_in
from planner.models import (
    Delegation,
    MessageState,
    OutboxMessage,
    Person,
    PlanSession,
    Registration,
    Stakeholder,
    StatusPeriod,
)
from planner.rules.audience import Ground
from planner.services import changes, invitations, outbox
from planner.services.invitation_mail.state import may_see
from planner.services.releases import publish_release
from tests.factories import stakeholder as stakeholders
from tests.factories.invitation import (
    Room,
    hours,
    invitation_of,
    invite,
    messages,
    release,
    send_all,
    sequence_of,
)
from tests.factories.meeting import AT, WRITER
from tests.factories.plan_session import edit
from tests.factories.user import user

LATER = AT + timedelta(hours=1)


def told(message: OutboxMessage) -> tuple[str, str, int, str]:
    """Return to whom, METHOD, SEQUENCE and SUMMARY."""
    calendar = Calendar.from_ical(message.calendar or "")
    (event,) = calendar.walk("VEVENT")
    return message.to_address.partition("@")[0], str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["SUMMARY"])


def drafts() -> list[tuple[str, str, int, str]]:
    return [told(message) for message in messages(MessageState.DRAFT)]


def test_a_change_is_drafted_in_its_own_transaction_with_the_sequence_of_the_entry(room: Room) -> None:
    invite(room, "party")
    send_all()
    release(room, at=LATER, title="Other")
    assert (drafts(), sequence_of(room.open_session)) == ([("party", "REQUEST", 1, "WG: Other")], 1)


def test_a_change_that_is_taken_back_leaves_no_draft(room: Room) -> None:
    invite(room, "party")
    send_all()

    def fail() -> None:
        with changes.change(WRITER, at=LATER):
            release(room, at=LATER, title="Other")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert drafts() == []


def test_the_working_copy_is_told_to_nobody(room: Room) -> None:
    invite(room, "party")
    send_all()
    edit(db.session.get_one(PlanSession, room.open_session), title="Only drafted", at=LATER)
    assert drafts() == []


def test_several_changes_merge_into_the_newest_and_none_is_left_of_one_that_came_back(room: Room) -> None:
    invite(room, "party")
    send_all()
    for number, title in enumerate(("One", "Two", "Three")):
        release(room, at=LATER + timedelta(minutes=number), title=title)
    assert (drafts(), len(messages())) == ([("party", "REQUEST", 3, "WG: Three")], 2)
    release(room, at=LATER + timedelta(hours=1), title="What was learned")
    assert drafts() == []


def test_a_note_of_an_officer_outlives_a_change_and_a_decision_does_not(room: Room) -> None:
    invite(room, "party", "ngo")
    first, second = messages()
    outbox.set_note(WRITER, first.id, "Do come.", rev=first.rev, at=AT)
    outbox.hold(WRITER, second.id, at=AT)
    outbox.queue(WRITER, first.id, rev=messages()[0].rev, at=AT)
    release(room, at=LATER, title="Other")
    assert [(one.state, one.note, one.subject) for one in messages()] == [
        (MessageState.DRAFT, "Do come.", "Invitation: WG: Other"),
        (MessageState.HELD, None, "Invitation: WG: Other"),
    ]


def test_called_off_and_on_again(room: Room) -> None:
    invite(room, "party")
    send_all()
    release(room, at=LATER, state="cancelled")
    assert drafts() == [("party", "CANCEL", 1, "Cancelled: WG: What was learned")]
    send_all(LATER)
    release(room, at=LATER + timedelta(hours=1), state="confirmed")
    assert drafts() == [("party", "REQUEST", 2, "WG: What was learned")]


def test_who_was_never_told_is_not_told_that_it_is_off(room: Room) -> None:
    invite(room, "party")
    release(room, at=LATER, state="cancelled")
    assert [one.state for one in messages()] == [MessageState.WITHDRAWN]


def test_who_may_not_see_it_any_more_is_told_no_more_than_they_knew(room: Room) -> None:
    invite(room, "party", "ngo")
    send_all()
    with changes.change(WRITER, at=LATER):
        release(room, at=LATER, title="A closed case", room="Secret room", audience_own=int(Ground.STATES), **hours(2))
    assert drafts() == [("party", "REQUEST", 1, "WG: A closed case"), ("ngo", "CANCEL", 1, "WG: What was learned")]
    ngo = messages(MessageState.DRAFT)[1]
    said = "".join([ngo.subject, ngo.text, ngo.html or "", ngo.calendar or ""])
    assert [word in said for word in ("closed case", "Secret room", "21270218", "18 February")] == [False] * 4
    names = {line.partition(":")[0].partition(";")[0] for line in event_in(ngo.calendar or "").splitlines()}
    assert names - {""} >= {"UID", "DTSTART", "DTEND", "SUMMARY", "STATUS"}
    assert not names & {"DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "RELATED-TO"}


def test_every_message_that_is_to_be_noticed_has_a_higher_sequence(room: Room) -> None:
    """Registration comes and goes while the entry of the session stays as it is."""
    edit(db.session.get_one(PlanSession, room.open_session), audience_own=int(Ground.PARTICIPANTS), at=AT)
    publish_release(room.meeting, name="Next", actor=WRITER, at=AT, if_changed=True)
    invite(room, "ngo")
    send_all()
    sequences = [messages()[-1].sequence]
    for number in range(1, 5):
        at = AT + timedelta(hours=number)
        with changes.change(WRITER, at=at):
            if number % 2:
                held = select(Registration).where(Registration.person_id == room.ngo)
                db.session.delete(db.session.scalars(held).one())
            else:
                db.session.add(Registration(meeting_id=room.meeting, person_id=room.ngo))
        (message,) = messages(MessageState.DRAFT)
        assert message.method == ("CANCEL" if number % 2 else "REQUEST")
        sequences.append(message.sequence)
        send_all(at)
    assert sequences == [sequence_of(room.open_session) + number for number in range(5)]


def test_a_delegation_that_ends_ends_the_invitation(room: Room) -> None:
    invite(room, "party", session="states_session")
    send_all()
    with changes.change(WRITER, at=LATER):
        held = select(Delegation).where(Delegation.person_id == room.party)
        db.session.scalars(held).one().until_on = AT.date()
    assert [one[:2] for one in drafts()] == [("party", "CANCEL")]


def test_a_status_that_ends_on_a_day_is_found_by_the_review(room: Room) -> None:
    invite(room, "party", session="states_session")
    send_all()
    state = db.session.scalars(select(Stakeholder).where(Stakeholder.iso2 == "XA")).one()
    with changes.change(WRITER, at=AT):
        period = db.session.scalars(select(StatusPeriod).where(StatusPeriod.stakeholder_id == state.id)).one()
        period.until_text = "2027-01-01"
    assert drafts() == []
    invitations.review(WRITER, at=AT + timedelta(days=60))
    assert [one[:2] for one in drafts()] == [("party", "CANCEL")]


def test_what_was_queued_before_a_status_ended_does_not_leave_after_it(room: Room) -> None:
    invite(room, "party", session="states_session")
    outbox.queue_all(WRITER, at=AT)
    with changes.change(WRITER, at=AT):
        period = db.session.scalars(select(StatusPeriod).where(StatusPeriod.status == "state_party")).one()
        period.until_text = "2027-01-01"
    assert outbox.claim(WRITER, at=AT + timedelta(days=60)) is None
    assert [one.state for one in messages()] == [MessageState.WITHDRAWN]


def test_who_may_be_invited(room: Room) -> None:
    people = [room.party, room.signatory, room.observer, room.ngo, room.silent]
    assert may_see(room.open_session, people, day=AT.date()) == set(people)
    assert may_see(room.states_session, people, day=AT.date()) == {room.party, room.signatory}
    hindrances = {
        one.person_id: one.hindrance for one in invitations.list_candidates(WRITER, room.states_session, day=AT.date())
    }
    assert hindrances == {
        room.party: None, room.signatory: None, room.observer: "closed", room.ngo: "closed", room.silent: "no_address"
    }  # fmt: skip


def test_a_person_without_account_is_judged_as_one_with_an_account(room: Room) -> None:
    people = [room.party, room.observer]
    before = may_see(room.states_session, people, day=AT.date())
    for name in ("party", "observer"):
        user(f"{name}@test.example", db.session.get_one(Person, getattr(room, name)))
    assert may_see(room.states_session, people, day=AT.date()) == before == {room.party}


def test_a_person_of_a_state_without_a_delegation_is_denied(room: Room) -> None:
    lone = stakeholders.person("Lone")
    with changes.change(WRITER, at=AT):
        state = db.session.scalars(select(Stakeholder).where(Stakeholder.iso2 == "XA")).one()
        db.session.get_one(Person, lone.id).stakeholder_id = state.id
    assert may_see(room.states_session, [lone.id], day=AT.date()) == set()


@pytest.mark.parametrize("names", [["observer"], ["silent"], ["party", "ngo"]])
def test_nobody_is_invited_where_one_may_not_be(room: Room, names: list[str]) -> None:
    with pytest.raises(Invalid):
        invite(room, *names, session="states_session")
    assert messages() == []


def test_nobody_is_invited_to_what_is_over_off_or_not_released(room: Room) -> None:
    with pytest.raises(Conflict):
        invite(room, "party", at=AT + timedelta(days=40_000))
    release(room, at=LATER, state="cancelled")
    with pytest.raises(Conflict):
        invite(room, "party", at=LATER)


def test_an_address_that_changed_is_not_written_to_with_news(room: Room) -> None:
    invite(room, "party")
    send_all()
    edit(db.session.get_one(Person, room.party), email="new@test.example", at=LATER)
    assert drafts() == [("party", "CANCEL", 1, "WG: What was learned")]
    invite(room, "party", at=LATER)
    assert [one[:2] for one in drafts()] == [("party", "CANCEL"), ("new", "REQUEST")]


def test_what_an_officer_withdrew_is_drafted_again_only_when_there_is_news(room: Room) -> None:
    invite(room, "party")
    send_all()
    release(room, at=LATER, title="Other")
    (draft,) = messages(MessageState.DRAFT)
    outbox.withdraw(WRITER, draft.id, at=LATER)
    edit(db.session.get_one(Person, room.party), function="Counsellor", at=LATER)
    assert drafts() == []
    release(room, at=LATER + timedelta(hours=1), title="Another")
    assert [one[3] for one in drafts()] == ["WG: Another"]


def test_taken_back_and_invited_again(room: Room) -> None:
    invite(room, "party")
    send_all()
    invitations.take_back(WRITER, invitation_of(room.party, room.open_session).id, at=LATER)
    send_all(LATER)
    invite(room, "party", at=LATER)
    assert drafts() == [("party", "REQUEST", 2, "WG: What was learned")]


@pytest.mark.parametrize("why", ["taken back", "closed to them"])
def test_a_withdrawal_that_is_on_its_way_is_not_held_up_by_what_becomes_of_the_session(room: Room, why: str) -> None:
    invite(room, "ngo")
    send_all()
    if why == "taken back":
        invitations.take_back(WRITER, invitation_of(room.ngo, room.open_session).id, at=LATER)
    else:
        release(room, at=LATER, audience_own=int(Ground.STATES), title="Closed")
    outbox.queue_all(WRITER, at=LATER)
    release(room, at=LATER + timedelta(minutes=1), title="Other")
    release(room, at=LATER + timedelta(minutes=2), title="Another")
    assert outbox.claim(WRITER, at=LATER + timedelta(minutes=3))
    assert told(messages()[-1]) == ("ngo", "CANCEL", 1, "WG: What was learned")
