"""Taking comments, changing them until the deadline, withdrawing them. What comes late is taken and marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from planner.access.viewer import Viewer
from planner.access.visibility import visible
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotAllowed, NotVisible, Stale
from planner.core.i18n import N_, Message
from planner.models import (
    AudienceGrant,
    Comment,
    CommentKind,
    Origin,
    PlanItem,
    PlanItemRevision,
    StakeholderClass,
    UserAccount,
)
from planner.rules.audience import Ground
from planner.services import changes, rounds
from planner.services.consultations.speaking import Round, get_round, require_taken, speaker_for, title_of
from planner.services.editing.faults import Wrong, guarded
from planner.services.editing.kinds import LONGEST_TITLE, text_of

LONGEST = 20_000
_BY_AUTHOR = "Withdrawn by its author."


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody typed into the form of a comment."""

    kind: str = ""
    text: str = ""
    proposed_title: str = ""
    proposed_text: str = ""


def submit_comment(
    viewer: Viewer,
    version_id: int,
    typed: Typed,
    *,
    at: datetime,
    item_id: int | None = None,
    in_reply_to_id: int | None = None,
    stakeholder_id: int | None = None,
    link_id: int | None = None,
) -> Comment:
    """Take a comment on an item of a version, or on the plan as a whole; `in_reply_to_id` is a comment it answers.

    Raises NotVisible, NotAllowed for whoever was not asked, Conflict where the round is closed, Invalid per field.
    """
    with guarded(), changes.change(viewer, at=at) as change:
        found = get_round(viewer, version_id, at=at, lock=True)
        require_taken(found)
        voice = speaker_for(viewer, found, stakeholder_id)
        if in_reply_to_id is not None:
            item_id = _answered(viewer, found, in_reply_to_id).item_id
        item, revision = _item(viewer, version_id, item_id)
        said = clean(typed, revision)
        about = revision.title if revision is not None else title_of(viewer, found.version)
        is_example = found.version.origin is Origin.ILLUSTRATION
        comment = Comment(
            kind="comment",
            title=f"{voice.title}: {about}"[:LONGEST_TITLE],
            origin=Origin.ILLUSTRATION if is_example else Origin.OWN,
            audience_parent_id=version_id,
            audience_own=rounds.mask_of(found.held, item),
            version_id=version_id,
            item_id=item_id,
            stakeholder_id=voice.id,
            stakeholder_class=StakeholderClass(voice.stakeholder_class),
            person_id=_person(viewer),
            link_id=link_id,
            in_reply_to_id=in_reply_to_id,
            submitted_at=at,
            is_late=at > found.until,
            **said,
        )
        db.session.add(comment)
        db.session.flush()
        db.session.add(AudienceGrant(record_id=comment.id, ground=int(Ground.OWNER), stakeholder_id=voice.id))
        change.touch(comment.id)
    return comment


def edit_comment(viewer: Viewer, comment_id: int, typed: Typed, *, rev: int, at: datetime) -> Comment:
    """Change one's own comment, until the deadline and while it has no answer.

    Raises NotVisible, NotAllowed for that of others, Conflict (Stale where it was changed meanwhile), Invalid.
    """
    with guarded(), changes.change(viewer, at=at):
        comment, found = own_comment(viewer, comment_id, at=at)
        if found.is_over:
            raise Conflict(
                N_("The deadline has passed. Your comment stands as it was; what is new can be added as another one.")
            )
        if comment.disposition is not None:
            raise Conflict(N_("Your comment has been answered. What is new can be added as another one."))
        if comment.rev != rev:
            raise Stale(
                N_("Your comment was changed meanwhile. Compare the two texts and send yours again."), rev=comment.rev
            )
        _, revision = _item(viewer, comment.version_id, comment.item_id)
        for name, value in clean(typed, revision).items():
            if getattr(comment, name) != value:
                setattr(comment, name, value)
    return comment


