"""Bodies of PROPFIND and REPORT as values. What cannot be read, or is not known here, raises DavError."""

from __future__ import annotations

from dataclasses import dataclass

from planner.calendars.dav.answers import DavError
from planner.calendars.dav.filters import read_filter
from planner.calendars.dav.properties import Wanted
from planner.calendars.dav.xml import Element, Unreadable, cal, dav, element, parse
from planner.formats.filters import EntryFilter


@dataclass(frozen=True)
class Query:
    """A calendar-query (RFC 4791 section 7.8)."""

    wanted: Wanted
    asked: EntryFilter


@dataclass(frozen=True)
class Multiget:
    """A calendar-multiget (RFC 4791 section 7.9)."""

    wanted: Wanted
    hrefs: tuple[str, ...]


@dataclass(frozen=True)
class Sync:
    """A sync-collection (RFC 6578 section 6.1); `most` is how many changes the program takes."""

    wanted: Wanted
    token: str
    most: int | None


def read_propfind(body: bytes) -> Wanted:
    """Return what a PROPFIND wants; without a body it is all usual properties (RFC 4918 section 9.1)."""
    if not body.strip():
        return Wanted(all_usual=True)
    root = _parsed(body)
    if root.tag != dav("propfind"):
        raise bad_request("The body is no propfind.")
    if root.find(dav("propname")) is not None:
        return Wanted(names_only=True)
    if root.find(dav("allprop")) is not None:
        return Wanted(names=_names(root.find(dav("include"))), all_usual=True)
    if root.find(dav("prop")) is None:
        raise bad_request("The propfind names neither prop, allprop nor propname.")
    return Wanted(names=_names(root.find(dav("prop"))))


def read_report(body: bytes) -> Query | Multiget | Sync:
    """Return what a REPORT asks."""
    root = _parsed(body)
    if root.tag == cal("calendar-query"):
        return Query(_wanted(root), read_filter(root.find(cal("filter"))))
    if root.tag == cal("calendar-multiget"):
        hrefs = tuple((one.text or "").strip() for one in root.findall(dav("href")))
        if not hrefs:
            raise bad_request("The multiget names no href.")
        return Multiget(_wanted(root), hrefs)
    if root.tag == dav("sync-collection"):
        token = root.find(dav("sync-token"))
        if token is None:
            raise bad_request("The sync-collection has no sync-token.")
        return Sync(_wanted(root), (token.text or "").strip(), _limit(root))
    # RFC 3253 section 3.6
    raise DavError(403, element(dav("supported-report")), text="This report is not known here.")


def bad_request(text: str) -> DavError:
    """Return the refusal of what cannot be read."""
    return DavError(400, text=text)


def _parsed(body: bytes) -> Element:
    try:
        return parse(body)
    except Unreadable as error:
        raise bad_request(str(error)) from error


def _wanted(root: Element) -> Wanted:
    """Return the properties that a report wants. What it wants of the text of an entry is not cut out: all is sent."""
    if root.find(dav("propname")) is not None:
        return Wanted(names_only=True)
    if root.find(dav("allprop")) is not None or root.find(dav("prop")) is None:
        return Wanted(all_usual=True, with_data=True)
    return Wanted(names=_names(root.find(dav("prop"))), with_data=True)


def _names(parent: Element | None) -> tuple[str, ...]:
    return (
        tuple(dict.fromkeys(child.tag for child in parent if isinstance(child.tag, str))) if parent is not None else ()
    )


def _limit(root: Element) -> int | None:
    """Return the limit (RFC 5323 section 5.17), None where there is none."""
    limit = root.find(f"{dav('limit')}/{dav('nresults')}")
    if limit is None:
        return None
    text = (limit.text or "").strip()
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10):
        raise bad_request("The limit is no number.")
    return int(text)
