"""Stakeholders, their offers, and the places of these in a session, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from planner.core.db import db
from planner.models import AgendaItem, Meeting, Offer, PlanSession, Slot, Stakeholder, StakeholderClass
from planner.rules.audience import Ground
from planner.services import changes
from tests.factories.meeting import AT, WRITER


def make_organisation(ref: str, *, at: datetime = AT, **values: Any) -> Stakeholder:
    """Make a public organisation of civil society."""
    with changes.change(WRITER, at=at):
        values = {
            "title": ref,
            "is_state": False,
            "stakeholder_class": StakeholderClass.CIVIL_SOCIETY,
            "audience_own": int(Ground.PUBLIC),
            **values,
        }
        stakeholder = Stakeholder(ref=ref, **values)
        db.session.add(stakeholder)
    return stakeholder


def make_offer(meeting: Meeting, presenter: Stakeholder, *, title: str, at: datetime = AT, **values: Any) -> Offer:
    """Make a confirmed offer that its owner and the officers may see."""
    with changes.change(WRITER, at=at):
        values = {
            "state": "confirmed",
            "origin": meeting.origin,
            "meeting_id": meeting.id,
            "presenter_id": presenter.id,
            "stakeholder_class": presenter.stakeholder_class,
            "audience_parent_id": meeting.id,
            "audience_own": int(Ground.OWNER | Ground.OFFICERS),
            **values,
        }
        offer = Offer(title=title, **values)
        db.session.add(offer)
    return offer


def place(
    offer: Offer,
    plan_session: PlanSession,
    *,
    item: AgendaItem | None = None,
    position: int = 0,
    minutes: int | None = None,
    at: datetime = AT,
) -> Slot:
    """Give an offer its place in a session."""
    with changes.change(WRITER, at=at):
        offer.state = "placed"
        slot = Slot(
            session_id=plan_session.id,
            agenda_item_id=item.id if item else None,
            offer_id=offer.id,
            position=position,
            minutes=minutes,
        )
        db.session.add(slot)
    return slot
