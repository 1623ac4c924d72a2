"""From a failure to a page and a status. Every error page says what happened and where to go."""

from __future__ import annotations

import logging

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from planner.core.errors import PlannerError, Stale
from planner.web.i18n import translate

log = logging.getLogger("planner")


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(PlannerError, _planner_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(Exception, _unexpected)


def logged_path() -> str:
    """Return the path as a log may hold it: a secret in it is named, not shown."""
    rule = request.url_rule
    return rule.rule if rule is not None and "token" in rule.arguments else request.path


def answer(status: int, text: str = "", title: str = "") -> Response:
    """Return the error page for a status; `text` and `title` are translated already, empty for the usual words."""
    response = make_response(render_template("errors/error.html", status=status, text=text, title=title), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _planner_error(error: PlannerError) -> Response:
    title = _("Somebody else changed this first") if isinstance(error, Stale) else ""
    return answer(error.status, translate(error.message), title)


def _csrf_error(error: CSRFError) -> Response:
    del error
    return answer(400, _("The form was open too long or came from another page. Go back, reload it and send it again."))


def _http_error(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    response = answer(error.code or 500)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _too_deep(error: RecursionError) -> Response:
    del error
    return answer(400)


def _unexpected(error: Exception) -> Response:
    log.error("%s %s failed", request.method, logged_path(), exc_info=error)
    return answer(500)
