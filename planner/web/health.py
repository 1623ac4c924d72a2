"""What a supervisor asks: does the process live, is it ready to serve."""

from __future__ import annotations

import logging

from flask import Flask, Response

from planner.services import setup_state
from planner.web.limits import limiter
from planner.web.viewer import public_route

log = logging.getLogger("planner")


def init_app(app: Flask) -> None:
    """Add /healthz (the process lives) and /readyz (the database answers and its migrations are current)."""
    app.add_url_rule("/healthz", "healthz", limiter.exempt(public_route(_alive)))
    app.add_url_rule("/readyz", "readyz", limiter.exempt(public_route(_ready)))


def _alive() -> Response:
    return Response("alive\n", mimetype="text/plain")


def _ready() -> Response:
    """Answer 503 with a word on what is missing; the cause is in the log, where strangers do not read it."""
    try:
        if setup_state.answers() and setup_state.is_current():
            return Response("ready\n", mimetype="text/plain")
    except Exception:
        log.exception("the database does not answer")
        return Response("the database does not answer\n", status=503, mimetype="text/plain")
    return Response("the database is not at the newest migration\n", status=503, mimetype="text/plain")
