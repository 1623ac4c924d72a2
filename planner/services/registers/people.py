"""The register of people; they are seen by officers, and each by themself."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Person, Stakeholder
from planner.services.registers.core import Column, Register, Source
from planner.services.registers.expressions import key_column

stakeholder = aliased(Stakeholder, flat=True)


def _source(viewer: Viewer) -> Source:
    return Source(
        rows=select(Person)
        .outerjoin(stakeholder, and_(Person.stakeholder_id == stakeholder.id, visible(viewer, stakeholder)))
        .where(visible(viewer, Person)),
        id=Person.id,
        kind=Person.kind,
        search=title(viewer, Person),
        flags={"origin": Person.origin},
        columns=(
            Column(key="title", label=N_("Name"), value=title(viewer, Person), kind="title"),
            Column(
                key="stakeholder",
                label=N_("For"),
                value=title(viewer, stakeholder),
                record=stakeholder.id,
                record_kind="stakeholder",
            ),
            Column(key="function", label=N_("Function"), value=Person.function),
            key_column(Person),
        ),
    )


REGISTER = Register(
    name="people",
    title=N_("People"),
    lead=N_("Who takes part for whom. Officers see this list; everybody else sees only themself."),
    empty=N_("There is nobody here whom you may see."),
    source=_source,
    default_sort="title",
    tabs=("stakeholders", "people", "bodies", "offices"),
    creates="person",
)
