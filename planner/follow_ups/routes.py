"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
from planner.web.viewer import public_route

bp = Blueprint("follow_ups", __name__)


@bp.get("/follow-ups/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/follow-ups")
@public_route
def index() -> str:
    """Show it."""
    raise NotVisible
