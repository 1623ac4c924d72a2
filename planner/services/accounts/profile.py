"""What a person sees of their own account, and what they set in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from planner.access.viewer import Viewer
from planner.access.visibility import title
from planner.core.db import db
from planner.core.errors import Invalid, NotVisible
from planner.core.i18n import N_, Message
from planner.models import (
    Body,
    Cycle,
    Delegation,
    DelegationRole,
    Office,
    OfficeRole,
    OfficeUser,
    Stakeholder,
    UserAccount,
)
from planner.services import changes, invitation_mail

_office = aliased(Office, flat=True)
_body = aliased(Body, flat=True)
_cycle = aliased(Cycle, flat=True)

_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,8})?")


@dataclass(frozen=True)
class Membership:
    """A stakeholder that the person stands for, as what, and on which days (from inclusive, until exclusive)."""

    stakeholder_id: int
    name: str
    role: DelegationRole
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class OfficeHeld:
    """An office that the person acts for; without a body it is one of the whole installation."""

    role: OfficeRole
    body_id: int | None
    body: str | None
    cycle: str | None
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class Profile:
    """An account as its person sees it."""

    name: str
    function: str | None
    email: str
    zone: str | None
    language: str | None
    memberships: tuple[Membership, ...]
    offices: tuple[OfficeHeld, ...]


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Return the names of all zones that a person may choose, places before abbreviations, in their order."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


def get_profile(viewer: Viewer) -> Profile:
    """Return the viewer's own account. Raises NotVisible for a stranger."""
    account = db.session.scalars(
        select(UserAccount).where(UserAccount.id == viewer.user_id).options(joinedload(UserAccount.person))
    ).one_or_none()
    if account is None:
        raise NotVisible
    return profile_of(viewer, account)


def profile_of(viewer: Viewer, account: UserAccount) -> Profile:
    """Return an account, loaded with its person, as its person sees it."""
    return Profile(
        name=account.person.title,
        function=account.person.function,
        email=account.email,
        zone=account.zone,
        language=account.language,
        memberships=_memberships(viewer, account.person_id),
        offices=_offices(viewer, account.id),
    )


def set_profile(actor: Viewer, *, zone: str | None, language: str | None, at: datetime) -> None:
    """Set the zone and the language of the actor; None leaves the choice to the venue and to the browser. Mails that
    wait are written anew in the language.

    Raises Invalid for a zone or a language that is none.
    """
    faults: dict[str, Message] = {}
    if zone is not None and zone not in zones():
        faults["zone"] = N_("“{zone}” is not a zone of the list, such as Europe/Zurich.", zone=zone[:60])
    if language is not None and not (_LANGUAGE.fullmatch(language) and len(language) <= 10):
        faults["language"] = N_("“{language}” is not a language of the list.", language=language[:20])
    if faults:
        raise Invalid(faults)
    with changes.change(actor, at=at):
        account = db.session.get(UserAccount, actor.user_id) if actor.user_id is not None else None
        if account is None:
            raise NotVisible
        account.zone = zone
        if account.language != language:
            account.language = language
            db.session.flush()
            invitation_mail.settle_person(account.person_id, at=at)


def _memberships(viewer: Viewer, person_id: int) -> tuple[Membership, ...]:
    rows = db.session.execute(
        select(Delegation, title(viewer, Stakeholder))
        .join(Stakeholder, Stakeholder.id == Delegation.stakeholder_id)
        .where(Delegation.person_id == person_id)
        .order_by(Delegation.id)
    )
    return tuple(Membership(d.stakeholder_id, name, d.role, d.from_on, d.until_on) for d, name in rows)


def _offices(viewer: Viewer, user_id: int) -> tuple[OfficeHeld, ...]:
    rows = db.session.execute(
        select(_office.role, _body.id, title(viewer, _body), _cycle.code, _office.from_on, _office.until_on)
        .join(OfficeUser, OfficeUser.office_id == _office.id)
        .outerjoin(_body, _body.id == _office.body_id)
        .outerjoin(_cycle, _cycle.id == _office.cycle_id)
        .where(OfficeUser.user_id == user_id)
        .order_by(_office.id)
    )
    return tuple(OfficeHeld(*row) for row in rows)
