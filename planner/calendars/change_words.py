"""What changed in the calendar, in words: for the page and for the Atom feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from planner.formats.entry_table import Row
from planner.rules import lifecycle
from planner.services.calendar_changes import Changed
from planner.web.filters import clock_time, day, days, instant
from planner.web.i18n import translate
from planner.web.programme_changes import tell

_WHEN = ("on", "starts_at")
_OFF = (*lifecycle.OFF, "dropped")


@dataclass(frozen=True)
class Told:
    """One change in words: the sort of thing, what happened to it, sentences that say more, and how it stands."""

    sort: str
    lead: str
    lines: tuple[str, ...]
    word: str
    tone: str


def told(one: Changed) -> Told:
    """Return a change in words, every hour with its zone."""
    if one.what == "programme":
        lines = tuple(f"{title}: {when_words(when)}" for title, when in one.sessions)
        return Told(_("Programme"), _("Programme released."), lines, _("new"), "open")
    lines = _lines_of_session(one) if one.what == "session" else (_now(one),)
    return Told(_sort(one), _lead(one), lines, *_standing(one))


def _sort(one: Changed) -> str:
    sorts: dict[str, str] = {
        "session": _("Session"),
        "meeting": _("Meeting"),
        "call": _("Call"),
        "consultation": _("Comments"),
        "follow_up": _("Follow-up"),
    }
    return sorts[one.what]


def _lead(one: Changed) -> str:
    if one.state in (*_OFF, "done"):
        return f"{translate(lifecycle.state_word(one.kind, one.state)).capitalize()}."
    if one.is_new:
        return str(_("New."))
    return str(_("Moved.") if _is_moved(one) else _("Changed."))


def _standing(one: Changed) -> tuple[str, str]:
    """Return the word and the tone of a change."""
    if one.state in (*_OFF, "done"):
        return translate(lifecycle.state_word(one.kind, one.state)), "settled" if one.state == "done" else "late"
    if one.is_new:
        return _("new"), "open"
    return (_("moved"), "late") if _is_moved(one) else (_("changed"), "open")


def _is_moved(one: Changed) -> bool:
    return any(change["kind"] == "moved" and change["field"] in _WHEN for change in one.changes)


def _now(one: Changed) -> str:
    """Say what holds now."""
    when = when_words(one.when) if one.when else _("not known")
    if one.what == "call":
        return str(_("Closes: %(when)s.", when=when))
    if one.what == "consultation":
        return str(_("Comments until: %(when)s.", when=when))
    if one.what == "follow_up":
        return str(_("Due: %(when)s.", when=when))
    return str(_("Days: %(when)s.", when=when))


def _lines_of_session(one: Changed) -> tuple[str, ...]:
    """Return when the session is, with where it was before, and all else that it went through."""
    when = one.when or Row(first=one.at.date(), last=one.at.date(), title=one.title)
    first = _moved(one.changes, when, one.zone) if _is_moved(one) else f"{when_words(when)}."
    told_already = {"added", one.state} - {"merged"}  # which says into which session
    rest = [
        change
        for change in one.changes
        if change["kind"] not in told_already and not (change["kind"] == "moved" and change["field"] in _WHEN)
    ]
    return first, *(found.text for found in tell(rest, {change["session_id"]: one.zone for change in rest}, one.names))


def _moved(all_changes: Iterable[Mapping[str, Any]], when: Row, zone: str) -> str:
    """Say to when and from when; each in the zone that it had."""
    changes = {change["field"]: change for change in all_changes if change["kind"] == "moved"}
    zones = changes.get("zone", {"old": zone, "new": zone})
    days_of = changes.get("on", {"old": when.first.isoformat(), "new": when.first.isoformat()})
    starts = changes.get("starts_at")
    before, after = (_time_of(side, starts, days_of[side], zones[side]) for side in ("old", "new"))
    return str(_("To %(new)s, before %(old)s.", new=after, old=before))


def _time_of(side: str, starts: Mapping[str, Any] | None, on: str | None, zone: str) -> str:
    if starts is None:
        return day(on)
    if starts[side] is None:
        return str(_("%(day)s (hours not known)", day=day(on)))
    return f"{instant(datetime.fromisoformat(starts[side]), zone)} ({zone})"


def when_words(when: Row) -> str:
    """Return the time of an entry: "16 February 2027, 10:00–13:00 (Europe/Zurich)", or its days."""
    if when.start is None:
        return days(when.first.isoformat(), when.last.isoformat())
    hours = clock_time(when.start, when.zone)
    if when.end is None:
        return f"{day(when.first)}, {hours} ({when.zone})"
    until = clock_time(when.end, when.zone)
    if when.last != when.first:
        until = f"{day(when.last)}, {until}"
    return f"{day(when.first)}, {hours}–{until} ({when.zone})"
