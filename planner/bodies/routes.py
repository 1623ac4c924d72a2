"""Pages of bodies and offices."""

from flask import Blueprint, Response, render_template

from planner.services import bodies
from planner.web import registers
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("bodies", __name__)


@bp.get("/bodies")
@public_route
def index() -> Response | str:
    """List bodies."""
    return registers.show("bodies")


@bp.get("/offices")
@public_route
def offices() -> Response | str:
    """List offices."""
    return registers.show("offices")


@bp.get("/bodies/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show a body."""
    return _page(bodies.get_body(current_viewer(), record_id))


@bp.get("/bodies/<string:slug>")
@public_route
def page_by_slug(slug: str) -> str:
    """Show a body by its name, under which its calendar is found too."""
    return _page(bodies.get_body_by_slug(current_viewer(), slug))


@bp.get("/offices/<int:record_id>")
@public_route
def office_page(record_id: int) -> str:
    """Show an office."""
    view = bodies.get_office(current_viewer(), record_id)
    return render_template("bodies/office.html", view=view, frame=view.frame, current="registers")


def _page(view: bodies.BodyView) -> str:
    return render_template("bodies/page.html", view=view, frame=view.frame, current="registers")
