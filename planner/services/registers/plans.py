"""The register of plans."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, Cycle, ItemKind, Plan, PlanItem, PlanVersion, VersionKind
from planner.services.registers.core import Column, Register, Source
from planner.services.registers.expressions import (
    body_column,
    body_filter,
    is_recalled,
    key_column,
)

body = aliased(Body, flat=True)
first_cycle = aliased(Cycle, flat=True)
last_cycle = aliased(Cycle, flat=True)
version = aliased(PlanVersion, flat=True)
topic = aliased(PlanItem, flat=True)

TABS = ("plans", "themes", "topics", "questions", "expected-outputs", "cycles", "articles", "stages")
"""The registers of the plan area, side by side."""


def _source(viewer: Viewer) -> Source:
    versions = (
        select(func.count())
        .select_from(version)
        .where(version.plan_id == Plan.id, version.version_kind == VersionKind.NUMBERED)
        .where(visible(viewer, version))
        .correlate(Plan)
        .scalar_subquery()
    )
    topics = (
        select(func.count())
        .select_from(topic)
        .where(topic.plan_id == Plan.id, topic.item_kind == ItemKind.TOPIC, visible(viewer, topic))
        .correlate(Plan)
        .scalar_subquery()
    )
    rows = (
        select(Plan)
        .outerjoin(body, and_(Plan.body_id == body.id, visible(viewer, body)))
        .outerjoin(first_cycle, Plan.first_cycle_id == first_cycle.id)
        .outerjoin(last_cycle, Plan.last_cycle_id == last_cycle.id)
        .where(visible(viewer, Plan))
    )
    return Source(
        rows=rows,
        id=Plan.id,
        kind=Plan.kind,
        search=title(viewer, Plan),
        flags={"recalled": is_recalled(Plan), "origin": Plan.origin},
        columns=(
            Column(key="title", label=N_("Plan"), value=title(viewer, Plan), kind="title"),
            body_column(body),
            Column(
                key="from",
                label=N_("From"),
                value=first_cycle.code,
                sort=first_cycle.until_on,
                record=first_cycle.id,
                record_kind="cycle",
            ),
            Column(
                key="to",
                label=N_("To"),
                value=last_cycle.code,
                sort=last_cycle.until_on,
                record=last_cycle.id,
                record_kind="cycle",
            ),
            Column(key="versions", label=N_("Versions"), value=versions, kind="number"),
            Column(key="topics", label=N_("Topics"), value=topics, kind="number"),
            key_column(Plan),
        ),
        filters=(body_filter(viewer, body),),
    )


REGISTER = Register(
    name="plans",
    title=N_("Plans"),
    lead=N_("Multi-year work plans of the bodies. A plan without a last cycle goes on."),
    empty=N_("No plan fits. A plan starts with a body and its first cycle."),
    source=_source,
    default_sort="from",
    tabs=TABS,
    creates="plan",
)
