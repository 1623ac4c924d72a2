"""Days in words that can be said in each language: months, days of the week, and how a language writes a date."""

from __future__ import annotations

from datetime import date

from planner.core.i18n import N_, Message
from planner.rules.partial_dates import PartialDate

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def day_words(day: date) -> Message:
    """Return a day: "16 February 2027". The first of a month is a text of its own: French says "1er" for it."""
    month = MONTHS[day.month - 1]
    if day.day == 1:
        return N_("1 {month} {year}", month=month, year=day.year)
    return N_("{day} {month} {year}", day=day.day, month=month, year=day.year)


def weekday_words(day: date) -> Message:
    """Return a day with its day of the week: "Tuesday 16 February 2027"."""
    return N_("{weekday} {day}", weekday=WEEKDAYS[day.weekday()], day=day_words(day))


def date_words(known: PartialDate) -> Message | str:
    """Return what is known of a date: the day, "February 2027", or the year alone."""
    if known.day is not None:
        return day_words(known.day)
    if known.month:
        return N_("{month} {year}", month=MONTHS[known.month - 1], year=known.year)
    return str(known.year)
