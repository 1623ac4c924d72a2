"""The public feeds in other forms: jCal, xCal, CSV, XLSX, and schedules of meetings for programs on phones.

Each stands beside its feed, takes the same filters, holds what that holds, and answers by the same rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for

from planner.access.viewer import Viewer, public
from planner.calendars import feeds
from planner.calendars.query import read_choice
from planner.core import clock
from planner.formats import entry_table, jcal, schedule, sheets, xcal
from planner.services import calendar_tables, calendars, schedules, stored_feeds
from planner.services.feed_choice import Choice
from planner.web.remembered import remember
from planner.web.urls import record_url
from planner.web.viewer import public_route

bp = Blueprint("forms", __name__)

FOR_A_WHILE = "public, max-age=300"
"""Cache-Control of what stands for everybody."""


@dataclass(frozen=True)
class Form:
    """A form of a feed. `write` makes it of the feed for a viewer; a file is one that people open, not programs.

    What `has_links` names the host that was asked: such an answer is not remembered for requests to another.
    """

    mime_type: str
    write: Callable[[feeds.Feed, Viewer], str | bytes]
    is_file: bool = False
    has_links: bool = True


def _jcal(feed: feeds.Feed, viewer: Viewer) -> str:
    return jcal.jcal_text(feeds.text_of(feed, viewer))


def _xcal(feed: feeds.Feed, viewer: Viewer) -> str:
    return xcal.xcal_text(feeds.text_of(feed, viewer))


def _rows(feed: feeds.Feed, viewer: Viewer) -> list[entry_table.Row]:
    return [
        entry_table.row_of(
            one.text, meeting=one.meeting, body=one.body, mode=one.mode, link=_address(one.kind, one.record_id)
        )
        for one in calendar_tables.list_entries(viewer, feeds.conditions_of(feed, viewer), feed.asked.choice.language)
    ]


def _csv(feed: feeds.Feed, viewer: Viewer) -> str:
    return entry_table.csv_text(_rows(feed, viewer))


def _xlsx(feed: feeds.Feed, viewer: Viewer) -> bytes:
    return entry_table.workbook(_rows(feed, viewer))


def _schedule_xml(feed: feeds.Feed, viewer: Viewer) -> str:
    return schedule.schedule_xml(_schedule(feed, viewer))


def _schedule_json(feed: feeds.Feed, viewer: Viewer) -> str:
    return schedule.schedule_json(_schedule(feed, viewer))


def _schedule(feed: feeds.Feed, viewer: Viewer) -> schedule.Schedule:
    return schedules.read_schedule(
        viewer,
        feed.keys["meeting_id"],
        feeds.conditions_of(feed, viewer),
        site=request.url_root,
        address_of=_address,
    )


CALENDARS: Mapping[str, Form] = {
    "json": Form(jcal.MIME_TYPE, _jcal, has_links=False),
    "xml": Form(xcal.MIME_TYPE, _xcal, has_links=False),
    "csv": Form(sheets.CSV_TYPE, _csv, is_file=True),
    "xlsx": Form(sheets.XLSX_TYPE, _xlsx, is_file=True),
}
SCHEDULES: Mapping[str, Form] = {
    "xml": Form(schedule.XML_TYPE, _schedule_xml),
    "json": Form(schedule.JSON_TYPE, _schedule_json),
}
_NAMES = "any(json, xml, csv, xlsx)"


def links(of: str, **values: Any) -> dict[str, str]:
    """Return the addresses of all forms of "everything", "of_body", "of_meeting" or "of_session", by form."""
    found = {form: url_for(f"calendars.forms.{of}", form=form, **values) for form in CALENDARS}
    if of == "of_meeting":
        endpoint = "calendars.forms.schedule_of_meeting"
        found |= {f"schedule_{form}": url_for(endpoint, form=form, **values) for form in SCHEDULES}
    return found


@bp.get(f"/calendar.<{_NAMES}:form>")
@public_route
def everything(form: str) -> Response:
    """All public meetings in another form."""
    return _answer(CALENDARS, form, feeds.everything)


@bp.get(f"/bodies/<string:slug>/calendar.<{_NAMES}:form>")
@public_route
def of_body(slug: str, form: str) -> Response:
    """A body and those below it in another form."""
    return _answer(CALENDARS, form, partial(feeds.of_body, slug))


@bp.get(f"/meetings/<int:record_id>/calendar.<{_NAMES}:form>")
@public_route
def of_meeting(record_id: int, form: str) -> Response:
    """A meeting in another form."""
    return _answer(CALENDARS, form, partial(feeds.of_meeting, record_id))


@bp.get(f"/sessions/<int:record_id>/calendar.<{_NAMES}:form>")
@public_route
def of_session(record_id: int, form: str) -> Response:
    """One session in another form."""
    return _answer(CALENDARS, form, partial(feeds.of_session, record_id))


@bp.get("/meetings/<int:record_id>/schedule.<any(xml, json):form>")
@public_route
def schedule_of_meeting(record_id: int, form: str) -> Response:
    """The schedule of a meeting for programs on phones."""
    return _answer(SCHEDULES, form, partial(feeds.of_meeting, record_id))


def _answer(forms: Mapping[str, Form], name: str, ask: Callable[[Choice], feeds.Asked]) -> Response:
    """Answer a feed in a form, 304 where nothing is new. A failure is 503, never a file that holds nothing.

    The tag is of what is sent: a table and a schedule name records, as who presents, that no revision of feeds counts.
    """
    viewer, form = public(clock.today()), forms[name]
    with calendars.reading():
        asked = ask(read_choice(viewer, request.args))
        if not form.has_links:
            remember(stored_feeds.present_state())
        content = form.write(feeds.find(asked, viewer), viewer)
    tag = hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(content, content_type=form.mime_type)
        place = "attachment" if form.is_file else "inline"
        filename = f"{asked.filename.removesuffix('.ics')}.{name}"
        response.headers["Content-Disposition"] = f'{place}; filename="{filename}"'
    response.set_etag(tag)
    response.headers["Cache-Control"] = FOR_A_WHILE
    return response


def _address(kind: str, record_id: int) -> str:
    return request.url_root.rstrip("/") + record_url(kind, record_id)
