"""What a person did to a task in their own program: how far it is, and the evidence that it is done."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotAllowed, NotVisible, PlannerError
from planner.core.i18n import N_, Message
from planner.formats.task_change import OtherChange, TaskChange, Unreadable, read_change
from planner.models import FollowUp
from planner.services import changes, editing
from planner.services.dav.holdings import TASKS, Holding
from planner.services.dav.items import Item, find_item

_MOVES = {"IN-PROCESS": "start", "COMPLETED": "close"}
_NO_MOVE = {
    "NEEDS-ACTION": N_("What has been started is not set back here."),
    "CANCELLED": N_("An action is dropped by the secretariat, with a reason."),
}


class Refused(PlannerError):  # noqa: N818 - named after the fact
    """What was done to a task cannot be kept. `reason` is "right", "stale", "evidence", "change" or "data"."""

    status = 403

    def __init__(self, reason: str, message: Message, record_id: int | None = None) -> None:
        """Keep the reason, the words, and the follow-up on whose page more can be done."""
        super().__init__(message)
        self.reason = reason
        self.record_id = record_id


def mark_task(holding: Holding, name: str, sent: bytes, *, expected: Collection[str] | None, at: datetime) -> None:
    """Take what a person did to a task of theirs.

    `expected` are the tags of the states that it was done to, None for any: they are compared under the lock, so that
    of two programs the second learns that it has an older state. A task that is sent back as it was changes nothing.
    Raises NotVisible where there is no such task, Refused with what is in the way.
    """
    viewer = holding.viewer
    if holding.name != TASKS:
        raise Refused("right", N_("Dates are set by those who convene the meeting; your program only reads them."))
    with changes.change(viewer, at=at) as running:
        item = find_item(holding, name)
        if expected is not None and item.etag not in expected:
            raise Refused("stale", N_("Somebody else changed the task first."), item.record_id)
        change = _read(item, sent)
        if change.status is not None or change.evidence:
            running.action = _move(holding, item, change, at)


def _read(item: Item, sent: bytes) -> TaskChange:
    try:
        return read_change(item.entry or "", sent)
    except Unreadable:
        raise Refused("data", N_("What was sent is not one task that can be read.")) from None
    except OtherChange as other:
        raise Refused(
            "change",
            N_(
                "Of this task only its progress can be changed from here, not {names}. Its page tells who can.",
                names=", ".join(other.names),
            ),
            item.record_id,
        ) from None


def _move(holding: Holding, item: Item, change: TaskChange, at: datetime) -> str:
    """Make the move that a change means, and return its name."""
    verb = _MOVES.get(change.status or "")
    if verb is None:
        words = _NO_MOVE.get(change.status or "", N_("Evidence is given when the task is marked as done."))
        raise Refused("change", words, item.record_id)
    follow_up = db.session.get(FollowUp, item.record_id)
    if follow_up is None:
        raise NotVisible
    if verb == "close" and not change.evidence:
        raise Refused(
            "evidence",
            N_("To be done it needs evidence: give it on the page of the follow-up, or as a comment of the task."),
            item.record_id,
        )
    given = {"evidence": change.evidence} if verb == "close" else {}
    try:
        editing.move_record(holding.viewer, item.record_id, verb, rev=follow_up.rev, at=at, given=given)
    except NotAllowed as error:
        words = N_("Who owes this follow-up, and officers of its body, say how far it is.")
        raise Refused("right", words, item.record_id) from error
    except (Conflict, Invalid) as error:
        words = error.message or N_("This is not possible from its present state.")
        raise Refused("change", words, item.record_id) from error
    return verb
