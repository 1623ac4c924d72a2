"""Keeping accounts: making them, closing and opening them again, and the first administrator of an installation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotVisible
from planner.core.i18n import N_, Message
from planner.models import Office, OfficeRole, OfficeUser, Origin, Person, UserAccount
from planner.rules.audience import Ground
from planner.services import changes, editing
from planner.services.accounts import passwords
from planner.services.accounts.signing_in import LONGEST_EMAIL, normal_email
from planner.services.viewers import users_in_office

LONGEST_NAME = 200
_SECOND_ADDRESS = N_("There is an account with this address already.")
_SECOND_ACCOUNT = N_("This person has an account already.")
_EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")


def make_account(
    actor: Viewer,
    *,
    values: Mapping[str, Any],
    at: datetime,
    person_id: int | None = None,
    rev: int = 0,
    base: Mapping[str, str] | None = None,
) -> int:
    """Let a person sign in: a new one, or one of the register whose fields `values` change; return the account's id.

    `values` maps fields of a person (editing.SPECS["person"]) to what was typed; the e-mail is the account's address
    too. `rev` and `base` are what the form of a person of the register began with. The account has no password yet.
    Raises NotAllowed, NotVisible, Invalid per field, and EditConflict where somebody saved the person in between.
    """
    policy.require(actor, Verb.MANAGE_ACCOUNTS)
    with changes.change(actor, at=at):
        if person_id is None:
            person = editing.create_record(actor, "person", at=at, values=values)
        else:
            _require_person(person_id)
            person = editing.edit_record(actor, person_id, rev=rev, at=at, values=values, base=base)
        email = str(values.get("email") or "")
        return create_account(actor, person_id=person.id, email=email, password=None, at=at)


def create_account(actor: Viewer, *, person_id: int, email: str, password: str | None, at: datetime) -> int:
    """Let a person sign in; return the id of the account. Without a password the account waits for one.

    Raises NotAllowed unless the actor keeps the accounts, NotVisible where there is no such person, and Invalid for an
    address or a password that cannot be used.
    """
    policy.require(actor, Verb.MANAGE_ACCOUNTS)
    email = normal_email(email)
    with _told_apart(), changes.change(actor, at=at):
        _require_person(person_id)
        faults = _account_faults(person_id, email, password)
        if faults:
            raise Invalid(faults)
        account = UserAccount(
            email=email,
            person_id=person_id,
            password_hash=passwords.keep(password) if password is not None else None,
            created_at=at,
        )
        db.session.add(account)
        db.session.flush()
        return account.id


def add_administrator(actor: Viewer, *, email: str, name: str, password: str, at: datetime) -> int:
    """Make a person with an account and the office that reaches the whole installation; return the account's id.

    Where there is such an office without days and holder already, the account joins it. Raises NotAllowed, and Invalid
    for a name, an address or a password that cannot be used.
    """
    policy.require(actor, Verb.MANAGE_ACCOUNTS)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Invalid({"name": N_("Give a name of at most {most} characters.", most=LONGEST_NAME)})
    with changes.change(actor, at=at):
        person = Person(
            title=name,
            email=normal_email(email)[:LONGEST_EMAIL],
            origin=Origin.OWN,
            audience_own=int(Ground.OFFICERS),
        )
        db.session.add(person)
        db.session.flush()
        account_id = create_account(actor, person_id=person.id, email=email, password=password, at=at)
        db.session.add(OfficeUser(office_id=_office_of_administrators().id, user_id=account_id))
        db.session.flush()
        return account_id


def change_address(actor: Viewer, account_id: int, *, email: str, at: datetime) -> None:
    """Have a person sign in with another e-mail address; sessions and password stay, a waiting link is void.

    It is void since it may have gone to the wrong address. Raises NotAllowed, NotVisible, and Invalid (`email`).
    """
    policy.require(actor, Verb.MANAGE_ACCOUNTS)
    email = normal_email(email)
    with _told_apart(), changes.change(actor, at=at, action="change_address"):
        account = get_account(account_id)
        if account.email == email:
            return
        wrong = _address_fault(email)
        if wrong is not None:
            raise Invalid({"email": wrong})
        account.email = email
        account.password_link_until = None


def close_account(actor: Viewer, account_id: int, *, at: datetime) -> None:
    """Keep a person from signing in and end their sessions on all devices at once; a waiting link is void too.

    Raises NotAllowed, NotVisible, and Conflict for the actor's own account, for that of the last administrator who can
    sign in, and for one that is closed already.
    """
    policy.require(actor, Verb.MANAGE_ACCOUNTS)
    with changes.change(actor, at=at, action="close_account"):
        held = lock_administrators(at.date())
        account = get_account(account_id)
        if account_id == actor.user_id:
            raise Conflict(N_("You cannot close your own account. Another administrator can."))
        if not account.is_active:
            raise Conflict(N_("This account is closed already."))
        if held == {account_id}:
            raise Conflict(
                N_("This is the last administrator who can sign in. Give the office to somebody else first.")
            )
        account.is_active = False
        account.session_epoch += 1
        account.password_link_until = None


def reopen_account(actor: Viewer, account_id: int, *, at: datetime) -> None:
    """Let a person sign in again with the password that they had. Raises NotAllowed, NotVisible, Conflict."""
    policy.require(actor, Verb.MANAGE_ACCOUNTS)
    with changes.change(actor, at=at, action="reopen_account"):
        account = get_account(account_id)
        if account.is_active:
            raise Conflict(N_("This account is open already."))
        account.is_active = True


def get_account(account_id: int) -> UserAccount:
    """Return an account as it stands now; inside a change nobody else writes it meanwhile. Raises NotVisible."""
    account = db.session.scalars(
        select(UserAccount).where(UserAccount.id == account_id).with_for_update()
    ).one_or_none()
    if account is None:
        raise NotVisible
    return account


def lock_administrators(day: date) -> set[int]:
    """Return the accounts of the administrators who can sign in on a day, and let nobody else change them meanwhile.

    The lock is what keeps two administrators who close each other at the same moment from both succeeding.
    """
    return set(db.session.scalars(administrators(day).order_by(UserAccount.id).with_for_update(of=UserAccount)))


def administrators(day: date) -> Any:
    """Return the select of the accounts that hold the office of the whole installation on a day and can sign in."""
    held = users_in_office(day, OfficeRole.ADMINISTRATOR, everywhere=True)
    return select(UserAccount.id).where(
        UserAccount.is_active, UserAccount.password_hash.is_not(None), UserAccount.id.in_(held)
    )


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn the refusal of a second account, which somebody makes at the same moment, into Invalid."""
    try:
        yield
    except IntegrityError as error:
        for column, message in (("email", _SECOND_ADDRESS), ("person_id", _SECOND_ACCOUNT)):
            if f"user_account.{column}" in str(error.orig) or f"uq_user_account_{column}" in str(error.orig):
                raise Invalid({column: message}) from None
        raise


