"""Pages of calls and presentations."""

from flask import Blueprint, Response

from planner.core.errors import NotVisible
from planner.web import registers
from planner.web.viewer import public_route

bp = Blueprint("presentations", __name__)


@bp.get("/calls/<int:record_id>")
@public_route
def call_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/presentations/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


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
