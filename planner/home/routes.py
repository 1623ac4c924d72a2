"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
from planner.web.viewer import public_route

bp = Blueprint("home", __name__)


@bp.get("/")
@public_route
def index() -> str:
    """Show it."""
    raise NotVisible


@bp.get("/registers")
@public_route
def registers() -> str:
    """Show it."""
    raise NotVisible


@bp.get("/search")
@public_route
def search() -> str:
    """Show it."""
    raise NotVisible
