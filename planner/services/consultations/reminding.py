"""Reminders before the deadline of a round: one mail, once, to whoever speaks for those who have not commented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.core.errors import Conflict
from planner.messages.consultation import Call
from planner.models import (
    Comment,
    Consultation,
    ConsultationLink,
    Delegation,
    DelegationRole,
    MessageKind,
    Origin,
    OutboxMessage,
    Person,
    PlanVersion,
    UserAccount,
)
from planner.rules.mail_addresses import Address, is_plain, normal
from planner.services import changes, rounds
from planner.services.consultations.mailing import address_in_mail, draft
from planner.services.consultations.speaking import Round, Voice, get_round, read_voices, title_of
from planner.services.viewers import viewers_of_people

DAYS_BEFORE = 5
_RANKS = {DelegationRole.FOCAL_POINT: 0, DelegationRole.HEAD: 1, DelegationRole.ALTERNATE: 2}
"""Who is asked first for a delegation. Members are not."""


@dataclass(frozen=True)
class _Due:
    to: Address
    stakeholder: str
    link: ConsultationLink | None = None
    person_id: int | None = None


def remind(actor: Viewer, *, at: datetime, days: int = DAYS_BEFORE) -> int:
    """Draft the reminders of every round whose deadline is at most so many days ahead; return how many.

    Whoever has a personal address is reminded of it; of a stakeholder without one its focal point, else its
    head, else its alternate, of those who may see the version. Nobody is reminded twice of a round. Officers send the
    drafts.
    """
    with changes.change(actor, at=at, action="remind"):
        ids = db.session.scalars(
            select(PlanVersion.id)
            .join(Consultation, Consultation.version_id == PlanVersion.id)
            .where(
                Consultation.closed_at.is_(None),
                PlanVersion.state == "circulated",
                PlanVersion.comments_until > at,
                PlanVersion.comments_until <= at + timedelta(days=days),
            )
            .order_by(PlanVersion.id)
        ).all()
        return sum(_remind_of(actor, get_round(actor, one, at=at, lock=True), at) for one in ids)


def _remind_of(actor: Viewer, found: Round, at: datetime) -> int:
    version = found.version
    try:
        personal, page = address_in_mail(), rounds.in_full(f"/plan-versions/{version.id}/comments")
    except Conflict:
        return 0  # without the address of the site no mail can say where to comment
    told = select(OutboxMessage.to_address).where(
        OutboxMessage.record_id == version.id, OutboxMessage.message_kind == MessageKind.COMMENT_REMINDER
    )
    known = set(db.session.scalars(told))
    count = 0
    name = f"{title_of(actor, version)}, {version.title}"
    for due in _due(found, at.date()):
        if due.to.address in known:
            continue
        known.add(due.to.address)
        is_personal = due.link is not None
        call = Call(name, due.stakeholder, found.until, personal if is_personal else page, is_personal)
        kind = MessageKind.COMMENT_REMINDER
        draft(kind, version, call, due.to, at=at, link=due.link, person_id=due.person_id)
        count += 1
    return count


def _due(found: Round, day: date) -> Iterable[_Due]:
    spoke = select(Comment.stakeholder_id).where(Comment.version_id == found.version.id, ~Comment.is_withdrawn)
    has_spoken = set(db.session.scalars(spoke))
    everybody = read_voices(day, is_example=found.version.origin is Origin.ILLUSTRATION)
    quiet = {
        one.id: one for one in everybody if one.id not in has_spoken and one.stakeholder_class in found.held.may_comment
    }
    links = db.session.scalars(
        select(ConsultationLink)
        .where(
            ConsultationLink.consultation_id == found.held.id,
            ConsultationLink.revoked_at.is_(None),
            ConsultationLink.stakeholder_id.in_(sorted(quiet)),
        )
        .order_by(ConsultationLink.id)
    ).all()
    linked = {link.stakeholder_id for link in links}
    yield from (_Due(Address(one.address, one.person_name), quiet[one.stakeholder_id].title, one) for one in links)
    yield from _delegates(found, {key: one for key, one in quiet.items() if key not in linked}, day)


def _delegates(found: Round, quiet: dict[int, Voice], day: date) -> list[_Due]:
    rows: Any = db.session.execute(
        select(
            Person.id,
            Person.title,
            func.coalesce(Person.email, UserAccount.email).label("email"),
            Delegation.stakeholder_id,
        )
        .join(Delegation, Delegation.person_id == Person.id)
        .outerjoin(UserAccount, and_(UserAccount.person_id == Person.id, UserAccount.is_active))
        .where(
            Delegation.stakeholder_id.in_(sorted(quiet)),
            Delegation.role.in_(_RANKS),
            func.coalesce(Person.email, UserAccount.email).is_not(None),
            ~Person.is_withdrawn,
            or_(Delegation.from_on.is_(None), Delegation.from_on <= day),
            or_(Delegation.until_on.is_(None), Delegation.until_on > day),
        )
        .order_by(case(_RANKS, value=Delegation.role), Person.id)
    ).all()
    viewers = viewers_of_people([row.id for row in rows], day=day)
    seen = {
        person_id
        for person_id, viewer in viewers.items()
        if db.session.scalar(
            select(PlanVersion.id).where(PlanVersion.id == found.version.id, visible(viewer, PlanVersion))
        )
    }
    chosen: dict[int, _Due] = {}
    for row in rows:
        to = Address(normal(row.email), row.title)
        if row.id in seen and is_plain(to.address):
            chosen.setdefault(row.stakeholder_id, _Due(to, quiet[row.stakeholder_id].title, None, row.id))
    return list(chosen.values())
