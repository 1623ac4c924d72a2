"""What a view of the calendar spans, and how its entries are laid out: days of a month, hours of a week, a list."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from planner.core.i18n import N_
from planner.rules.lanes import in_lanes
from planner.services.calendar_views import Shown
from planner.services.registers import BadQuery

VIEWS = ("month", "week", "agenda")
AGENDA_DAYS = 92
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 12, 31)

STEP = 15
"""Minutes of one row of the week."""
HEAD_ROWS = 2
"""Rows of the week above its hours: the day, and what takes whole days."""
USUAL_HOURS = (9, 17)
SHORTEST = 2
"""Rows that the shortest entry takes, so that it can be read."""
MOST_LANES = 10
"""How many lanes a week has room for; a fuller one is a list."""
QUIET = 0.75
"""What a day without hours takes of a lane."""


@dataclass(frozen=True)
class Span:
    """The days of a view, both included, and where the neighbouring views begin (None at the ends of time)."""

    view: str
    first: date
    last: date
    before: date | None
    after: date | None


def span_of(view: str, day: date) -> Span:
    """Return the month or week (from Monday) that a day is in, or the days of an agenda from it on."""
    if view == "month":
        first = day.replace(day=1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        before = (first - timedelta(days=1)).replace(day=1)
    elif view == "week":
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
        before = first - timedelta(days=7)
    else:
        first, last, before = day, day + timedelta(days=AGENDA_DAYS - 1), day - timedelta(days=AGENDA_DAYS)
    after = last + timedelta(days=1)
    return Span(view, first, last, before if before >= EARLIEST else None, after if after <= LATEST else None)


def read_day(text: str) -> date:
    """Return the day that an address asks for ("2027-02-16", or a month, "2027-02"). Raises BadQuery."""
    message = N_("A day is written like 2027-02-16.")
    try:
        day = date.fromisoformat(text if len(text) == len("2027-02-16") else f"{text}-01")
    except ValueError:
        raise BadQuery(message) from None
    if not EARLIEST <= day <= LATEST:
        raise BadQuery(message)
    return day


Day = tuple[date, list[Shown]]


def days_of(entries: Iterable[Shown], span: Span) -> list[Day]:
    """Return the days of a span on which anything begins or, at its first day, goes on; each with its entries."""
    days: dict[date, list[Shown]] = {}
    for one in entries:
        days.setdefault(max(one.first_on, span.first), []).append(one)
    return sorted(days.items())


def weeks_of(entries: tuple[Shown, ...], span: Span) -> list[list[Day]]:
    """Return the weeks of a month, each day with all that is on; days of other months are empty."""
    weeks = calendar.Calendar().monthdatescalendar(span.first.year, span.first.month)
    return [[(day, _on(entries, day) if span.first <= day <= span.last else []) for day in week] for week in weeks]


@dataclass(frozen=True)
class Placed:
    """An entry on a day of the week: its first row and its number of rows below the head, and its lane, from 1 on.

    `across` is whether nothing stands beside it, so that it takes the whole width.
    """

    entry: Shown
    row: int
    rows: int
    lane: int
    across: bool


@dataclass(frozen=True)
class WeekDay:
    """A day of the week view: what takes whole days, what has hours, and how many stand side by side at most."""

    on: date
    whole: tuple[Shown, ...]
    placed: tuple[Placed, ...]
    lanes: int


@dataclass(frozen=True)
class Week:
    """The week view: its days, the hours it shows (from, until) with the row of each, and all rows."""

    days: tuple[WeekDay, ...]
    hours: tuple[tuple[int, int], ...]
    rows: int
    is_list: bool


def week_of(entries: tuple[Shown, ...], span: Span) -> Week:
    """Lay a week out: hours that nobody uses are left away, and what overlaps stands side by side."""
    days = [span.first + timedelta(days=number) for number in range(7)]
    minutes = {day: [(one, *_minutes(one, day)) for one in _on(entries, day) if one.starts_at] for day in days}
    timed = [part for parts in minutes.values() for part in parts]
    begin = min([USUAL_HOURS[0], *(start // 60 for _, start, _ in timed)])
    end = max([USUAL_HOURS[1], *(-(-stop // 60) for _, _, stop in timed)])
    drawn = []
    for day in days:
        spans = []
        for _, start, stop in minutes[day]:
            row = min((start - begin * 60) // STEP, (end - begin) * 60 // STEP - SHORTEST)
            spans.append((row, max(row + SHORTEST, -(-(stop - begin * 60) // STEP))))
        lanes = in_lanes(spans)
        placed = tuple(
            Placed(one, HEAD_ROWS + row, until - row, lane.number + 1, lane.of == 1)
            for (one, _, _), (row, until), lane in zip(minutes[day], spans, lanes, strict=True)
        )
        whole = tuple(one for one in _on(entries, day) if not one.starts_at)
        drawn.append(WeekDay(day, whole, placed, max((lane.of for lane in lanes), default=1)))
    hours = tuple((hour, HEAD_ROWS + (hour - begin) * 60 // STEP) for hour in range(begin, end))
    rows = HEAD_ROWS + (end - begin) * 60 // STEP
    return Week(
        tuple(drawn), hours, rows, is_list=sum(day.lanes if day.placed else QUIET for day in drawn) > MOST_LANES
    )


def _minutes(one: Shown, day: date) -> tuple[int, int]:
    """Return from which to which minute of a day, as its clocks show them, an entry goes on: from the beginning of the
    day where it began before, to its end where it ends after it.
    """
    starts, ends = one.starts_at, one.ends_at
    if not (starts and ends and one.shown_in):
        raise ValueError(one.uid)
    place = ZoneInfo(one.shown_in)
    first, last = starts.astimezone(place), ends.astimezone(place)
    begin = first.hour * 60 + first.minute if first.date() == day else 0
    end = last.hour * 60 + last.minute if last.date() == day else 24 * 60
    # in an hour that comes twice an end may read earlier than its beginning
    return begin, max(begin, end)


def _on(entries: tuple[Shown, ...], day: date) -> list[Shown]:
    return [one for one in entries if one.first_on <= day <= one.last_on]
