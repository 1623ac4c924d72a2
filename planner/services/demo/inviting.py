"""Invites two people of the illustration to a session of it, so that officers find mail that waits for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.models import Person, PlanSession, Record
from planner.services import invitations
from planner.services.demo.builder import PREFIX

SESSION = "s-lessons"
PEOPLE = ("person-delegate", "person-ngo")


def invite_people(actor: Viewer, *, at: datetime) -> None:
    """Draft the invitations. A change of its own: what people are told is the released programme, which is then there.

    Their addresses end in "example", where no mail arrives, whatever is sent.
    """
    plan_session = _id(PlanSession, SESSION)
    invitations.invite(actor, plan_session, [_id(Person, key) for key in PEOPLE], at=at)


def _id(kind: type[Record], key: str) -> int:
    return db.session.scalars(select(kind.id).where(kind.ref == PREFIX + key)).one()
