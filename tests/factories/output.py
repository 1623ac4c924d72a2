"""Outputs, what the Conference did with them, decisions and follow-ups, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from planner.core.db import db
from planner.models import ConferenceAction, Cycle, Decision, FollowUp, Meeting, Output, Record
from planner.rules.audience import Ground
from planner.rules.lifecycle import ConferenceVerb
from planner.services import changes
from tests.factories.meeting import AT, WRITER


def make_output(title: str, *, at: datetime = AT, **values: Any) -> Output:
    """Make a public report that has been drafted and comes of nothing yet."""
    with changes.change(WRITER, at=at):
        values = {"output_kind": "report", "state": "drafted", "audience_own": int(Ground.PUBLIC), **values}
        output = Output(title=title, **values)
        db.session.add(output)
    return output


def act_on(record: Record, verb: ConferenceVerb, cycle: Cycle, *, at: datetime = AT) -> None:
    """Record what the Conference of a cycle did with a record."""
    with changes.change(WRITER, at=at):
        db.session.add(ConferenceAction(record_id=record.id, verb=verb, cycle_id=cycle.id))


def make_decision(meeting: Meeting, text: str, *, at: datetime = AT, **values: Any) -> Decision:
    """Make a decision of a meeting that asks nobody."""
    with changes.change(WRITER, at=at):
        values = {"position": 0, "state": "recorded", "audience_parent_id": meeting.id, **values}
        decision = Decision(title=text, meeting_id=meeting.id, **values)
        db.session.add(decision)
    return decision


def make_follow_up(title: str, *, at: datetime = AT, **values: Any) -> FollowUp:
    """Make a public, open follow-up without owner and date."""
    with changes.change(WRITER, at=at):
        values = {"state": "open", "audience_own": int(Ground.PUBLIC), **values}
        follow_up = FollowUp(title=title, **values)
        db.session.add(follow_up)
    return follow_up
