"""Who may comment for whom in a round: by the class that a stakeholder has on the day, and by who stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from planner.core.i18n import N_
from planner.models import Consultation, Origin, Plan, PlanVersion, Stakeholder, StakeholderClass
from planner.rules.words import word
from planner.services.standings import class_on


@dataclass(frozen=True)
class Round:
    """The round of a version that a viewer may see, at an instant."""

    version: PlanVersion
    held: Consultation
    at: datetime
    may_run: bool
    """Whether the viewer answers comments and closes the round."""

    @property
    def until(self) -> datetime:
        """Return the deadline."""
        return self.version.comments_until or self.held.opened_at

    @property
    def is_closed(self) -> bool:
        """Say whether officers closed the round."""
        return self.held.closed_at is not None

    @property
    def is_open(self) -> bool:
        """Say whether comments are taken: late ones too, until the round is closed or the version has gone on."""
        return not self.is_closed and self.version.state == "circulated"

    @property
    def is_over(self) -> bool:
        """Say whether the deadline has passed."""
        return self.at > self.until


@dataclass(frozen=True)
class Voice:
    """A stakeholder for whom somebody may comment."""

    id: int
    title: str
    stakeholder_class: str


def get_round(viewer: Viewer, version_id: int, *, at: datetime, lock: bool = False) -> Round:
    """Return the round of a version. Raises NotVisible where the viewer may not see the version or it has none."""
    chosen = (
        select(PlanVersion, Consultation)
        .join(Consultation, Consultation.version_id == PlanVersion.id)
        .where(PlanVersion.id == version_id, visible(viewer, PlanVersion))
    )
    if lock:
        chosen = chosen.with_for_update(of=Consultation)
    row = db.session.execute(chosen).one_or_none()
    if row is None:
        raise NotVisible
    return Round(row[0], row[1], at, policy.may(viewer, Verb.EDIT_PLAN, row[0].home_body_id))


def require_running(viewer: Viewer, version_id: int, *, at: datetime) -> Round:
    """Return the round for an officer who runs it, locked. Raises NotVisible, NotAllowed."""
    found = get_round(viewer, version_id, at=at, lock=True)
    policy.require(viewer, Verb.EDIT_PLAN, found.version.home_body_id)
    return found


def require_taken(found: Round) -> None:
    """Raise Conflict where the round takes no comment any more."""
    if found.is_closed:
        raise Conflict(N_("The round of comments is closed. No comment is taken any more."))
    if not found.is_open:
        raise Conflict(N_("The version has gone on. No comment on it is taken any more."))


def list_voices(viewer: Viewer, found: Round) -> tuple[Voice, ...]:
    """Return for whom the viewer may comment: those they stand for, and for who runs the round everybody who may."""
    if not (viewer.stakeholders or found.may_run):
        return ()
    among = None if found.may_run else viewer.stakeholders
    is_example = found.version.origin is Origin.ILLUSTRATION
    voices = read_voices(viewer.day, among, is_example=None if among is not None else is_example)
    return tuple(one for one in voices if one.stakeholder_class in found.held.may_comment)


def read_voices(day: date, among: frozenset[int] | None = None, *, is_example: bool | None = None) -> list[Voice]:
    """Return stakeholders with their class on a day, by name; all of them where none are named. One query.

    `is_example` chooses those of the worked example, or those who are not made up.
    """
    rows: Any = (
        select(Stakeholder.id, Stakeholder.title, class_on(day)).where(~Stakeholder.is_withdrawn).order_by(
            Stakeholder.title, Stakeholder.id
        )
    )  # fmt: skip
    if is_example is not None:
        rows = rows.where((Stakeholder.origin == Origin.ILLUSTRATION) == is_example)
    if among is not None:
        rows = rows.where(Stakeholder.id.in_(sorted(among)))
    return [Voice(*row) for row in db.session.execute(rows)]


def speaker_for(viewer: Viewer, found: Round, stakeholder_id: int | None) -> Voice:
    """Return the stakeholder for whom a comment is made.

    Raises NotAllowed where the viewer stands for nobody who may comment, Invalid where it must be said for whom.
    """
    voices = {one.id: one for one in list_voices(viewer, found)}
    if stakeholder_id is None:
        own = [one for one in voices.values() if one.id in viewer.stakeholders]
        if len(own) == 1:
            return own[0]
        if voices:
            raise Invalid({"stakeholder_id": N_("Say for whom the comment is made.")})
    elif stakeholder_id in voices:
        return voices[stakeholder_id]
    raise NotAllowed(_why_not(viewer, stakeholder_id))


def _why_not(viewer: Viewer, stakeholder_id: int | None) -> Any:
    wanted = viewer.stakeholders if stakeholder_id is None else {stakeholder_id} & viewer.stakeholders
    mine = read_voices(viewer.day, frozenset(wanted)) if wanted else []
    if not mine:
        return N_("You stand for no delegation that may comment in this round.")
    known = {kind.value for kind in StakeholderClass}
    status = mine[0].stakeholder_class
    return N_(
        "{name} ({kind}) is not among those who were asked to comment in this round.",
        name=mine[0].title,
        kind=word("class", status if status in known else None),
    )


def title_of(viewer: Viewer, version: PlanVersion) -> str:
    """Return the title of the plan of a version as the viewer reads it."""
    return db.session.scalar(select(title(viewer, Plan)).where(Plan.id == version.plan_id)) or version.title
