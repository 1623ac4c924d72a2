"""The register of meetings."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, Cycle, Meeting, Mode, PlanSession
from planner.rules import lifecycle
from planner.rules.words import MODES, SERIES
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import (
    body_column,
    body_filter,
    cycle_column,
    cycle_filter,
    is_recalled,
    key_column,
    next_first,
)

body = aliased(Body, flat=True)
cycle = aliased(Cycle, flat=True)


def _source(viewer: Viewer) -> Source:
    rows = (
        select(Meeting)
        .outerjoin(body, and_(body.id == Meeting.body_id, visible(viewer, body)))
        .outerjoin(cycle, Meeting.cycle_id == cycle.id)
        .where(visible(viewer, Meeting))
    )
    sessions = (
        select(func.count(PlanSession.id))
        .where(PlanSession.meeting_id == Meeting.id, visible(viewer, PlanSession))
        .correlate(Meeting)
        .scalar_subquery()
    )
    return Source(
        rows=rows,
        id=Meeting.id,
        kind=Meeting.kind,
        search=title(viewer, Meeting).concat(" ").concat(func.coalesce(Meeting.city, "")),
        flags={"recalled": is_recalled(Meeting), "origin": Meeting.origin},
        orders={"next": next_first(Meeting.start_on, viewer.day)},
        columns=(
            Column(key="date", label=N_("First day"), value=Meeting.start_on, kind="day"),
            Column(key="until", label=N_("Last day"), value=Meeting.end_on, kind="day"),
            Column(key="title", label=N_("Meeting"), value=title(viewer, Meeting), kind="title"),
            body_column(body),
            cycle_column(cycle),
            Column(key="city", label=N_("City"), value=Meeting.city),
            Column(key="mode", label=N_("Mode"), value=Meeting.mode, kind="word", words="mode"),
            Column(key="sessions", label=N_("Sessions"), value=sessions, kind="number", in_page=False),
            Column(key="state", label=N_("State"), value=Meeting.state, kind="state"),
            Column(key="series", label=N_("Series"), value=Meeting.series, kind="word", words="series", in_page=False),
            Column(key="country", label=N_("Country"), value=Meeting.country, in_page=False),
            Column(key="venue", label=N_("Venue"), value=Meeting.venue, in_page=False),
            Column(key="zone", label=N_("Time zone"), value=Meeting.zone, in_page=False),
            key_column(Meeting),
        ),
        filters=(
            cycle_filter(viewer, cycle),
            body_filter(viewer, body),
            Filter(
                name="state",
                label=N_("State"),
                condition=lambda value: Meeting.state == value,
                options=tuple((name, lifecycle.state_word("meeting", name)) for name in lifecycle.states("meeting")),
            ),
            Filter(
                name="mode",
                label=N_("Mode"),
                condition=lambda value: Meeting.mode == Mode(value),
                options=tuple(MODES.items()),
            ),
            Filter(
                name="series",
                label=N_("Series"),
                condition=lambda value: Meeting.series == value,
                options=tuple(SERIES.items()),
            ),
        ),
    )


REGISTER = Register(
    name="meetings",
    title=N_("Meetings"),
    lead=N_("What comes next stands first. A cancelled meeting keeps its papers."),
    empty=N_("No meeting fits. Take a filter away to see more."),
    source=_source,
    default_sort="next",
    tabs=("sessions", "meetings", "presentations", "calls", "contributions"),
    creates="meeting",
)
