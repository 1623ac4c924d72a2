"""Dates of which only the month or the year may be known. Periods and standing are in `standing.py`."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NoReturn, Self

from planner.core.i18n import N_, Message
from planner.rules.faults import Unreadable

FIRST_YEAR = 1900
LAST_YEAR = 2200

Precision = Literal["day", "month", "year"]

# [0-9], not \d: digits of other scripts would come back as other text than what was sent.
_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A day, a month or a year; a part that is not known is 0.

    Dates sort by their parts, so that a year comes before its months and a month before its days, and the order of the
    values is the order of their texts. Raise ValueError where the parts are no date between 1900 and 2200.
    """

    year: int
    month: int = 0
    day_of_month: int = 0

    def __post_init__(self) -> None:
        """Refuse parts that are no date."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            _refuse(N_("The year {year} is not between {first} and {last}.", year=self.year, first=1900, last=2200))
        if self.day_of_month and not self.month:
            _refuse(N_("A date with a day needs its month."))
        if not 0 <= self.month <= 12:
            _refuse(N_("There is no month {month}. Months are 01 to 12.", month=f"{self.month:02}"))
        if self.month and not 0 <= self.day_of_month <= _days_in(self.year, self.month):
            _refuse(
                N_(
                    "{month} has no day {day}. It ends with {last}.",
                    month=f"{self.year:04}-{self.month:02}",
                    day=self.day_of_month,
                    last=_days_in(self.year, self.month),
                )
            )

    @classmethod
    def from_value(cls, value: object) -> Self:
        """Return the partial date of a text or of a `datetime.date`, as files hold them.

        Raise ValueError for all else: a number, because 2024 without quotes may be a slip, and an instant, because its
        day depends on a zone.
        """
        if isinstance(value, str):
            return cls._from_text(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return cls(value.year, value.month, value.day)
        return _refuse(N_("{value} is not a date. Write a day, a month or a year in quotes.", value=repr(value)[:60]))

    @classmethod
    def _from_text(cls, text: str) -> Self:
        match = _SHAPE.fullmatch(text)
        if match is None:
            _refuse(
                N_(
                    "“{found}” is not a date. Write a day as 2019-08-30, a month as 2020-04 or a year as 2024.",
                    found=text[:40],
                )
            )
        year, month, day = match.groups()
        for part in (month, day):
            if part == "00":
                _refuse(N_("“{found}” has a part 00. Leave out what is not known.", found=text))
        return cls(int(year), int(month or 0), int(day or 0))

    @property
    def precision(self) -> Precision:
        """Return what is known: the day, the month or the year."""
        if self.day_of_month:
            return "day"
        return "month" if self.month else "year"

    @property
    def earliest(self) -> date:
        """Return the first day that this may be."""
        return date(self.year, self.month or 1, self.day_of_month or 1)

    @property
    def latest(self) -> date:
        """Return the last day that this may be."""
        month = self.month or 12
        return date(self.year, month, self.day_of_month or _days_in(self.year, month))

    @property
    def day(self) -> date | None:
        """Return the day where it is known."""
        return self.earliest if self.day_of_month else None

    @property
    def text(self) -> str:
        """Return the text that `parse_partial_date` reads: "2019-08-30", "2020-04" or "2024"."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day_of_month) if part]
        return "-".join(parts)

    def __str__(self) -> str:
        """Return the same as `text`."""
        return self.text


def parse_partial_date(text: str) -> PartialDate:
    """Read "2019-08-30", "2020-04" or "2024".

    Raise ValueError (`Unreadable`, with its `message`) for any other text, for days that do not exist, and for years
    outside 1900 to 2200.
    """
    return PartialDate.from_value(text)


def _days_in(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _refuse(message: Message) -> NoReturn:
    raise Unreadable(message)
