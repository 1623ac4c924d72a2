"""What tests of a round share: the running round of the illustration, its people as viewers, comments in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from planner.core.db import db
from planner.models import Comment, PlanItem, PlanVersion, Stakeholder
from planner.services import consultations
from planner.services.consultations import Typed
from tests.conftest import NOW
from tests.services.editing.shared import viewer

__all__ = ["NOW", "answer_all", "comment", "item", "of_key", "remark", "submit", "version", "viewer", "wording"]


def version() -> PlanVersion:
    return db.session.scalars(select(PlanVersion).where(PlanVersion.ref == "ill-plan/v3")).one()


def item(key: str) -> PlanItem:
    return db.session.scalars(select(PlanItem).where(PlanItem.ref == f"ill-{key}")).one()


def of_key(code: str) -> Stakeholder:
    return db.session.scalars(select(Stakeholder).where(Stakeholder.ref == code)).one()


def comment(comment_id: int) -> Comment:
    db.session.expire_all()
    return db.session.scalars(select(Comment).where(Comment.id == comment_id)).one()


def remark(text: str = "A remark") -> Typed:
    return Typed(kind="remark", text=text)


def wording(title: str = "", text: str = "") -> Typed:
    return Typed(kind="proposed_wording", text="Better so.", proposed_title=title, proposed_text=text)


def submit(who: str, typed: Typed | None = None, *, at: Any = NOW, on: str | None = None, **more: Any) -> int:
    of = item(on).id if on else None
    typed = typed or remark()
    return consultations.submit_comment(viewer(who), version().id, typed, at=at, item_id=of, **more).id


def answer_all(at: Any = NOW + timedelta(hours=1)) -> None:
    chair = viewer("chair")
    while (waiting := consultations.next_undecided(chair, version().id)) is not None:
        rev = comment(waiting).rev
        consultations.dispose(chair, waiting, "not_taken", "Too late for this plan.", rev=rev, at=at)
