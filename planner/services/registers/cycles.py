"""The register of cycles."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Cycle, ItemKind, Meeting, PlanItem, PlanItemRevision
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import distinct_options, is_recalled, key_column
from planner.services.registers.plans import TABS

meeting = aliased(Meeting, flat=True)
topic = aliased(PlanItem, flat=True)


def _source(viewer: Viewer) -> Source:
    meetings = (
        select(func.count())
        .select_from(meeting)
        .where(meeting.cycle_id == Cycle.id, visible(viewer, meeting))
        .correlate(Cycle)
        .scalar_subquery()
    )
    topics = (
        select(func.count())
        .select_from(topic)
        .join(PlanItemRevision, PlanItemRevision.item_id == topic.id)
        .where(PlanItemRevision.is_shown, PlanItemRevision.cycle_id == Cycle.id, topic.item_kind == ItemKind.TOPIC)
        .where(visible(viewer, topic), ~topic.is_withdrawn)
        .correlate(Cycle)
        .scalar_subquery()
    )
    return Source(
        rows=select(Cycle).where(visible(viewer, Cycle)),
        id=Cycle.id,
        kind=Cycle.kind,
        search=title(viewer, Cycle).concat(" ").concat(func.coalesce(Cycle.conference_theme, "")),
        flags={"recalled": is_recalled(Cycle), "origin": Cycle.origin},
        columns=(
            Column(key="title", label=N_("Cycle"), value=title(viewer, Cycle), kind="title", sort=Cycle.until_on),
            Column(key="code", label=N_("Code"), value=Cycle.code, sort=Cycle.until_on),
            Column(key="from", label=N_("First day"), value=Cycle.from_on, kind="day"),
            Column(key="until", label=N_("Ends before"), value=Cycle.until_on, kind="day"),
            Column(key="theme", label=N_("Theme of the Conference"), value=Cycle.conference_theme),
            Column(key="topics", label=N_("Topics"), value=topics, kind="number"),
            Column(key="meetings", label=N_("Meetings"), value=meetings, kind="number"),
            key_column(Cycle),
        ),
        filters=(
            Filter(
                name="series",
                label=N_("Series"),
                condition=lambda value: Cycle.series == value,
                options=distinct_options(Cycle.series, visible(viewer, Cycle)),
            ),
        ),
    )


REGISTER = Register(
    name="cycles",
    title=N_("Cycles"),
    lead=N_("The year of the process runs from the end of one Conference to the end of the next."),
    empty=N_("No cycle fits. Take a filter away to see more."),
    source=_source,
    default_sort="-until",
    tabs=TABS,
    creates="cycle",
)
