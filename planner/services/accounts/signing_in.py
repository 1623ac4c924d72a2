"""Signing in and out, and the password of who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from planner.access.viewer import Viewer
from planner.core.db import db, table_of, transaction
from planner.core.errors import Conflict, Invalid, NotVisible
from planner.core.i18n import N_
from planner.models import UserAccount
from planner.services import changes
from planner.services.accounts import passwords
from planner.services.viewers import load_viewer

LONGEST_EMAIL = 254


@dataclass(frozen=True)
class SignedIn:
    """Who has signed in, and the epoch that makes their sessions void when it counts up."""

    viewer: Viewer
    epoch: int


def normal_email(text: str) -> str:
    """Return an e-mail address as accounts hold it: without blanks around it, in small letters."""
    return text.strip().lower()


def authenticate(email: str, password: str, *, at: datetime) -> SignedIn | None:
    """Return who signs in with an e-mail and a password, or None where one of them is wrong or the account is closed.

    Which of them it was shows neither in the answer nor in the time it takes. A password that was kept with other
    settings than today's is kept anew. `at` is the instant of the sign-in (aware).
    """
    account = db.session.execute(
        select(UserAccount.id, UserAccount.password_hash, UserAccount.session_epoch, UserAccount.is_active).where(
            UserAccount.email == normal_email(email)[: LONGEST_EMAIL + 1]
        )
    ).one_or_none()
    right = passwords.matches(account.password_hash if account else None, password[: passwords.LONGEST_PASSWORD + 1])
    if account is None or not right or not account.is_active:
        return None
    values: dict[str, object] = {"last_signed_in_at": at}
    if passwords.is_outdated(account.password_hash):
        values["password_hash"] = passwords.keep(password)
    # No audit entry: it would say no more than this column, and the chain is about what was decided.
    table = table_of(UserAccount)
    with transaction(write=True):
        db.session.execute(
            update(table).where(table.c.id == account.id, table.c.password_hash == account.password_hash).values(values)
        )
    viewer = load_viewer(account.id, account.session_epoch, day=at.date())
    return SignedIn(viewer, account.session_epoch) if viewer else None


def sign_out_everywhere(actor: Viewer, *, at: datetime) -> None:
    """Make every session of the actor void, on this and on all other devices. Raises NotVisible for a stranger."""
    with changes.change(actor, at=at, action="sign_out_everywhere"):
        _own(actor).session_epoch += 1


def change_password(actor: Viewer, *, current: str, new: str, at: datetime) -> int:
    """Set another password for the actor and make their other sessions void; return the epoch of the sessions to come.

    Raises Invalid where the present password is wrong (`current`) or the new one cannot be used (`new`).
    """
    held = db.session.scalar(select(UserAccount.password_hash).where(UserAccount.id == actor.user_id))
    if not passwords.matches(held, current[: passwords.LONGEST_PASSWORD + 1]):
        raise Invalid({"current": N_("This is not your present password.")})
    with changes.change(actor, at=at, action="change_password"):
        account = _own(actor)
        if account.password_hash != held:
            raise Conflict(N_("Your password was changed elsewhere in the meantime. Sign in again."))
        wrong = passwords.fault(new, email=account.email)
        if wrong is None and new == current:
            wrong = N_("Choose another password than the present one.")
        if wrong is not None:
            raise Invalid({"new": wrong})
        account.password_hash = passwords.keep(new)
        account.session_epoch += 1
        return account.session_epoch


def _own(actor: Viewer) -> UserAccount:
    """Return the actor's account. Raises NotVisible where nobody is signed in."""
    account = db.session.get(UserAccount, actor.user_id) if actor.user_id is not None else None
    if account is None:
        raise NotVisible
    return account
