"""The register of sessions, in the edition that is for the viewer."""

from __future__ import annotations

from sqlalchemy import and_, func
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, Cycle, Meeting, Mode, PlanSession, SessionKind
from planner.rules import lifecycle
from planner.rules.words import MODES, SESSION_KINDS
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import (
    body_column,
    body_filter,
    cycle_filter,
    is_recalled,
    key_column,
    next_first,
)
from planner.services.sessions import list_offers, list_sessions, offer_columns, session_columns

body = aliased(Body, flat=True)
cycle = aliased(Cycle, flat=True)
meeting = aliased(Meeting, flat=True)


def _source(viewer: Viewer) -> Source:
    one = session_columns(viewer)
    rows = (
        list_sessions(viewer)
        .outerjoin(meeting, and_(PlanSession.meeting_id == meeting.id, visible(viewer, meeting)))
        .outerjoin(body, and_(body.id == func.coalesce(one.body_id, meeting.body_id), visible(viewer, body)))
        .outerjoin(cycle, meeting.cycle_id == cycle.id)
    )
    offers = (
        list_offers(viewer)
        .where(offer_columns(viewer).session_id == PlanSession.id)
        .with_only_columns(func.count(), maintain_column_froms=True)
        .correlate(PlanSession)
        .scalar_subquery()
    )
    return Source(
        rows=rows,
        id=PlanSession.id,
        kind=PlanSession.kind,
        search=one.title.concat(" ").concat(func.coalesce(title(viewer, meeting), "")),
        flags={
            "recalled": is_recalled(PlanSession),
            "origin": PlanSession.origin,
            "zone": one.zone,
            "until": one.ends_at,
        },
        orders={"next": next_first(one.on_text, viewer.day, one.position)},
        columns=(
            Column(key="date", label=N_("Date"), value=one.on_text, kind="day"),
            Column(key="from", label=N_("Hours"), value=one.starts_at, kind="hours"),
            Column(key="until", label=N_("Until"), value=one.ends_at, kind="time", in_page=False),
            Column(key="title", label=N_("Session"), value=one.title, kind="title"),
            Column(
                key="meeting",
                label=N_("Meeting"),
                value=title(viewer, meeting),
                record=meeting.id,
                record_kind="meeting",
            ),
            body_column(body),
            Column(key="mode", label=N_("Mode"), value=one.mode, kind="word", words="mode", in_page=False),
            Column(key="presentations", label=N_("Presentations"), value=offers, kind="number", in_page=False),
            Column(key="state", label=N_("State"), value=one.state, kind="state"),
            Column(
                key="kind", label=N_("Kind"), value=one.session_kind, kind="word", words="session_kind", in_page=False
            ),
            Column(key="room", label=N_("Room"), value=one.room, in_page=False),
            Column(key="zone", label=N_("Time zone"), value=one.zone, in_page=False),
            Column(key="minutes", label=N_("Minutes"), value=one.duration_minutes, kind="number", in_page=False),
            Column(key="cycle", label=N_("Cycle"), value=cycle.code, in_page=False),
            key_column(PlanSession),
        ),
        filters=(
            cycle_filter(viewer, cycle),
            body_filter(viewer, body),
            Filter(
                name="state",
                label=N_("State"),
                condition=lambda value: one.state == value,
                options=tuple(
                    (name, lifecycle.state_word("plan_session", name)) for name in lifecycle.states("plan_session")
                ),
            ),
            Filter(
                name="mode",
                label=N_("Mode"),
                condition=lambda value: one.mode == Mode(value),
                options=tuple(MODES.items()),
            ),
            Filter(
                name="kind",
                label=N_("Kind"),
                condition=lambda value: one.session_kind == SessionKind(value),
                options=tuple(SESSION_KINDS.items()),
            ),
        ),
    )


REGISTER = Register(
    name="sessions",
    title=N_("Sessions"),
    lead=N_("What comes next stands first. Hours are those of the venue; unknown hours stay unknown."),
    empty=N_("No session fits. Take a filter away to see more."),
    source=_source,
    default_sort="next",
    tabs=("sessions", "meetings", "presentations", "calls", "contributions"),
    creates="plan_session",
)
