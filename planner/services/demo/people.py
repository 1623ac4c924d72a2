"""The people of the illustration: those who may sign in (DESIGN.md section 10), and speakers without an account."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from planner.core.db import db
from planner.models import (
    Body,
    Delegation,
    DelegationRole,
    Meeting,
    Office,
    OfficeRole,
    OfficeUser,
    Person,
    Registration,
    UserAccount,
)
from planner.services import accounts
from planner.services.demo.builder import OFFICERS, PUBLIC, Builder
from planner.services.demo.report import DemoPerson
from planner.services.demo.world import ASSEMBLY, GROUP, stakeholder

DOMAIN = "demo.example"
ROOT_OF_RECORD = "CSP"


@dataclass(frozen=True)
class _Person:
    key: str
    name: str
    stakeholder: str
    role: DelegationRole
    function: str
    zone: str | None = None
    has_account: bool = True


PEOPLE = (
    _Person("chair", "Chair of the Working Group (illustration)", "XH", DelegationRole.HEAD, "Chair"),
    _Person("secretariat", "Secretariat officer (illustration)", "secretariat", DelegationRole.HEAD, "Officer"),
    _Person("delegate", "Delegate of Exporting State A", "XA", DelegationRole.HEAD, "Export control", "Africa/Nairobi"),
    _Person("signatory", "Delegate of Signatory State G", "XG", DelegationRole.FOCAL_POINT, "Counsellor"),
    _Person("observer", "Delegate of Observer State O", "XO", DelegationRole.ALTERNATE, "First secretary"),
    _Person("ngo", "Advocate of Civil Society Network U", "ngo", DelegationRole.HEAD, "Policy lead", "America/Lima"),
    _Person("admin", "Administrator of this installation", "secretariat", DelegationRole.MEMBER, "Administrator"),
    _Person("speaker-a", "Licensing officer of Exporting State A", "licensing", DelegationRole.MEMBER, "Licensing",
            has_account=False),
    _Person("speaker-b", "Customs officer of Transit State B", "customs", DelegationRole.MEMBER, "Customs",
            has_account=False),
    _Person("speaker-w", "Customs expert of International Organisation W", "international", DelegationRole.MEMBER,
            "Customs", has_account=False),
)  # fmt: skip


def put_people(b: Builder, password: str | None) -> tuple[DemoPerson, ...]:
    """Put the people with their delegations, accounts and offices; without a password no account is made."""
    accounts_of = [one for one in PEOPLE if _put_person(b, one) and one.has_account]
    people = tuple(_put_account(b, one, password) for one in accounts_of)
    _put_offices(b)
    return people


def register(b: Builder, meeting: Meeting, *keys: str) -> None:
    """Register people for a meeting."""
    for key in keys:
        b.row(meeting, Registration(meeting_id=meeting.id, person_id=b.get(Person, f"person-{key}").id))


def _put_person(b: Builder, one: _Person) -> Person:
    home = stakeholder(b, one.stakeholder)
    person = b.put(
        Person,
        f"person-{one.key}",
        one.name,
        parent=b.get(Body, GROUP),
        own=OFFICERS,
        stakeholder_id=home.id,
        function=one.function,
        email=f"{one.key}@{DOMAIN}",
    )
    b.row(person, Delegation(person_id=person.id, stakeholder_id=home.id, role=one.role))
    return person


def _put_account(b: Builder, one: _Person, password: str | None) -> DemoPerson:
    email = f"{one.key}@{DOMAIN}"
    is_new = password is not None and _find_account(one.key) is None
    if is_new:
        person = b.get(Person, f"person-{one.key}")
        account_id = accounts.create_account(b.actor, person_id=person.id, email=email, password=password, at=b.at)
        db.session.get_one(UserAccount, account_id).zone = one.zone
    return DemoPerson(email, one.name, stakeholder(b, one.stakeholder).title, is_new)


def _find_account(key: str) -> UserAccount | None:
    return db.session.scalars(select(UserAccount).where(UserAccount.email == f"{key}@{DOMAIN}")).one_or_none()


def _put_offices(b: Builder) -> None:
    """Give the demo people their offices, without days: they may be tried whenever the illustration is open."""
    assembly, group = b.get(Body, ASSEMBLY), b.get(Body, GROUP)
    _put_office(b, "chair", OfficeRole.CHAIR, "Chair of the Working Group on Diversion (illustration)", group,
                holder_id=stakeholder(b, "XH").id, own=PUBLIC)  # fmt: skip
    _put_office(b, "secretariat", OfficeRole.SECRETARIAT, "Secretariat of the illustration", assembly,
                holder_id=stakeholder(b, "secretariat").id, own=PUBLIC)  # fmt: skip
    root = db.session.scalars(select(Body).where(Body.code == ROOT_OF_RECORD)).one_or_none()
    if root is not None:
        # No holder: it lets a demo person correct the record, and says nothing about who serves the real body.
        _put_office(b, "secretariat", OfficeRole.SECRETARIAT, "Access of the demonstration to the record", root,
                    holder_id=None, own=OFFICERS)  # fmt: skip
    _put_office(b, "admin", OfficeRole.ADMINISTRATOR, "Administrator of the demonstration", None, holder_id=None,
                own=OFFICERS)  # fmt: skip


def _put_office(
    b: Builder, key: str, role: OfficeRole, title: str, body: Body | None, *, holder_id: int | None, own: int
) -> None:
    account = _find_account(key)
    office = b.put(
        Office,
        f"office-{key}-{body.code if body else 'all'}",
        title,
        parent=body,
        own=own,
        body_id=body.id if body else None,
        role=role,
        holder_id=holder_id,
    )
    if account is not None:
        b.row(office, OfficeUser(office_id=office.id, user_id=account.id))
