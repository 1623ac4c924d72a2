"""The four readers: icalendar (strict), vobject, ical.js (as in Thunderbird), libical (as in Evolution, KOrganizer).

Each takes the text of a whole calendar and returns the facts of its entries: component, UID, start, end (of a task:
due), status, summary. Instants are in UTC, whole days are days. A reader that finds a fault raises.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import vobject
from icalendar import Calendar

Fact = tuple[str, str, str | None, str | None, str | None, str | None]
KINDS = ("VEVENT", "VTODO")
END = {"VEVENT": "DTEND", "VTODO": "DUE"}


def with_icalendar(text: str) -> list[Fact]:
    calendar = Calendar.from_ical(text)
    calendar.validate()
    faults = [component.errors for component in calendar.walk() if component.errors]
    if faults:
        raise ValueError(faults)
    found = []
    for kind in KINDS:
        for part in calendar.walk(kind):
            times = [part.get(name) and _when(part[name].dt) for name in ("DTSTART", END[kind])]
            found.append((kind, str(part["UID"]), *times, _text(part.get("STATUS")), _text(part.get("SUMMARY"))))
    return found


def with_vobject(text: str) -> list[Fact]:
    calendar = vobject.readOne(text, validate=True)
    found = []
    for kind in KINDS:
        for part in calendar.contents.get(kind.lower(), []):
            values = {name: part.contents[name][0].value for name in part.contents if part.contents[name]}
            times = [values.get(name) and _when(values[name]) for name in ("dtstart", END[kind].lower())]
            found.append((kind, values["uid"], *times, values.get("status"), values.get("summary")))
    return found


def _when(value: date | datetime) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


class IcalJs:
    """A process of Node that reads one calendar after the other."""

    def __init__(self, node: str) -> None:
        script = str(Path(__file__).parent / "ical_js.mjs")
        self.process = subprocess.Popen([node, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, text: str) -> list[Fact]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if isinstance(answer, dict):
            raise ValueError(answer["error"])  # noqa: TRY004 - what the reader says of the calendar
        return [tuple(one) for one in answer]


class _Time(ctypes.Structure):
    """`struct icaltimetype` of libical 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_light")),
        ("zone", ctypes.c_void_p),
    )


class Libical:
    """libical, bound by hand: its few functions that are needed."""

    def __init__(self, path: str) -> None:
        library = ctypes.CDLL(path)
        pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
        for name, result, *arguments in (
            ("icalparser_parse_string", pointer, text),
            ("icalcomponent_count_errors", number, pointer),
            ("icalcomponent_get_first_component", pointer, pointer, number),
            ("icalcomponent_get_next_component", pointer, pointer, number),
            ("icalcomponent_get_first_property", pointer, pointer, number),
            ("icalcomponent_string_to_kind", number, text),
            ("icalproperty_string_to_kind", number, text),
            ("icalproperty_get_value_as_string", text, pointer),
            ("icalcomponent_get_dtstart", _Time, pointer),
            ("icalcomponent_get_dtend", _Time, pointer),
            ("icalcomponent_get_due", _Time, pointer),
            ("icalcomponent_get_summary", text, pointer),
            ("icaltime_as_timet_with_zone", ctypes.c_long, _Time, pointer),
            ("icalcomponent_free", None, pointer),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
        self.library = library

    def __call__(self, text: str) -> list[Fact]:
        calendar = self.library.icalparser_parse_string(text.encode())
        if not calendar or self.library.icalcomponent_count_errors(calendar):
            raise ValueError("libical finds faults")
        try:
            return [fact for kind in KINDS for fact in self._facts(calendar, kind)]
        finally:
            self.library.icalcomponent_free(calendar)

    def _facts(self, calendar: int, kind: str) -> list[Fact]:
        library, number = self.library, self.library.icalcomponent_string_to_kind(kind.encode())
        found = []
        part = library.icalcomponent_get_first_component(calendar, number)
        while part:
            ends = library.icalcomponent_get_dtend if kind == "VEVENT" else library.icalcomponent_get_due
            said = library.icalcomponent_get_summary(part)
            found.append(
                (
                    kind,
                    self._value(part, "UID"),
                    self._when(library.icalcomponent_get_dtstart(part)) if self._has(part, "DTSTART") else None,
                    self._when(ends(part)) if self._has(part, END[kind]) else None,
                    self._value(part, "STATUS") if self._has(part, "STATUS") else None,
                    said.decode() if said is not None else None,
                )
            )
            part = library.icalcomponent_get_next_component(calendar, number)
        return found

    def _property(self, part: int, name: str) -> int | None:
        kind = self.library.icalproperty_string_to_kind(name.encode())
        found: int | None = self.library.icalcomponent_get_first_property(part, kind)
        return found

    def _has(self, part: int, name: str) -> bool:
        return self._property(part, name) is not None

    def _value(self, part: int, name: str) -> str:
        return self.library.icalproperty_get_value_as_string(self._property(part, name)).decode()

    def _when(self, time: _Time) -> str:
        if time.is_date:
            return date(time.year, time.month, time.day).isoformat()
        return datetime.fromtimestamp(self.library.icaltime_as_timet_with_zone(time, time.zone), UTC).isoformat()


@cache
def readers() -> dict[str, Callable[[str], list[Fact]]]:
    """Return the readers that this machine has, by name."""
    found: dict[str, Callable[[str], list[Fact]]] = {"icalendar": with_icalendar, "vobject": with_vobject}
    node, libical = shutil.which("node"), ctypes.util.find_library("ical")
    if node:
        found["ical.js"] = IcalJs(node)
    if libical:
        found["libical"] = Libical(libical)
    return found