def _require_person(person_id: int) -> None:
    if db.session.get(Person, person_id) is None:
        raise NotVisible


def _office_of_administrators() -> Office:
    """Return the office of the whole installation that has neither days nor a holder; it is made where there is none.

    That of the illustration does not count: it goes with the illustration.
    """
    office = db.session.scalars(
        select(Office)
        .where(
            Office.role == OfficeRole.ADMINISTRATOR,
            Office.origin == Origin.OWN,
            *(column.is_(None) for column in (Office.body_id, Office.cycle_id, Office.holder_id)),
            *(column.is_(None) for column in (Office.from_on, Office.until_on)),
        )
        .order_by(Office.id)
        .limit(1)
    ).one_or_none()
    if office is None:
        office = Office(
            title="Administrator of this installation",
            role=OfficeRole.ADMINISTRATOR,
            origin=Origin.OWN,
            audience_own=int(Ground.OFFICERS),
        )
        db.session.add(office)
        db.session.flush()
    return office


def _account_faults(person_id: int, email: str, password: str | None) -> dict[str, Message]:
    faults: dict[str, Message] = {}
    wrong_address = _address_fault(email)
    if wrong_address is not None:
        faults["email"] = wrong_address
    if db.session.scalar(select(UserAccount.id).where(UserAccount.person_id == person_id)) is not None:
        faults["person_id"] = _SECOND_ACCOUNT
    wrong = passwords.fault(password, email=email) if password is not None else None
    if wrong is not None:
        faults["password"] = wrong
    return faults


def _address_fault(email: str) -> Message | None:
    """Return what keeps a normal address from being that of another account, or None."""
    if not email:
        return N_("Give the address that the person signs in with.")
    if not _EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL:
        return N_("“{email}” is no e-mail address. It looks like name@example.org.", email=email[:60])
    if db.session.scalar(select(UserAccount.id).where(UserAccount.email == email)) is not None:
        return _SECOND_ADDRESS
    return None
