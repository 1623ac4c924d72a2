"""What a meeting gives and who came, what was said in a session, who proposed an item, what the Conference did."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from planner.access.visibility import visible
from planner.core.db import db
from planner.models import (
    AgendaItem,
    ConferenceAction,
    Cycle,
    Document,
    Meeting,
    Origin,
    Person,
    PlanSession,
    Record,
    Stakeholder,
    UserAccount,
)
from planner.services import audit_chain, changes, editing
from tests.conftest import NOW
from tests.services.editing.shared import a_document, changes_of, first, group, invalid, new_session, viewer

ARRANGED = {
    "seats": 200, "seats_per_delegation": 2, "rooms_per_day": 3, "proposals_due": "2027-01", "hybrid_allowed": "no",
    "only_outside_plenary": "yes",
}  # fmt: skip


def values_of(record: Record, *names: str) -> dict[str, Any]:
    values = editing.get_editable(viewer("admin"), record.id).values
    return {name: values[name] for name in names}


def edit(record: Record, **values: Any) -> None:
    db.session.refresh(record)
    editing.edit_record(viewer("admin"), record.id, rev=record.rev, at=NOW, values=values)
    db.session.refresh(record)


def a_meeting(**values: Any) -> Any:
    values = {"title": "A meeting", "body_id": group().id, "zone": "Europe/Zurich", **values}
    return editing.create_record(viewer("admin"), "meeting", at=NOW, values=values)


def states(count: int) -> list[int]:
    return list(
        db.session.scalars(select(Stakeholder.id).where(Stakeholder.is_state).order_by(Stakeholder.id).limit(count))
    )


def test_seats_and_side_events_are_kept_in_the_form_of_the_files(full_context):
    meeting = a_meeting(**{name: str(value) for name, value in ARRANGED.items()})
    assert (meeting.capacity, meeting.side_events) == (
        {"seats_per_delegation": 2, "seats": 200},
        {"rooms_per_day": 3, "proposals_due": "2027-01", "hybrid_allowed": False, "only_outside_plenary": True},
    )
    assert values_of(meeting, *ARRANGED) == ARRANGED
    edit(meeting, seats="", seats_per_delegation="", hybrid_allowed="")
    assert (meeting.capacity, "hybrid_allowed" in meeting.side_events) == (None, False)


def test_the_record_of_a_meeting_is_not_changed_by_its_form(full_context):
    meetings = db.session.scalars(
        select(Meeting).where(Meeting.capacity.is_not(None) | Meeting.side_events.is_not(None)).order_by(Meeting.id)
    ).all()
    assert [meeting.origin for meeting in meetings] == [Origin.RECORD, Origin.RECORD]
    for meeting in meetings:
        before = (meeting.rev, meeting.capacity, meeting.side_events)
        edit(meeting, **editing.get_editable(viewer("admin"), meeting.id).values)
        assert (meeting.rev, meeting.capacity, meeting.side_events) == before


def test_who_came_is_counted_by_group(full_context):
    meeting = a_meeting(attendance=[{"group": "states", "count": "12"}, {"group": "panellists", "count": "0"}])
    edit(meeting, attendance=[{"group": "panellists", "count": 5}, {"group": "observer_states", "count": 1}])
    assert values_of(meeting, "attendance") == {
        "attendance": [{"group": "panellists", "count": 5}, {"group": "observer_states", "count": 1}]
    }
    assert audit_chain.broken_audit_entry() is None


def test_whoever_is_registered_sees_what_is_open_to_participants(full_context):
    account = db.session.scalars(select(UserAccount).where(UserAccount.email == "observer@demo.example")).one()
    meeting = a_meeting()
    paper = a_document(body_id=None, meeting_id=meeting.id, audience_own=["participants"])
    seen = select(Record.id).where(Record.id == paper.id)
    assert db.session.scalar(seen.where(visible(viewer("observer")))) is None
    edit(meeting, registrations=[account.person_id])
    assert db.session.scalar(seen.where(visible(viewer("observer")))) == paper.id
    edit(meeting, registrations=[])
    assert db.session.scalar(seen.where(visible(viewer("observer")))) is None


def test_statements_keep_their_order_and_may_repeat(full_context):
    a, b, c = states(3)
    made: Any = editing.create_record(
        viewer("admin"), "plan_session", at=NOW,
        values={**new_session(), "interventions": [{"stakeholder_id": part} for part in (a, b, a)]},
    )  # fmt: skip
    edit(made, interventions=[{"stakeholder_id": c}, {"stakeholder_id": a}])
    assert values_of(made, "interventions") == {"interventions": [{"stakeholder_id": c}, {"stakeholder_id": a}]}
    session = db.session.scalars(select(PlanSession).where(PlanSession.id == made.id)).one()
    rows = db.session.scalars(select(type(session).interventions.property.mapper.class_).filter_by(session_id=made.id))
    assert sorted((row.position, row.stakeholder_id) for row in rows) == [(0, c), (1, a)]


def test_an_item_says_who_proposed_it_by_their_keys(full_context):
    proposers = states(2)
    refs = [db.session.scalar(select(Record.ref).where(Record.id == part)) for part in proposers]
    item: Any = first(AgendaItem)
    edit(item, proposed_by=[proposers[1], refs[0]])
    assert item.proposed_by == [refs[1], refs[0]]
    assert values_of(item, "proposed_by") == {"proposed_by": [proposers[1], proposers[0]]}
    edit(item, proposed_by=[])
    assert item.proposed_by is None


def test_acts_of_the_conference_are_corrected_where_they_stand(full_context):
    cycle = db.session.scalars(select(Cycle).where(Cycle.origin == "illustration").order_by(Cycle.id)).first()
    act = {"verb": "welcomes", "cycle_id": cycle.id, "paragraph": "21", "on_text": "2027-08", "document_id": None}
    document = a_document(actions=[act])
    edit(document, actions=[{**act, "paragraph": "22"}])
    rows = db.session.scalars(select(ConferenceAction).where(ConferenceAction.record_id == document.id)).all()
    assert [(row.verb, row.paragraph, row.on_text, row.origin) for row in rows] == [
        ("welcomes", "22", "2027-08", "illustration")
    ]
    assert list(changes_of(document)[-1].values()) == [["21", "22"]]


def test_a_document_of_the_illustration_keeps_its_symbol(full_context):
    document: Any = db.session.scalars(
        select(Document).where(Document.symbol.startswith("ILL/")).order_by(Document.id)
    ).first()
    symbol = document.symbol
    seen = editing.get_editable(viewer("secretariat"), document.id)
    assert seen.values["symbol_is_other"] is True
    edit(document, **{**seen.values, "title": "Another title", "symbol_is_other": False})
    assert (document.title, document.symbol, document.serial) == ("Another title", symbol, None)
    edit(document, symbol=f"{symbol}.Rev1", symbol_is_other=True)
    assert document.symbol == f"{symbol}.Rev1"


BAD_MEETINGS = [
    ({"seats": "0"}, "seats"),
    ({"seats": "many"}, "seats"),
    ({"rooms_per_day": "-1"}, "rooms_per_day"),
    ({"proposals_due": "soon"}, "proposals_due"),
    ({"hybrid_allowed": "maybe"}, "hybrid_allowed"),
    ({"capacity": {"seats": 1}}, "capacity"),
    ({"attendance": [{"group": "states"}]}, "attendance.0.count"),
    ({"attendance": [{"count": "3"}]}, "attendance.0.group"),
    ({"attendance": [{"group": "martians", "count": "3"}]}, "attendance.0.group"),
    ({"attendance": [{"group": "states", "count": "-3"}]}, "attendance.0.count"),
    ({"attendance": [{"group": "states", "count": "3"}, {"group": "states", "count": "4"}]}, "attendance.1.group"),
    ({"registrations": ["nobody of this name"]}, "registrations.0"),
    ({"registrations": ["#1"]}, "registrations.0"),
]


def test_a_bad_meeting_is_refused_beside_its_field(full_context):
    values = {"title": "A meeting", "body_id": group().id, "zone": "Europe/Zurich"}
    for given, fault in BAD_MEETINGS:
        assert (given, list(invalid("meeting", {**values, **given}))) == (given, [fault])
    session = new_session()
    for given, fault in (
        ({"interventions": [{"stakeholder_id": "nobody"}]}, "interventions.0.stakeholder_id"),
        ({"interventions": ["x"]}, "interventions"),
    ):
        assert (given, list(invalid("plan_session", {**session, **given}))) == (given, [fault])


def test_people_whom_the_officer_does_not_keep_stay_registered(full_context):
    """A name that is not open to the officer is no reason to lose it."""
    meeting = a_meeting()
    stranger = Person(title="Kept elsewhere", ref="kept-elsewhere", audience_own=64)
    with changes.change(viewer("admin"), at=NOW):
        db.session.add(stranger)
    edit(meeting, registrations=[stranger.id])
    chair = viewer("chair")
    assert db.session.scalar(select(Record.id).where(Record.id == stranger.id, visible(chair))) is None
    seen = editing.get_editable(chair, meeting.id)
    editing.edit_record(chair, meeting.id, rev=seen.rev, at=NOW, values={**seen.values, "title": "Another title"})
    assert values_of(meeting, "title", "registrations") == {"title": "Another title", "registrations": [stranger.id]}
