"""Feeds of persons: the page where they are made and kept, and the secret addresses that programs read."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from planner.calendars import feeds
from planner.calendars.addresses import address_of, read_token
from planner.calendars.asked import read_page_choice
from planner.calendars.forms import FeedForm, choice_words
from planner.calendars.programs import program_of
from planner.calendars.qr import qr_of, webcal
from planner.core import clock
from planner.core.errors import Invalid
from planner.services import calendar_choices, calendars, personal_feeds
from planner.services.feed_choice import Choice
from planner.web.forms import show_faults
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("mine", __name__)


@bp.get("/feeds/<string:token>/calendar.ics")
@public_route
def events(token: str) -> Response:
    """Feed of what a person chose of what they may see."""
    return _feed(token, "VEVENT")


@bp.get("/feeds/<string:token>/tasks.ics")
@public_route
def tasks(token: str) -> Response:
    """Feed of the follow-ups of the same choice, as tasks."""
    return _feed(token, "VTODO")


@bp.get("/calendars/mine")
def index() -> AnyResponse:
    """Show the person's feeds, and the form of a new one, filled with what the address asks for, with what it would
    hold.
    """
    form = _form()
    if request.args:
        asked = read_page_choice(current_viewer(), request.args)
        form.show(replace(asked, name=_("My calendar")))
    else:
        # where only the worked example lies ahead, a feed without it would begin empty
        bodies = form.offered.bodies
        record_ahead = any(body.ahead for body in bodies if not body.is_illustration)
        form.show(Choice(name=_("What I may see"), with_illustration=not record_ahead and bool(bodies)))
    return _page(form)


@bp.post("/calendars/mine")
def make() -> AnyResponse:
    """Make a feed; or only count what it would hold."""
    form = _form()
    if _only_counts(form):
        return _page(form)
    if form.validate():
        try:
            personal_feeds.make(current_viewer(), form.choice(), at=clock.now())
        except Invalid as faults:
            show_faults(form, faults)
        else:
            flash(_("The feed is made. Copy its address into your program."))
            return redirect(url_for("calendars.mine.index"), 303)
    return _page(form, status=422)


@bp.route("/calendars/mine/<int:feed_id>", methods=["GET", "POST"])
def edit(feed_id: int) -> AnyResponse:
    """Change what a feed holds, or only count what it would hold; its address stays."""
    held = personal_feeds.get_choice(current_viewer(), feed_id)
    form = _form(held)
    if request.method == "GET":
        form.show(held)
    if request.method == "GET" or _only_counts(form):
        return _page(form, feed_id=feed_id, name=held.name)
    if form.validate():
        try:
            personal_feeds.change(current_viewer(), feed_id, form.choice(), at=clock.now())
        except Invalid as faults:
            show_faults(form, faults)
        else:
            flash(_("The feed is changed. Your program shows it when it reads the next time."))
            return redirect(url_for("calendars.mine.index"), 303)
    return _page(form, feed_id=feed_id, name=held.name, status=422)


@bp.get("/calendars/mine/<int:feed_id>/phone")
def phone(feed_id: int) -> AnyResponse:
    """Show the address of a feed as a code for the camera of a phone. The page holds a key: nothing keeps it."""
    name, generation = personal_feeds.get_address(current_viewer(), feed_id)
    address = address_of(feed_id, generation)
    page = render_template(
        "calendars/mine_phone.html", current="calendars", name=name, url=address, qr=qr_of(webcal(address))
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.post("/calendars/mine/<int:feed_id>/rotate")
def rotate(feed_id: int) -> AnyResponse:
    """Give a feed another address."""
    personal_feeds.rotate(current_viewer(), feed_id, at=clock.now())
    flash(_("The feed has another address. The one before is void."))
    return redirect(url_for("calendars.mine.index"), 303)


@bp.post("/calendars/mine/<int:feed_id>/revoke")
def revoke(feed_id: int) -> AnyResponse:
    """End a feed."""
    personal_feeds.revoke(current_viewer(), feed_id, at=clock.now())
    flash(_("The feed is revoked. Its address is void."))
    return redirect(url_for("calendars.mine.index"), 303)


def _form(held: Choice | None = None) -> FeedForm:
    form = FeedForm()
    viewer = current_viewer()
    form.offer(calendar_choices.list_offered(viewer, viewer.day, chosen=held))
    return form


def _only_counts(form: FeedForm) -> bool:
    """Say whether the button was one that only counts: "Count again", or the one that chooses the short feed."""
    if "short" in request.form:
        form.shorten()
    return "count" in request.form or "short" in request.form


def _page(form: FeedForm, *, feed_id: int | None = None, name: str | None = None, status: int = 200) -> AnyResponse:
    viewer = current_viewer()
    mine = personal_feeds.list_mine(viewer, viewer.day) if feed_id is None else ()
    page = render_template(
        "calendars/mine.html" if feed_id is None else "calendars/mine_edit.html",
        current="calendars",
        feeds=[(feed, address_of(feed.id, feed.generation), address_of(feed.id, feed.generation, tasks=True))
               for feed in mine],
        form=form,
        feed_id=feed_id,
        name=name,
        preview=personal_feeds.preview(viewer, form.choice(), viewer.day),
        choice_words=choice_words,
    )  # fmt: skip
    return make_response(page, status)


def _feed(token: str, component: str) -> Response:
    """Answer a feed, or 304 where it is what the program has. A failure is 503, never an empty calendar.

    While no write has come and the day is the same, the tag of what was sent last is still right: no entry is read, and
    nobody's rights need be worked out.
    """
    kind = "tasks" if component == "VTODO" else "events"
    with calendars.reading():
        opened = personal_feeds.open_feed(*read_token(token), day=clock.today())
        tag = opened.told_tag(component, feeds.FORM)
        body = None
        if tag is None or not request.if_none_match.contains_weak(tag):
            batches = personal_feeds.batches(opened, component)
            body = feeds.joined(batches, choice=opened.choice, uid=f"feed-{opened.id}-{kind}@planner")
            tag = feeds.tag_of_parts(body)
    if body is None or request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(body, content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = f'inline; filename="{kind}.ics"'
    response.set_etag(tag)
    # for one person: no proxy keeps it, no search engine lists it, no page learns its address
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    told = opened.telling(component, feeds.FORM, tag)
    personal_feeds.note_read(opened, program_of(request.user_agent.string), at=clock.now(), told=told)
    return response
