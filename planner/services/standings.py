"""The class of a stakeholder on a day, as SQL: what `rules/standing.py` says of one State, asked of all of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_
from sqlalchemy.orm import aliased

from planner.models import Stakeholder, StakeholderClass, StatusPeriod
from planner.rules.partial_dates import parse_partial_date
from planner.rules.standing import StatusPeriod as Period
from planner.rules.standing import status_on

_mine = aliased(StatusPeriod)
_other = aliased(StatusPeriod)

CLASS_OF_STATUS = {
    "state_party": StakeholderClass.STATE_PARTY,
    "signatory": StakeholderClass.SIGNATORY_STATE,
}
"""Status of a State → its class; without a certain status a State is an observer."""


def class_on(day: date, stakeholder: Any = Stakeholder) -> ColumnElement[str]:
    """Return the class of a stakeholder on a day: an organisation's own; a State's by status, else observer."""
    by_status = ((_has(status, day, stakeholder), literal(kind.value)) for status, kind in CLASS_OF_STATUS.items())
    return case(
        (~stakeholder.is_state, func.coalesce(stakeholder.stakeholder_class, literal(""))),
        *by_status,
        else_=literal(StakeholderClass.OBSERVER_STATE.value),
    )


def class_of(stakeholder: Stakeholder, day: date) -> StakeholderClass | None:
    """Return the same of one stakeholder whose statuses are loaded; None for an organisation without a class."""
    if not stakeholder.is_state:
        return stakeholder.stakeholder_class
    status = status_on([period_of(row) for row in stakeholder.statuses], day)
    return CLASS_OF_STATUS.get(status or "", StakeholderClass.OBSERVER_STATE)


def period_of(row: StatusPeriod) -> Period:
    """Return the value that the rules reckon with."""
    known = (parse_partial_date(text) if text else None for text in (row.from_text, row.until_text, row.known_text))
    return Period(row.status, *known)


def _has(status: str, day: date, stakeholder: Any) -> ColumnElement[bool]:
    """Return the condition that a status is certain on a day, and no other one possible."""
    certain = exists().where(
        _mine.stakeholder_id == stakeholder.id,
        _mine.status == status,
        _mine.certain_from <= day,
        or_(_mine.certain_until.is_(None), _mine.certain_until > day),
    )
    doubt = exists().where(_other.stakeholder_id == stakeholder.id, _other.status != status, _may_hold(_other, day))
    return and_(certain.correlate(stakeholder), ~doubt.correlate(stakeholder))


def _may_hold(period: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that a status may hold on a day.

    Partial dates are texts of which the earlier sorts first, so the day is cut to the precision of each: it is not
    before what it may have begun in, and the day after it not beyond what it ends in.
    """
    begun = period.from_text <= func.substr(literal(day.isoformat()), 1, func.length(period.from_text))
    next_day = literal((day + timedelta(days=1)).isoformat())
    goes_on = func.substr(next_day, 1, func.length(period.until_text)) <= period.until_text
    return and_(or_(period.from_text.is_(None), begun), or_(period.until_text.is_(None), goes_on))
