"""Stakeholders and their people. Each is written at once; a test states what it relies on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import count
from typing import TypeVar

from planner.access.viewer import system
from planner.core.db import db
from planner.models import (
    Delegation,
    DelegationRole,
    Origin,
    Person,
    Stakeholder,
    StakeholderClass,
    StatusPeriod,
)
from planner.rules import standing
from planner.rules.audience import Ground
from planner.rules.partial_dates import parse_partial_date
from planner.services import changes

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
T = TypeVar("T")
_numbers = count(1)


def status(
    status: str,
    from_: str | None = None,
    until: str | None = None,
    known: str | None = None,
    deposited: str | None = None,
) -> StatusPeriod:
    """A period as the import writes it, with the days on which it is possible and certain by itself."""
    dates = [parse_partial_date(text) if text else None for text in (from_, until, known, deposited)]
    bounds = standing.bounds(standing.StatusPeriod(status, *dates))
    return StatusPeriod(
        status=status,
        from_text=from_,
        until_text=until,
        known_text=known,
        deposited_text=deposited,
        **asdict(bounds),
    )


def state(iso2: str, *statuses: StatusPeriod, name: str | None = None) -> Stakeholder:
    for position, period in enumerate(statuses):
        period.position = position
    made = Stakeholder(
        ref=iso2, title=name or f"State {iso2}", is_state=True, iso2=iso2, audience_own=int(Ground.PUBLIC),
        origin=Origin.OWN, statuses=list(statuses),
    )  # fmt: skip
    return _write(made)


def organisation(name: str, stakeholder_class: StakeholderClass) -> Stakeholder:
    return _write(
        Stakeholder(
            title=name, is_state=False, stakeholder_class=stakeholder_class, audience_own=int(Ground.PUBLIC),
            origin=Origin.OWN,
        )
    )  # fmt: skip


def person(name: str, stakeholder: Stakeholder | None = None, *, from_on: date | None = None,
           until_on: date | None = None) -> Person:  # fmt: skip
    """A person, as head of the delegation of a stakeholder where one is given."""
    made = Person(
        ref=f"person-{next(_numbers)}", title=name, stakeholder_id=stakeholder.id if stakeholder else None,
        audience_own=int(Ground.OFFICERS), origin=Origin.OWN,
    )  # fmt: skip
    _write(made)
    if stakeholder is not None:
        delegate(made, stakeholder, from_on=from_on, until_on=until_on)
    return made


def delegate(person: Person, stakeholder: Stakeholder, *, from_on: date | None = None,
             until_on: date | None = None) -> Delegation:  # fmt: skip
    return _write(
        Delegation(
            person_id=person.id, stakeholder_id=stakeholder.id, role=DelegationRole.HEAD, from_on=from_on,
            until_on=until_on,
        )
    )  # fmt: skip


def _write(row: T) -> T:
    with changes.change(system(AT.date(), "test"), at=AT):
        db.session.add(row)
        db.session.flush()
    return row
