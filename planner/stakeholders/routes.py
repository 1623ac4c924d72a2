"""Pages of stakeholders and people."""

from flask import Blueprint, Response, render_template

from planner.services import stakeholders
from planner.web import registers
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("stakeholders", __name__)


@bp.get("/stakeholders")
@public_route
def index() -> Response | str:
    """List stakeholders."""
    return registers.show("stakeholders")


@bp.get("/people")
@public_route
def people() -> Response | str:
    """List people: all for officers, for anybody else at most themself."""
    return registers.show("people")


@bp.get("/people/<int:record_id>")
@public_route
def person_page(record_id: int) -> str:
    """Show a person."""
    view = stakeholders.get_person(current_viewer(), record_id)
    return render_template("stakeholders/person.html", view=view, frame=view.frame, current="registers")


@bp.get("/stakeholders/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show a stakeholder."""
    view = stakeholders.get_stakeholder(current_viewer(), record_id)
    return render_template("stakeholders/page.html", view=view, frame=view.frame, current="registers")
