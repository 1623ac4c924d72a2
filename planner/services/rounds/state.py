"""A round of comments from its opening to its close. Only rows; who may do what is asked by those who call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from planner.core.db import db
from planner.core.errors import Conflict
from planner.core.i18n import N_
from planner.models import (
    Comment,
    CommentReaders,
    CommentsShown,
    Consultation,
    PlanItem,
    PlanVersion,
    StakeholderClass,
)
from planner.rules.audience import BROAD, Ground, clamp

EVERY_CLASS = tuple(kind.value for kind in StakeholderClass if kind is not StakeholderClass.SECRETARIAT)
_READ_BY = {
    CommentReaders.STATES_PARTIES: int(Ground.STATES_PARTIES),
    CommentReaders.STATES: int(Ground.STATES),
    CommentReaders.ALL: BROAD,
}


def open_round(
    version: PlanVersion,
    *,
    at: datetime,
    may_comment: Iterable[str] | None = None,
    shown: CommentsShown = CommentsShown.AFTER,
    readers: CommentReaders = CommentReaders.ALL,
) -> Consultation:
    """Open the round of a version whose deadline is set; without classes whoever sees the version may comment."""
    chosen = set(may_comment or EVERY_CLASS)
    opened = Consultation(
        version_id=version.id,
        opened_at=at,
        may_comment=[kind for kind in EVERY_CLASS if kind in chosen],
        comments_shown=shown,
        comment_readers=readers,
    )
    db.session.add(opened)
    db.session.flush()
    return opened


def find_round(version_id: int, *, lock: bool = False) -> Consultation | None:
    """Return the round of a version, or None; locked until the transaction ends, so that it is not closed meanwhile."""
    chosen = select(Consultation).where(Consultation.version_id == version_id)
    return db.session.scalars(chosen.with_for_update() if lock else chosen).one_or_none()


def mask_of(held: Consultation, item: PlanItem | None) -> int:
    """Return who reads a comment of the round: its owner, and the readers of the round where it is their time, as far
    as they may see the item that it is on.
    """
    shows = held.comments_shown is CommentsShown.AT_ONCE or (
        held.comments_shown is CommentsShown.AFTER and held.closed_at is not None
    )
    mask = int(Ground.OWNER) | (_READ_BY[held.comment_readers] if shows else 0)
    return clamp(mask, item.audience) if item is not None else mask


def count_undecided(version_id: int) -> int:
    """Return how many comments that stand have no disposition."""
    counted = select(func.count()).select_from(Comment)
    standing = (Comment.version_id == version_id, Comment.disposition.is_(None), ~Comment.is_withdrawn)
    return db.session.scalar(counted.where(*standing)) or 0


def close(held: Consultation, *, by: str, at: datetime) -> None:
    """Close a round. Raises Conflict where a comment that stands has no disposition, or it is closed already."""
    if held.closed_at is not None:
        raise Conflict(N_("The round of comments is closed already."))
    undecided = count_undecided(held.version_id)
    if undecided == 1:
        raise Conflict(N_("One comment has no answer yet. A round closes when every comment has one."))
    if undecided:
        raise Conflict(
            N_("{count} comments have no answer yet. A round closes when every comment has one.", count=undecided)
        )
    held.closed_at, held.closed_by = at, by[:200]
    db.session.flush()
    hide_or_show(held)


def hide_or_show(held: Consultation) -> None:
    """Bring the audience of every comment of a round to what the round says now."""
    chosen = select(Comment).where(Comment.version_id == held.version_id).options(joinedload(Comment.item))
    for comment in list(db.session.scalars(chosen)):
        mask = mask_of(held, comment.item)
        if comment.audience_own != mask:
            comment.audience_own = mask
    db.session.flush()


def settle_lateness(version: PlanVersion) -> None:
    """Decide anew which comments of a version are late, after its deadline was moved."""
    until = version.comments_until
    if until is None:
        return
    for comment in list(db.session.scalars(select(Comment).where(Comment.version_id == version.id))):
        if comment.is_late != (comment.submitted_at > until):
            comment.is_late = comment.submitted_at > until
    db.session.flush()


def require_open_round(comment: Comment) -> None:
    """Raise Conflict where the round of a comment is closed: nothing in it changes any more."""
    held = find_round(comment.version_id, lock=True)
    if held is None or held.closed_at is not None:
        raise Conflict(N_("The round of comments is closed. Nothing in it changes any more."))
