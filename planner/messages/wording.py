"""What all mails share: paragraphs and facts as plain text and as HTML, and an officer's own words before them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from zoneinfo import ZoneInfo

from planner.core.i18n import Gettext
from planner.rules.day_words import weekday_words

Facts = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Words:
    """A mail in words."""

    subject: str
    text: str
    html: str


def plain(opening: Iterable[str], facts: Facts, closing: Iterable[str], gettext: Gettext = str) -> str:
    """Return paragraphs, facts and paragraphs as plain text. Languages differ in how a colon follows a label."""
    table = "\n".join(gettext("{label}: {value}").format(label=a, value=b) for a, b in facts if b)
    return "\n\n".join(part for part in (*opening, table, *closing) if part) + "\n"


def rich(opening: Iterable[str], facts: Facts, closing: Iterable[str]) -> str:
    """Return the same as HTML. Without pictures, styles and links but one: what is loaded tells on its reader."""
    rows = "".join(f"<tr><th align=left>{escape(a)}</th><td>{_lines(b)}</td></tr>" for a, b in facts if b)
    table = f"<table>{rows}</table>" if rows else ""
    return "".join([*map(_paragraph, opening), table, *map(_paragraph, closing)]) + "\n"


def with_note(note: str | None, text: str) -> str:
    """Return a plain text with an officer's words before it."""
    return f"{note.strip()}\n\n{text}" if note and note.strip() else text


def with_note_html(note: str | None, html: str, language: str) -> str:
    """Return a whole page of HTML with an officer's words before it, in paragraphs as they were typed."""
    own = "".join(map(_paragraph, (note or "").strip().replace("\r\n", "\n").split("\n\n")))
    head = f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8"></head>'
    return f"{head}<body>{own}{html}</body></html>\n"


def moment_words(
    starts: datetime | date, ends: datetime | date | None, zone: str | None, gettext: Gettext = str
) -> str:
    """Return when something is, by the clocks of its place: "Tuesday 16 February 2027, 10:00–13:00 (Europe/Zurich,
    UTC+01:00)"; "Tuesday 16 February 2027 – Wednesday 17 February 2027" for whole days.
    """

    def _day(day: date) -> str:
        return weekday_words(day).render(gettext)

    if not isinstance(starts, datetime):
        first = _day(starts)
        return first if ends is None or ends == starts else f"{first} – {_day(ends)}"
    at = ZoneInfo(zone) if zone else UTC
    first_at = starts.astimezone(at)
    last_at = ends.astimezone(at) if isinstance(ends, datetime) else None
    offset = first_at.isoformat()[-6:]
    hours = f"{first_at:%H:%M}"
    if last_at is not None:
        other_day = f"{_day(last_at.date())}, " if last_at.date() != first_at.date() else ""
        hours += f"–{other_day}{last_at:%H:%M}"
    return f"{_day(first_at.date())}, {hours} ({f'{zone}, ' if zone else ''}UTC{offset})"


def _paragraph(text: str) -> str:
    return f"<p>{_lines(text)}</p>" if text else ""


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
