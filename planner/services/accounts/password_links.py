"""The address at which a person chooses a password: signed, good for one use and 48 hours, handed over by hand.

It carries the account, the end of its time, and a signature over both with the installation's key; the account holds
the same end. So the database and the history hold nothing that opens it, and a newer address, its use, and the closing
of the account make it void.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotVisible
from planner.core.i18n import N_
from planner.core.signing import read_signed, sign
from planner.models import UserAccount
from planner.services import changes
from planner.services.accounts import passwords
from planner.services.accounts.keeping import get_account
from planner.services.viewers import load_viewer

LINK_HOURS = 48
_PURPOSE = "password link"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Invited:
    """Whose password an address chooses, and until when (aware)."""

    account_id: int
    name: str
    email: str
    until: datetime


def make_password_link(actor: Viewer, account_id: int, *, at: datetime) -> None:
    """Let a person choose a password within 48 hours; an address that was made before is void from now on.

    Raises NotAllowed, NotVisible, and Conflict for a closed account.
    """
    policy.require(actor, Verb.MANAGE_ACCOUNTS)
    with changes.change(actor, at=at, action="make_password_link"):
        account = get_account(account_id)
        if not account.is_active:
            raise Conflict(N_("This account is closed. Reopen it first."))
        account.password_link_until = at + timedelta(hours=LINK_HOURS)


def void_password_link(actor: Viewer, account_id: int, *, at: datetime) -> None:
    """Take the address back that lets a person choose a password. Raises NotAllowed, NotVisible."""
    policy.require(actor, Verb.MANAGE_ACCOUNTS)
    with changes.change(actor, at=at, action="void_password_link"):
        get_account(account_id).password_link_until = None


def token_of(account_id: int, until: datetime, *, key: str) -> str:
    """Return what the address of an account carries: account, end in microseconds, signature."""
    end = (until - _EPOCH) // timedelta(microseconds=1)
    return sign(account_id, end, purpose=_PURPOSE, key=key)


def get_invited(token: str, *, key: str, at: datetime) -> Invited:
    """Return whose password an address chooses. Raises NotVisible, in words, where it does not count (any more)."""
    account = _account_of(token, key, at)
    until = account.password_link_until
    if until is None:
        raise _void()
    return Invited(account.id, account.person.title, account.email, until)


def choose_password(token: str, *, new: str, key: str, at: datetime) -> None:
    """Set the password of the account that an address belongs to, use the address up, and end all sessions.

    Raises NotVisible where the address does not count, and Invalid for a password that cannot be used (`new`); the
    address still counts then.
    """
    found = _account_of(token, key, at)
    person = load_viewer(found.id, found.session_epoch, day=at.date())
    if person is None:
        raise _void()
    with changes.change(person, at=at, action="choose_password"):
        account = get_account(found.id)
        if not _counts(account, token, key, at):
            raise _void()
        wrong = passwords.fault(new, email=account.email)
        if wrong is not None:
            raise Invalid({"new": wrong})
        account.password_hash = passwords.keep(new)
        account.password_link_until = None
        account.session_epoch += 1


def _account_of(token: str, key: str, at: datetime) -> UserAccount:
    numbers = read_signed(token, 2, purpose=_PURPOSE, key=key)
    if numbers is None:
        raise _void()
    account = db.session.scalars(
        select(UserAccount).where(UserAccount.id == numbers[0]).options(joinedload(UserAccount.person))
    ).one_or_none()
    if account is None or not _counts(account, token, key, at):
        raise _void()
    return account


def _counts(account: UserAccount, token: str, key: str, at: datetime) -> bool:
    until = account.password_link_until
    return account.is_active and until is not None and at < until and token == token_of(account.id, until, key=key)


def _void() -> NotVisible:
    return NotVisible(
        N_(
            "This address does not count any more: it works once, for {hours} hours. "
            "Ask who gave it to you for a new one.",
            hours=LINK_HOURS,
        )
    )
