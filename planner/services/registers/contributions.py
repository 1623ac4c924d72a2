"""The register of contributions: studies, proposals, written answers, expertise."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Contribution, ContributionKind, PlanItem, PlanSession, PublishedSession, Stakeholder
from planner.rules import lifecycle
from planner.rules.words import CONTRIBUTION_KINDS
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import is_recalled, key_column
from planner.services.sessions import session_columns, with_edition

edition = aliased(PublishedSession)
place = aliased(PlanSession, flat=True)
stakeholder = aliased(Stakeholder, flat=True)
topic = aliased(PlanItem, flat=True)


def _source(viewer: Viewer) -> Source:
    rows = (
        select(Contribution)
        .outerjoin(stakeholder, and_(stakeholder.id == Contribution.stakeholder_id, visible(viewer, stakeholder)))
        .outerjoin(topic, and_(topic.id == Contribution.item_id, visible(viewer, topic)))
        .outerjoin(place, and_(place.id == Contribution.session_id, visible(viewer, place)))
        .where(visible(viewer, Contribution))
    )
    return Source(
        rows=with_edition(rows, place, edition),
        id=Contribution.id,
        kind=Contribution.kind,
        search=title(viewer, Contribution).concat(" ").concat(func.coalesce(Contribution.text, "")),
        flags={"recalled": is_recalled(Contribution), "origin": Contribution.origin},
        columns=(
            Column(key="title", label=N_("Contribution"), value=title(viewer, Contribution), kind="title"),
            Column(
                key="kind",
                label=N_("Kind"),
                value=Contribution.contribution_kind,
                kind="word",
                words="contribution_kind",
            ),
            Column(
                key="stakeholder",
                label=N_("From"),
                value=title(viewer, stakeholder),
                record=stakeholder.id,
                record_kind="stakeholder",
            ),
            Column(
                key="topic",
                label=N_("Topic or question"),
                value=title(viewer, topic),
                record=topic.id,
                record_kind="plan_item",
            ),
            Column(
                key="session",
                label=N_("Session"),
                value=session_columns(viewer, place, edition).title,
                record=place.id,
                record_kind="plan_session",
            ),
            Column(key="sector", label=N_("Function"), value=Contribution.sector, kind="word", words="sector"),
            Column(key="received", label=N_("Received"), value=Contribution.received_on, kind="day"),
            Column(key="state", label=N_("State"), value=Contribution.state, kind="state"),
            key_column(Contribution),
        ),
        filters=(
            Filter(
                name="kind",
                label=N_("Kind"),
                condition=lambda value: Contribution.contribution_kind == ContributionKind(value),
                options=tuple(CONTRIBUTION_KINDS.items()),
            ),
            Filter(
                name="state",
                label=N_("State"),
                condition=lambda value: Contribution.state == value,
                options=tuple(
                    (name, lifecycle.state_word("contribution", name)) for name in lifecycle.states("contribution")
                ),
            ),
        ),
    )


REGISTER = Register(
    name="contributions",
    title=N_("Contributions"),
    lead=N_("Studies, proposals, written answers and expertise that are no presentations."),
    empty=N_("No contribution is there. Answers to guiding questions and studies come here."),
    source=_source,
    default_sort="-received",
    tabs=("sessions", "meetings", "presentations", "calls", "contributions"),
    creates="contribution",
)
