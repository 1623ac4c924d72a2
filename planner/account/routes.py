"""Pages of this area."""

from flask import Blueprint

from planner.core.errors import NotVisible
from planner.web.viewer import public_route

bp = Blueprint("account", __name__)


@bp.get("/account/sign-in")
@public_route
def sign_in() -> str:
    """Show it."""
    raise NotVisible


@bp.get("/account/sign-out")
@public_route
def sign_out() -> str:
    """Show it."""
    raise NotVisible


@bp.get("/account/profile")
@public_route
def profile() -> str:
    """Show it."""
    raise NotVisible
