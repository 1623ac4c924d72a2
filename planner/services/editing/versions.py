"""The end of a working copy: circulated, it gets its number and a round of comments, and its texts become those that
all see; withdrawn, it gets its number and nothing is shown of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from planner.core.db import db
from planner.models import (
    CommentReaders,
    CommentsShown,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    VersionKind,
)
from planner.services import rounds


def circulate(version: PlanVersion, values: dict[str, Any], *, until: datetime, at: datetime) -> None:
    """Make the working copy the next numbered version, show its revisions, and open its round of comments.

    `until` is the deadline of the round; `values` may say who comments, and who reads what others say, when.
    """
    _number(version, at)
    version.comments_until = until
    version.published = True
    db.session.flush()
    _show(version)
    _tell_of_withdrawn(version)
    rounds.open_round(
        version,
        at=at,
        may_comment=values.get("may_comment"),
        shown=CommentsShown(values.get("comments_shown") or CommentsShown.AFTER),
        readers=CommentReaders(values.get("comment_readers") or CommentReaders.ALL),
    )


def close_working_copy(version: PlanVersion, *, at: datetime) -> None:
    """Make a working copy that is withdrawn a numbered version that only officers see; items are called as shown.

    Its place is free then: the next edit opens a new working copy, from the texts that are shown. The number is used
    up, so that what was drafted, and may have been passed round on paper, is never taken for what comes after it.
    """
    _number(version, at)
    drafted = select(PlanItemRevision.item_id).where(PlanItemRevision.version_id == version.id)
    shown = select(PlanItem, PlanItemRevision.title).join(PlanItemRevision, PlanItemRevision.item_id == PlanItem.id)
    for item, title in db.session.execute(shown.where(PlanItem.id.in_(drafted), PlanItemRevision.is_shown)):
        item.title = title
        item.public_title = None
    for item in _taken_out(version.plan_id):
        item.withdrawn_because = None
    db.session.flush()


def _tell_of_withdrawn(version: PlanVersion) -> None:
    """Have everybody read which items the version is without, and that those in it stand."""
    for item in _taken_out(version.plan_id):
        item.is_withdrawn = True
    held = select(PlanItemRevision.item_id).where(PlanItemRevision.version_id == version.id)
    marked = select(PlanItem).where(PlanItem.id.in_(held), PlanItem.withdrawn_because.is_not(None))
    for item in list(db.session.scalars(marked)):
        item.is_withdrawn, item.withdrawn_because = False, None
    db.session.flush()


def _taken_out(plan_id: int) -> list[PlanItem]:
    """Return the items that were taken out of the working copy and still stand in what everybody reads."""
    pending = PlanItem.withdrawn_because.is_not(None) & ~PlanItem.is_withdrawn
    return list(db.session.scalars(select(PlanItem).where(PlanItem.plan_id == plan_id, pending)))


def _number(version: PlanVersion, at: datetime) -> None:
    last = db.session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == version.plan_id))
    version.version_kind = VersionKind.NUMBERED
    version.number = (last or 0) + 1
    if version.title == "Working copy":
        version.title = f"Version {version.number}"
    version.on_text = at.date().isoformat()


def _show(version: PlanVersion) -> None:
    mine = list(db.session.scalars(select(PlanItemRevision).where(PlanItemRevision.version_id == version.id)))
    ids = [revision.item_id for revision in mine]
    shown = select(PlanItemRevision).where(
        PlanItemRevision.item_id.in_(ids), PlanItemRevision.is_shown, PlanItemRevision.version_id != version.id
    )
    for revision in list(db.session.scalars(shown)):
        revision.is_shown = False
    # The database allows one shown revision per item at any moment, so the old ones go first.
    db.session.flush()
    for revision in mine:
        revision.is_shown = True
    items = {item.id: item for item in db.session.scalars(select(PlanItem).where(PlanItem.id.in_(ids)))}
    for revision in mine:
        item = items[revision.item_id]
        item.title = revision.title
        item.public_title = None
        item.published = True
    db.session.flush()
