"""jCal (RFC 7265): a finished calendar as JSON. Made from its text, so that the two cannot disagree.

icalendar 7.3 can write jCal too, but gives the properties of RFC 7986 the type "unknown" and their values escaped.
Section numbers without a name are those of RFC 7265.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from planner.formats.content_lines import Component, Property, listed, read_component, unescaped

MIME_TYPE = "application/calendar+json"

Node = list[Any]
"""A component: its name, its properties, its parts (section 3.3)."""

_TYPES = {
    "text": (
        "ACTION CALSCALE CATEGORIES CLASS COLOR COMMENT CONTACT DESCRIPTION LOCATION LOCATION-TYPE METHOD NAME PRODID "
        "RELATED-TO RESOURCES RESOURCE-TYPE STATUS STYLED-DESCRIPTION SUMMARY TRANSP TZID TZNAME UID VERSION"
    ),
    "date-time": ("COMPLETED CREATED DTEND DTSTAMP DTSTART DUE EXDATE LAST-MODIFIED RDATE RECURRENCE-ID ACKNOWLEDGED"),
    "uri": "ATTACH CONFERENCE CONCEPT IMAGE LINK SOURCE STRUCTURED-DATA TZURL URL",
    "cal-address": "ATTENDEE CALENDAR-ADDRESS ORGANIZER",
    "integer": "PERCENT-COMPLETE PRIORITY REPEAT SEQUENCE",
    "duration": "DURATION REFRESH-INTERVAL TRIGGER",
    "utc-offset": "TZOFFSETFROM TZOFFSETTO",
    "float": "GEO",
    "recur": "RRULE",
}
DEFAULT_TYPES = {name: kind for kind, names in _TYPES.items() for name in names.split()}
"""Types that properties have without VALUE: those of RFC 5545, 7986, 9073 and 9253 that a calendar of ours may hold."""
_LISTS = frozenset({"CATEGORIES", "RESOURCES", "EXDATE", "RDATE"})
_COUNTED = frozenset(
    {
        "COUNT",
        "INTERVAL",
        "BYSECOND",
        "BYMINUTE",
        "BYHOUR",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYMONTH",
        "BYSETPOS",
    }
)


def jcal(text: str) -> Node:
    """Return the jCal of a finished calendar. Raises ValueError for a value that has no place in it."""
    return _component(read_component(text))


def jcal_text(text: str) -> str:
    """Return the jCal of a finished calendar as JSON: characters as they are, no blanks, equal text for equal text."""
    return json.dumps(jcal(text), ensure_ascii=False, separators=(",", ":"))


def _component(one: Component) -> Node:
    properties = [_property(line) for line in one.properties]
    return [one.name.lower(), properties, [_component(part) for part in one.parts]]


def _property(one: Property) -> list[Any]:
    """Return name, parameters, type and values (section 3.4); VALUE becomes the type (section 3.5.1)."""
    params = {
        name.lower(): values[0] if len(values) == 1 else list(values)
        for name, values in one.params.items()
        if name != "VALUE"
    }
    asked = one.params.get("VALUE")
    # Section 5.1: what nobody has registered keeps the value as it stands in the text.
    kind = asked[0].lower() if asked else DEFAULT_TYPES.get(one.name, "unknown")
    if one.name == "GEO":  # section 3.4.1.2: a structured value
        values: list[Any] = [[float(part) for part in one.value.split(";")]]
    elif one.name in _LISTS:
        values = [_value(kind, part) for part in listed(one.value)]
    else:
        values = [_value(kind, one.value)]
    return [one.name.lower(), params, kind, *values]


def _value(kind: str, text: str) -> Any:
    if kind not in _VALUES:
        raise ValueError(f"no jCal for values of the type {kind!r}")
    return _VALUES[kind](text)


def _date(text: str) -> str:
    match = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    if match is None:
        raise ValueError(f"not a date: {text!r}")
    return "-".join(match.groups())


def _time(text: str) -> str:
    match = re.fullmatch(r"(\d\d)(\d\d)(\d\d)(Z?)", text)
    if match is None:
        raise ValueError(f"not a time: {text!r}")
    return ":".join(match.groups()[:3]) + match[4]


def _date_time(text: str) -> str:
    day, _, time = text.partition("T")
    return f"{_date(day)}T{_time(time)}"


def _offset(text: str) -> str:
    match = re.fullmatch(r"([+-]\d\d)(\d\d)(\d\d)?", text)
    if match is None:
        raise ValueError(f"not a distance from UTC: {text!r}")
    return ":".join(filter(None, match.groups()))


def _recur(text: str) -> dict[str, Any]:
    """Return a rule as an object (section 3.6.10): counts as numbers, a list only where there are several values."""
    rule: dict[str, Any] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        if name == "UNTIL":
            values: list[Any] = [_date_time(value) if "T" in value else _date(value)]
        else:
            values = [int(one) if name in _COUNTED else one for one in value.split(",")]
        rule[name.lower()] = values[0] if len(values) == 1 else values
    return rule


_VALUES: dict[str, Callable[[str], Any]] = {
    "text": unescaped,
    "unknown": str,
    "uri": str,
    "cal-address": str,
    "duration": str,
    "binary": str,
    "integer": int,
    "float": float,
    "boolean": lambda text: text.upper() == "TRUE",
    "date": _date,
    "time": _time,
    "date-time": _date_time,
    "utc-offset": _offset,
    "recur": _recur,
}
