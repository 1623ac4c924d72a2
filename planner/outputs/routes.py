"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
from planner.web.viewer import public_route

bp = Blueprint("outputs", __name__)


@bp.get("/decisions/<int:record_id>")
@public_route
def decision_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/outputs/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show it."""
    raise NotVisible
