"""What a program did to a task: the text that it was given, and the text that it sends back (RFC 5545 section 3.6.2).

A person may say how far a task is and add evidence; every other change is named, so that it can be refused in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from icalendar import Calendar, Todo

KEPT_BY_PROGRAMS = frozenset(
    {"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "STATUS", "PERCENT-COMPLETE", "COMPLETED", "COMMENT", "ATTACH"}
)
"""What programs keep by themselves, and what says how far the task is."""
_DEFAULTS = {"PRIORITY": "0", "CLASS": "PUBLIC"}
"""RFC 5545 sections 3.8.1.9 and 3.8.1.3: a program that writes these has changed nothing."""


class Unreadable(ValueError):  # noqa: N818 - named after the fact
    """What was sent is not one task."""


class OtherChange(ValueError):  # noqa: N818 - named after the fact
    """Something was changed that a program does not change here; `names` are the properties."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep the names, sorted."""
        self.names = tuple(sorted(names))
        super().__init__(", ".join(self.names))


@dataclass(frozen=True)
class TaskChange:
    """What was changed: `status` as the task has it now, None where it stays; the evidence that was added."""

    status: str | None
    evidence: str


def read_change(stored: str, sent: bytes) -> TaskChange:
    """Compare the task that was sent with the finished entry that is stored. Raises Unreadable, OtherChange."""
    before, after = _task(f"BEGIN:VCALENDAR\r\n{stored}END:VCALENDAR\r\n".encode()), _task(sent)
    names = {name for name in {*before, *after} if name not in KEPT_BY_PROGRAMS and not name.startswith("X-")}
    changed = {name for name in names if _said(before, name) != _said(after, name)}
    changed |= {part.name or "" for part in after.subcomponents}  # an alarm would be lost without a word
    if changed:
        raise OtherChange(changed)
    status = _status(after)
    return TaskChange(None if status == _status(before) else status, _evidence(before, after))


def _task(data: bytes) -> Todo:
    try:
        calendar = Calendar.from_ical(data.decode())
        tasks = [part for part in calendar.subcomponents if part.name != "VTIMEZONE"]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise Unreadable("no calendar") from error
    if len(tasks) != 1 or not isinstance(tasks[0], Todo) or tasks[0].errors:
        raise Unreadable("not one task")
    return tasks[0]


def _values(task: Todo, name: str) -> list[Any]:
    value = task.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _said(task: Todo, name: str) -> list[str]:
    """Return what a property says, in a form that does not depend on who wrote it."""
    texts = [_plain(value) for value in _values(task, name)]
    if name == "CATEGORIES":
        texts = sorted({one.strip() for text in texts for one in text.split(",")})
    return [] if texts == [_DEFAULTS.get(name)] else sorted(filter(None, texts))


def _plain(value: Any) -> str:
    written = value.to_ical()
    text = written.decode() if isinstance(written, bytes) else str(written)
    return "\n".join(
        " ".join(line.split()) for line in text.replace("\\n", "\n").replace("\\N", "\n").splitlines()
    ).strip()


def _status(task: Todo) -> str:
    """Return how far a task is; of a program that leaves STATUS out, or lets it stand, by what else it says."""
    status = _plain(task["STATUS"]).upper() if "STATUS" in task else "NEEDS-ACTION"
    percent = _plain(task["PERCENT-COMPLETE"]) if "PERCENT-COMPLETE" in task else "0"
    if status not in ("NEEDS-ACTION", "IN-PROCESS"):
        return status
    if "COMPLETED" in task or percent == "100":
        return "COMPLETED"
    return "IN-PROCESS" if percent not in ("", "0") else status


def _evidence(before: Todo, after: Todo) -> str:
    """Return comments, and addresses of papers, that were added. A file inside the calendar is none: it is not kept."""
    added = []
    for name in ("COMMENT", "ATTACH"):
        had = {str(value) for value in _values(before, name)}
        for value in _values(after, name):
            if name == "ATTACH" and value.params.get("VALUE", "").upper() == "BINARY":
                raise OtherChange(["ATTACH"])
            added += [str(value).strip()] if str(value) not in had else []
    return "\n".join(filter(None, added))
