"""Pages of contributions."""

from flask import Blueprint, Response, render_template

from planner.services import contributions
from planner.web import registers
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("contributions", __name__)


@bp.get("/contributions/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show a contribution."""
    view = contributions.get_contribution(current_viewer(), record_id)
    return render_template("contributions/page.html", view=view, frame=view.frame, current="sessions")


@bp.get("/contributions")
@public_route
def index() -> Response | str:
    """List contributions."""
    return registers.show("contributions", current="sessions")
