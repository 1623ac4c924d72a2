"""The register of calls for presentations."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, Call, Cycle, Meeting, Offer, PlanItem
from planner.rules import lifecycle
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import (
    body_filter,
    cycle_filter,
    is_recalled,
    key_column,
)

body = aliased(Body, flat=True)
cycle = aliased(Cycle, flat=True)
meeting = aliased(Meeting, flat=True)
topic = aliased(PlanItem, flat=True)


def _source(viewer: Viewer) -> Source:
    rows = (
        select(Call)
        .outerjoin(meeting, and_(meeting.id == Call.meeting_id, visible(viewer, meeting)))
        .outerjoin(topic, and_(topic.id == Call.item_id, visible(viewer, topic)))
        .outerjoin(body, and_(body.id == meeting.body_id, visible(viewer, body)))
        .outerjoin(cycle, meeting.cycle_id == cycle.id)
        .where(visible(viewer, Call))
    )
    offers = (
        select(func.count(Offer.id))
        .where(Offer.call_id == Call.id, visible(viewer, Offer))
        .correlate(Call)
        .scalar_subquery()
    )
    return Source(
        rows=rows,
        id=Call.id,
        kind=Call.kind,
        search=title(viewer, Call).concat(" ").concat(func.coalesce(Call.text, "")),
        flags={"recalled": is_recalled(Call), "origin": Call.origin, "zone": meeting.zone},
        columns=(
            Column(key="title", label=N_("Call"), value=title(viewer, Call), kind="title"),
            Column(
                key="meeting",
                label=N_("Meeting"),
                value=title(viewer, meeting),
                record=meeting.id,
                record_kind="meeting",
            ),
            Column(
                key="topic", label=N_("Topic"), value=title(viewer, topic), record=topic.id, record_kind="plan_item"
            ),
            Column(key="opens", label=N_("Opens"), value=Call.opens_at, kind="instant"),
            Column(key="closes", label=N_("Closes"), value=Call.closes_at, kind="instant"),
            Column(key="offers", label=N_("Offers"), value=offers, kind="number"),
            Column(key="state", label=N_("State"), value=Call.state, kind="state"),
            Column(key="minutes", label=N_("Minutes"), value=Call.minutes, kind="number", in_page=False),
            key_column(Call),
        ),
        filters=(
            cycle_filter(viewer, cycle),
            body_filter(viewer, body),
            Filter(
                name="state",
                label=N_("State"),
                condition=lambda value: Call.state == value,
                options=tuple((name, lifecycle.state_word("call", name)) for name in lifecycle.states("call")),
            ),
        ),
    )


REGISTER = Register(
    name="calls",
    title=N_("Calls for presentations"),
    lead=N_("What is sought for which meeting, and until when by the server’s clock."),
    empty=N_("No call is there. A call opens when a meeting seeks presentations."),
    source=_source,
    default_sort="-closes",
    tabs=("sessions", "meetings", "presentations", "calls", "contributions"),
    creates="call",
)
