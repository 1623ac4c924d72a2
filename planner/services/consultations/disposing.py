"""Answering comments: taken, taken in part, not taken, with the reason; and what is to be answered next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, select

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotVisible, Stale
from planner.core.i18n import N_
from planner.models import Comment, Disposition
from planner.services import changes, rounds
from planner.services.editing.faults import Wrong, guarded
from planner.services.editing.kinds import text_of

LONGEST_REASON = 5000


def get_own(actor: Viewer, comment_id: int) -> Comment:
    """Return a comment that the actor answers. Raises NotVisible, NotAllowed."""
    comment = db.session.scalars(select(Comment).where(Comment.id == comment_id, visible(actor, Comment))).one_or_none()
    if comment is None:
        raise NotVisible
    policy.require(actor, Verb.EDIT_PLAN, comment.home_body_id)
    return comment


def dispose(actor: Viewer, comment_id: int, disposition: str, reason: str | None, *, rev: int, at: datetime) -> Comment:
    """Answer a comment, or answer it otherwise, while its round is open.

    Raises NotVisible, NotAllowed, Conflict (Stale where it was changed since `rev`), Invalid: whatever is not taken as
    it stands needs a reason.
    """
    with guarded(), changes.change(actor, at=at, action="dispose"):
        comment = get_own(actor, comment_id)
        rounds.require_open_round(comment)
        if comment.is_withdrawn:
            raise Conflict(N_("The comment has been withdrawn. It needs no answer."))
        answer, why = _clean(disposition, reason)
        if comment.rev != rev:
            raise Stale(N_("The comment was changed meanwhile. Read it again before you answer."), rev=comment.rev)
        if comment.applied_at is not None and answer is Disposition.NOT_TAKEN:
            raise Conflict(N_("Its wording has been written into the working copy, so it is taken at least in part."))
        comment.disposition, comment.disposition_reason = answer, why
        comment.disposed_at, comment.disposed_by = at, actor.name[:200]
    return comment


def take_back_disposition(actor: Viewer, comment_id: int, *, rev: int, at: datetime) -> Comment:
    """Take an answer back, while the round is open and nothing was applied. Raises as `dispose`."""
    with guarded(), changes.change(actor, at=at, action="take_back_answer"):
        comment = get_own(actor, comment_id)
        rounds.require_open_round(comment)
        if comment.rev != rev:
            raise Stale(N_("The comment was changed meanwhile. Read it again before you answer."), rev=comment.rev)
        if comment.applied_at is not None:
            raise Conflict(N_("Its wording has been written into the working copy, so it is taken at least in part."))
        comment.disposition = comment.disposition_reason = comment.disposed_at = comment.disposed_by = None
    return comment


def next_undecided(actor: Viewer, version_id: int, *, after: int = 0) -> int | None:
    """Return the comment that is to be answered next: the first behind `after`, else the first of all; or None."""
    waiting = (
        select(Comment.id)
        .where(Comment.version_id == version_id, Comment.disposition.is_(None), ~Comment.is_withdrawn)
        .where(Comment.id != after, visible(actor, Comment))
        .order_by(case((Comment.id > after, 0), else_=1), Comment.id)
    )
    return db.session.scalar(waiting.limit(1))


def _clean(disposition: str, reason: str | None) -> tuple[Disposition, str | None]:
    wrong = {}
    why = None
    try:
        why = text_of(reason, LONGEST_REASON, lines=True)
    except Wrong as error:
        wrong["reason"] = error.parts[""]
    if disposition not in {one.value for one in Disposition}:
        wrong["disposition"] = N_("Say what becomes of the comment.")
    elif disposition != Disposition.TAKEN and why is None and not wrong:
        wrong["reason"] = N_("Say why it is not taken as it stands.")
    if wrong:
        raise Invalid(wrong)
    return Disposition(disposition), why
