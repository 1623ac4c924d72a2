"""Accounts, and the offices that users act in."""

from __future__ import annotations

from datetime import date

from planner.access.viewer import system
from planner.core.db import db
from planner.models import Office, OfficeRole, OfficeUser, Person, Stakeholder, UserAccount
from planner.rules.audience import Ground
from planner.services import accounts, changes

from . import stakeholder as stakeholders

AT = stakeholders.AT
PASSWORD = "a long walk by the lake"


def user(email: str, person: Person | None = None, *, password: str | None = None) -> UserAccount:
    """An account; without a person one of the same name is made, without a password nobody can sign in with it."""
    person = person or stakeholders.person(email.partition("@")[0])
    account_id = accounts.create_account(
        system(AT.date(), "test"), person_id=person.id, email=email, password=password, at=AT
    )
    return db.session.get_one(UserAccount, account_id)


def office(
    role: OfficeRole,
    *users: UserAccount,
    body_id: int | None = None,
    cycle_id: int | None = None,
    holder: Stakeholder | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Office:
    made = Office(
        title=f"{role} of {body_id}", role=role, body_id=body_id, cycle_id=cycle_id, from_on=from_on, until_on=until_on,
        holder_id=holder.id if holder else None, audience_own=int(Ground.PUBLIC),
        users=[OfficeUser(user_id=account.id) for account in users],
    )  # fmt: skip
    with changes.change(system(AT.date(), "test"), at=AT):
        db.session.add(made)
        db.session.flush()
    return made
