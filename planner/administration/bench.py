"""The workbench: what waits for the officer, and what they may create."""

from __future__ import annotations

from flask import render_template

from planner.administration.blueprint import bp, url_after
from planner.core import clock
from planner.services import editing, invitations, reasons, workbench
from planner.services.editing import SPECS
from planner.web.viewer import current_viewer

_GROUPS = (
    ("plan", "plan_version", "plan_item", "cycle", "body", "office"),
    ("meeting", "plan_session", "agenda_item", "call", "offer", "contribution"),
    ("output", "decision", "follow_up"),
    ("document", "source", "instrument", "stakeholder", "person"),
)


@bp.get("/workbench", endpoint="workbench")
def show_workbench() -> str:
    """Show what waits for the officer."""
    viewer = current_viewer()
    parts = workbench.get_workbench(viewer, at=clock.now())
    groups = [[kind for kind in group if kind in SPECS and editing.may_create(viewer, kind)] for group in _GROUPS]
    return render_template(
        "administration/workbench.html",
        parts=parts,
        groups=[group for group in groups if group],
        refused_count=invitations.count_open_refused(viewer),
        current="workbench",
    )


@bp.get("/administration/why/<int:record_id>")
def why(record_id: int) -> str:
    """Say who can see a record, and why."""
    found = reasons.get_reasons(current_viewer(), record_id)
    return render_template(
        "administration/why.html",
        found=found,
        back=url_after(found.record.kind, record_id),
        current="workbench",
    )
