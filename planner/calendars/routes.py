"""Public feeds, and where the other parts of the area are joined."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from flask import Blueprint, Flask, Response, current_app, request
from flask_babel import gettext as _
from werkzeug.http import http_date

from planner.access.viewer import Viewer, public
from planner.calendars import changes, devices, feeds, following, other_forms, personal, views
from planner.calendars.dav import routes as dav
from planner.calendars.query import read_choice
from planner.core import clock
from planner.services import calendars, stored_feeds
from planner.services.feed_choice import Choice
from planner.web.errors import logged_path
from planner.web.remembered import afterwards, remember
from planner.web.viewer import public_route

bp = Blueprint("calendars", __name__)
bp.register_blueprint(personal.bp)
bp.register_blueprint(other_forms.bp)
bp.register_blueprint(changes.bp)
bp.register_blueprint(devices.bp)
bp.register_blueprint(dav.bp)
bp.register_blueprint(following.bp)
views.join(bp)
log = logging.getLogger("planner")

MAX_AGE = 300
RETRY_AFTER = 300
PACKED = "-gzip"


@bp.app_errorhandler(calendars.Unavailable)
def unavailable(error: calendars.Unavailable) -> Response:
    """Have a calendar program keep what it has and come again. Plain text: a page may need the database."""
    log.error("%s failed", logged_path(), exc_info=error)
    response = Response(_("The calendar cannot be read at the moment. Try again later.") + "\n", 503)
    response.mimetype = "text/plain"
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/calendar.ics")
@public_route
def everything() -> Response:
    """Feed of all public meetings."""
    return _feed(feeds.everything)


@bp.get("/bodies/<string:slug>/calendar.ics")
@public_route
def body_feed(slug: str) -> Response:
    """Feed of a body and those below it."""
    return _feed(partial(feeds.of_body, slug))


@bp.get("/meetings/<int:record_id>/calendar.ics")
@public_route
def meeting_feed(record_id: int) -> Response:
    """Feed of a meeting."""
    return _feed(partial(feeds.of_meeting, record_id))


@bp.get("/sessions/<int:record_id>/calendar.ics")
@public_route
def session_feed(record_id: int) -> Response:
    """Feed, and download, of one session."""
    return _feed(partial(feeds.of_session, record_id))


def _feed(ask: Callable[[Choice], feeds.Asked]) -> Response:
    """Answer a feed: in one statement while no write has come, then from revisions, else the joined texts.

    A failure is 503, never an empty calendar.
    """
    viewer = public(clock.today())
    packed = request.accept_encodings["gzip"] > 0
    with calendars.reading():
        asked = ask(read_choice(viewer, request.args))
        if not asked.is_kept:
            return _answer_unkept(asked, viewer)
        held = _held()
        found = stored_feeds.find(asked.key, held, packed=packed)
        if found.kept is not None:
            remember(found.state)
            return _answer(asked, found.kept)
        feed = feeds.find(asked, viewer)
        tag = feeds.tag_of(feed, viewer)
        kept = stored_feeds.find_by_tag(asked.key, tag, held, packed=packed)
        parts = feeds.parts_of(feed, viewer) if kept is None else []
    if kept is not None:
        stored_feeds.confirm(asked.key, tag, found.state)
        return _answer(asked, kept)
    response = _answer(asked, stored_feeds.Kept(tag, None, None if held.has(tag, None) else parts))
    # The first reader after a change does not wait for what the others gain: nothing is compressed before it is sent.
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the application itself
    afterwards(partial(_keep, app, asked.key, tag, found.state, parts))
    return response


def _keep(app: Flask, key: str, tag: str, state: int, parts: list[bytes]) -> None:
    with app.app_context():
        stored_feeds.keep(key, tag, state, b"".join(parts), at=clock.now())


def _answer_unkept(asked: feeds.Asked, viewer: Viewer) -> Response:
    """Answer a feed that is narrowed as one reader wanted it: its tag is of what is sent."""
    remember(stored_feeds.present_state())
    parts = feeds.parts_of(feeds.find(asked, viewer), viewer)
    tag = feeds.tag_of_parts(parts)
    return _answer(asked, stored_feeds.Kept(tag, None, None if _held().has(tag, None) else parts))


def _held() -> stored_feeds.Held:
    """Return what the reader says it has. RFC 9110 section 13.1.3: If-None-Match goes before If-Modified-Since."""
    if request.if_none_match:
        tags = request.if_none_match.as_set(include_weak=True)
        named = frozenset(tag.removesuffix(PACKED) for tag in tags)
        return stored_feeds.Held(named, is_any=request.if_none_match.star_tag)
    return stored_feeds.Held(since=request.if_modified_since)


def _answer(asked: feeds.Asked, kept: stored_feeds.Kept) -> Response:
    """Return a feed; 304 where the reader has it.

    It is compressed where the reader takes that and a compressed copy is ready.
    A compressed answer has a tag of its own (RFC 9110 section 8.8.3.3). Compression is never negotiated unasked: some
    readers of calendars fail on it.
    """
    tag = kept.tag + (PACKED if kept.is_packed else "")
    if kept.body is None:
        response = Response(status=304)
        if request.if_none_match and not request.if_none_match.contains_weak(tag):
            tag = kept.tag if kept.is_packed else kept.tag + PACKED
    else:
        response = Response(kept.body, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = f'inline; filename="{asked.filename}"'
        if kept.is_packed:
            response.headers["Content-Encoding"] = "gzip"
    response.set_etag(tag)
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    if asked.is_kept:
        response.vary.add("Accept-Encoding")
    if kept.made_at:
        response.headers["Last-Modified"] = http_date(kept.made_at)
    return response
