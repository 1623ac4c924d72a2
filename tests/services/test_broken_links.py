"""A world with seven planted broken links, each of another kind, reports exactly those seven."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from planner.access.viewer import Viewer, system
from planner.core.db import db
from planner.models import (
    Body,
    BodyKind,
    Cycle,
    Decision,
    Document,
    FollowUp,
    ItemKind,
    Meeting,
    Output,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    SessionItem,
    VersionKind,
)
from planner.services import changes
from planner.services.broken_links import check_plan

from ..conftest import NOW


@pytest.fixture
def whole_world(context: None, actor: Viewer) -> dict[str, int]:
    """A small world in which every link that is due is there."""
    with changes.change(actor, at=NOW):
        body = Body(ref="b", title="Body", slug="b", code="B", body_kind=BodyKind.WORKING_GROUP, audience_own=1)
        cycle = Cycle(
            ref="c", title="C1", series="t", number=1, code="C1", from_on=date(2025, 9, 1), until_on=date(2026, 9, 1),
            audience_own=1,
        )  # fmt: skip
        paper = Document(ref="d", title="Mandate", doc_kind="decision", audience_own=1)
        db.session.add_all([body, cycle, paper])
        db.session.flush()
        plan = Plan(ref="p", title="Plan", body_id=body.id, proposed_by_id=paper.id, audience_parent_id=body.id)
        db.session.add(plan)
        db.session.flush()
        version = PlanVersion(
            ref="v", title="Version 1", plan_id=plan.id, version_kind=VersionKind.NUMBERED, number=1, position=1,
            state="circulated", audience_parent_id=plan.id,
        )  # fmt: skip
        meeting = Meeting(
            ref="m", title="Meeting", body_id=body.id, zone="Europe/Zurich", state="held", audience_parent_id=body.id
        )
        db.session.add_all([version, meeting])
        db.session.flush()
        theme = add_item(plan, version, cycle, "theme", ItemKind.THEME, None)
        topic = add_item(plan, version, cycle, "topic", ItemKind.TOPIC, theme)
        held = PlanSession(
            ref="s", title="Session", meeting_id=meeting.id, body_id=body.id, position=0, zone="Europe/Zurich",
            state="held", audience_parent_id=meeting.id,
        )  # fmt: skip
        db.session.add(held)
        db.session.flush()
        db.session.add(SessionItem(session_id=held.id, item_id=topic.id, position=0))
        db.session.add(
            Output(ref="o", title="Output", output_kind="report", state="drafted", session_id=held.id,
                   audience_parent_id=held.id)
        )  # fmt: skip
        return {"body": body.id, "cycle": cycle.id, "plan": plan.id, "version": version.id, "meeting": meeting.id,
                "session": held.id}  # fmt: skip


def add_item(
    plan: Plan, version: PlanVersion, cycle: Cycle, ref: str, kind: ItemKind, parent: PlanItem | None
) -> PlanItem:
    item = PlanItem(ref=ref, title=ref, plan_id=plan.id, item_kind=kind, audience_parent_id=version.id)
    db.session.add(item)
    db.session.flush()
    db.session.add(
        PlanItemRevision(item_id=item.id, version_id=version.id, title=ref, cycle_id=cycle.id, position=0,
                         is_shown=True, parent_id=parent.id if parent else None)
    )  # fmt: skip
    return item


def reported(day: date) -> set[str]:
    return {link.ref for link in check_plan(system(day, "test"))}


def test_a_whole_world_has_no_broken_link(whole_world: dict[str, int]) -> None:
    assert reported(NOW.date()) == set()


def test_seven_planted_broken_links_are_found_and_no_other(whole_world: dict[str, int], actor: Viewer) -> None:
    ids = whole_world
    with changes.change(actor, at=NOW):
        plan = db.session.scalars(select(Plan).where(Plan.id == ids["plan"])).one()
        version = db.session.scalars(select(PlanVersion).where(PlanVersion.id == ids["version"])).one()
        cycle = db.session.scalars(select(Cycle).where(Cycle.id == ids["cycle"])).one()
        empty_theme = add_item(plan, version, cycle, "theme-without-topic", ItemKind.THEME, None)
        full_theme = add_item(plan, version, cycle, "another-theme", ItemKind.THEME, None)
        add_item(plan, version, cycle, "topic-not-treated", ItemKind.TOPIC, full_theme)
        assert empty_theme.id
        asked = Decision(
            ref="decision-without-follow-up", title="Asked the body", meeting_id=ids["meeting"], position=1,
            state="recorded", asked_id=ids["body"], audience_parent_id=ids["meeting"],
        )  # fmt: skip
        db.session.add_all([
            PlanSession(ref="session-of-nothing", title="Session", meeting_id=ids["meeting"], body_id=ids["body"],
                        position=2, zone="Europe/Zurich", state="held", audience_parent_id=ids["meeting"]),
            Output(ref="output-of-nothing", title="Output", output_kind="report", state="drafted",
                   audience_parent_id=ids["body"]),
            asked,
            FollowUp(ref="follow-up-of-nobody", title="Do it", state="open", due_on=date(2027, 1, 1),
                     comes_from_id=ids["session"], audience_parent_id=ids["session"]),
            FollowUp(ref="follow-up-without-date", title="Do it", state="open", owner_id=ids["body"],
                     comes_from_id=ids["session"], audience_parent_id=ids["session"]),
        ])  # fmt: skip
    assert reported(NOW.date()) == {
        "theme-without-topic",
        "topic-not-treated",
        "decision-without-follow-up",
        "session-of-nothing",
        "output-of-nothing",
        "follow-up-of-nobody",
        "follow-up-without-date",
    }
