"""One component (RFC 5545 section 3.6) in several languages, written by the library: which property comes when, how its
parameters and its line are spelled. Not here: what it says (`ical.py`). Lines that languages share are written once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Any, Final

from icalendar import Event, Todo
from icalendar.parser import Contentline, Parameters
from icalendar.prop import vInline

Property = tuple[str, dict[str, str], str]
"""Its name, its parameters in the order in which they are written, its value as it is written."""
_WIDTH: Final = 74


def component_texts(kind: str, shared: Iterable[Property], languages: Iterable[Iterable[Property]]) -> list[str]:
    """Return a component ("VEVENT" or "VTODO") as finished text in each language.

    `shared` is what it says in all of them, `languages` what it says in each, every property once. In an event SUMMARY,
    DTSTART, DTEND, DTSTAMP, UID and SEQUENCE come first, as people look for them; the rest stands by name.
    """
    every = [list(words) for words in languages]
    same = [one for one in every[0] if all(one in words for words in every)] if every else []
    component: Any = Event() if kind == "VEVENT" else Todo()
    for name, parameters, value in chain(shared, same):
        component.add(name, _value(value, parameters), encode=False)
    names: list[str] | None = None
    frame: list[tuple[str, bytes]] = []
    texts: list[str] = []
    for number, words in enumerate(every):
        if words in every[:number]:
            texts.append(texts[every.index(words)])
            continue
        said = {
            name: _value(value, parameters)
            for name, parameters, value in words
            if (name, parameters, value) not in same
        }
        if names != list(said):
            for name in names or ():
                del component[name]
            component.update(said)
            names = list(said)
            # of what differs nothing yet but its place
            frame = [
                (name, b"" if name in said else _mark(name, value) if isinstance(value, bytes) else _line(name, value))
                for name, value in component.property_items()
            ]
        lines = [_line(name, said[name]) if name in said else line for name, line in frame]
        texts.append(b"\r\n".join([*lines, b""]).decode())
    return texts


class _Parameters(Parameters):
    """Parameters with LABEL (RFC 7986 section 6.4) always in quotes: it is words for people, with blanks in them."""

    always_quoted = (*Parameters.always_quoted, "LABEL")  # type: ignore[assignment]  # of any length


def _value(text: str, parameters: dict[str, str]) -> vInline:
    value = vInline(text)
    if parameters:
        value.params = _Parameters(parameters)
    return value


def _line(name: str, value: vInline) -> bytes:
    return _folded(Contentline.from_parts(name, value.params, value, sorted=False).encode())


@cache
def _mark(name: str, kind: bytes) -> bytes:
    """Return the line that begins or ends a component."""
    line: bytes = Contentline.from_parts(name, Parameters(), vInline(kind)).encode()
    return line


def _folded(data: bytes) -> bytes:
    """Fold a line at 74 octets (section 3.1 allows 75) between characters, and never inside an escaped one.

    As the library folds, which looks at each character by itself: of an annotated agenda in three languages that would
    be most of the time.
    """
    if len(data) <= _WIDTH:
        return data
    pieces, start = [], 0
    while len(data) - start > _WIDTH:
        end = start + _WIDTH
        while data[end] & 0xC0 == 0x80:
            end -= 1
        if data[end - 1 : end] == b"\\":
            end -= 1
        pieces.append(data[start:end])
        start = end
    return b"\r\n ".join([*pieces, data[start:]])
