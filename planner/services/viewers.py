"""The viewer that an account, or a person without one, stands for on a day: offices, delegations with the State's
status, registrations.

It is asked once a request, so it takes two queries at any number of offices and delegations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from planner.access.viewer import Viewer
from planner.core.db import db, table_of
from planner.models import (
    Body,
    Cycle,
    Delegation,
    Office,
    OfficeRole,
    OfficeUser,
    Person,
    Registration,
    Stakeholder,
    StatusPeriod,
    UserAccount,
)
from planner.rules import standing
from planner.rules.audience import Ground
from planner.services.standings import period_of

GROUNDS_OF_STATUS = {
    "state_party": int(Ground.STATES | Ground.STATES_PARTIES),
    "signatory": int(Ground.STATES),
}
"""What a status lets its delegates into. A status that is not certain on the day is no key here: deny on doubt."""

_office = table_of(Office)
_body = table_of(Body)
_cycle = table_of(Cycle)


def accounts_with_names() -> Any:
    """Return the select of active accounts: what `viewer_of` takes."""
    chosen = (UserAccount.language, UserAccount.zone, Person.id.label("person_id"), Person.title.label("person_name"))
    return (
        select(UserAccount.id.label("account_id"), *chosen)
        .join(Person, Person.id == UserAccount.person_id)
        .where(UserAccount.is_active)
    )


def load_viewer(user_id: int, epoch: int, *, day: date) -> Viewer | None:
    """Return the viewer for an account on a day, or None where the session is void. Two queries.

    It is void where the account is gone or closed, or where the person has signed out everywhere since (another epoch).
    """
    account = db.session.execute(
        accounts_with_names().where(UserAccount.id == user_id, UserAccount.session_epoch == epoch)
    ).one_or_none()
    return viewer_of(account, day=day) if account else None


def viewer_of(account: Any, *, day: date) -> Viewer:
    """Return the viewer for an account, a row of `accounts_with_names`, on a day. One query.

    An office counts on the days from its first (inclusive) to its last (exclusive), where it names none in its cycle,
    and always where it has neither; a delegation likewise. A delegate meets the grounds of the status that the State
    certainly has on the day (rules/standing.py); a status that cannot be decided gives none.
    """
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in db.session.execute(_standing(account.account_id, account.person_id, day)):
        rows[row.what].append(row)
    offices = _offices(rows["office"])
    return Viewer(
        day=day,
        user_id=account.account_id,
        name=account.person_name,
        language=account.language,
        zone=account.zone,
        grounds=int(Ground.PUBLIC) | _grounds(rows["delegation"], day),
        stakeholders=frozenset(row.one for row in rows["delegation"]),
        meetings=frozenset(row.one for row in rows["registration"]),
        bodies=frozenset().union(*(bodies for _, bodies in offices if bodies is not None)),
        everywhere=any(bodies is None for _, bodies in offices),
        offices=offices,
    )


def viewers_of_people(person_ids: Iterable[int], *, day: date) -> dict[int, Viewer]:
    """Return the viewer that each person stands for on a day, by the rule that decides what they see when signed in.

    Whoever has no account, or a closed one, stands for their delegations and registrations alone: nobody is let in by
    an office or by name without an account. Four queries, and one for each who acts in an office.
    """
    ids = sorted(set(person_ids))
    delegations: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(_delegations_of(ids, day)):
        delegations[row.person_id].append(row)
    registered: dict[int, set[int]] = defaultdict(set)
    of_people = select(Registration.person_id, Registration.meeting_id).where(Registration.person_id.in_(ids))
    for person_id, meeting_id in db.session.execute(of_people):
        registered[person_id].add(meeting_id)
    accounts = {row.person_id: row for row in db.session.execute(
        accounts_with_names().where(UserAccount.person_id.in_(ids))
    )}  # fmt: skip
    users = [account.account_id for account in accounts.values()]
    acting = set(db.session.scalars(select(OfficeUser.user_id).where(OfficeUser.user_id.in_(users))))
    found: dict[int, Viewer] = {}
    for person_id in ids:
        account = accounts.get(person_id)
        if account is not None and account.account_id in acting:
            found[person_id] = viewer_of(account, day=day)
            continue
        found[person_id] = Viewer(
            day=day,
            user_id=account.account_id if account is not None else None,
            grounds=int(Ground.PUBLIC) | _grounds(delegations[person_id], day),
            stakeholders=frozenset(row.one for row in delegations[person_id]),
            meetings=frozenset(registered[person_id]),
        )
    return found


def viewer_of_stakeholder(stakeholder_id: int, *, day: date, name: str) -> Viewer:
    """Return the viewer that stands for a stakeholder alone on a day: for its status, no account and no office."""
    stakeholder = table_of(Stakeholder)
    dates = (StatusPeriod.from_text, StatusPeriod.until_text, StatusPeriod.known_text, StatusPeriod.deposited_text)
    rows = db.session.execute(
        select(stakeholder.c.id.label("one"), StatusPeriod.status, *dates)
        .outerjoin(StatusPeriod, and_(StatusPeriod.stakeholder_id == stakeholder.c.id, stakeholder.c.is_state))
        .where(stakeholder.c.id == stakeholder_id)
    ).all()
    return Viewer(
        day=day,
        name=name,
        grounds=int(Ground.PUBLIC) | _grounds(list(rows), day),
        stakeholders=frozenset({stakeholder_id}),
    )


def _delegations_of(person_ids: list[int], day: date) -> Any:
    """Return the select of the delegations of people with the status of their States."""
    stakeholder = table_of(Stakeholder)
    dates = (StatusPeriod.from_text, StatusPeriod.until_text, StatusPeriod.known_text, StatusPeriod.deposited_text)
    return (
        select(Delegation.person_id, Delegation.stakeholder_id.label("one"), StatusPeriod.status, *dates)
        .join(stakeholder, stakeholder.c.id == Delegation.stakeholder_id)
        .outerjoin(
            StatusPeriod,
            and_(StatusPeriod.stakeholder_id == Delegation.stakeholder_id, stakeholder.c.is_state),
        )
        .where(Delegation.person_id.in_(person_ids), _holds(Delegation.from_on, Delegation.until_on, day))
    )


def _standing(user_id: int, person_id: int, day: date) -> CompoundSelect[Any]:
    """Return the select of delegations with the status of their States, of offices with the bodies they reach, and of
    registrations, in rows of one form (`what` tells which).
    """
    stakeholder = table_of(Stakeholder)
    dates = ("from_text", "until_text", "known_text", "deposited_text")
    delegations = (
        select(
            literal("delegation", String).label("what"),
            Delegation.stakeholder_id.label("one"),
            cast(null(), Integer).label("other"),
            StatusPeriod.status.label("status"),
            *(getattr(StatusPeriod, name).label(name) for name in dates),
        )
        .join(stakeholder, stakeholder.c.id == Delegation.stakeholder_id)
        .outerjoin(
            StatusPeriod,
            and_(StatusPeriod.stakeholder_id == Delegation.stakeholder_id, stakeholder.c.is_state),
        )
        .where(Delegation.person_id == person_id, _holds(Delegation.from_on, Delegation.until_on, day))
    )
    held = select(OfficeUser.office_id).where(OfficeUser.user_id == user_id)
    reach = (
        select(_office.c.id.label("office_id"), cast(_office.c.role, String).label("role"), _office.c.body_id)
        .outerjoin(_cycle, _cycle.c.id == _office.c.cycle_id)
        .where(_office.c.id.in_(held), _in_office(day))
        .cte("reach", recursive=True)
    )
    below = select(reach.c.office_id, reach.c.role, _body.c.id).join(reach, _body.c.parent_id == reach.c.body_id)
    # UNION, not UNION ALL: the database refuses bodies in a ring, and a walk must end even where one came in
    reach = reach.union(below)
    nothing = [cast(null(), String).label(name) for name in dates]
    offices = select(literal("office", String), reach.c.office_id, reach.c.body_id, reach.c.role, *nothing)
    registrations = select(
        literal("registration", String),
        Registration.meeting_id,
        cast(null(), Integer),
        cast(null(), String),
        *nothing,
    ).where(Registration.person_id == person_id)
    return union_all(delegations, offices, registrations)


def _grounds(delegations: list[Any], day: date) -> int:
    """Return the broad grounds of the status that each State has on the day."""
    periods: dict[int, list[standing.StatusPeriod]] = defaultdict(list)
    for row in delegations:
        if row.status is not None:
            periods[row.one].append(period_of(row))
    grounds = 0
    for known in periods.values():
        grounds |= GROUNDS_OF_STATUS.get(standing.status_on(known, day) or "", 0)
    return grounds


def _offices(rows: list[Any]) -> tuple[tuple[OfficeRole, frozenset[int] | None], ...]:
    """Return the offices held on the day, each with the bodies it reaches (None: everywhere)."""
    offices: dict[int, tuple[OfficeRole, set[int] | None]] = {}
    for row in rows:
        if row.other is None:
            offices[row.one] = (OfficeRole(row.status), None)
            continue
        _, bodies = offices.setdefault(row.one, (OfficeRole(row.status), set()))
        if bodies is not None:
            bodies.add(row.other)
    return tuple(
        (role, None if bodies is None else frozenset(bodies))
        for _, (role, bodies) in sorted(offices.items(), key=lambda item: item[0])
    )


def users_in_office(day: date, role: OfficeRole, *, everywhere: bool = False) -> Select[int]:
    """Return the select of the accounts that act in an office of a role on a day; `everywhere`: one without a body."""
    held = (
        select(OfficeUser.user_id)
        .join(_office, _office.c.id == OfficeUser.office_id)
        .outerjoin(_cycle, _cycle.c.id == _office.c.cycle_id)
        .where(_office.c.role == role, _in_office(day))
    )
    return held.where(_office.c.body_id.is_(None)) if everywhere else held


def _in_office(day: date) -> ColumnElement[bool]:
    """Return the condition that an office counts on a day. A cycle whose first day is unknown leaves it undecided."""
    dated = or_(_office.c.from_on.is_not(None), _office.c.until_on.is_not(None))
    in_cycle = and_(_cycle.c.from_on <= day, _cycle.c.until_on > day)
    return or_(
        and_(dated, _holds(_office.c.from_on, _office.c.until_on, day)),
        and_(~dated, or_(_office.c.cycle_id.is_(None), in_cycle)),
    )


def _holds(from_on: Any, until_on: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that a day lies in [from_on, until_on), either side open where it is not given."""
    return and_(or_(from_on.is_(None), from_on <= day), or_(until_on.is_(None), until_on > day))
