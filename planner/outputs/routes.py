"""Pages of outputs and decisions."""

from flask import Blueprint, Response, render_template

from planner.services import outputs
from planner.web import registers
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("outputs", __name__)


@bp.get("/outputs")
@public_route
def index() -> Response | str:
    """List outputs."""
    return registers.show("outputs")


@bp.get("/decisions")
@public_route
def decisions() -> Response | str:
    """List decisions."""
    return registers.show("decisions")


@bp.get("/decisions/<int:record_id>")
@public_route
def decision_page(record_id: int) -> str:
    """Show a decision."""
    view = outputs.get_decision(current_viewer(), record_id)
    return render_template("outputs/decision.html", view=view, frame=view.frame, current="registers")


@bp.get("/outputs/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show an output."""
    view = outputs.get_output(current_viewer(), record_id)
    return render_template("outputs/page.html", view=view, frame=view.frame, current="registers")
