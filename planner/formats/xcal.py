"""xCal (RFC 6321): a finished calendar as XML, from its jCal, to which it maps one to one.

Section numbers without a name are those of RFC 6321.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from planner.core.xml_text import xml_safe
from planner.formats.jcal import Node, jcal

MIME_TYPE = "application/calendar+xml"
NAMESPACE = "urn:ietf:params:xml:ns:icalendar-2.0"

_PARAM_TYPES = {
    "altrep": "uri",
    "delegated-from": "cal-address",
    "delegated-to": "cal-address",
    "dir": "uri",
    "member": "cal-address",
    "rsvp": "boolean",
    "sent-by": "cal-address",
    "linkrel": "uri",
}
"""Types of parameters that are no text (section 3.5)."""
_RULE = (
    "freq", "until", "count", "interval", "bysecond", "byminute", "byhour", "byday", "bymonthday", "byyearday",
    "byweekno", "bymonth", "bysetpos", "wkst",
)  # fmt: skip
"""The parts of a rule in the order of the schema (section 3.6.10, appendix A)."""


def xcal_text(text: str) -> str:
    """Return the xCal of a finished calendar; signs that XML cannot hold become U+FFFD. Raises ValueError as `jcal`."""
    root = etree.Element(_name("icalendar"), nsmap={None: NAMESPACE})
    _component(root, jcal(text))
    written: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'


def _component(above: etree._Element, node: Node) -> None:
    """Write a component (section 3.3): its properties, then its parts, each in an element that is left out if empty."""
    name, properties, parts = node
    element = _child(above, name)
    if properties:
        held = _child(element, "properties")
        for one in properties:
            _property(held, *one)
    if parts:
        below = _child(element, "components")
        for part in parts:
            _component(below, part)


def _property(above: etree._Element, name: str, params: dict[str, Any], kind: str, *values: Any) -> None:
    """Write a property (section 3.4): its parameters, then an element named after the type for each value."""
    element = _child(above, name)
    if params:
        held = _child(element, "parameters")
        for key, said in params.items():
            param = _child(held, key)
            for one in said if isinstance(said, list) else [said]:
                _child(param, _PARAM_TYPES.get(key, "text"), one)
    if name == "geo":  # section 3.4.1.2
        for part, number in zip(("latitude", "longitude"), values[0], strict=True):
            _child(element, part, str(number))
        return
    for value in values:
        if kind == "recur":
            _rule(_child(element, kind), value)
        else:
            _child(element, kind, _plain(value))


def _rule(element: etree._Element, rule: dict[str, Any]) -> None:
    for key in sorted(rule, key=_RULE.index):
        for value in _as_list(rule[key]):
            _child(element, key, str(value))


def _as_list(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _child(above: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(above, _name(name))
    if text is not None:
        element.text = xml_safe(text)
    return element


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
