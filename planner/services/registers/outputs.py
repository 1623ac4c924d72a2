"""The register of outputs: what the work produced, and what the Conference did with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, ConferenceAction, Cycle, Document, Output, PlanSession
from planner.rules import lifecycle
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import (
    body_column,
    body_filter,
    cycle_column,
    cycle_filter,
    distinct_options,
    is_recalled,
    key_column,
)

body = aliased(Body, flat=True)
cycle = aliased(Cycle, flat=True)
acting_cycle = aliased(Cycle, flat=True)
document = aliased(Document, flat=True)
plan_session = aliased(PlanSession, flat=True)


def _source(viewer: Viewer) -> Source:
    actions = (
        select(ConferenceAction.verb, acting_cycle.code)
        .join(acting_cycle, acting_cycle.id == ConferenceAction.cycle_id)
        .where(ConferenceAction.record_id == Output.id)
        .order_by(ConferenceAction.id.desc())
        .limit(1)
        .correlate(Output)
    )
    rows = (
        select(Output)
        .outerjoin(body, and_(Output.body_id == body.id, visible(viewer, body)))
        .outerjoin(cycle, Output.cycle_id == cycle.id)
        .outerjoin(plan_session, and_(Output.session_id == plan_session.id, visible(viewer, plan_session)))
        .outerjoin(document, and_(Output.document_id == document.id, visible(viewer, document)))
        .where(visible(viewer, Output))
    )
    return Source(
        rows=rows,
        id=Output.id,
        kind=Output.kind,
        search=title(viewer, Output),
        flags={
            "recalled": is_recalled(Output),
            "origin": Output.origin,
            "acted_by": actions.with_only_columns(acting_cycle.code).scalar_subquery(),
        },
        columns=_columns(viewer, actions),
        filters=(
            cycle_filter(viewer, cycle),
            body_filter(viewer, body),
            Filter(
                name="kind",
                label=N_("Kind"),
                condition=lambda value: Output.output_kind == value,
                options=distinct_options(Output.output_kind, visible(viewer, Output)),
                words="output_kind",
            ),
            Filter(
                name="state",
                label=N_("State"),
                condition=lambda value: Output.state == value,
                options=tuple((state, lifecycle.state_word("output", state)) for state in lifecycle.states("output")),
            ),
        ),
    )


def _columns(viewer: Viewer, actions: Select[Any, Any]) -> tuple[Column, ...]:
    return (
        Column(key="title", label=N_("Output"), value=title(viewer, Output), kind="title"),
        Column(key="kind", label=N_("Kind"), value=Output.output_kind, kind="word", words="output_kind"),
        body_column(body),
        cycle_column(cycle),
        Column(
            key="session",
            label=N_("Session"),
            value=title(viewer, plan_session),
            record=plan_session.id,
            record_kind="plan_session",
        ),
        Column(
            key="document",
            label=N_("Document"),
            value=title(viewer, document),
            record=document.id,
            record_kind="document",
            in_page=False,  # it mostly has the title of the output, whose page leads to it
        ),
        Column(
            key="action",
            label=N_("Conference action"),
            value=actions.with_only_columns(ConferenceAction.verb).scalar_subquery(),
            kind="verb",
            sortable=False,
        ),
        Column(key="state", label=N_("State"), value=Output.state, kind="state"),
        key_column(Output),
    )


REGISTER = Register(
    name="outputs",
    title=N_("Outputs"),
    lead=N_("Reports, guidance and recommendations. What a working group makes is voluntary."),
    empty=N_("No output fits. An output starts from a topic: say what its session should leave behind."),
    source=_source,
    default_sort="-cycle",
    tabs=("documents", "follow_ups", "outputs", "decisions"),
    creates="output",
)
