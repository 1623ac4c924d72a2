"""Addresses and methods of CalDAV. Each address names a resource; what a method does with it stands below."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from planner.calendars.dav import answers, reports, resources, writing
from planner.calendars.dav.answers import DavError
from planner.calendars.dav.properties import content_type, tell_all
from planner.calendars.dav.requests import read_propfind
from planner.calendars.dav.resources import CALENDAR, OBJECT, Resource
from planner.calendars.dav.signing_in import signed_in
from planner.calendars.dav.xml import LARGEST_BODY, dav, element
from planner.calendars.programs import program_of
from planner.core import clock
from planner.core.errors import PlannerError
from planner.services import calendars, devices
from planner.services.devices import SignedIn
from planner.web.errors import logged_path
from planner.web.i18n import translate
from planner.web.security import csrf, sessionless
from planner.web.viewer import public_route

READING = ("OPTIONS", "PROPFIND", "REPORT", "GET", "HEAD")
WRITING = (
    "PUT",
    "DELETE",
    "PROPPATCH",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "COPY",
    "LOCK",
    "UNLOCK",
    "ACL",
    "POST",
    "PATCH",
)
MAKING = ("MKCALENDAR", "MKCOL", "PUT")
"""What makes a calendar, where there may be none yet: refused at what would hold it."""
METHODS = (*READING, *WRITING)
ALLOWED = {OBJECT: "OPTIONS, GET, HEAD, PROPFIND, PUT", CALENDAR: "OPTIONS, PROPFIND, REPORT"}
RETRY_AFTER = 300

bp = Blueprint("dav", __name__)
csrf.exempt(bp)  # no cookie is read here, so no other site can use one
log = logging.getLogger("planner")


@bp.route("/.well-known/caldav", methods=METHODS, strict_slashes=False)
@public_route
@sessionless
def well_known() -> AnyResponse:
    """Lead programs that know the host alone to where they begin (RFC 6764 section 5)."""
    return redirect(url_for("calendars.dav.root"), 301)


@bp.route("/dav/", methods=METHODS, strict_slashes=False)
@public_route
@sessionless
def root() -> Response:
    """Answer where programs begin."""
    return _answer(resources.root)


@bp.route("/dav/principals/", methods=METHODS, strict_slashes=False)
@public_route
@sessionless
def principals() -> Response:
    """Answer for the collection of principals, which shows the person alone."""
    return _answer(resources.principal)


@bp.route("/dav/principals/me/", methods=METHODS, strict_slashes=False)
@public_route
@sessionless
def principal() -> Response:
    """Answer for the person."""
    return _answer(resources.principal)


@bp.route("/dav/calendars/", methods=METHODS, strict_slashes=False)
@public_route
@sessionless
def home() -> Response:
    """Answer for the person's calendars."""
    return _answer(resources.home)


@bp.route("/dav/calendars/<string:name>/", methods=METHODS, strict_slashes=False)
@public_route
@sessionless
def calendar(name: str) -> Response:
    """Answer for one calendar."""
    if request.method in MAKING:
        return _answer(resources.home)
    return _answer(lambda device: resources.calendar(device, name))


@bp.route("/dav/calendars/<string:name>/<string:item_name>", methods=METHODS)
@public_route
@sessionless
def entry(name: str, item_name: str) -> Response:
    """Answer for one entry of a calendar."""
    if request.method in WRITING:
        return _answer(lambda device: resources.calendar(device, name), item_name)
    return _answer(lambda device: resources.entry(device, name, item_name))


@bp.route("/dav/<path:_rest>", methods=METHODS)
@public_route
@sessionless
def elsewhere(_rest: str) -> Response:
    """Answer for whatever is not there: 404, to those who may ask."""
    return _answer(resources.root if request.method in WRITING else _nothing)


def _nothing(_device: SignedIn) -> Resource:
    raise DavError(404)


def _answer(find: Callable[[SignedIn], Resource], item_name: str | None = None) -> Response:
    """Answer a request: who asks, what for, then the method. A failure is 503, never an empty calendar."""
    if request.method == "OPTIONS":
        return _told_apart(Response(headers={"DAV": answers.COMPLIANCE, "Allow": ", ".join(METHODS)}))
    request.max_content_length = LARGEST_BODY
    with calendars.reading():
        device = signed_in()
        response = _done(find(device), item_name)
    devices.note_used(device, program_of(request.user_agent.string), at=clock.now())
    return _told_apart(response)


def _done(resource: Resource, item_name: str | None) -> Response:
    if request.method in WRITING:
        return writing.write(resource, item_name)
    if request.method == "PROPFIND":
        return _propfind(resource)
    if request.method == "REPORT" and resource.kind == CALENDAR:
        return reports.report(resource)
    if request.method in ("GET", "HEAD") and resource.kind == OBJECT:
        return _get(resource)
    raise DavError(405, headers={"Allow": ALLOWED.get(resource.kind, "OPTIONS, PROPFIND")})


def _propfind(resource: Resource) -> Response:
    """Tell properties (RFC 4918 section 9.1); with Depth 1 those of what is below too."""
    depth = request.headers.get("Depth", "infinity").strip().lower()
    if depth not in ("0", "1", "infinity"):
        raise DavError(400, text="Depth is 0, 1 or infinity.")
    if depth == "infinity" and resource.is_collection:
        raise DavError(403, element(dav("propfind-finite-depth")), text="Ask with Depth 0 or 1.")
    wanted = read_propfind(request.get_data())
    shown = [resource, *resources.below(resource, with_text=wanted.needs_text)] if depth == "1" else [resource]
    return answers.multistatus(tell_all(shown, wanted))


def _get(resource: Resource) -> Response:
    if resource.item is None:
        raise DavError(404)
    response = Response(resource.item.text, content_type=content_type(resource))
    response.set_etag(resource.item.etag)
    response.last_modified = resource.item.changed_at
    response.make_conditional(request)
    return response


def _told_apart(response: Response) -> Response:
    """Mark an answer as one person's: kept by nobody on the way."""
    response.headers.setdefault("DAV", answers.COMPLIANCE)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.vary.add("Authorization")
    return response


@bp.errorhandler(DavError)
def _dav_error(error: DavError) -> Response:
    return _told_apart(answers.error(error))


@bp.errorhandler(calendars.Unavailable)
def _unavailable(error: calendars.Unavailable) -> Response:
    """Have the program keep what it has and come again."""
    log.error("%s %s failed", request.method, logged_path(), exc_info=error)
    again = {"Retry-After": str(RETRY_AFTER)}
    return _told_apart(answers.error(DavError(503, text="The calendar cannot be read at the moment.", headers=again)))


@bp.errorhandler(PlannerError)
def _planner_error(error: PlannerError) -> Response:
    return _told_apart(answers.error(DavError(error.status, text=translate(error.message))))


@bp.errorhandler(HTTPException)
def _http_error(error: HTTPException) -> Response:
    return _told_apart(answers.error(DavError(error.code or 500, text=error.name)))


@bp.errorhandler(Exception)
def _unexpected(error: Exception) -> Response:
    log.error("%s %s failed", request.method, logged_path(), exc_info=error)
    return _told_apart(answers.error(DavError(500, text="The request failed here. Nothing was changed.")))
