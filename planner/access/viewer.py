"""Who is looking: a plain value, computed once per request from offices, delegations and the State's status on that
day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planner.models import OfficeRole
from planner.rules.audience import Ground


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A viewer, or nobody in particular (`PUBLIC`).

    `grounds` holds the broad grounds that the viewer meets on `day` (public, states, states_parties). `bodies` are
    the bodies
    whose officers the viewer belongs to, sub-bodies included; `everywhere` is an office of the whole installation.
    """

    day: date
    user_id: int | None = None
    name: str = ""
    language: str | None = None
    zone: str | None = None
    grounds: int = int(Ground.PUBLIC)
    stakeholders: frozenset[int] = frozenset()
    meetings: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    everywhere: bool = False
    offices: tuple[tuple[OfficeRole, frozenset[int] | None], ...] = field(default=())
    """The offices held: role, and the bodies it reaches, sub-bodies included (None: everywhere)."""

    @property
    def is_signed_in(self) -> bool:
        """Say whether somebody is signed in."""
        return self.user_id is not None

    @property
    def is_officer(self) -> bool:
        """Say whether the viewer holds any office at all."""
        return self.everywhere or bool(self.bodies)

    def is_officer_of(self, body_id: int | None) -> bool:
        """Say whether the viewer is an officer of a body; a record without a body is that of offices everywhere."""
        return self.everywhere or (body_id is not None and body_id in self.bodies)

    def roles_for(self, body_id: int | None) -> frozenset[OfficeRole]:
        """Return the roles in which the viewer may act for a body."""
        return frozenset(
            role for role, bodies in self.offices if bodies is None or (body_id is not None and body_id in bodies)
        )


def public(day: date) -> Viewer:
    """Return the viewer that stands for everybody on a day."""
    return Viewer(day=day)


def system(day: date, name: str) -> Viewer:
    """Return the viewer that a command of the administrator stands for: everything may be seen and done."""
    return Viewer(day=day, name=name, everywhere=True, offices=((OfficeRole.ADMINISTRATOR, None),))
