"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
from planner.web.viewer import public_route

bp = Blueprint("calendars", __name__)


@bp.get("/calendars")
@public_route
def index() -> str:
    """Show it."""
    raise NotVisible
