"""What status a State certainly has on a day, from periods whose dates may be known in part. Deny on doubt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.core.i18n import N_, Message
from planner.rules.partial_dates import PartialDate

_Answer = Literal["certain", "possible", "no"]


@dataclass(frozen=True)
class StatusPeriod:
    """A status from a day (inclusive) until a day (exclusive).

    `from_` is None where the start is not known; `until` is None where the status still holds; `known_on` is a time at
    which a source says that the status held.
    """

    status: str
    from_: PartialDate | None = None
    until: PartialDate | None = None
    known_on: PartialDate | None = None


def status_on(periods: Iterable[StatusPeriod], day: date) -> str | None:
    """Return the status that is certain on a day, or None when there is none or it cannot be decided.

    A status is certain from the latest day on which it can have begun (that of `from_` or of `known_on`, whichever is
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
    if period.from_ is not None and day < period.from_.earliest:
        return "no"
    if period.until is not None and day >= period.until.latest:
        return "no"
    begun_by = min((known.latest for known in (period.from_, period.known_on) if known is not None), default=None)
    has_begun = begun_by is not None and day >= begun_by
    goes_on = period.until is None or day < period.until.earliest
    return "certain" if has_begun and goes_on else "possible"


def _turning_days(period: StatusPeriod) -> Iterable[date]:
    for known in (period.from_, period.until, period.known_on):
        if known is not None:
            yield known.earliest
            yield known.latest


def _contradiction(period: StatusPeriod) -> Message | None:
    from_, until, known_on = period.from_, period.until, period.known_on
    if from_ is not None and until is not None and until.latest <= from_.earliest:
        return N_("A period from {start} cannot end on {end}.", start=str(from_), end=str(until))
    if known_on is not None and from_ is not None and known_on.latest < from_.earliest:
        return N_("What begins in {start} cannot be known for {known}.", start=str(from_), known=str(known_on))
    if known_on is not None and until is not None and known_on.earliest >= until.latest:
        return N_("What ends in {end} cannot be known for {known}.", end=str(until), known=str(known_on))
    return None
