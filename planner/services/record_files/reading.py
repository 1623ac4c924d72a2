"""Reads one YAML file of the record into plain values, without trusting it.

The values are built from the parser's events, not by a constructor of the YAML library: so no tag makes an object,
nothing is expanded (anchors are refused), the depth is bounded, and a key that stands twice is seen. Days become
`datetime.date`; what is wrong inside a value stays in it as `Wrong`, so that the checker can name the record and the
field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.resolver import Resolver

from planner.core.i18n import N_
from planner.rules.faults import Unreadable
from planner.rules.partial_dates import PartialDate
from planner.services.record_files.faults import Fault, Wrong

MOST_BYTES = 20 * 1024 * 1024
DEEPEST = 30

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = Resolver()
_TAG = "tag:yaml.org,2002:"
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Line breaks and tabs are text; other control characters, half a surrogate pair and NUL are not: PostgreSQL refuses
# the last.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Keyed(dict[str, Any]):
    """A mapping that knows its line, the lines of its keys, and which keys stood in it more than once."""

    def __init__(self, line: int) -> None:
        """Begin empty, at a line (from 1)."""
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}
        self.repeated: list[str] = []


@dataclass
class _Open:
    """A mapping or list that is being read."""

    value: Keyed | list[Any]
    key: Any = None
    has_key: bool = False
    key_line: int = 0


@dataclass
class _Reader:
    file: str
    faults: list[Fault] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Any = None
    documents: int = 0

    def fault(self, message: Any, line: int | None = None) -> None:
        self.faults.append(Fault(self.file, "", "", message, line))


def read_file(path: Path) -> tuple[Any, list[Fault]]:
    """Return the value of a file and its faults; the value is None where the file cannot be read at all."""
    reader = _Reader(path.name)
    text = _text_of(path, reader)
    if text is None:
        return None, reader.faults
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not _take(reader, event):
                return None, reader.faults
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = mark.line + 1 if mark else None
        reader.fault(N_("The file cannot be read as YAML: {problem}.", problem=problem[:200]), line)
        return None, reader.faults
    return reader.root, reader.faults


def _text_of(path: Path, reader: _Reader) -> str | None:
    raw = _bytes_of(path, reader)
    if raw is None:
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        reader.fault(N_("The file is not UTF-8 text."), raw[: error.start].count(b"\n") + 1)
        return None
    if not text.endswith("\n"):
        reader.fault(N_("The last line has no end. The file may have been cut short."), text.count("\n") + 1)
        return None
    return text


def _bytes_of(path: Path, reader: _Reader) -> bytes | None:
    try:
        raw = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except FileNotFoundError:
        reader.fault(N_("The file is missing."))
        return None
    except OSError as error:
        reader.fault(N_("The file cannot be opened: {problem}.", problem=error.strerror or type(error).__name__))
        return None
    if raw is None:
        reader.fault(N_("The file is larger than {most} MB.", most=MOST_BYTES // 1024 // 1024))
    elif not raw.strip():
        reader.fault(N_("The file is empty."))
        return None
    return raw


def _take(reader: _Reader, event: yaml.Event) -> bool:
    """Take one event in; say whether to go on."""
    line = _line(event)
    if isinstance(event, yaml.DocumentStartEvent):
        reader.documents += 1
        if reader.documents > 1:
            reader.fault(N_("The file holds more than one document."), line)
            return False
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        reader.fault(N_("Anchors and references of YAML (& and *) are not accepted."), line)
        return False
    if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        return _open(reader, event, line)
    if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        _put(reader, reader.stack.pop().value, line)
    elif isinstance(event, yaml.ScalarEvent):
        _put(reader, _scalar(event), line)
    return True


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _open(reader: _Reader, event: yaml.CollectionStartEvent, line: int) -> bool:
    if len(reader.stack) >= DEEPEST:
        reader.fault(N_("Lists and mappings are nested too deeply (more than {most}).", most=DEEPEST), line)
        return False
    if event.tag:
        reader.fault(N_("Tags of YAML (!) are not accepted."), line)
        return False
    reader.stack.append(_Open(Keyed(line) if isinstance(event, yaml.MappingStartEvent) else []))
    return True


def _put(reader: _Reader, value: Any, line: int) -> None:
    """Put a finished value into the mapping or list that is open, as its next key or value."""
    if not reader.stack:
        reader.root = value
        return
    top = reader.stack[-1]
    if isinstance(top.value, list):
        top.value.append(value)
    elif not top.has_key:
        top.key, top.has_key, top.key_line = value, True, line
    else:
        key = top.key if isinstance(top.key, str) else _key_text(top.key)
        if key in top.value:
            top.value.repeated.append(key)
        top.value[key] = value
        top.value.lines[key] = top.key_line
        top.has_key = False


def _key_text(key: Any) -> str:
    """Return a text for a key that is none, which no schema knows: the checker then names it."""
    return repr(key)[:60] if not isinstance(key, list | dict | Wrong) else "?"


def _scalar(event: yaml.ScalarEvent) -> Any:
    if event.tag:
        return Wrong(N_("Tags of YAML (!) are not accepted."))
    tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit).removeprefix(_TAG)  # type: ignore[no-untyped-call]
    return _MADE_BY_TAG.get(tag, _text)(event.value)


def _text(value: str) -> str | Wrong:
    if _NO_TEXT.search(value):
        return Wrong(N_("The text holds characters that are no text (control characters)."))
    return value


def _number(text: str) -> int | Wrong:
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return Wrong(N_("{found} is not a plain whole number. Write text (an hour, a code) in quotes.", found=text[:40]))


def _decimal(text: str) -> float | Wrong:
    """Read a number with a fraction as people write it; whether one is wanted is said where it is used."""
    if _DECIMAL.fullmatch(text):
        return float(text)
    return Wrong(N_("{found} is not a plain number. Write text in quotes.", found=text[:40]))


def _day(text: str) -> date | Wrong:
    if not _DAY.fullmatch(text):
        return Wrong(N_("{found} is not a day. Write a day as 2019-08-30.", found=text[:40]))
    try:
        return PartialDate.from_value(text).earliest
    except Unreadable as error:
        return Wrong(error.message)


_MADE_BY_TAG: dict[str, Callable[[str], Any]] = {
    "null": lambda _value: None,
    "bool": lambda value: value.lower() in ("true", "yes", "on"),
    "int": _number,
    "timestamp": _day,
    "float": _decimal,
}
