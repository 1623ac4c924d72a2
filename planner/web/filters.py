"""Jinja filters and globals: messages, words, dates, instants, symbols, links, rights."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from flask import Flask
from flask_babel import get_locale, gettext
from markupsafe import Markup, escape

from planner.access import policy
from planner.access.permissions import Verb
from planner.core import clock
from planner.formats.markdown import markdown_html
from planner.rules import lifecycle
from planner.rules.due_dates import Due, due_on_day, rule_in_words
from planner.rules.partial_dates import parse_partial_date
from planner.rules.words import CLASS_CODES, STATION_NAMES, word
from planner.services.chain import Linked, Walk
from planner.web.i18n import translate
from planner.web.urls import record_url, register_url
from planner.web.viewer import current_viewer


def init_app(app: Flask) -> None:
    """Give templates their words."""
    app.jinja_env.filters.update(
        msg=translate,
        markdown=lambda text: Markup(markdown_html(text or "")),  # noqa: S704 - cleaned by it
        word=lambda code, words: translate(word(words, code)),
        day=day,
        days=days,
        long_day=lambda value: day(value, weekday=True),
        instant=instant,
        clock_time=clock_time,
        offset=offset,
        symbol=symbol,
        class_code=lambda value: CLASS_CODES.get(str(value), "xx"),
        place=place,
        month=month,
        weekday=weekday,
        webcal=lambda url: "webcal:" + url.partition(":")[2],
        stations=stations,
        field_name=lambda value: translate(word("field", value.partition(".")[0])),
        due=due,
        due_rule=lambda offset_days, session: translate(rule_in_words(offset_days, session)),
        confidence=lambda value: translate(word("confidence", value)),
    )
    app.jinja_env.globals.update(
        record_url=record_url,
        register_url=register_url,
        state_tone=lifecycle.tone,
        state_word=lambda kind, state: translate(lifecycle.state_word(kind, state)),
        can=can,
        now=clock.now,
    )


def can(verb: str, body_id: int | None = None) -> bool:
    """Say whether the viewer may do something: for buttons only, services ask again."""
    return policy.may(current_viewer(), Verb(verb), body_id)


def due(state: str, due_on: date | None) -> Due:
    """Return how a follow-up stands today: its tone, its word, and the days by which it is overdue."""
    return due_on_day(state, due_on, current_viewer().day)


def day(value: str | date | None, *, weekday: bool = False) -> str:
    """Return a day or a partial date in words: "16 February 2027", "April 2020", "2024"; unknown says so."""
    if value is None or value == "":
        return str(gettext("not known"))
    locale = get_locale()
    if isinstance(value, date):
        known, precision = value, "day"
    else:
        partial = parse_partial_date(value)
        known, precision = partial.earliest, partial.precision
    pattern = {"day": "EEEE d MMMM y" if weekday else "d MMMM y", "month": "LLLL y", "year": "y"}[precision]
    return str(format_date(known, pattern, locale=locale))


def days(first: str | None, last: str | None) -> str:
    """Return the days from first to last, both included: "4 to 5 February 2020", or one of them where that is all."""
    if not (first and last) or first == last:
        return day(first or last)
    start, end = parse_partial_date(first).day, parse_partial_date(last).day
    text = day(first)
    if start and end and start.year == end.year:
        text = str(format_date(start, "d" if start.month == end.month else "d MMMM", locale=get_locale()))
    return str(gettext("%(first)s to %(last)s", first=text, last=day(last)))


def month(value: date) -> str:
    """Return a month in words: "February 2027"."""
    return str(format_date(value, "LLLL y", locale=get_locale()))


def weekday(value: date, length: str = "wide") -> str:
    """Return the name of a day of the week, "wide" or "short"."""
    return str(format_date(value, "EEEE" if length == "wide" else "EEE", locale=get_locale()))


def instant(value: datetime, zone: str) -> str:
    """Return an instant in a zone: "16 February 2027, 10:00"."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {clock_time(value, zone)}"


def clock_time(value: datetime, zone: str) -> str:
    """Return the hour of an instant in a zone, "10:00"."""
    return str(format_time(value.astimezone(ZoneInfo(zone)), "HH:mm", locale=get_locale()))


def offset(value: datetime, zone: str) -> str:
    """Return the distance from UTC in a zone at an instant: "UTC+1", "UTC+5:30"."""
    delta = value.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(delta.total_seconds() // 60) if delta else 0
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def place(zone: str) -> str:
    """Return the city that a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def symbol(value: str | None) -> Markup:
    """Return a document symbol with places to break the line after its strokes and dots."""
    if not value:
        return Markup("")
    return Markup("<wbr>").join(escape(part) for part in _parts(value))


def stations(walk: Walk) -> list[dict[str, Any]]:
    """Return the stations of a chain as the chain component draws them."""
    names = list(STATION_NAMES)
    here = next((i for i, station in enumerate(walk.stations) if station.position == "here"), len(names) // 2)
    drawn = []
    for index, station in enumerate(walk.stations):
        items: list[tuple[str, str | None]] = [
            (_named(record), record_url(record.kind, record.id)) for record in station.records
        ]
        if station.count > len(items):
            items.append((gettext("%(count)s more", count=station.count - len(items)), None))
        label = translate(STATION_NAMES[station.name])
        drawn.append({"label": label, "items": items, "position": station.position, "far": abs(index - here) > 1})
    return drawn


def _named(record: Linked) -> str:
    """Return what a station calls a record: its title, and that it was withdrawn where it was."""
    text = shortened(record.title)
    if record.state != lifecycle.WITHDRAWN:
        return text
    state = translate(lifecycle.state_word(record.kind, record.state))
    return str(gettext("%(title)s (%(state)s)", title=text, state=state))


def shortened(text: str, length: int = 64) -> str:
    """Return a title cut after a whole word where it is longer than a station of the chain has room for."""
    if len(text) <= length:
        return text
    return f"{text[:length].rpartition(' ')[0] or text[:length]}…"


def _parts(value: str) -> list[str]:
    parts, start = [], 0
    for index, sign in enumerate(value):
        if sign in "/." and index + 1 < len(value):
            parts.append(value[start : index + 1])
            start = index + 1
    return [*parts, value[start:]]
