"""Accounts as the administrators see them: their list, one account with what it may do, and who has none yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased, joinedload

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.core.i18n import N_, Message
from planner.models import AuditEntry, Delegation, OfficeRole, Person, Stakeholder, UserAccount
from planner.rules.words import OFFICE_ROLES
from planner.services.accounts.keeping import administrators
from planner.services.accounts.profile import Profile, profile_of
from planner.services.registers import Column, Filter, Register, RegisterPage, RegisterQuery, Source, read_page
from planner.services.viewers import users_in_office

MOST_ACTS = 20
MOST_PEOPLE = 20
STATES: dict[str, Message] = {
    "open": N_("can sign in"),
    "waiting": N_("no password yet"),
    "closed": N_("closed"),
}
_ACTS: dict[str, Message] = {
    "create": N_("Account made."),
    "demo": N_("Account made with the illustration."),
    "edit": N_("Profile changed."),
    "change_address": N_("Another e-mail to sign in with."),
    "close_account": N_("Account closed."),
    "reopen_account": N_("Account reopened."),
    "make_password_link": N_("Address made at which a password is chosen."),
    "void_password_link": N_("Address taken back at which a password is chosen."),
    "choose_password": N_("Password chosen at the address."),
    "change_password": N_("Password changed."),
    "sign_out_everywhere": N_("Signed out on all devices."),
}
_stakeholder = aliased(Stakeholder, flat=True)
_state = case(
    (UserAccount.is_active.is_(False), "closed"), (UserAccount.password_hash.is_(None), "waiting"), else_="open"
)


@dataclass(frozen=True)
class Act:
    """Something that was done to an account: when, by whom, and what in words."""

    at: datetime
    who: str
    what: Message


@dataclass(frozen=True)
class Account:
    """One account as an administrator sees it. `link_until` is the end of an address that still counts."""

    id: int
    person_id: int
    profile: Profile
    state: str
    created_at: datetime
    last_signed_in_at: datetime | None
    link_until: datetime | None
    acts: tuple[Act, ...]
    is_own: bool
    is_last_administrator: bool

    @property
    def may_be_closed(self) -> bool:
        """Say whether the one who looks may close it."""
        return self.state != "closed" and not self.is_own and not self.is_last_administrator


@dataclass(frozen=True)
class Candidate:
    """A person who has no account yet, and whom they stand for."""

    id: int
    name: str
    stakeholder: str | None


def list_accounts(viewer: Viewer, query: RegisterQuery) -> RegisterPage:
    """Return one page of the accounts. Raises NotAllowed, and BadQuery for a question that cannot be right."""
    policy.require(viewer, Verb.MANAGE_ACCOUNTS)
    return read_page(ACCOUNTS, viewer, query)


def get_account_page(viewer: Viewer, account_id: int, *, at: datetime) -> Account:
    """Return one account for an administrator. Raises NotAllowed, NotVisible."""
    policy.require(viewer, Verb.MANAGE_ACCOUNTS)
    row = db.session.execute(
        select(UserAccount, _state).where(UserAccount.id == account_id).options(joinedload(UserAccount.person))
    ).one_or_none()
    if row is None:
        raise NotVisible
    account, state = row
    until = account.password_link_until
    return Account(
        id=account.id,
        person_id=account.person_id,
        profile=profile_of(viewer, account),
        state=state,
        created_at=account.created_at,
        last_signed_in_at=account.last_signed_in_at,
        link_until=until if until is not None and until > at else None,
        acts=_acts(account.id),
        is_own=account.id == viewer.user_id,
        is_last_administrator=set(db.session.scalars(administrators(at.date()))) == {account.id},
    )


def find_candidates(viewer: Viewer, words: str) -> list[Candidate]:
    """Return people of the register without an account whose name or e-mail holds the words, by name, 20 at most."""
    policy.require(viewer, Verb.MANAGE_ACCOUNTS)
    if not words:
        return []
    held = title(viewer, Person).concat(" ").concat(func.coalesce(Person.email, ""))
    rows = db.session.execute(
        select(Person.id, title(viewer, Person), title(viewer, _stakeholder))
        .outerjoin(_stakeholder, and_(_stakeholder.id == Person.stakeholder_id, visible(viewer, _stakeholder)))
        .where(
            visible(viewer, Person),
            held.icontains(words[:200], autoescape=True),
            ~exists().where(UserAccount.person_id == Person.id),
        )
        .order_by(title(viewer, Person), Person.id)
        .limit(MOST_PEOPLE)
    )
    return [Candidate(*row) for row in rows]


def _acts(account_id: int) -> tuple[Act, ...]:
    rows = db.session.execute(
        select(AuditEntry.at, AuditEntry.actor_name, AuditEntry.action)
        .where(AuditEntry.record_id.is_(None), AuditEntry.subject == f"user_account {account_id}")
        .order_by(AuditEntry.id.desc())
        .limit(MOST_ACTS)
    )
    return tuple(Act(row.at, row.actor_name, _ACTS.get(row.action, _ACTS["edit"])) for row in rows)


def _source(viewer: Viewer) -> Source:
    return Source(
        rows=select(UserAccount).join(Person, Person.id == UserAccount.person_id),
        id=UserAccount.id,
        kind=literal("user_account"),
        search=title(viewer, Person).concat(" ").concat(UserAccount.email),
        columns=(
            Column(key="name", label=N_("Name"), value=title(viewer, Person)),
            Column(key="email", label=N_("E-mail"), value=UserAccount.email),
            Column(key="for", label=N_("Stands for"), value=_stands_for(viewer)),
            Column(key="state", label=N_("State"), value=_state),
            Column(key="seen", label=N_("Last signed in"), value=UserAccount.last_signed_in_at, kind="instant"),
        ),
        filters=(
            Filter(
                name="state", label=N_("State"), condition=lambda value: _state == value, options=tuple(STATES.items())
            ),
            Filter(
                name="role",
                label=N_("Office"),
                condition=lambda value: UserAccount.id.in_(users_in_office(viewer.day, OfficeRole(value))),
                options=tuple(OFFICE_ROLES.items()),
            ),
        ),
    )


def _stands_for(viewer: Viewer) -> Any:
    """Return the SQL of the names of those that a person stands for today, one after the other."""
    holds = and_(
        or_(Delegation.from_on.is_(None), Delegation.from_on <= viewer.day),
        or_(Delegation.until_on.is_(None), Delegation.until_on > viewer.day),
    )
    return (
        select(func.aggregate_strings(title(viewer, _stakeholder), ", "))
        .select_from(Delegation)
        .join(_stakeholder, _stakeholder.id == Delegation.stakeholder_id)
        .where(Delegation.person_id == UserAccount.person_id, holds, visible(viewer, _stakeholder))
        .correlate(UserAccount)
        .scalar_subquery()
    )


ACCOUNTS = Register(
    name="accounts",
    title=N_("Accounts"),
    lead=N_("Who may sign in. What they may see and do comes from their delegation and their offices."),
    empty=N_("No account fits. Take a filter away to see more."),
    source=_source,
    default_sort="name",
)
