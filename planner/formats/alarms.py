"""Reminders: which entries remind their reader, and how a calendar says so (RFC 5545 section 3.6.6)."""

from __future__ import annotations

import re

from icalendar.parser import Contentline

from planner.formats.entry import PLACEHOLDER

_BEGINS_AT = re.compile(r"^DTSTART(?:;TZID=[^:;\r\n]+)?:\d{8}T", re.MULTILINE)
_ENDS_AT = re.compile(r"^DTEND(?:;TZID=[^:;\r\n]+)?:\d{8}T", re.MULTILINE)
_SUMMARY = re.compile(r"^SUMMARY:([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)\r\n", re.MULTILINE)


def with_alarm(text: str, *, minutes: int) -> str:
    """Return a finished event that reminds its reader so many minutes before it begins (section 3.6.6, VALARM).

    What takes whole days, or no time, or is off, reminds of nothing: a bell at midnight, or before a session that does
    not take place, is worse than none. Nor does a placeholder: its reader is not expected there. A presentation has
    hours of its own, though its session takes them already (TRANSP), and its listener may come for it alone. The words
    are the event's own, so that they are in its language.
    """
    if not _reminds(text):
        return text
    said = _SUMMARY.search(text)
    words = re.sub(r"\r\n[ \t]", "", said[1]) if said else "-"
    folded: str = Contentline(f"DESCRIPTION:{words}").to_ical().decode()  # type: ignore[no-untyped-call]
    lines = ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{minutes}M", folded, "END:VALARM")
    end = "END:VEVENT\r\n"
    return "".join((text.removesuffix(end), *(f"{line}\r\n" for line in lines), end))


def _reminds(text: str) -> bool:
    """Say whether a finished entry has hours in which its reader may be expected."""
    takes_time = "\r\nTRANSP:OPAQUE\r\n" in text or _ENDS_AT.search(text)
    is_off = "\r\nSTATUS:CANCELLED\r\n" in text
    is_event = text.startswith("BEGIN:VEVENT") and f"\r\nUID:{PLACEHOLDER}" not in text
    return bool(is_event and _BEGINS_AT.search(text) and takes_time and not is_off)
