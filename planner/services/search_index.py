"""What search looks through, kept beside the records: title and text of each record in the working and in the public
edition.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import selectin_polymorphic

from planner.core.db import db, table_of
from planner.models import (
    AgendaItem,
    Body,
    Call,
    Comment,
    Contribution,
    Decision,
    Document,
    Edition,
    FollowUp,
    Instrument,
    Meeting,
    Offer,
    Output,
    Person,
    Plan,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    PublishedSession,
    PublishedSlot,
    Record,
    SearchDocument,
    Source,
    Stakeholder,
    TreatyArticle,
)
from planner.rules.audience import SEEN_BY_OWNER

TEXT_COLUMNS: dict[str, tuple[type[Record], tuple[str, ...]]] = {
    "body": (Body, ("code", "description")),
    "call": (Call, ("text",)),
    # what was answered is for the officers until the round is closed, so it is not searched
    "comment": (Comment, ("text", "proposed_title", "proposed_text")),
    "contribution": (Contribution, ("text", "sector")),
    "decision": (Decision, ()),
    "document": (Document, ("symbol", "symbol_pattern", "doc_kind")),
    "follow_up": (FollowUp, ("text",)),
    "instrument": (Instrument, ("short", "aliases")),
    "meeting": (Meeting, ("city", "venue", "theme")),
    "offer": (Offer, ("summary",)),
    "output": (Output, ("text", "result")),
    "person": (Person, ("function",)),
    "plan": (Plan, ("ended_because",)),
    "plan_session": (PlanSession, ("text", "room")),
    "plan_version": (PlanVersion, ("change",)),
    "source": (Source, ("reference",)),
    "stakeholder": (Stakeholder, ("iso2", "speaks_for")),
    "treaty_article": (TreatyArticle, ("number", "summary")),
}
"""Kinds with a page of their own and the columns whose text is searched, beside title and note."""
KINDS = (*TEXT_COLUMNS, "cycle", "office", "plan_item", "reference_note", "release", "stage")
"""The kinds that can be found: all that have a page."""
LONGEST_TEXT = 200_000
"""Characters of a text that are searched. PostgreSQL refuses to index more than 1 MB of words."""


def refresh(record_ids: set[int]) -> None:
    """Write the texts of records that changed."""
    ids = sorted(record_ids)
    classes = [model for model, _ in TEXT_COLUMNS.values()]
    records = db.session.scalars(
        select(Record)
        .where(Record.id.in_(ids), Record.kind.in_(KINDS))
        .options(selectin_polymorphic(Record, classes))
        .execution_options(populate_existing=False)
    ).all()
    public = _public_texts(ids)
    working = _working_texts(ids)
    rows = []
    for record in records:
        own = _own_text(record)
        for edition, extra in ((Edition.WORKING, working), (Edition.PUBLIC, public)):
            is_programme = record.kind in ("plan_session", "offer")
            if edition is Edition.PUBLIC and not record.published and record.kind not in SEEN_BY_OWNER:
                continue
            title, text = extra.get(record.id, (None, ""))
            shown = title or (record.title if edition is Edition.WORKING else record.public_title or record.title)
            body = text if edition is Edition.PUBLIC and is_programme else _join([own, text])
            rows.append({"record_id": record.id, "edition": edition, "title": shown, "text": body[:LONGEST_TEXT]})
    table = table_of(SearchDocument)
    db.session.execute(delete(table).where(table.c.record_id.in_(ids)))
    if rows:
        db.session.execute(insert(table), rows)


def _own_text(record: Record) -> str:
    _, columns = TEXT_COLUMNS.get(record.kind, (Record, ()))
    values = [getattr(record, column) for column in columns]
    return _join([*(", ".join(v) if isinstance(v, list) else v for v in values), record.note])


def _working_texts(ids: list[int]) -> dict[int, tuple[str | None, str]]:
    """Return per record what other rows say of it in the working copy: texts of items, titles of an agenda."""
    texts: dict[int, tuple[str | None, str]] = {}
    item_texts = (
        select(PlanItemRevision.item_id, PlanItemRevision.text, PlanItemRevision.result)
        .join(PlanVersion, PlanVersion.id == PlanItemRevision.version_id)
        .where(PlanItemRevision.item_id.in_(ids))
        .order_by(PlanVersion.position, PlanVersion.id)
    )
    for item_id, text, result in db.session.execute(item_texts):
        texts[item_id] = (None, _join([texts.get(item_id, (None, ""))[1], text, result]))
    agenda = select(AgendaItem.session_id, AgendaItem.title, AgendaItem.text)
    agenda = agenda.where(AgendaItem.session_id.in_(ids), AgendaItem.withdrawn_because.is_(None))
    agenda = agenda.order_by(AgendaItem.position)
    for session_id, title, text in db.session.execute(agenda):
        texts[session_id] = (None, _join([texts.get(session_id, (None, ""))[1], title, text]))
    return texts


def _public_texts(ids: list[int]) -> dict[int, tuple[str | None, str]]:
    """Return per record the title and text of its public edition."""
    texts: dict[int, tuple[str | None, str]] = {}
    shown = select(PlanItemRevision).where(PlanItemRevision.item_id.in_(ids), PlanItemRevision.is_shown)
    for revision in db.session.scalars(shown):
        texts[revision.item_id] = (revision.title, _join([revision.text, revision.result]))
    sessions = select(PublishedSession).where(PublishedSession.session_id.in_(ids))
    for edition in db.session.scalars(sessions):
        programme = edition.programme
        items = [part for item in programme.get("items", ()) for part in (item.get("title"), item.get("text"))]
        texts[edition.session_id] = (edition.title, _join([programme.get("text"), edition.room, *items]))
    slots = select(PublishedSlot).where(PublishedSlot.offer_id.in_(ids))
    for slot in db.session.scalars(slots):
        texts[slot.offer_id] = (slot.title, "")
    return texts


def _join(parts: Iterable[str | None]) -> str:
    return "\n".join(part for part in parts if part)
