"""Bodies and offices: what a body is made of, who held its offices, what it met for and wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible, visible_records
from planner.core.db import db
from planner.models import (
    Body,
    Cycle,
    Document,
    Meeting,
    MeetingBody,
    Office,
    OfficeUser,
    Person,
    Plan,
    Stakeholder,
    UserAccount,
)
from planner.rules.audience import Ground
from planner.services import neighbours, pages
from planner.services.neighbours import part

_cycle = aliased(Cycle, flat=True)
_holder = aliased(Stakeholder, flat=True)


@dataclass(frozen=True)
class Held:
    """An office of a body in a cycle, and who held it."""

    id: int
    role: str
    cycle: str | None
    cycle_id: int | None
    holder: str | None
    holder_id: int | None


@dataclass(frozen=True)
class BodyView:
    """All that the page of a body shows. `groups` has the parts children, meetings, plans, documents."""

    frame: pages.Frame
    body: Body
    named: dict[int, neighbours.Named]
    groups: dict[str, neighbours.Group]
    offices: tuple[Held, ...]

    @property
    def work_grounds(self) -> tuple[str, ...]:
        """Return the grounds that let somebody see the work of the body where it is narrower than the body itself."""
        mask = self.body.work_audience
        if mask is None:
            return ()
        return tuple(str(ground.name).lower() for ground in Ground if mask & ground and ground is not Ground.OFFICERS)


@dataclass(frozen=True)
class OfficeView:
    """All that the page of an office shows; `people` are those who act for it, for officers only."""

    frame: pages.Frame
    office: Office
    named: dict[int, neighbours.Named]
    people: tuple[neighbours.Named, ...]


def get_body(viewer: Viewer, body_id: int) -> BodyView:
    """Return a body. Raises NotVisible."""
    return _view(viewer, visible_records(viewer, Body).where(Body.id == body_id))


def get_body_by_slug(viewer: Viewer, slug: str) -> BodyView:
    """Return a body by its name in addresses. Raises NotVisible."""
    return _view(viewer, visible_records(viewer, Body).where(Body.slug == slug))


def get_office(viewer: Viewer, office_id: int) -> OfficeView:
    """Return an office with its holder. Raises NotVisible."""
    office = pages.get(visible_records(viewer, Office).where(Office.id == office_id))
    rows = db.session.execute(
        select(Person.id, Person.kind, title(viewer, Person), Person.state)
        .join(UserAccount, UserAccount.person_id == Person.id)
        .join(OfficeUser, OfficeUser.user_id == UserAccount.id)
        .where(OfficeUser.office_id == office.id, visible(viewer, Person))
        .order_by(Person.title, Person.id)
    )
    return OfficeView(
        pages.frame(viewer, office),
        office,
        neighbours.named(viewer, office.body_id, office.cycle_id, office.holder_id),
        tuple(neighbours.Named(*row) for row in rows),
    )


def _view(viewer: Viewer, rows: Select[Body]) -> BodyView:
    body = pages.get(rows)
    return BodyView(
        pages.frame(viewer, body),
        body,
        neighbours.named(viewer, body.parent_id, body.first_cycle_id, body.last_cycle_id),
        neighbours.gather(viewer, _parts(body.id)),
        _offices(viewer, body.id),
    )


def _parts(me: int) -> dict[str, Select[Any]]:
    joint = select(MeetingBody.meeting_id).where(MeetingBody.body_id == me)
    return {
        "children": part(Body.id, word=Body.body_kind).where(Body.parent_id == me),
        "meetings": part(Meeting.id, Meeting.start_on, state=Meeting.state).where(
            or_(Meeting.body_id == me, Meeting.id.in_(joint))
        ),
        "plans": part(Plan.id).where(Plan.body_id == me),
        "documents": part(Document.id, Document.on_text, Document.doc_kind).where(Document.body_id == me),
    }


def _offices(viewer: Viewer, body_id: int) -> tuple[Held, ...]:
    """Return the offices of a body, the latest cycle first, then by role."""
    rows = db.session.execute(
        select(Office.id, Office.role, _cycle.code, _cycle.id, title(viewer, _holder), _holder.id)
        .outerjoin(_cycle, Office.cycle_id == _cycle.id)
        .outerjoin(_holder, and_(Office.holder_id == _holder.id, visible(viewer, _holder)))
        .where(Office.body_id == body_id, visible(viewer, Office))
        .order_by(_cycle.until_on.is_(None), _cycle.until_on.desc(), Office.role, Office.id)
    )
    return tuple(Held(row[0], str(row[1]), *row[2:]) for row in rows)
