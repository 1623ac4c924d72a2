"""Pages of contributions."""

from flask import Blueprint, Response

from planner.core.errors import NotVisible
from planner.web import registers
from planner.web.viewer import public_route

bp = Blueprint("contributions", __name__)


@bp.get("/contributions/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/contributions")
@public_route
def index() -> Response | str:
    """List contributions."""
    return registers.show("contributions", current="sessions")
