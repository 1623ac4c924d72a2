"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
from planner.web.viewer import public_route

bp = Blueprint("sessions", __name__)


@bp.get("/meetings/<int:record_id>")
@public_route
def meeting_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/sessions/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/releases/<int:record_id>")
@public_route
def release_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/sessions")
@public_route
def index() -> str:
    """Show it."""
    raise NotVisible
