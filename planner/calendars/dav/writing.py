"""What may be written: how far a task is. Everything else is refused with words, and changes nothing."""

from __future__ import annotations

from flask import Response, request, url_for

from planner.calendars.dav.answers import DavError, need_privileges
from planner.calendars.dav.properties import LARGEST_OBJECT
from planner.calendars.dav.resources import CALENDAR, Resource
from planner.calendars.dav.xml import cal, element
from planner.core import clock
from planner.core.errors import NotVisible
from planner.core.i18n import N_
from planner.services.dav import Refused, find_item, mark_task
from planner.web.i18n import translate

_PRIVILEGES = {
    "PUT": "bind",
    "DELETE": "unbind",
    "PROPPATCH": "write-properties",
    "MKCALENDAR": "bind",
    "MKCOL": "bind",
    "MOVE": "unbind",
    "COPY": "bind",
    "ACL": "write-acl",
}
"""Which right a method lacks (RFC 3744 appendix B)."""
_READ_ONLY = N_("This calendar is only read by programs. Your own entries belong in a calendar of your own.")
OWN = "https://planner.invalid/ns/"


def write(resource: Resource, item_name: str | None) -> Response:
    """Take a task, refuse all else. `item_name` is the entry of the calendar that the request names."""
    if request.method == "PUT" and resource.kind == CALENDAR and item_name is not None:
        return _put(resource, item_name)
    if request.method not in _PRIVILEGES:
        # locks (class 2) and what CalDAV does not know
        raise DavError(405, headers={"Allow": "OPTIONS, PROPFIND, REPORT, GET, HEAD, PUT"})
    href = resource.href if item_name is None else resource.href_of(item_name)
    raise need_privileges(href, _PRIVILEGES[request.method], text=translate(_READ_ONLY))


def _put(calendar: Resource, name: str) -> Response:
    """Take what a person did to a task (RFC 4791 section 5.3.2). What is stored differs from it, so no tag answers."""
    href = calendar.href_of(name)
    sent = request.get_data()
    if len(sent) > LARGEST_OBJECT:
        raise DavError(403, element(cal("max-resource-size")), text="A task is smaller than this.")
    try:
        item = find_item(calendar.calendar, name)
    except NotVisible:
        if request.if_match:
            raise DavError(412, text="It is not there any more.") from None
        raise need_privileges(calendar.href, "bind", text=translate(_READ_ONLY)) from None
    if request.if_none_match.star_tag or request.if_none_match.contains(item.etag):
        raise DavError(412, text="It is there already.")
    expected = None if not request.if_match or request.if_match.star_tag else set(request.if_match.as_set())
    try:
        mark_task(calendar.calendar, name, sent, expected=expected, at=clock.now())
    except Refused as refused:
        raise _refusal(refused, href) from refused
    return Response(status=204)


def _refusal(refused: Refused, href: str) -> DavError:
    """Return the refusal in a form that programs tell apart.

    A program that meets need-privileges takes the calendar for read-only and puts the stored task back without a word
    (DAVx5 does): right where the person has no right. Where they only lack the evidence, or have changed what is not
    theirs to change, a condition of our own makes it show the words and keep what was typed.
    """
    text = translate(refused.message)
    if refused.record_id is not None:
        text += " " + url_for("follow_ups.page", record_id=refused.record_id, _external=True)
    if refused.reason == "stale":
        return DavError(412, text=text)
    if refused.reason == "right":
        return need_privileges(href, "write-content", text=text)
    if refused.reason == "data":
        return DavError(403, element(cal("valid-calendar-data")), text=text)
    return DavError(403, element(f"{{{OWN}}}{refused.reason}"), text=text)
