"""What status a State certainly has on a day, from periods whose dates may be known in part. Deny on doubt.

A State that deposits its instrument is a State Party only ninety days later (Article 22 of the Treaty), so a deposit is
kept as a deposit. Where the day on which the status began is not known, it follows from the deposit as far as that is
known: from a year, no more than the days between which it lies.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from planner.core.i18n import N_, Message
from planner.rules.partial_dates import PartialDate

IN_FORCE = date(2014, 12, 24)
"""The day on which the Treaty entered into force, for all who had deposited in time: Article 22(1)."""
WAIT = timedelta(days=90)
"""From the deposit of an instrument until the Treaty is in force for its State: Article 22(2)."""
_Answer = Literal["certain", "possible", "no"]


@dataclass(frozen=True)
class StatusPeriod:
    """A status from a day (inclusive) until a day (exclusive).

    `from_` is None where the start is not known; `until` is None where the status still holds; `known_on` is a time at
    which a source says that the status held; `deposited` is when the instrument was deposited from which it follows.
    """

    status: str
    from_: PartialDate | None = None
    until: PartialDate | None = None
    known_on: PartialDate | None = None
    deposited: PartialDate | None = None

    @property
    def begins(self) -> tuple[date, date] | None:
        """Return the first and the last day on which it can have begun, or None where neither is known."""
        if self.from_ is not None:
            return self.from_.earliest, self.from_.latest
        if self.deposited is None:
            return None
        return max(self.deposited.earliest + WAIT, IN_FORCE), max(self.deposited.latest + WAIT, IN_FORCE)


@dataclass(frozen=True)
class Bounds:
    """Between which days a status is possible and between which it is certain; each end is exclusive.

    None is no bound of what is possible; a status without `certain_from` is certain on no day.
    """

    possible_from: date | None
    possible_until: date | None
    certain_from: date | None
    certain_until: date | None


def bounds(period: StatusPeriod) -> Bounds:
    """Return the bounds of a period as they are stored, so that lists can ask in SQL what `status_on` says."""
    if _contradiction(period) is not None:
        return Bounds(None, None, None, None)
    begins, until = period.begins, period.until
    certain_from = first_certain_day([period], period.status)
    return Bounds(
        possible_from=begins[0] if begins else None,
        possible_until=until.latest if until else None,
        certain_from=certain_from,
        certain_until=until.earliest if until and certain_from else None,
    )


def status_on(periods: Iterable[StatusPeriod], day: date) -> str | None:
    """Return the status that is certain on a day, or None when there is none or it cannot be decided.

    A status is certain from the latest day on which it can have begun (that of `begins` or of `known_on`, whichever is
    earlier) up to the earliest day on which it can have ended, and only where no other status is possible on that day.
    None must be read as "has no right that rests on a status" (DESIGN.md section 3: deny on doubt).
    """
    certain: set[str] = set()
    possible: set[str] = set()
    for period in periods:
        answer = _answer(period, day)
        if answer == "certain":
            certain.add(period.status)
        if answer != "no":
            possible.add(period.status)
    return certain.pop() if len(certain) == len(possible) == 1 else None


def first_certain_day(periods: Sequence[StatusPeriod], status: str) -> date | None:
    """Return the first day on which `status_on` gives the status, or None where it never does."""
    turning_days = sorted({day for period in periods for day in _turning_days(period)})
    return next((day for day in turning_days if status_on(periods, day) == status), None)


def contradictions(periods: Iterable[StatusPeriod]) -> tuple[Message, ...]:
    """Return what is wrong with each period in itself; empty where all can be true.

    A period that contradicts itself gives no status and takes the certainty from all others.
    """
    return tuple(message for period in periods if (message := _contradiction(period)) is not None)


def _answer(period: StatusPeriod, day: date) -> _Answer:
    if _contradiction(period) is not None:
        return "possible"
    begins = period.begins
    if begins is not None and day < begins[0]:
        return "no"
    if period.until is not None and day >= period.until.latest:
        return "no"
    latest = [begins[1]] if begins else []
    if period.known_on is not None:
        latest.append(period.known_on.latest)
    begun_by = min(latest, default=None)
    has_begun = begun_by is not None and day >= begun_by
    goes_on = period.until is None or day < period.until.earliest
    return "certain" if has_begun and goes_on else "possible"


def _turning_days(period: StatusPeriod) -> Iterable[date]:
    yield from period.begins or ()
    for known in (period.until, period.known_on):
        if known is not None:
            yield known.earliest
            yield known.latest


def _contradiction(period: StatusPeriod) -> Message | None:
    until, known_on, begins = period.until, period.known_on, period.begins
    if period.from_ is not None and period.deposited is not None and period.from_.latest < period.deposited.earliest:
        return N_(
            "What begins in {start} cannot rest on a deposit in {deposit}.",
            start=str(period.from_),
            deposit=str(period.deposited),
        )
    start = str(period.from_ or (begins and begins[0]))
    if begins is not None and until is not None and until.latest <= begins[0]:
        return N_("A period from {start} cannot end on {end}.", start=start, end=str(until))
    if known_on is not None and begins is not None and known_on.latest < begins[0]:
        return N_("What begins in {start} cannot be known for {known}.", start=start, known=str(known_on))
    if known_on is not None and until is not None and known_on.earliest >= until.latest:
        return N_("What ends in {end} cannot be known for {known}.", end=str(until), known=str(known_on))
    return None
