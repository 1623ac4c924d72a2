"""Writing a taken wording into the working copy in one step. What changed there since is shown before it is
overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.core.errors import Conflict, Stale
from planner.core.i18n import N_
from planner.models import Comment, CommentKind, Disposition, PlanItem, PlanItemRevision
from planner.services import changes, rounds
from planner.services.consultations.disposing import get_own
from planner.services.editing import digests, edit_record
from planner.services.editing.faults import guarded
from planner.services.editing.reading import current_revision, working_copy_of


@dataclass(frozen=True)
class Wording:
    """Title and text of an item."""

    title: str
    text: str | None


@dataclass(frozen=True)
class Application:
    """A proposed wording beside what was commented on and what stands now; `base` tells that from a later one."""

    comment: Comment
    item: PlanItem
    commented: Wording
    present: Wording
    proposed: Wording
    base: str
    has_working_copy: bool

    @property
    def has_changed(self) -> bool:
        """Say whether the item says something else now than when it was commented on."""
        return self.present != self.commented


def get_application(actor: Viewer, comment_id: int) -> Application:
    """Return a wording that may be applied, for its page. Raises NotVisible, NotAllowed, Conflict."""
    return _read(get_own(actor, comment_id))


def apply_comment(actor: Viewer, comment_id: int, *, at: datetime, base: str | None = None) -> Application:
    """Write the proposed wording into the item's text in the working copy, which is opened where there is none.

    `base` is that of the text which the actor saw; without it the text that was commented on must still stand. Raises
    NotVisible, NotAllowed, Conflict where nothing can be applied, Stale where the item has another text by now.
    """
    with guarded(), changes.change(actor, at=at, action="apply_comment"):
        comment = get_own(actor, comment_id)
        rounds.require_open_round(comment)
        found = _read(comment)
        if base is None and found.has_changed:
            raise Stale(N_("The item was changed since the version was circulated. Compare the texts, then apply."))
        if base is not None and base != found.base:
            raise Stale(N_("The item was changed meanwhile. Compare the texts, then apply."))
        values = {"title": found.proposed.title, "text": found.proposed.text or ""}
        edit_record(actor, found.item.id, rev=found.item.rev, at=at, values=values)
        comment.applied_at = at
    return found


def _read(comment: Comment) -> Application:
    _require_applicable(comment)
    item = db.session.get_one(PlanItem, comment.item_id)
    commented = db.session.scalars(
        select(PlanItemRevision).where(
            PlanItemRevision.item_id == item.id, PlanItemRevision.version_id == comment.version_id
        )
    ).one()
    copy = working_copy_of(item.plan_id)
    revision = current_revision(item)
    gone = item.withdrawn_because is not None or revision is None
    if gone or (copy is not None and revision is not None and revision.version_id != copy.id):
        raise Conflict(
            N_("The item is no longer in the working copy. Put it back, or write the wording where it went.")
        )
    assert revision is not None  # noqa: S101 - said above; this tells the type checker
    present = Wording(revision.title, revision.text)
    proposed = Wording(comment.proposed_title or present.title, comment.proposed_text or present.text)
    base = "".join(digests({"title": present.title, "text": present.text}).values())
    return Application(
        comment, item, Wording(commented.title, commented.text), present, proposed, base, copy is not None
    )


def _require_applicable(comment: Comment) -> None:
    if comment.comment_kind is not CommentKind.PROPOSED_WORDING:
        raise Conflict(N_("Only a proposed wording can be applied."))
    if comment.is_withdrawn:
        raise Conflict(N_("The comment has been withdrawn."))
    if comment.disposition not in (Disposition.TAKEN, Disposition.TAKEN_IN_PART):
        raise Conflict(N_("Answer the comment first: what is applied is taken, or taken in part."))
    if comment.applied_at is not None:
        raise Conflict(N_("Its wording has been written into the working copy already."))
