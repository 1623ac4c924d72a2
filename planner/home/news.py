"""What the home page tells, in the words of the request: rows of news, what is due, and how far the next session is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from planner.rules import lifecycle
from planner.rules.partial_dates import parse_partial_date
from planner.services.home import DueNext, News, NextSession
from planner.web.filters import day
from planner.web.i18n import translate
from planner.web.programme_changes import tell
from planner.web.urls import record_url

_LATE = ("moved", "cancelled", "postponed", "merged", "removed")


def rows(news: Iterable[News], today: date) -> list[dict[str, Any]]:
    """Return the news as the component `rows` prints it. Where record and illustration mix, the latter says so."""
    entries = list(news)
    return [_row(entry, today, is_mixed=_is_mixed(entries)) for entry in entries]


def _is_mixed(entries: Sequence[News | DueNext]) -> bool:
    return len({entry.is_illustration for entry in entries}) > 1


def _row(entry: News, today: date, *, is_mixed: bool) -> dict[str, Any]:
    told = _told(entry, today)
    notes = [told["sub"], _("illustration") if is_mixed and entry.is_illustration else None]
    sub = ", ".join(str(note) for note in notes if note)
    return {"when": short_day(entry.on, today), "iso": entry.on, **told, "sub": sub}


def _told(entry: News, today: date) -> dict[str, Any]:
    if entry.change is not None:
        told = tell([entry.change], {entry.id: entry.zone}, entry.names)[0]
        kind = entry.change["kind"]
        late = kind in _LATE
        return {
            "lead": told.text,
            "text": told.title,
            "url": record_url("plan_session", entry.id),
            "sub": _("%(subject)s, %(place)s", subject=told.subject, place=told.session or entry.of),
            "word": _("changed") if not late else translate(_state_words()[kind]),
            "tone": "late" if late else "open",
        }
    lead, word, tone = {
        "release": (_("Programme released."), None, "open"),
        "plan_version": (_("Plan circulated."), _state_of(entry), "open"),
        "call": (_("Call opened."), _("closed"), "settled"),
        "meeting": (_("Conference held."), _("held"), "settled"),
    }[entry.kind]
    if entry.until is not None and entry.until.date() >= today:
        word, tone = _("until %(day)s", day=short_day(entry.until.date().isoformat(), today)), "open"
    text = f"{entry.of}, {entry.title}" if entry.kind == "plan_version" else entry.title
    sub = entry.of if entry.kind == "call" else None
    return {"lead": lead, "text": text, "url": record_url(entry.kind, entry.id), "sub": sub, "word": word, "tone": tone}


def _state_words() -> dict[str, Any]:
    words = {kind: lifecycle.state_word("plan_session", kind) for kind in ("cancelled", "postponed", "merged")}
    return {**words, "moved": _("moved"), "removed": _("taken off")}


def _state_of(entry: News) -> str:
    state = entry.state if entry.kind == "plan_version" and entry.state else "circulated"
    return translate(lifecycle.state_word("plan_version", state))


def due_rows(due: Iterable[DueNext]) -> list[dict[str, Any]]:
    """Return what is due, each with what to do, who, when, and how it stands."""
    entries = list(due)
    return [_due_row(entry, is_mixed=_is_mixed(entries)) for entry in entries]


def _due_row(entry: DueNext, *, is_mixed: bool) -> dict[str, Any]:
    what, who = {
        "call": (entry.title, _("All stakeholders")),
        "plan_version": (_("Comment on %(plan)s, %(version)s", plan=entry.who, version=entry.title), _("Delegations")),
    }.get(entry.kind, (entry.title, entry.who or ""))
    state = (entry.due.tone, translate(entry.due.word)) if entry.due else ("open", _("open"))
    return {
        "what": what,
        "url": record_url(entry.kind, entry.id),
        "who": who,
        "sub": _("illustration") if is_mixed and entry.is_illustration else None,
        "on": day(entry.on),
        "tone": state[0],
        "word": state[1],
    }


def short_day(text: str, today: date) -> str:
    """Return a day with its month in short, and with its year where that is another than today's."""
    partial = parse_partial_date(text)
    if partial.day is None:
        return day(text)
    return str(format_date(partial.day, "d MMM" if partial.year == today.year else "d MMM y", locale=get_locale()))


def distance(on_text: str, today: date) -> str:
    """Return the weekday of a day and how far it is: "Tuesday, in 12 weeks"; a month or a year says that much alone."""
    on = parse_partial_date(on_text).day
    if on is None:
        return str(_("day not known"))
    count = (on - today).days
    far = (
        _("today")
        if not count
        else _("tomorrow")
        if count == 1
        else ngettext("in %(num)s day", "in %(num)s days", count)
    )
    if count > 20:
        far = ngettext("in %(num)s week", "in %(num)s weeks", count // 7)
    return str(_("%(weekday)s, %(far)s", weekday=format_date(on, "EEEE", locale=get_locale()), far=far))


def own_zone(zone: str | None, coming: NextSession | None) -> str | None:
    """Return the reader's zone where its clock differs from the venue's at the start of the next session."""
    if not zone or coming is None or coming.starts_at is None:
        return None
    return zone if _offset(coming.starts_at, zone) != _offset(coming.starts_at, coming.zone) else None


def _offset(at: datetime, zone: str) -> Any:
    return at.astimezone(ZoneInfo(zone)).utcoffset()


__all__ = ["distance", "due_rows", "own_zone", "rows", "short_day"]
