"""Who is let in by name: what they see, what hangs on it, and that an invitation is never wider than what is above."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.models import AudienceGrant, Body, Contribution, Meeting, Offer, PlanItem, Record, Stakeholder
from planner.services import audit_chain, editing, history
from tests.conftest import NOW
from tests.services.editing.shared import a_document, first, group, invalid, viewer

PEOPLE = ("delegate", "signatory", "observer", "ngo")


def who_sees(record: Record) -> set[str]:
    seen = select(Record.id).where(Record.id == record.id)
    return {name for name in PEOPLE if db.session.scalar(seen.where(visible(viewer(name))))}


def stakeholder_of(person: Viewer) -> int:
    return next(iter(sorted(person.stakeholders)))


def edit(record: Record, **values: Any) -> Record:
    db.session.refresh(record)
    return editing.edit_record(viewer("admin"), record.id, rev=record.rev, at=NOW, values=values)


def a_meeting(**values: Any) -> Record:
    values = {"title": "A closed meeting", "body_id": group().id, "zone": "Europe/Zurich", **values}
    return editing.create_record(viewer("admin"), "meeting", at=NOW, values=values)


def test_named_ones_get_in_and_what_hangs_on_it_goes_with_it(full_context):
    ngo, observer = (stakeholder_of(viewer(name)) for name in ("ngo", "observer"))
    meeting = a_meeting(audience_own=["officers"], invited=[ngo])
    paper = a_document(title="Its paper", body_id=None, meeting_id=meeting.id)
    annex = a_document(title="An annex of it", body_id=None, annex_of_id=paper.id)
    three = (meeting, paper, annex)
    assert [who_sees(record) for record in three] == [{"ngo"}] * 3
    edit(meeting, invited=[ngo, observer])
    assert [who_sees(record) for record in three] == [{"ngo", "observer"}] * 3
    edit(meeting, invited=[observer], invited_people=[{"user_id": "Delegate@demo.example"}])
    assert [who_sees(record) for record in three] == [{"observer", "delegate"}] * 3
    assert editing.get_editable(viewer("admin"), meeting.id).values["invited_people"] == [
        {"user_id": "delegate@demo.example"}
    ]
    edit(meeting, invited=[], invited_people=[])
    assert [who_sees(record) for record in three] == [set()] * 3
    db.session.refresh(meeting)
    assert (meeting.audience_own, meeting.audience) == (64, 64)
    assert (
        db.session.scalars(select(AudienceGrant).where(AudienceGrant.record_id.in_([r.id for r in three]))).all() == []
    )
    assert audit_chain.broken_audit_entry() is None


def test_an_invitation_stands_in_the_history_by_name(full_context):
    ngo = db.session.get_one(Stakeholder, stakeholder_of(viewer("ngo")))
    meeting = a_meeting(audience_own=["officers"])
    edit(meeting, invited=[ngo.id], invited_people=[{"user_id": "delegate@demo.example"}])
    told = history.get_history(viewer("admin"), meeting.id).entries[0].lines
    came = sorted(str(line.new) for line in told if str(line.field) == "Let in by name")
    assert [(ngo.title in text, "delegate@demo.example" in text) for text in came] in (
        [(True, False), (False, True)],
        [(False, True), (True, False)],
    )


def test_who_is_invited_to_what_all_see_is_asked_who_else_sees_it(full_context):
    ngo = stakeholder_of(viewer("ngo"))
    values = {"title": "Open", "body_id": group().id, "zone": "Europe/Zurich"}
    assert list(invalid("meeting", {**values, "invited": [ngo]})) == ["invited"]
    people = [{"user_id": "ngo@demo.example"}]
    assert list(invalid("meeting", {**values, "invited_people": people})) == ["invited_people"]


def test_an_invitation_lets_nobody_into_what_is_closed_above(full_context):
    forum = db.session.scalars(select(Body).where(Body.slug == "illustration-closed-exchange")).one()
    ngo, state = (stakeholder_of(viewer(name)) for name in ("ngo", "delegate"))
    meeting = db.session.scalars(select(Meeting).where(Meeting.body_id == group().id, Meeting.origin == "illustration"))
    session = {"title": "Closed", "session_kind": "session", "audience_own": ["officers"]}
    closed = editing.create_record(
        viewer("admin"),
        "meeting",
        at=NOW,
        values={"title": "Of the forum", "body_id": forum.id, "zone": "Europe/Zurich"},
    )
    values = {**session, "meeting_id": closed.id}
    assert list(invalid("plan_session", {**values, "invited": [state, ngo]})) == ["invited.1"]
    made = editing.create_record(viewer("admin"), "plan_session", at=NOW, values={**values, "invited": [state]})
    made_open = editing.create_record(
        viewer("admin"), "plan_session", at=NOW,
        values={**session, "meeting_id": meeting.first().id, "invited": [state, ngo]},
    )  # fmt: skip
    # Not released: nobody but officers sees either of them yet, invited or not.
    assert (who_sees(made), who_sees(made_open)) == (set(), set())
    item = {"title": "x", "session_id": made.id, "audience_own": ["officers"]}
    assert list(invalid("agenda_item", {**item, "invited": [ngo]})) == ["invited.0"]


def test_names_that_nobody_bears_are_refused(full_context):
    values = {"title": "x", "body_id": group().id, "zone": "Europe/Zurich", "audience_own": ["officers"]}
    bad = [
        ({"invited": ["#999999"]}, "invited.0"),
        ({"invited": [str(group().id)]}, "invited.0"),
        ({"invited_people": [{"user_id": "nobody@demo.example"}]}, "invited_people.0.user_id"),
        (
            {"invited_people": [{"user_id": "ngo@demo.example"}, {"user_id": "NGO@demo.example"}]},
            "invited_people.1.user_id",
        ),
        ({"invited_people": [{"stakeholder_id": 3}]}, "invited_people"),
        ({"invited": [{"ground": 64}]}, "invited.0"),
    ]
    for given, fault in bad:
        assert (given, list(invalid("meeting", {**values, **given}))) == (given, [fault])


def test_the_owner_of_an_offer_stays_where_others_are_invited(full_context):
    offer = first(Offer, state="submitted")
    owners = {
        g.stakeholder_id for g in db.session.scalars(select(AudienceGrant).where(AudienceGrant.record_id == offer.id))
    }
    ngo = stakeholder_of(viewer("ngo"))
    edit(offer, audience_own=["officers"], invited=[ngo])
    grants = db.session.scalars(select(AudienceGrant).where(AudienceGrant.record_id == offer.id, AudienceGrant.own))
    assert {(g.ground, g.stakeholder_id) for g in grants} == {*((16, owner) for owner in owners), (32, ngo)}
    db.session.refresh(offer)
    assert offer.audience == 16 | 32 | 64


def test_a_contribution_is_its_owners_from_the_moment_it_is_recorded(full_context):
    delegate = viewer("delegate")
    item = db.session.scalars(
        select(PlanItem).where(PlanItem.origin == "illustration", PlanItem.published, PlanItem.item_kind == "question")
    ).first()
    values = {
        "title": "What we know of it", "contribution_kind": "answer", "item_id": item.id,
        "stakeholder_id": stakeholder_of(delegate),
    }  # fmt: skip
    made = editing.create_record(viewer("chair"), "contribution", at=NOW, values=values)
    assert isinstance(made, Contribution)
    assert (made.published, made.state, who_sees(made)) == (False, "invited", {"delegate"})
    edit(made, stakeholder_id=stakeholder_of(viewer("ngo")))
    assert who_sees(made) == {"ngo"}
