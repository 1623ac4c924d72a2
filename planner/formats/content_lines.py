"""Finished calendar text (RFC 5545) back to components and properties, for the forms that are made of it.

Reads what `ical.py` writes, and is strict: what it does not understand is a ValueError, never left out. Section numbers
without a name are those of RFC 5545.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_PARAM_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_PARAM = rf";[A-Za-z0-9-]+={_PARAM_VALUE}(?:,{_PARAM_VALUE})*"
_LINE = re.compile(rf"(?P<name>[A-Za-z0-9-]+)(?P<params>(?:{_PARAM})*):(?P<value>.*)", re.DOTALL)
_ONE_PARAM = re.compile(rf";([A-Za-z0-9-]+)=({_PARAM_VALUE}(?:,{_PARAM_VALUE})*)")
_CARET = {"^n": "\n", "^'": '"', "^^": "^"}
_ESCAPES = {r"\n": "\n", r"\N": "\n"}


@dataclass(frozen=True)
class Property:
    """One content line (section 3.1): name and parameter names in capitals, `value` as it is written."""

    name: str
    params: Mapping[str, tuple[str, ...]]
    value: str


@dataclass
class Component:
    """What stands between BEGIN and END (section 3.6)."""

    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def find(self, name: str) -> Property | None:
        """Return the first property of a name, None where there is none."""
        return next((one for one in self.properties if one.name == name), None)

    def text(self, name: str) -> str:
        """Return the value of a TEXT property, empty where there is none."""
        found = self.find(name)
        return unescaped(found.value) if found else ""


def read_component(text: str) -> Component:
    """Return the one component that a text holds: a whole calendar or a finished entry. Raises ValueError."""
    outside = Component("")
    open_ones = [outside]
    for line in _unfolded(text):
        one = _property(line)
        if one.name == "BEGIN":
            inner = Component(one.value.upper())
            open_ones[-1].parts.append(inner)
            open_ones.append(inner)
        elif one.name != "END":
            open_ones[-1].properties.append(one)
        elif len(open_ones) < 2 or open_ones.pop().name != one.value.upper():
            raise ValueError(f"END without its BEGIN: {line!r}")
    if len(open_ones) != 1 or len(outside.parts) != 1 or outside.properties:
        raise ValueError(f"not one component: {text[:40]!r}")
    return outside.parts[0]


def unescaped(value: str) -> str:
    r"""Return what a TEXT value says (section 3.3.11)."""
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[0], match[1]), value, flags=re.DOTALL)


def listed(value: str) -> list[str]:
    """Return the values of a list (section 3.1.1), parted at commas that are not escaped; each still escaped."""
    parts = [""]
    for sign in re.findall(r"\\.|.", value, flags=re.DOTALL):
        if sign == ",":
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _unfolded(text: str) -> Iterator[str]:
    """Yield the content lines without their folds (section 3.1); CRLF alone ends a line."""
    return (line for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n") if line)


def _property(line: str) -> Property:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a content line: {line[:60]!r}")
    params = {
        name.upper(): tuple(_plain(value) for value in re.findall(rf"(?:^|,)({_PARAM_VALUE})", values))
        for name, values in _ONE_PARAM.findall(match["params"])
    }
    return Property(match["name"].upper(), params, match["value"])


def _plain(value: str) -> str:
    """Return a parameter's value without quotes and with the signs of RFC 6868 read."""
    return re.sub(r"\^[n'^]", lambda match: _CARET[match[0]], value.removeprefix('"').removesuffix('"'))
