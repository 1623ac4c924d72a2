"""Pages of calls and presentations."""

from flask import Blueprint, Response, render_template

from planner.services import presentations
from planner.web import registers
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("presentations", __name__)


@bp.get("/calls/<int:record_id>")
@public_route
def call_page(record_id: int) -> str:
    """Show a call."""
    view = presentations.get_call(current_viewer(), record_id)
    return render_template("presentations/call.html", view=view, frame=view.frame, current="sessions")


@bp.get("/presentations/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show a presentation."""
    view = presentations.get_offer(current_viewer(), record_id)
    return render_template("presentations/page.html", view=view, frame=view.frame, current="sessions")


@bp.get("/presentations")
@public_route
def index() -> Response | str:
    """List presentations."""
    return registers.show("presentations", current="sessions")


@bp.get("/calls")
@public_route
def calls() -> Response | str:
    """List calls."""
    return registers.show("calls", current="sessions")
