"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
from planner.web.viewer import public_route

bp = Blueprint("stakeholders", __name__)


@bp.get("/people/<int:record_id>")
@public_route
def person_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/stakeholders/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show it."""
    raise NotVisible
