"""The three reports on a calendar: calendar-query, calendar-multiget (RFC 4791), sync-collection (RFC 6578)."""

from __future__ import annotations

from flask import Response, request

from planner.calendars.dav import answers
from planner.calendars.dav.answers import DavError, Told
from planner.calendars.dav.properties import tell, tell_all
from planner.calendars.dav.requests import Multiget, Query, Sync, read_report
from planner.calendars.dav.resources import Resource, name_below
from planner.calendars.dav.xml import dav as dav_name
from planner.calendars.dav.xml import element
from planner.services import dav


def report(calendar: Resource) -> Response:
    """Answer a REPORT on a calendar."""
    asked = read_report(request.get_data())
    if isinstance(asked, Query):
        return _query(calendar, asked)
    if isinstance(asked, Multiget):
        return _multiget(calendar, asked)
    return _sync(calendar, asked)


def _query(calendar: Resource, asked: Query) -> Response:
    """Tell what meets the filter. Depth is not looked at: entries are the one thing that is below a calendar."""
    items = dav.list_items(calendar.calendar, asked=asked.asked, with_text=asked.wanted.needs_text)
    return answers.multistatus(tell_all(map(calendar.with_item, items), asked.wanted))


def _multiget(calendar: Resource, asked: Multiget) -> Response:
    """Tell the named entries in the order in which they were named; 404 for each that is not in this calendar."""
    names = {href: name_below(href, calendar) for href in asked.hrefs}
    items = dav.list_items(calendar.calendar, names=filter(None, names.values()), with_text=asked.wanted.needs_text)
    held = {item.name: item for item in items}
    told = []
    for href, name in names.items():
        item = held.get(name or "")
        told.append(tell(calendar.with_item(item), asked.wanted) if item else Told(href, status=404))
    return answers.multistatus(told)


def _sync(calendar: Resource, asked: Sync) -> Response:
    """Tell what changed since the token (RFC 6578 section 3.4): what is there with properties, what is gone as 404."""
    if request.headers.get("Depth", "0").strip() not in ("0", "1"):
        raise DavError(400, text="Depth is 0 here (RFC 6578 section 3.2).")
    try:
        state, changes = dav.changes_since(calendar.calendar, asked.token)
    except dav.UnknownToken:
        raise DavError(
            403, element(dav_name("valid-sync-token")), text="Begin anew with an empty sync-token."
        ) from None
    if asked.most is not None and len(changes) > asked.most:
        # RFC 6578 section 3.7: the numbers of a calendar cannot be cut
        raise DavError(507, element(dav_name("number-of-matches-within-limits")), text="There are more changes.")
    names = [change.name for change in changes if not change.is_gone]
    items = dav.list_items(calendar.calendar, names=names, with_text=asked.wanted.needs_text)
    told = tell_all(map(calendar.with_item, items), asked.wanted)
    held = {item.name for item in items}
    gone = [Told(calendar.href_of(change.name), status=404) for change in changes if change.name not in held]
    return answers.multistatus([*told, *gone], token=state.token)
