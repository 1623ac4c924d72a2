"""The pages of calendars: what is on, as month, week and list; how to subscribe; downloads of what a page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from planner.access.viewer import Viewer, public
from planner.calendars import feeds, other_forms, periods
from planner.calendars.asked import needs_own_feed, read_page_choice
from planner.calendars.forms import CLASS_WORDS, choice_words
from planner.calendars.qr import qr_of, webcal
from planner.calendars.query import read_number
from planner.core.i18n import N_
from planner.services import accounts, calendar_choices, calendar_pages, calendar_views, calendars, feed_choice
from planner.services.feed_choice import Choice
from planner.services.registers import BadQuery
from planner.web.viewer import current_viewer, public_route

PAGE = ("view", "from", "zone")
"""What an address says of the page alone; all else says what is on it, and in its feed."""


def join(bp: Blueprint) -> None:
    """Add the pages to the area."""
    bp.get("/calendars")(index)
    bp.get("/calendars/subscribe")(subscribe)
    bp.get("/calendars/download.ics")(download)
    bp.get("/calendars/selection.ics")(selection)
    bp.get("/calendars/entries/<string:name>")(entry_file)
    bp.get("/meetings/<int:record_id>/add-to-calendar")(add_meeting)
    bp.get("/sessions/<int:record_id>/add-to-calendar")(add_session)


@dataclass(frozen=True)
class Asked:
    """What the address of the calendar asks for."""

    choice: Choice
    view: str
    day: date | None
    zone: str | None
    """The zone of all hours; None: each in its venue's."""
    args: dict[str, list[str]]
    """What says what is on the page, for links and for the feed."""

    def url(self, endpoint: str = "calendars.index", **page: Any) -> str:
        """Return an address that keeps the filters; `page` are further parts of it."""
        return url_for(endpoint, **{**self.args, **page})


@public_route
def index() -> str:
    """Show what is on: a month, a week or a list, with the filters and the feed that holds the same."""
    viewer = current_viewer()
    asked = _with_something(viewer, _asked(viewer))
    day = asked.day or _unasked_day(viewer, asked)
    span = periods.span_of(asked.view, day)
    found = calendar_views.list_period(viewer, asked.choice, span.first, span.last, zone=asked.zone)
    earlier, later = (None, None)
    if not found.entries:
        earlier, later = calendar_views.find_nearest(viewer, asked.choice, span.first, span.last)
    offered = calendar_choices.list_offered(viewer, viewer.day, chosen=asked.choice)
    at: dict[str, Any] = {"view": asked.view, "zone": request.args.get("zone")}
    return render_template(
        "calendars/index.html",
        current="calendars",
        asked=asked,
        span=span,
        period=found,
        weeks=periods.weeks_of(found.entries, span) if asked.view == "month" else (),
        week=periods.week_of(found.entries, span) if asked.view == "week" else None,
        days=periods.days_of(found.entries, span),
        earlier=earlier,
        later=later,
        offered=offered,
        chosen=calendar_choices.names_of(offered, asked.choice),
        narrowed=_narrowed(offered, asked.choice),
        class_words=CLASS_WORDS,
        zones=accounts.zones(),
        zone_asked=request.args.get("zone", "venue"),
        link=lambda day: asked.url(**{**at, "from": day.isoformat()}),
        switch=lambda view: asked.url(**{**at, "view": view, "from": day.isoformat()}),
        feed_url=(feed_url := _public_feed(viewer, asked)),
        forms=other_forms.links("everything", **asked.args) if feed_url else None,
        illustration=any(one.is_illustration for one in found.entries),
    )


@public_route
def subscribe() -> str:
    """Say how to subscribe in each program, how often it reads, and what to do when a change is urgent."""
    viewer = current_viewer()
    address = url_for("calendars.everything", _external=True)
    return render_template(
        "calendars/subscribe.html",
        current="calendars",
        all_url=address,
        qr=qr_of(webcal(address)),
        bodies=calendar_pages.body_feeds(public(viewer.day), viewer.day),  # the feeds are those of everybody
    )


@public_route
def download() -> Response:
    """All that the calendar shows for the same filters, of all times, as a file: also what only the viewer may see."""
    viewer = current_viewer()
    asked = _asked(viewer)
    # one statement: it reads one state by itself, also where who is looking was asked for before
    rows = calendars.read_texts(feed_choice.conditions(viewer, asked.choice), asked.choice.language)
    return _file(rows, asked.choice, "calendar.ics")


