"""The register of decisions and outcomes of meetings."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, Cycle, Decision, Meeting, Record
from planner.rules.lifecycle import ConferenceVerb
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import (
    body_filter,
    cycle_column,
    cycle_filter,
    is_recalled,
    key_column,
)

asked = aliased(Record)
body = aliased(Body, flat=True)
cycle = aliased(Cycle, flat=True)
meeting = aliased(Meeting, flat=True)


def _source(viewer: Viewer) -> Source:
    rows = (
        select(Decision)
        .outerjoin(meeting, and_(Decision.meeting_id == meeting.id, visible(viewer, meeting)))
        .outerjoin(body, meeting.body_id == body.id)
        .outerjoin(cycle, meeting.cycle_id == cycle.id)
        .outerjoin(asked, and_(Decision.asked_id == asked.id, visible(viewer, asked)))
        .where(visible(viewer, Decision))
    )
    return Source(
        rows=rows,
        id=Decision.id,
        kind=Decision.kind,
        search=title(viewer, Decision),
        flags={"recalled": is_recalled(Decision), "origin": Decision.origin},
        columns=(
            Column(key="title", label=N_("Decision"), value=title(viewer, Decision), kind="title"),
            Column(key="verb", label=N_("Verb"), value=Decision.verb, kind="verb"),
            Column(
                key="meeting",
                label=N_("Meeting"),
                value=title(viewer, meeting),
                record=meeting.id,
                record_kind="meeting",
            ),
            cycle_column(cycle),
            Column(key="date", label=N_("Date"), value=meeting.start_on, kind="day"),
            Column(key="paragraph", label=N_("Paragraph"), value=Decision.paragraph, sortable=False),
            Column(
                key="asked",
                label=N_("Who is asked"),
                value=title(viewer, asked),
                record=asked.id,
                record_kind=asked.kind,
            ),
            Column(key="state", label=N_("State"), value=Decision.state, kind="state"),
            key_column(Decision),
        ),
        filters=(
            cycle_filter(viewer, cycle),
            body_filter(viewer, body),
            Filter(
                name="verb",
                label=N_("Verb"),
                condition=lambda value: Decision.verb == ConferenceVerb(value),
                options=tuple((verb.value, verb.past) for verb in ConferenceVerb),
            ),
        ),
    )


REGISTER = Register(
    name="decisions",
    title=N_("Decisions"),
    lead=N_("Outcomes of meetings, in the verb that was used: “welcomed” is not “adopted”."),
    empty=N_("No decision fits. Take a filter away to see more."),
    source=_source,
    default_sort="-date",
    tabs=("documents", "follow_ups", "outputs", "decisions"),
    creates="decision",
)
