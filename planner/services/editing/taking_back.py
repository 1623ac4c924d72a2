"""Taking back what was recorded of the Conference by mistake: the act goes, the record stands where it stood before.

That an act was recorded and taken back stays in the history, with both reasons. Nothing may rest on the act: no version
made from the one that was acted on (but for one that was withdrawn), no second act, no follow-up that came of the
record. The database holds to the same for versions (migrations, 0002), so the rows are written in its order.
"""

from __future__ import annotations

from sqlalchemy import or_, select

from planner.core.db import db
from planner.core.errors import Conflict
from planner.core.i18n import N_
from planner.models import ConferenceAction, FollowUp, PlanVersion, Record
from planner.rules.lifecycle import Move
from planner.services.editing.spec import Entry


def take_back(record: Record, move: Move, entry: Entry) -> None:
    """Take the act away and move the record back. Raises Conflict where something rests on it."""
    acts = list(db.session.scalars(select(ConferenceAction).where(ConferenceAction.record_id == record.id)))
    if len(acts) > 1:
        raise Conflict(N_("More than one act of the Conference is recorded. Take the wrong ones away first."))
    _require_free(record)
    if record.kind == "output":
        # An output that was acted on keeps its last act, a version keeps its state while an act is there.
        record.state = move.target
        db.session.flush()
    for act in acts:
        db.session.delete(act)
    db.session.flush()
    record.state = move.target
    db.session.flush()
    if isinstance(record, PlanVersion):
        record.acted_by_cycle_id = None
    if entry.changes is not None:
        entry.changes.touch(record.id)


def _require_free(record: Record) -> None:
    rests = select(PlanVersion.title).where(PlanVersion.based_on_id == record.id, PlanVersion.state != "withdrawn")
    follows = select(FollowUp.title).where(
        FollowUp.comes_from_id == record.id, or_(FollowUp.state != "dropped", FollowUp.state.is_(None))
    )
    title = db.session.scalar(rests.limit(1)) or db.session.scalar(follows.limit(1))
    if title:
        raise Conflict(N_("“{title}” rests on it. Withdraw or drop that first.", title=title))
