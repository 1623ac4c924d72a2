"""A reconstruction moves nowhere; a working copy that is withdrawn gives its place free."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from planner.core.db import db
from planner.core.errors import Conflict
from planner.models import Plan, PlanItem, PlanItemRevision, PlanVersion, VersionKind
from planner.rules.lifecycle import LIFECYCLES
from planner.services import audit_chain, editing
from planner.services.plans.versions import get_version
from tests.conftest import NOW
from tests.services.consultations.shared import answer_all
from tests.services.editing.shared import first, viewer

DRAFTED = "Drafted, and given up"
WITHDRAWN = {"reason": "Begun from the wrong end"}


def working_copy(plan: Plan) -> PlanVersion:
    copies = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.version_kind == "working_copy")
    return db.session.scalars(copies).one()


def shown_item(plan: Plan) -> tuple[PlanItem, str]:
    """Return an item that everybody sees, and the title that they see."""
    rows = select(PlanItem, PlanItemRevision.title).join(PlanItemRevision, PlanItemRevision.item_id == PlanItem.id)
    found = rows.where(PlanItem.plan_id == plan.id, PlanItemRevision.is_shown).order_by(PlanItem.id)
    item, title = db.session.execute(found).first()
    return item, title


def titles_in(version: PlanVersion) -> dict[int, str]:
    rows = select(PlanItemRevision.item_id, PlanItemRevision.title)
    return dict(db.session.execute(rows.where(PlanItemRevision.version_id == version.id)).all())


def withdraw(version: PlanVersion) -> PlanVersion:
    return editing.move_record(viewer("chair"), version.id, "withdraw", rev=version.rev, at=NOW, given=WITHDRAWN)


@pytest.mark.parametrize("verb_name", sorted({move.verb_name for move in LIFECYCLES["plan_version"].moves}))
def test_a_reconstruction_offers_no_move_and_refuses_each(full_context, verb_name):
    admin = viewer("admin")
    rebuilt = db.session.scalars(
        select(PlanVersion).where(PlanVersion.version_kind == "reconstruction").order_by(PlanVersion.id)
    ).first()
    page = get_version(admin, rebuilt.id)
    assert (page.frame.moves, page.frame.next_move) == ((), None)
    with pytest.raises(Conflict):
        editing.get_move(admin, rebuilt.id, verb_name)
    given = {"deadline": "2027-01-15 18:00", "reason": "x"}
    with pytest.raises(Conflict):
        editing.move_record(admin, rebuilt.id, verb_name, rev=rebuilt.rev, at=NOW, given=given)
    db.session.refresh(rebuilt)
    assert (rebuilt.state, rebuilt.number, rebuilt.acted_by_cycle_id) == ("draft", None, None)


def test_a_working_copy_that_is_withdrawn_is_a_closed_version_that_officers_alone_see(full_context):
    plan = first(Plan)
    copy = working_copy(plan)
    item, old = shown_item(plan)
    editing.edit_record(viewer("chair"), item.id, rev=item.rev, at=NOW, values={"title": DRAFTED})
    drafted = titles_in(copy)
    gone = withdraw(copy)
    assert (gone.version_kind, gone.number, gone.title, gone.state, gone.published, gone.on_text) == (
        VersionKind.NUMBERED, 4, "Version 4", "withdrawn", False, "2026-11-24",
    )  # fmt: skip
    db.session.refresh(item)
    assert (item.title, item.public_title) == (old, None)
    assert titles_in(gone) == drafted
    assert audit_chain.broken_audit_entry() is None


def test_the_next_edit_opens_a_working_copy_of_what_is_shown(full_context):
    chair, plan = viewer("chair"), first(Plan)
    item, old = shown_item(plan)
    gone = withdraw(working_copy(plan))
    kept = titles_in(gone)
    shown = db.session.scalars(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.state == "circulated")
    ).one()
    db.session.refresh(item)
    editing.edit_record(chair, item.id, rev=item.rev, at=NOW, values={"title": "Begun anew"})
    copy = working_copy(plan)
    assert (copy.state, copy.number, copy.based_on_id, copy.published) == ("draft", None, shown.id, False)
    assert copy.position > gone.position
    assert titles_in(copy) == {**titles_in(shown), item.id: "Begun anew"}
    assert titles_in(gone) == kept
    assert titles_in(shown)[item.id] == old
    circulated = editing.move_record(
        chair, copy.id, "circulate", rev=copy.rev, at=NOW, given={"deadline": "2027-01-15 18:00"}
    )
    assert (circulated.number, circulated.state, shown_item(plan)[1]) == (5, "circulated", "Begun anew")


def test_an_edit_after_the_conference_acted_opens_a_working_copy(full_context):
    chair, plan = viewer("chair"), first(Plan)
    withdraw(working_copy(plan))
    answer_all(at=NOW)
    version = db.session.scalars(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.state == "circulated")
    ).one()
    submitted = editing.move_record(chair, version.id, "submit", rev=version.rev, at=NOW, given={})
    given = {"cycle_id": plan.first_cycle_id}
    endorsed = editing.move_record(chair, version.id, "endorse", rev=submitted.rev, at=NOW, given=given)
    kept = titles_in(endorsed)
    item, _ = shown_item(plan)
    editing.edit_record(chair, item.id, rev=item.rev, at=NOW, values={"title": "For the next cycle"})
    copy = working_copy(plan)
    assert (copy.based_on_id, titles_in(copy)) == (endorsed.id, {**kept, item.id: "For the next cycle"})
    assert titles_in(endorsed) == kept


def test_an_item_that_was_drafted_only_there_is_taken_up_by_an_edit(full_context):
    chair, plan = viewer("chair"), first(Plan)
    theme = db.session.scalars(
        select(PlanItem).where(PlanItem.plan_id == plan.id, PlanItem.item_kind == "theme").order_by(PlanItem.id)
    ).first()
    values = {"title": "Only drafted", "plan_id": plan.id, "item_kind": "topic", "parent_id": theme.id}
    item = editing.create_record(chair, "plan_item", at=NOW, values=values)
    gone = withdraw(working_copy(plan))
    db.session.refresh(item)
    editing.edit_record(chair, item.id, rev=item.rev, at=NOW, values={"text": "Taken up."})
    copy = working_copy(plan)
    assert titles_in(copy)[item.id] == titles_in(gone)[item.id] == "Only drafted"


def test_a_working_copy_that_is_made_by_hand_begins_with_what_is_shown(full_context):
    plan = first(Plan)
    withdraw(working_copy(plan))
    shown = db.session.scalars(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.state == "circulated")
    ).one()
    values = {"title": "Second try", "plan_id": plan.id}
    made = editing.create_record(viewer("chair"), "plan_version", at=NOW, values=values)
    assert titles_in(made) == titles_in(shown)
