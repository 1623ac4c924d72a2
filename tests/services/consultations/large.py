"""A round as large as they come."""

from __future__ import annotations

from planner.core.db import db
from planner.models import (
    AudienceGrant,
    Comment,
    CommentKind,
    ItemKind,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    Stakeholder,
    StakeholderClass,
)
from planner.services import changes, rounds
from tests.conftest import NOW
from tests.factories.meeting import WRITER


def fill(version_id: int, *, items: int, comments: int) -> None:
    """Add topics to a version and comments on them, by made-up States in turn."""
    version = db.session.get_one(PlanVersion, version_id)
    states = list(db.session.query(Stakeholder).filter(Stakeholder.ref.like("X_"), Stakeholder.is_state))
    held = rounds.find_round(version_id)
    assert held is not None
    with changes.change(WRITER, at=NOW):
        made = [
            PlanItem(ref=f"large-{n}", title=f"Item {n}", item_kind=ItemKind.TOPIC, plan_id=version.plan_id,
                     audience_parent_id=version_id, origin=version.origin)
            for n in range(items)
        ]  # fmt: skip
        db.session.add_all(made)
        db.session.flush()
        for n, one in enumerate(made):
            db.session.add(
                PlanItemRevision(item_id=one.id, version_id=version_id, title=one.title, position=1000 + n,
                                 is_shown=True)
            )  # fmt: skip
        db.session.flush()
        said = []
        for n in range(comments):
            who = states[n % len(states)]
            said.append(
                Comment(
                    ref=f"large-comment-{n}", title=f"{who.title}: {n}", origin=version.origin,
                    audience_parent_id=version_id, audience_own=rounds.mask_of(held, None), version_id=version_id,
                    item_id=made[n % items].id, stakeholder_id=who.id, stakeholder_class=StakeholderClass.STATE_PARTY,
                    comment_kind=CommentKind.REMARK, text=f"Comment {n}", submitted_at=NOW, is_late=False,
                )
            )  # fmt: skip
        db.session.add_all(said)
        db.session.flush()
        for one in said:
            db.session.add(AudienceGrant(record_id=one.id, ground=16, stakeholder_id=one.stakeholder_id))
