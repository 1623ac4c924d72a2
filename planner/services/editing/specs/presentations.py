"""Calls, presentations that stakeholders offer, and contributions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from planner.core.db import db
from planner.core.i18n import N_, Message
from planner.models import (
    AudienceGrant,
    Call,
    Contribution,
    ContributionKind,
    Meeting,
    Offer,
    OfferItem,
    OfferPresenter,
    Stakeholder,
    StakeholderClass,
)
from planner.rules.audience import Ground
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds import LONG, MINUTES, Choice, Flag, Lines, Moment, Partial, Text, choice_of
from planner.services.editing.local_times import instant_of, local_of
from planner.services.editing.references import Links, Ref
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs import common
from planner.services.standings import class_of

OFFER_KINDS = Choice(("presentation", "case_study", "statement", "panel", "demonstration"), "offer_kind")
UNPLACED = int(Ground.OWNER | Ground.OFFICERS)
"""Until it is placed, an offer is for its owner and the officers (DESIGN section 3)."""


def zone_of_meeting(meeting_id: int) -> str:
    """Return the zone of a meeting's venue."""
    return db.session.scalars(select(Meeting.zone).where(Meeting.id == meeting_id)).one()


def _check_call(values: Values, _entry: Entry) -> dict[str, Message]:
    zone = zone_of_meeting(values["meeting_id"])
    wrong: dict[str, Message] = {}
    instants: dict[str, datetime] = {}
    for name in ("opens", "closes"):
        try:
            instants[name] = instant_of(values[name], zone)
        except Wrong as error:
            wrong[name] = error.parts[""]
    if not wrong and instants["closes"] <= instants["opens"]:
        wrong["closes"] = N_("A call closes after it opens.")
    return wrong


def _derive_call(record: Call, values: Values, _entry: Entry) -> None:
    zone = zone_of_meeting(values["meeting_id"])
    record.opens_at = instant_of(values["opens"], zone)
    record.closes_at = instant_of(values["closes"], zone)


def _read_call(record: Call) -> Values:
    zone = zone_of_meeting(record.meeting_id)
    return {"opens": local_of(record.opens_at, zone), "closes": local_of(record.closes_at, zone)}


CALL = Spec(
    kind="call",
    model=Call,
    parents=("meeting_id",),
    published=False,
    fields=(
        common.TITLE,
        Field("meeting_id", common.MEETING, required=True, fixed=True),
        Field("item_id", common.ITEM),
        Field("opens", Moment(), required=True, on="virtual"),
        Field("closes", Moment(), required=True, on="virtual"),
        Field("text", LONG),
        Field("offer_kinds", Lines(40)),
        Field("languages", Lines(10)),
        Field("minutes", MINUTES),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_call,
    derive=_derive_call,
    read=_read_call,
)


def _check_offer(values: Values, _entry: Entry) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    if values["call_id"] is not None:
        meeting_id = db.session.scalar(select(Call.meeting_id).where(Call.id == values["call_id"]))
        if meeting_id != values["meeting_id"]:
            wrong["call_id"] = N_("This call belongs to another meeting.")
    if values["presenter_id"] in values["co_presenters"]:
        wrong["co_presenters"] = N_("The first presenter is not a further one.")
    return wrong


def _derive_offer(record: Offer, values: Values, entry: Entry) -> None:
    if values["stakeholder_class"] is None:
        presenter = select(Stakeholder).where(Stakeholder.id == values["presenter_id"])
        loaded = db.session.scalars(presenter.options(selectinload(Stakeholder.statuses))).one()
        record.stakeholder_class = class_of(loaded, entry.at.date()) or StakeholderClass.CIVIL_SOCIETY
    if entry.record is None and record.audience_own is None:
        record.audience_own = UNPLACED
    _own(record, "presenter_id", values, entry)


def _own(record: Offer | Contribution, name: str, values: Values, entry: Entry) -> None:
    """Have the owner be the stakeholder that a field names, and follow it."""
    owner_id, before = values[name], entry.stored.get(name)
    if entry.record is not None and owner_id == before:
        return
    owners = [grant for grant in record.grants if grant.own and grant.ground == int(Ground.OWNER)]
    for grant in owners:
        if grant.stakeholder_id == before:
            grant.stakeholder_id = owner_id
    if not any(grant.stakeholder_id == owner_id for grant in owners):
        record.grants.append(AudienceGrant(ground=int(Ground.OWNER), stakeholder_id=owner_id, own=True))


# Published from the beginning, but for few: its owner reads it before it has a place (DESIGN section 3).
OFFER = Spec(
    kind="offer",
    model=Offer,
    parents=("call_id", "meeting_id"),
    fields=(
        common.TITLE,
        Field("meeting_id", common.MEETING, required=True, fixed=True),
        Field("call_id", Ref(("call",)), fixed=True),
        Field("presenter_id", common.STAKEHOLDER, required=True),
        Field("stakeholder_class", choice_of(StakeholderClass, "class")),
        Field("co_presenters", Links(("stakeholder",), "co_presenters", OfferPresenter, "stakeholder_id")),
        Field("person_id", Ref(("person",))),
        Field("offer_kind", OFFER_KINDS),
        Field("summary", LONG),
        Field("items", Links(("plan_item",), "item_links", OfferItem, "item_id")),
        Field("minutes", MINUTES),
        Field("language", common.LANGUAGE),
        Field("availability", Text(1000)),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_offer,
    derive=_derive_offer,
)


def _check_contribution(values: Values, _entry: Entry) -> dict[str, Message]:
    if values["item_id"] is None and values["session_id"] is None:
        return {"item_id": N_("Say to which question or topic, or to which session, it contributes.")}
    return {}


def _derive_contribution(record: Contribution, values: Values, entry: Entry) -> None:
    _own(record, "stakeholder_id", values, entry)


# Its owner sees it from the moment it is recorded, everybody else once it is published (access/visibility.py).
CONTRIBUTION = Spec(
    kind="contribution",
    model=Contribution,
    parents=("session_id", "item_id"),
    published=False,
    fields=(
        common.TITLE,
        Field("contribution_kind", choice_of(ContributionKind, "contribution_kind"), required=True),
        Field("stakeholder_id", common.STAKEHOLDER, required=True),
        Field("sector", common.SECTORS),
        Field("item_id", common.ITEM),
        Field("session_id", common.SESSION),
        Field("document_id", common.DOCUMENT),
        Field("text", LONG),
        Field("received_on", Partial()),
        Field("may_be_published", Flag()),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_contribution,
    derive=_derive_contribution,
)

SPECS: tuple[Any, ...] = (CALL, OFFER, CONTRIBUTION)
