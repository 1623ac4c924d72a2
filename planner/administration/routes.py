"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
from planner.web.viewer import public_route

bp = Blueprint("administration", __name__)


@bp.get("/workbench")
@public_route
def workbench() -> str:
    """Show it."""
    raise NotVisible
