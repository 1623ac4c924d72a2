"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
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