@public_route
def selection() -> Response:
    """The entries of chosen records as a file; all of them, or none."""
    viewer = current_viewer()
    ids = {read_number("record", text) for text in request.args.getlist("record")}
    choice = read_page_choice(viewer, request.args, further={"record"})
    if not ids:
        raise BadQuery(N_("Choose at least one entry."))
    if len(ids) > calendar_views.MOST_CHOSEN:
        raise BadQuery(N_("Choose at most {count} entries.", count=calendar_views.MOST_CHOSEN))
    rows = calendar_views.texts_of_records(viewer, ids, choice)
    return _file(rows, choice, "selection.ics")


@public_route
def entry_file(name: str) -> Response:
    """One entry as a file."""
    return _file([calendar_views.text_of_file(current_viewer(), name)], Choice(), name)


@public_route
def add_meeting(record_id: int) -> str:
    """Say how to put a meeting into a calendar."""
    owner = calendars.find_meeting(public(current_viewer().day), record_id)
    return _add(owner, url_for("sessions.meeting_page", record_id=record_id), "meeting")


@public_route
def add_session(record_id: int) -> str:
    """Say how to put a session into a calendar."""
    owner = calendars.find_session(public(current_viewer().day), record_id)
    return _add(owner, url_for("sessions.page", record_id=record_id), "session")


def _add(owner: calendars.Owner, page: str, kind: str) -> str:
    asked = "include" if owner.is_illustration else None
    address = url_for(f"calendars.{kind}_feed", record_id=owner.id, illustrations=asked, _external=True)
    return render_template(
        "calendars/add.html",
        current="calendars",
        owner=owner,
        page=page,
        feed_url=address,
        forms=other_forms.links(f"of_{kind}", record_id=owner.id, illustrations=asked),
        qr=qr_of(webcal(address)),
        illustration=owner.is_illustration,
    )


def _asked(viewer: Viewer) -> Asked:
    choice = read_page_choice(viewer, request.args, further=PAGE)
    view = request.args.get("view", "month")
    if view not in periods.VIEWS:
        raise BadQuery(N_("A calendar is shown as month, week or agenda."))
    zone = request.args.get("zone", "venue")
    if zone == "mine":
        zone = viewer.zone or ""
    if zone != "venue" and zone not in accounts.zones():
        raise BadQuery(N_("“{name}” is no time zone.", name=zone[:40]))
    text = request.args.get("from")
    args = {key: values for key, values in request.args.lists() if key not in (*PAGE, "lang")}
    return Asked(choice, view, periods.read_day(text) if text else None, None if zone == "venue" else zone, args)


def _with_something(viewer: Viewer, asked: Asked) -> Asked:
    """Return what is asked for; where nothing is, and of the record nothing lies ahead, with the worked example."""
    if set(request.args) - {"lang"} or calendar_views.find_next(viewer, asked.choice, viewer.day):
        return asked
    example = replace(asked.choice, with_illustration=True)
    if calendar_views.find_next(viewer, example, viewer.day) is None:
        return asked
    return replace(asked, choice=example, args={"illustrations": ["include"]})


def _unasked_day(viewer: Viewer, asked: Asked) -> date:
    """Return the day to begin with: today, or that of the next entry where the month, week or list would be empty."""
    following = calendar_views.find_next(viewer, asked.choice, viewer.day)
    if following is None or following <= periods.span_of(asked.view, viewer.day).last:
        return viewer.day
    return following


def _public_feed(viewer: Viewer, asked: Asked) -> str | None:
    """Return the address of the public feed of the same choice; None where there can be none."""
    if needs_own_feed(asked.choice):
        return None
    if viewer.is_signed_in:
        try:
            read_page_choice(public(viewer.day), request.args, further=PAGE)
        except BadQuery:  # it is narrowed to something that not everybody may know of
            return None
    return asked.url("calendars.everything", _external=True)


def _narrowed(offered: calendar_choices.Offered, choice: Choice) -> list[str]:
    """Return in words what is chosen."""
    words = [one.title for one in offered.bodies if one.id in choice.body_ids]
    words += [one.code for one in offered.cycles if one.id in choice.cycle_ids]
    words += [one.title for one in offered.items if one.id in choice.item_ids]
    return words + choice_words(choice)


def _file(rows: list[tuple[str, str]], choice: Choice, name: str) -> Response:
    """Return a file for the one who asked. It is made of what they may see: nothing on the way keeps it."""
    uid = f"{name.removesuffix('.ics')}@planner"
    parts = feeds.joined([rows], choice=replace(choice, name=_("Calendar")), uid=uid)
    response = Response(parts, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
