"""The signed-in user as a Viewer value; the only user of flask_login. A route is closed unless it is marked public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from planner.access.viewer import Viewer, public
from planner.core import clock
from planner.services import accounts

F = TypeVar("F", bound=Callable[..., Any])

manager = LoginManager()


class SignedIn(UserMixin):
    """What Flask-Login keeps of a user: id and session epoch in the cookie, the viewer for this request."""

    def __init__(self, viewer: Viewer, epoch: int) -> None:
        """Keep the viewer."""
        self.viewer = viewer
        self.epoch = epoch

    def get_id(self) -> str:
        """Return what the cookie carries; another epoch makes the cookie void (sign-out everywhere)."""
        return f"{self.viewer.user_id}.{self.epoch}"


def init_app(app: Flask) -> None:
    """Join Flask-Login and the rule that a route is closed unless it is marked public."""
    manager.init_app(app)
    app.before_request(_require_sign_in)
    app.context_processor(_about_viewer)


@manager.user_loader
def _load(cookie: str) -> SignedIn | None:
    user_id, _, epoch = cookie.partition(".")
    if not (user_id.isdigit() and epoch.isdigit() and len(cookie) < 40):
        return None
    viewer = accounts.load_viewer(int(user_id), int(epoch), day=clock.today())
    return SignedIn(viewer, int(epoch)) if viewer else None


def public_route(view: F) -> F:
    """Mark a route that strangers may open; what they see there is the audience rule's matter."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def current_viewer() -> Viewer:
    """Return who is looking, worked out once per request."""
    if "viewer" not in g:
        user = current_user._get_current_object()  # noqa: SLF001 - the public name of a werkzeug proxy's content
        g.viewer = user.viewer if isinstance(user, SignedIn) else public(clock.today())
    viewer: Viewer = g.viewer
    return viewer


def sign_in(viewer: Viewer, epoch: int) -> None:
    """Begin a session for a viewer. What the cookie held before is dropped, the language apart: none is taken over.

    It lasts 14 days from the last visit (PERMANENT_SESSION_LIFETIME) and, signed with the stored key, through restarts.
    """
    _forget_session()
    session.permanent = True
    login_user(SignedIn(viewer, epoch))
    g.viewer = viewer


def stand_for(viewer: Viewer) -> None:
    """Have this request answered for a viewer who gave another proof than a session: no session begins."""
    g.viewer = viewer


def sign_out() -> None:
    """End this session."""
    logout_user()
    _forget_session()
    g.viewer = public(clock.today())


def _forget_session() -> None:
    language = session.get("lang")
    session.clear()
    if language is not None:
        session["lang"] = language


def _require_sign_in() -> Response | None:
    if request.endpoint in (None, "static"):
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False) or current_viewer().is_signed_in:
        return None
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.sign_in", next=target), code=303)


def _about_viewer() -> dict[str, Any]:
    viewer = current_viewer()
    return {
        "viewer": viewer,
        "person_name": viewer.name if viewer.is_signed_in else None,
        "is_officer": viewer.is_officer,
        "stands_for": list(viewer.stakeholders) if len(viewer.stakeholders) == 1 else [],
    }
