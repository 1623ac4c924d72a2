"""Headers of every answer, the CSRF guard, and hashed addresses of static files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect

from planner.core import paths

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
ONE_YEAR = 31_536_000

F = TypeVar("F", bound=Callable[..., Any])

csrf = CSRFProtect()


class _Sessions(SecureCookieSessionInterface):
    """Keeps cookies, and `Vary: Cookie`, away from answers that are public: proxies may keep those for everybody."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the session, but not beside a public answer, nor beside one that another key than a session opens."""
        rule = request.url_rule
        view = app.view_functions.get(request.endpoint or "")
        has_key = getattr(view, "is_sessionless", False) or (rule is not None and "token" in rule.arguments)
        if not (_is_public(response) or has_key):
            super().save_session(app, session, response)


def sessionless(view: F) -> F:
    """Mark a route that programs open with a key of their own: it writes no cookie."""
    view.is_sessionless = True  # type: ignore[attr-defined]
    return view


def checks_itself(view: F) -> F:
    """Mark a route whose own form checks the token, or whose address is the proof: the form comes back as typed where
    the token is not right, instead of an error page.
    """
    csrf.exempt(view)
    return view


def init_app(app: Flask) -> None:
    """Join the guards to the application."""
    csrf.init_app(app)
    app.session_interface = _Sessions()
    app.after_request(_add_headers)
    app.url_defaults(_add_digest)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}; includeSubDomains")
    if request.endpoint == "static" and request.args.get("v") and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    elif _is_public(response):
        # a feed is the same for everybody, and says so itself
        return response
    elif request.endpoint != "static":
        # pages depend on who is signed in; feeds set their own rule
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Cookie")
    return response


def _is_public(response: Response) -> bool:
    return "public" in response.headers.get("Cache-Control", "")


def _add_digest(endpoint: str, values: dict[str, object]) -> None:
    """Put the content's digest into the address of a static file, so that it may be kept for ever."""
    if endpoint == "static" and "filename" in values and "v" not in values:
        digest = _digest(paths.STATIC / str(values["filename"]))
        if digest:
            values["v"] = digest


@lru_cache(maxsize=512)
def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError:
        return ""