def withdraw_comment(viewer: Viewer, comment_id: int, *, at: datetime, reason: str | None = None) -> Comment:
    """Withdraw one's own comment while its round is open. Raises NotVisible, NotAllowed, Conflict, Invalid."""
    try:
        why = text_of(reason, 2000, lines=True) or _BY_AUTHOR
    except Wrong as error:
        raise Invalid({"reason": error.parts[""]}) from None
    with guarded(), changes.change(viewer, at=at, action="withdraw", reason=why):
        comment, _ = own_comment(viewer, comment_id, at=at)
        comment.is_withdrawn, comment.withdrawn_because = True, why
    return comment


def own_comment(viewer: Viewer, comment_id: int, *, at: datetime) -> tuple[Comment, Round]:
    """Return a comment of whom the viewer stands for, with its round, both locked and open to changes."""
    comment = db.session.scalars(
        select(Comment).where(Comment.id == comment_id, visible(viewer, Comment)).options(joinedload(Comment.item))
    ).one_or_none()
    if comment is None:
        raise NotVisible
    if comment.stakeholder_id not in viewer.stakeholders:
        raise NotAllowed(N_("This comment is not yours. You can answer it with one of your own."))
    found = get_round(viewer, comment.version_id, at=at, lock=True)
    require_taken(found)
    if comment.is_withdrawn:
        raise Conflict(N_("The comment has been withdrawn."))
    return comment, found


def clean(typed: Typed, revision: PlanItemRevision | None) -> dict[str, Any]:
    """Return the columns of what was typed; a proposed wording that is the present one is none. Raises Invalid."""
    wrong: dict[str, Message] = {}
    said: dict[str, Any] = {}
    for name, most, lines in (
        ("text", LONGEST, True),
        ("proposed_title", LONGEST_TITLE, False),
        ("proposed_text", LONGEST, True),
    ):
        try:
            said[name] = text_of(getattr(typed, name), most, lines=lines)
        except Wrong as error:
            wrong[name] = error.parts[""]
    if typed.kind not in {kind.value for kind in CommentKind}:
        wrong["kind"] = N_("Say what kind of comment it is.")
    if not wrong:
        if revision is not None:
            said |= {
                f"proposed_{name}": None
                for name in ("title", "text")
                if said[f"proposed_{name}"] == (getattr(revision, name) or "").strip()
            }
        wrong = _inconsistent(typed.kind, said, revision)
    if wrong:
        raise Invalid(wrong)
    return {"comment_kind": CommentKind(typed.kind), **said}


def _inconsistent(kind: str, said: dict[str, Any], revision: PlanItemRevision | None) -> dict[str, Message]:
    has_wording = said["proposed_title"] is not None or said["proposed_text"] is not None
    if kind == CommentKind.PROPOSED_WORDING:
        if revision is None:
            return {"kind": N_("A wording is proposed for an item of the plan, not for the plan as a whole.")}
        return {} if has_wording else {"proposed_text": N_("Change the title or the text as you propose it.")}
    if has_wording:
        return {"kind": N_("You changed the wording. Choose “Proposed wording”, or put the wording back.")}
    return {} if said["text"] is not None else {"text": N_("Write your comment.")}


def _answered(viewer: Viewer, found: Round, comment_id: int) -> Comment:
    above = db.session.scalars(
        select(Comment).where(Comment.id == comment_id, visible(viewer, Comment))
    ).one_or_none()  # fmt: skip
    if above is None:
        raise NotVisible
    if above.version_id != found.version.id:
        raise Invalid({"": N_("The comment that you answer belongs to another round.")})
    if above.is_withdrawn:
        raise Conflict(N_("The comment that you answer has been withdrawn."))
    return above


def _item(viewer: Viewer, version_id: int, item_id: int | None) -> tuple[PlanItem | None, PlanItemRevision | None]:
    """Return an item with its text in the version. Raises NotVisible where the version does not hold it."""
    if item_id is None:
        return None, None
    row = db.session.execute(
        select(PlanItem, PlanItemRevision)
        .join(PlanItemRevision, PlanItemRevision.item_id == PlanItem.id)
        .where(PlanItem.id == item_id, PlanItemRevision.version_id == version_id, visible(viewer, PlanItem))
    ).one_or_none()
    if row is None:
        raise NotVisible
    return row[0], row[1]


def _person(viewer: Viewer) -> int | None:
    if viewer.user_id is None:
        return None
    return db.session.scalar(select(UserAccount.person_id).where(UserAccount.id == viewer.user_id))
