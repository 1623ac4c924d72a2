"""Comments as plain values for pages, tables and papers: what a viewer may read of a round, in two queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.models import Comment, ConsultationLink, Person, Stakeholder
from planner.rules.comment_rows import CommentRow, by_item, by_state
from planner.services.consultations.items import PlacedItem, list_items
from planner.services.consultations.speaking import Round

_stakeholder = aliased(Stakeholder, flat=True)
_person = aliased(Person, flat=True)


def list_comment_rows(viewer: Viewer, found: Round) -> list[CommentRow]:
    """Return the comments of a round that the viewer may read, by item. Two queries."""
    return by_item(read_rows(viewer, found, list_items(viewer, found.version.id)))


def table_of_comments(viewer: Viewer, found: Round, order: str) -> list[CommentRow]:
    """Return the same by item or by State ("item", "state")."""
    rows = list_comment_rows(viewer, found)
    return by_state(rows) if order == "state" else rows


def read_rows(viewer: Viewer, found: Round, items: Iterable[PlacedItem]) -> list[CommentRow]:
    """Return the comments of a round that the viewer may read, in no order. One query.

    What a comment was answered is for officers until the round is closed, who typed it for them alone.
    """
    placed = {item.id: (place, item) for place, item in enumerate(items, start=1)}
    tells = found.may_run or found.is_closed
    rows: Any = db.session.execute(
        select(
            Comment.id,
            Comment.rev,
            Comment.item_id,
            Comment.stakeholder_id,
            _stakeholder.title.label("stakeholder"),
            Comment.stakeholder_class,
            Comment.comment_kind,
            Comment.text,
            Comment.proposed_title,
            Comment.proposed_text,
            Comment.submitted_at,
            Comment.is_late,
            Comment.is_withdrawn,
            Comment.in_reply_to_id,
            func.coalesce(ConsultationLink.person_name, _person.title).label("through"),
            Comment.disposition,
            Comment.disposition_reason,
            Comment.disposed_at,
            Comment.applied_at,
        )
        .join(_stakeholder, _stakeholder.id == Comment.stakeholder_id)
        .outerjoin(_person, _person.id == Comment.person_id)
        .outerjoin(ConsultationLink, ConsultationLink.id == Comment.link_id)
        .where(Comment.version_id == found.version.id, visible(viewer, Comment))
    )
    made = []
    for row in rows:
        if row.item_id is not None and row.item_id not in placed:
            continue  # the item is not for the viewer, so what is said on it is not either
        place, item = placed.get(row.item_id, (0, None))
        made.append(
            CommentRow(
                id=row.id,
                rev=row.rev,
                version_id=found.version.id,
                item_id=row.item_id,
                item_place=place,
                item_number=item.number if item else "",
                item_kind=item.item_kind if item else None,
                item_title=item.title if item else None,
                cycle_code=item.cycle_code if item else None,
                stakeholder_id=row.stakeholder_id,
                stakeholder=row.stakeholder,
                stakeholder_class=row.stakeholder_class.value,
                kind=row.comment_kind.value,
                text=row.text,
                proposed_title=row.proposed_title,
                proposed_text=row.proposed_text,
                submitted_at=row.submitted_at,
                is_late=row.is_late,
                is_withdrawn=row.is_withdrawn,
                in_reply_to_id=row.in_reply_to_id,
                through=row.through if found.may_run else None,
                is_answered=row.disposition is not None,
                disposition=row.disposition.value if row.disposition and tells else None,
                reason=row.disposition_reason if tells else None,
                disposed_at=row.disposed_at if tells else None,
                applied_at=row.applied_at if tells else None,
            )
        )
    return made
