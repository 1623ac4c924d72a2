"""The workbench: what waits for the officer, and what they may create."""

from __future__ import annotations

from flask import render_template

from planner.administration.blueprint import bp
from planner.core import clock
from planner.services import editing, workbench
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
        current="workbench",
    )
