"""Stakeholders and their people: what a State or an organisation presented, said, submitted, chaired, owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, visible_records
from planner.core.db import table_of
from planner.models import (
    Chairing,
    Contribution,
    Delegation,
    Document,
    DocumentSubmitter,
    FollowUp,
    Instrument,
    Intervention,
    Meeting,
    Offer,
    OfferPresenter,
    Office,
    OfficeUser,
    Person,
    PlanSession,
    PublishedSession,
    PublishedSlot,
    RecordHost,
    Registration,
    Slot,
    Stakeholder,
    StakeholderClass,
    StatusPeriod,
    UserAccount,
)
from planner.services import neighbours, pages
from planner.services.neighbours import by_edition, part
from planner.services.standings import class_of, period_of


@dataclass(frozen=True)
class Status:
    """A status of a State with its dates as known.

    Where the day of its beginning is not known, `first` and `last` are the days between which it lies, as it follows
    from the deposit of the instrument.
    """

    row: StatusPeriod
    first: date | None
    last: date | None


@dataclass(frozen=True)
class StakeholderView:
    """All that the page of a stakeholder shows.

    `groups` are its records by part: presented said submitted chairs offices owes contributed hosted instruments people
    organisations.
    """

    frame: pages.Frame
    stakeholder: Stakeholder
    its_class: StakeholderClass | None
    statuses: tuple[Status, ...]
    party: Status | None
    """The status of a State Party, where it is one today."""
    named: dict[int, neighbours.Named]
    groups: dict[str, neighbours.Group]


@dataclass(frozen=True)
class PersonView:
    """All that the page of a person shows. `groups` has the parts offices, registered, presents."""

    frame: pages.Frame
    person: Person
    named: dict[int, neighbours.Named]
    groups: dict[str, neighbours.Group]


def get_stakeholder(viewer: Viewer, stakeholder_id: int) -> StakeholderView:
    """Return a stakeholder with its class on the viewer's day and what it did. Raises NotVisible."""
    stakeholder = pages.get(
        visible_records(viewer, Stakeholder)
        .where(Stakeholder.id == stakeholder_id)
        .options(selectinload(Stakeholder.statuses)),
    )
    its_class = class_of(stakeholder, viewer.day)
    statuses = tuple(_status(row) for row in stakeholder.statuses)
    is_party = its_class is StakeholderClass.STATE_PARTY
    party = [status for status in statuses if is_party and status.row.status == "state_party"]
    return StakeholderView(
        frame=pages.frame(viewer, stakeholder),
        stakeholder=stakeholder,
        its_class=its_class,
        statuses=statuses,
        party=party[-1] if party else None,
        named=neighbours.named(viewer, stakeholder.of_state_id),
        groups=neighbours.gather(viewer, _parts(viewer, stakeholder.id)),
    )


def _status(row: StatusPeriod) -> Status:
    begins = period_of(row).begins if row.from_text is None else None
    return Status(row, *(begins or (None, None)))


def get_person(viewer: Viewer, person_id: int) -> PersonView:
    """Return a person with delegations and offices. Raises NotVisible for all but officers and the person."""
    person = pages.get(
        visible_records(viewer, Person).where(Person.id == person_id).options(selectinload(Person.delegations)),
    )
    acts_for = part(OfficeUser.office_id).join(UserAccount, UserAccount.id == OfficeUser.user_id)
    groups = {
        "offices": acts_for.where(UserAccount.person_id == person.id),
        "registered": part(Registration.meeting_id, Meeting.start_on)
        .join(Meeting, Meeting.id == Registration.meeting_id)
        .where(Registration.person_id == person.id),
        "presents": part(Offer.id).where(Offer.person_id == person.id),
    }
    delegations = [delegation.stakeholder_id for delegation in person.delegations]
    return PersonView(
        pages.frame(viewer, person),
        person,
        neighbours.named(viewer, person.stakeholder_id, *delegations),
        neighbours.gather(viewer, groups),
    )


def _parts(viewer: Viewer, me: int) -> dict[str, Select[Any]]:
    chaired = part(Chairing.record_id, word=func.coalesce(Chairing.role, Chairing.seat))
    return {
        "presented": _offers(viewer, me),
        "said": _sessions(viewer, Intervention.session_id).where(Intervention.stakeholder_id == me),
        "submitted": part(Document.id, Document.on_text, Document.doc_kind)
        .join(DocumentSubmitter, DocumentSubmitter.document_id == Document.id)
        .where(DocumentSubmitter.stakeholder_id == me),
        "chairs": chaired.where(Chairing.holder_id == me),
        "offices": part(Office.id, word=Office.role).where(Office.holder_id == me),
        "owes": part(FollowUp.id, FollowUp.due_on, state=FollowUp.state).where(FollowUp.owner_id == me),
        "contributed": part(
            Contribution.id, Contribution.received_on, Contribution.contribution_kind, Contribution.state
        ).where(Contribution.stakeholder_id == me),
        "hosted": part(RecordHost.record_id).where(RecordHost.stakeholder_id == me),
        "instruments": part(Instrument.id, word=Instrument.short).where(Instrument.organisation_id == me),
        "people": part(Person.id, word=Person.function)
        .outerjoin(Delegation, Delegation.person_id == Person.id)
        .where(or_(Person.stakeholder_id == me, Delegation.stakeholder_id == me))
        .distinct(),
        "organisations": part(Stakeholder.id, word=Stakeholder.stakeholder_class).where(Stakeholder.of_state_id == me),
    }


def _offers(viewer: Viewer, me: int) -> Select[Any]:
    """Return what it presents: officers see the working copy, everybody else what the current release says.

    Who presents together is no part of a release, so others see it once the presentation was given.
    """
    working = table_of(PlanSession)
    day = by_edition(viewer, Offer, working.c.on_text, PublishedSession.on_text)
    state = by_edition(viewer, Offer, Offer.state, func.coalesce(PublishedSlot.state, Offer.state))
    presenter = func.coalesce(PublishedSlot.presenter_id, Offer.presenter_id)
    together = Offer.id.in_(select(OfferPresenter.offer_id).where(OfferPresenter.stakeholder_id == me))
    shows_together: ColumnElement[bool] = or_(
        is_officer_of(viewer, Offer), PublishedSlot.state == "delivered", PublishedSlot.offer_id.is_(None)
    )
    return (
        part(Offer.id, day, Offer.offer_kind, state)
        .outerjoin(Slot, Slot.offer_id == Offer.id)
        .outerjoin(working, working.c.id == Slot.session_id)
        .outerjoin(PublishedSlot, PublishedSlot.offer_id == Offer.id)
        .outerjoin(PublishedSession, PublishedSession.session_id == PublishedSlot.session_id)
        .where(or_(by_edition(viewer, Offer, Offer.presenter_id, presenter) == me, and_(together, shows_together)))
    )


def _sessions(viewer: Viewer, id_: Any) -> Select[Any]:
    """Return a part of sessions, with the day in the viewer's edition."""
    day = by_edition(viewer, PlanSession, PlanSession.on_text, PublishedSession.on_text)
    return (
        part(id_, day)
        .join(PlanSession, PlanSession.id == id_)
        .outerjoin(PublishedSession, PublishedSession.session_id == id_)
    )
