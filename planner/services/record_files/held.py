"""What the database holds: every record, with all rows that belong to it, read at once."""

from __future__ import annotations

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectin_polymorphic, selectinload

from planner.core.db import db
from planner.models import (
    Citation,
    Document,
    Meeting,
    Offer,
    Output,
    Person,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    Record,
    Stakeholder,
)
from planner.services.record_files.tables import KINDS


def load_all() -> list[Record]:
    """Return every record of the kinds that files hold, with all rows that belong to it, by kind and key.

    What the session had loaded before is read again: rows may have come that its lists know nothing of.
    """
    classes = [mapper.class_ for kind, mapper in inspect(Record).polymorphic_map.items() if kind in KINDS]
    select_all = (
        select(Record)
        .where(Record.kind.in_(KINDS))
        .order_by(Record.kind, Record.ref)
        .execution_options(populate_existing=True)
        .options(
            selectin_polymorphic(Record, classes),
            selectinload(Record.citations).selectinload(Citation.source_links),
            selectinload(Record.chairings),
            selectinload(Record.hosts),
            selectinload(Record.article_links),
            selectinload(Record.document_links),
            selectinload(Record.actions),
            selectinload(Record.grants),
            selectinload(Stakeholder.statuses),
            selectinload(Meeting.attendance),
            selectinload(Meeting.registrations),
            selectinload(Person.delegations),
            selectinload(Meeting.joint_bodies),
            selectinload(Document.languages),
            selectinload(Document.submitters),
            selectinload(Document.follows),
            selectinload(PlanItem.lineage),
            selectinload(PlanItem.meeting_links),
            selectinload(PlanVersion.revisions).selectinload(PlanItemRevision.article_links),
            selectinload(PlanVersion.revisions).selectinload(PlanItemRevision.stage_links),
            selectinload(PlanSession.interventions),
            selectinload(PlanSession.item_links),
            selectinload(PlanSession.joint_bodies),
            selectinload(PlanSession.slots),
            selectinload(Offer.co_presenters),
            selectinload(Offer.item_links),
            selectinload(Output.versions),
        )
    )
    return list(db.session.scalars(select_all))
