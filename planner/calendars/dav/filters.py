"""The filter of a calendar-query (RFC 4791 section 9.7) as a value. What is not known is refused, never ignored."""

from __future__ import annotations

from datetime import datetime

from planner.calendars.dav.answers import DavError
from planner.calendars.dav.xml import Element, cal, element
from planner.formats.filters import EntryFilter, PropertyFilter, TextMatch
from planner.formats.reading import instant_of

_NOTHING = EntryFilter(nothing=True)
_COLLATIONS = {"i;ascii-casemap": False, "default": False, "i;octet": True}


def read_filter(asked: Element | None) -> EntryFilter:
    """Return what a filter asks of entries. Raises DavError."""
    calendar = asked.find(cal("comp-filter")) if asked is not None else None
    if asked is None or calendar is None or len(asked) != 1:
        raise _refused("valid-filter", "A filter begins with the component VCALENDAR.")
    _only(calendar, "comp-filter", "is-not-defined")
    if calendar.get("name") != "VCALENDAR":
        return _NOTHING
    if calendar.find(cal("is-not-defined")) is not None:
        return _NOTHING
    parts = calendar.findall(cal("comp-filter"))
    if not parts:
        return EntryFilter()
    if len(parts) > 1:
        raise _refused("supported-filter", "A filter asks for one kind of component.")
    return _component(parts[0])


def _component(asked: Element) -> EntryFilter:
    name = (asked.get("name") or "").upper()
    if asked.find(cal("is-not-defined")) is not None:
        if name in ("VEVENT", "VTODO"):
            return EntryFilter(component="VTODO" if name == "VEVENT" else "VEVENT")
        return _NOTHING if name == "VTIMEZONE" else EntryFilter()
    if name not in ("VEVENT", "VTODO"):
        return _NOTHING
    _only(asked, "comp-filter", "prop-filter", "time-range")
    for part in asked.findall(cal("comp-filter")):
        if part.find(cal("is-not-defined")) is None:
            return _NOTHING  # no entry has parts, such as alarms
    since, until = _range(asked.find(cal("time-range")))
    return EntryFilter(name, since, until, tuple(map(_property, asked.findall(cal("prop-filter")))))


def _property(asked: Element) -> PropertyFilter:
    name = (asked.get("name") or "").upper()
    if not name:
        raise _refused("valid-filter", "A prop-filter has a name.")
    _only(asked, "is-not-defined", "text-match")
    found = asked.find(cal("text-match"))
    return PropertyFilter(name, asked.find(cal("is-not-defined")) is not None, None if found is None else _text(found))


def _text(asked: Element) -> TextMatch:
    collation = asked.get("collation", "i;ascii-casemap")
    if collation not in _COLLATIONS:
        raise _refused("supported-collation", "This collation is not known here.")
    return TextMatch(asked.text or "", _COLLATIONS[collation], asked.get("negate-condition", "no") == "yes")


def _range(asked: Element | None) -> tuple[datetime | None, datetime | None]:
    """Return a time-range: section 9.9 asks for instants in UTC, at least one of them, the end after the start."""
    if asked is None:
        return None, None
    try:
        since, until = (instant_of(asked.get(name)) if asked.get(name) else None for name in ("start", "end"))
    except ValueError:
        raise _refused("valid-filter", "A time-range is given in UTC, such as 20270216T000000Z.") from None
    if (since is None and until is None) or (since and until and until <= since):
        raise _refused("valid-filter", "A time-range ends after it starts.")
    return since, until


def _only(asked: Element, *known: str) -> None:
    names = {cal(name) for name in known}
    for part in asked:
        if part.tag not in names:
            raise _refused("supported-filter", "This part of the filter is not known here.", part)


def _refused(condition: str, text: str, *parts: Element) -> DavError:
    return DavError(403, element(cal(condition), *(element(part.tag) for part in parts)), text=text)
