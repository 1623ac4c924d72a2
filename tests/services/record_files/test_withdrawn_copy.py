"""A working copy that was withdrawn is a version like others in an export, and officers alone see it elsewhere too."""

from __future__ import annotations

from sqlalchemy import select

from planner.core.db import db
from planner.models import Origin, Plan, PlanItem, PlanItemRevision, PlanVersion
from planner.services import editing
from planner.services.record_files import export_record
from planner.services.record_files.compare import snapshot
from tests.conftest import NOW
from tests.services.editing.shared import first, viewer


def withdraw_and_begin_anew() -> int:
    """Withdraw the working copy of the illustration's plan, then edit an item; return the id of the withdrawn one."""
    chair, plan = viewer("chair"), first(Plan)
    copy = db.session.scalars(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.version_kind == "working_copy")
    ).one()
    editing.move_record(chair, copy.id, "withdraw", rev=copy.rev, at=NOW, given={"reason": "Begun from the wrong end"})
    shown = select(PlanItem).join(PlanItemRevision, PlanItemRevision.item_id == PlanItem.id)
    item = db.session.scalars(shown.where(PlanItem.plan_id == plan.id, PlanItemRevision.is_shown)).first()
    editing.edit_record(chair, item.id, rev=item.rev, at=NOW, values={"title": "Begun anew"})
    return copy.id


def test_a_withdrawn_working_copy_comes_back_as_it_is(full_context, elsewhere, tmp_path):
    withdrawn = withdraw_and_begin_anew()
    export_record(tmp_path / "all", origins=tuple(Origin))
    here = snapshot()
    there = elsewhere(tmp_path / "all")
    ref = db.session.get_one(PlanVersion, withdrawn).ref
    for table in ("record", "plan_version", "plan_item_revision"):
        assert there[table] == here[table]
    assert any(ref in str(row) for row in here["record"])
