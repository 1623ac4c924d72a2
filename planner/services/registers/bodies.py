"""The register of bodies: when each began and ended, and what it belongs to."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, BodyKind, Cycle, Meeting
from planner.rules.words import BODY_KINDS
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import is_recalled, key_column

first_cycle = aliased(Cycle, flat=True)
last_cycle = aliased(Cycle, flat=True)
meeting = aliased(Meeting, flat=True)
parent = aliased(Body, flat=True)


def _source(viewer: Viewer) -> Source:
    meetings = (
        select(func.count(meeting.id))
        .where(meeting.body_id == Body.id, visible(viewer, meeting))
        .correlate(Body)
        .scalar_subquery()
    )
    rows = (
        select(Body)
        .outerjoin(parent, and_(Body.parent_id == parent.id, visible(viewer, parent)))
        .outerjoin(first_cycle, Body.first_cycle_id == first_cycle.id)
        .outerjoin(last_cycle, Body.last_cycle_id == last_cycle.id)
        .where(visible(viewer, Body))
    )
    return Source(
        rows=rows,
        id=Body.id,
        kind=Body.kind,
        search=title(viewer, Body).concat(" ").concat(Body.code),
        flags={"recalled": is_recalled(Body), "origin": Body.origin},
        columns=(
            Column(key="title", label=N_("Body"), value=title(viewer, Body), kind="title"),
            Column(key="code", label=N_("Short name"), value=Body.code),
            Column(key="kind", label=N_("Kind"), value=Body.body_kind, kind="word", words="body_kind"),
            Column(key="parent", label=N_("Part of"), value=parent.code, record=parent.id, record_kind="body"),
            Column(
                key="first",
                label=N_("First cycle"),
                value=first_cycle.code,
                sort=first_cycle.until_on,
                record=first_cycle.id,
                record_kind="cycle",
            ),
            Column(
                key="last",
                label=N_("Last cycle"),
                value=last_cycle.code,
                sort=last_cycle.until_on,
                record=last_cycle.id,
                record_kind="cycle",
            ),
            Column(key="meetings", label=N_("Meetings"), value=meetings, kind="number"),
            key_column(Body),
        ),
        filters=(
            Filter(
                name="kind",
                label=N_("Kind"),
                condition=lambda value: Body.body_kind == BodyKind(value),
                options=tuple(BODY_KINDS.items()),
            ),
            Filter(
                name="ended",
                label=N_("At work"),
                condition=lambda value: (
                    Body.last_cycle_id.is_(None) if value == "no" else Body.last_cycle_id.is_not(None)
                ),
                options=(("no", N_("Still at work")), ("yes", N_("Ended"))),
            ),
        ),
    )


REGISTER = Register(
    name="bodies",
    title=N_("Bodies"),
    lead=N_(
        "The Conference, its working groups and their sub-groups, and the Forum. Bodies begin and end with a cycle."
    ),
    empty=N_("No body fits. Take a filter away to see more."),
    source=_source,
    default_sort="title",
    tabs=("stakeholders", "people", "bodies", "offices"),
    creates="body",
)
