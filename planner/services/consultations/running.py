"""Running a round: a later deadline, and the close."""

from __future__ import annotations

from datetime import datetime

from planner.access.viewer import Viewer
from planner.core.errors import Conflict, Invalid
from planner.core.i18n import N_
from planner.services import changes, rounds
from planner.services.consultations.speaking import require_running
from planner.services.editing.faults import Wrong, guarded
from planner.services.editing.kinds import Moment, text_of
from planner.services.editing.local_times import instant_of
from planner.services.editing.records import touch
from planner.services.editing.spec import Entry
from planner.services.editing.specs.plans import ZONE


def extend_round(actor: Viewer, version_id: int, *, until_local: str, reason: str, at: datetime) -> None:
    """Give a round a later deadline; comments that came in between count as in time.

    `until_local` is day and hour in UTC ("2027-01-15T18:00"). Raises NotVisible, NotAllowed, Conflict where the round
    is closed, Invalid (`until`, `reason`).
    """
    wrong = {}
    until, why = None, None
    try:
        why = text_of(reason, 2000, lines=True)
        if why is None:
            wrong["reason"] = N_("Give a reason.")
    except Wrong as error:
        wrong["reason"] = error.parts[""]
    try:
        until = _moment(actor, until_local, at)
    except Wrong as error:
        wrong["until"] = error.parts[""]
    with guarded(), changes.change(actor, at=at, action="extend_round", reason=why):
        found = require_running(actor, version_id, at=at)
        if not found.is_open:
            raise Conflict(N_("The round of comments is closed. Its deadline does not move any more."))
        if "until" not in wrong and (until is None or until <= max(at, found.until)):
            wrong["until"] = N_("Give a day and hour later than the present deadline, and in the future.")
        if wrong:
            raise Invalid(wrong)
        found.version.comments_until = until
        touch(found.version, at)
        rounds.settle_lateness(found.version)


def _moment(actor: Viewer, local: str, at: datetime) -> datetime | None:
    text = Moment().clean(local, Entry(actor=actor, at=at, kind="plan_version"))
    return instant_of(text, ZONE) if text else None


def close_round(actor: Viewer, version_id: int, *, at: datetime) -> None:
    """Close a round: every comment that stands has its answer, and no other is taken.

    Raises NotVisible, NotAllowed, Conflict where a comment has no answer yet or the round is closed already.
    """
    with guarded(), changes.change(actor, at=at, action="close_round"):
        found = require_running(actor, version_id, at=at)
        rounds.close(found.held, by=actor.name or "?", at=at)
