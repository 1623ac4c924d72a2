"""The register of presentations in the edition for the viewer; unplaced ones are seen by owners and officers."""

from __future__ import annotations

from sqlalchemy import and_, func
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, Cycle, Meeting, Offer, PlanSession, PublishedSession, Stakeholder, StakeholderClass
from planner.rules import lifecycle
from planner.rules.words import CLASSES
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import (
    body_filter,
    cycle_column,
    cycle_filter,
    is_recalled,
    key_column,
    next_first,
)
from planner.services.sessions import list_offers, offer_columns, session_columns, with_edition

body = aliased(Body, flat=True)
cycle = aliased(Cycle, flat=True)
meeting = aliased(Meeting, flat=True)
place = aliased(PlanSession, flat=True)
edition = aliased(PublishedSession)
presenter = aliased(Stakeholder, flat=True)


def _source(viewer: Viewer) -> Source:
    offer = offer_columns(viewer)
    one = session_columns(viewer, place, edition)
    rows = list_offers(viewer).outerjoin(place, and_(place.id == offer.session_id, visible(viewer, place)))
    rows = (
        with_edition(rows, place, edition)
        .outerjoin(presenter, and_(presenter.id == offer.presenter_id, visible(viewer, presenter)))
        .outerjoin(meeting, and_(meeting.id == Offer.meeting_id, visible(viewer, meeting)))
        .outerjoin(body, and_(body.id == func.coalesce(one.body_id, meeting.body_id), visible(viewer, body)))
        .outerjoin(cycle, meeting.cycle_id == cycle.id)
    )
    placed_at = func.coalesce(one.position, 0) * 50 + func.coalesce(offer.position, 0)
    return Source(
        rows=rows,
        id=Offer.id,
        kind=Offer.kind,
        search=offer.title.concat(" ").concat(func.coalesce(title(viewer, presenter), "")),
        flags={"recalled": is_recalled(Offer), "origin": Offer.origin},
        orders={"next": next_first(func.coalesce(one.on_text, meeting.start_on), viewer.day, placed_at)},
        columns=(
            Column(key="title", label=N_("Presentation"), value=offer.title, kind="title"),
            Column(
                key="presenter",
                label=N_("Presenter"),
                value=title(viewer, presenter),
                record=presenter.id,
                record_kind="stakeholder",
            ),
            Column(key="class", label=N_("Class"), value=offer.stakeholder_class, kind="class"),
            Column(key="session", label=N_("Session"), value=one.title, record=place.id, record_kind="plan_session"),
            cycle_column(cycle),
            Column(key="date", label=N_("Date"), value=one.on_text, kind="day"),
            Column(key="minutes", label=N_("Minutes"), value=offer.minutes, kind="number"),
            Column(key="state", label=N_("State"), value=offer.state, kind="state"),
            Column(key="meeting", label=N_("Meeting"), value=title(viewer, meeting), in_page=False),
            Column(
                key="kind", label=N_("Kind"), value=offer.offer_kind, kind="word", words="offer_kind", in_page=False
            ),
            Column(key="language", label=N_("Language"), value=Offer.language, in_page=False),
            key_column(Offer),
        ),
        filters=(
            cycle_filter(viewer, cycle),
            body_filter(viewer, body),
            Filter(
                name="class",
                label=N_("Class"),
                condition=lambda value: offer.stakeholder_class == StakeholderClass(value),
                options=tuple(CLASSES.items()),
            ),
            Filter(
                name="state",
                label=N_("State"),
                condition=lambda value: offer.state == value,
                options=tuple((name, lifecycle.state_word("offer", name)) for name in lifecycle.states("offer")),
            ),
        ),
    )


REGISTER = Register(
    name="presentations",
    title=N_("Presentations"),
    lead=N_("Who presents what, and where it stands in the programme."),
    empty=N_("No presentation fits. Take a filter away to see more."),
    source=_source,
    default_sort="next",
    tabs=("sessions", "meetings", "presentations", "calls", "contributions"),
    creates="offer",
)
