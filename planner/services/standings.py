"""The class of a stakeholder on a day, as SQL: what `rules/standing.py` says of one State, asked of all of them."""

from __future__ import annotations

from datetime import date
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


def period_of(row: Any) -> Period:
    """Return the value that the rules reckon with, of a stored period or a row with its status and texts."""
    texts = (row.from_text, row.until_text, row.known_text, row.deposited_text)
    return Period(row.status, *(parse_partial_date(text) if text else None for text in texts))


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
    """Return the condition that a status may hold on a day."""
    begun = or_(period.possible_from.is_(None), period.possible_from <= day)
    return and_(begun, or_(period.possible_until.is_(None), period.possible_until > day))
