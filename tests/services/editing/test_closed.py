"""What the database keeps of a closed record is told in a sentence at the form, not as an error of the program."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from planner.core.db import db
from planner.core.errors import Invalid
from planner.models import ConferenceAction, FollowUp, Output
from planner.services import editing
from tests.conftest import NOW
from tests.services.editing.shared import first, viewer


def faults_of(record, **values):
    with pytest.raises(Invalid) as caught:
        editing.edit_record(viewer("admin"), record.id, rev=record.rev, at=NOW, values=values)
    return {name: str(text) for name, text in caught.value.fields.items()}


def test_the_last_act_on_an_output_stays(full_context):
    output = first(Output, state="acted_on")
    assert faults_of(output, actions=[]) == {
        "actions": "The Conference acted on the output, so one act stays. Add the right one before you take this away."
    }
    (act,) = editing.get_editable(viewer("admin"), output.id).values["actions"]
    right = {**act, "verb": "welcomes"}
    editing.edit_record(viewer("admin"), output.id, rev=output.rev, at=NOW, values={"actions": [right]})
    acts = select(ConferenceAction.verb).where(ConferenceAction.record_id == output.id)
    assert list(db.session.scalars(acts)) == ["welcomes"]


def test_a_follow_up_that_is_done_keeps_its_due_day(full_context):
    done = first(FollowUp, state="done")
    missing = {"": "To be done it needs evidence, an owner, and a day or a session."}
    assert faults_of(done, due_on=None) == missing


def test_a_follow_up_without_a_due_day_is_not_done(full_context):
    chair, open_one = viewer("chair"), first(FollowUp, state="open", due_session_id=None)
    edited = editing.edit_record(chair, open_one.id, rev=open_one.rev, at=NOW, values={"due_on": None})
    with pytest.raises(Invalid) as caught:
        editing.move_record(chair, edited.id, "close", rev=edited.rev, at=NOW, given={"evidence": "Sent."})
    assert {name: str(text) for name, text in caught.value.fields.items()} == {
        "": "To be done it needs evidence, an owner, and a day or a session."
    }
    db.session.refresh(edited)
    assert (edited.state, edited.evidence) == ("open", None)
