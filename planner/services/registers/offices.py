"""The register of offices: who chaired, facilitated or served which body, in which cycle."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, Cycle, Office, OfficeRole, Stakeholder
from planner.rules.words import OFFICE_ROLES
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import (
    body_column,
    body_filter,
    cycle_column,
    cycle_filter,
    is_recalled,
    key_column,
)

body = aliased(Body, flat=True)
cycle = aliased(Cycle, flat=True)
holder = aliased(Stakeholder, flat=True)


def _source(viewer: Viewer) -> Source:
    rows = (
        select(Office)
        .outerjoin(body, and_(Office.body_id == body.id, visible(viewer, body)))
        .outerjoin(cycle, Office.cycle_id == cycle.id)
        .outerjoin(holder, and_(Office.holder_id == holder.id, visible(viewer, holder)))
        .where(visible(viewer, Office))
    )
    return Source(
        rows=rows,
        id=Office.id,
        kind=Office.kind,
        search=title(viewer, Office),
        flags={"recalled": is_recalled(Office), "origin": Office.origin},
        columns=(
            Column(key="title", label=N_("Office"), value=title(viewer, Office), kind="title"),
            Column(key="role", label=N_("Role"), value=Office.role, kind="word", words="office_role"),
            body_column(body),
            cycle_column(cycle),
            Column(
                key="holder",
                label=N_("Held by"),
                value=title(viewer, holder),
                record=holder.id,
                record_kind="stakeholder",
            ),
            key_column(Office),
        ),
        filters=(
            Filter(
                name="role",
                label=N_("Role"),
                condition=lambda value: Office.role == OfficeRole(value),
                options=tuple(OFFICE_ROLES.items()),
            ),
            body_filter(viewer, body),
            cycle_filter(viewer, cycle),
        ),
    )


REGISTER = Register(
    name="offices",
    title=N_("Offices"),
    lead=N_("Who presides, chairs, facilitates or serves, cycle by cycle. Rights come from offices."),
    empty=N_("No office fits. Take a filter away to see more."),
    source=_source,
    default_sort="-cycle",
    tabs=("stakeholders", "people", "bodies", "offices"),
    creates="office",
)
