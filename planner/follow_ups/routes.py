"""Pages of follow-up actions."""

from flask import Blueprint, Response, render_template

from planner.services import follow_ups
from planner.web import registers
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("follow_ups", __name__)


@bp.get("/follow-ups")
@public_route
def index() -> Response | str:
    """List follow-ups."""
    return registers.show("follow_ups", current="follow-ups")


@bp.get("/follow-ups/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show a follow-up."""
    view = follow_ups.get_follow_up(current_viewer(), record_id)
    return render_template("follow_ups/page.html", view=view, frame=view.frame, current="follow-ups")
