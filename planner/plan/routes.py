"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
from planner.web.viewer import public_route

bp = Blueprint("plan", __name__)


@bp.get("/cycles/<int:record_id>")
@public_route
def cycle_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/plans/<int:record_id>")
@public_route
def plan_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/plan-items/<int:record_id>")
@public_route
def item_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/plan-versions/<int:record_id>")
@public_route
def version_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/stages/<int:record_id>")
@public_route
def stage_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/articles/<int:record_id>")
@public_route
def article_page(record_id: int) -> str:
    """Show it."""
    raise NotVisible


@bp.get("/plan")
@public_route
def index() -> str:
    """Show it."""
    raise NotVisible
