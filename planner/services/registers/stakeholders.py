"""The register of stakeholders: States by their status on the viewer's day, and organisations."""

from __future__ import annotations

from sqlalchemy import func, select

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Stakeholder, StatusPeriod
from planner.rules.words import CLASSES
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import distinct_options, is_recalled, key_column
from planner.services.standings import class_on


def _source(viewer: Viewer) -> Source:
    its_class = class_on(viewer.day)
    deposited, since = (
        select(func.min(column))
        .where(StatusPeriod.stakeholder_id == Stakeholder.id, StatusPeriod.status == "state_party")
        .correlate(Stakeholder)
        .scalar_subquery()
        for column in (StatusPeriod.deposited_text, StatusPeriod.from_text)
    )
    return Source(
        rows=select(Stakeholder).where(visible(viewer, Stakeholder)),
        id=Stakeholder.id,
        kind=Stakeholder.kind,
        search=title(viewer, Stakeholder).concat(" ").concat(Stakeholder.ref),
        flags={"recalled": is_recalled(Stakeholder), "origin": Stakeholder.origin},
        columns=(
            Column(key="title", label=N_("Name"), value=title(viewer, Stakeholder), kind="title"),
            Column(key="class", label=N_("Class"), value=its_class, kind="class"),
            Column(key="deposited", label=N_("Instrument deposited"), value=deposited, kind="since"),
            Column(key="since", label=N_("Party since"), value=since, kind="since", in_page=False),
            Column(key="region", label=N_("Region"), value=Stakeholder.region, kind="word", words="region"),
            Column(key="sector", label=N_("Sector"), value=Stakeholder.sector, kind="word", words="sector"),
            Column(key="role", label=N_("Role"), value=Stakeholder.role, kind="word", words="role", in_page=False),
            key_column(Stakeholder),
        ),
        filters=(
            Filter(
                name="class",
                label=N_("Class"),
                condition=lambda value: its_class == value,
                options=tuple(CLASSES.items()),
            ),
            Filter(
                name="region",
                label=N_("Region"),
                condition=lambda value: Stakeholder.region == value,
                options=distinct_options(Stakeholder.region, visible(viewer, Stakeholder)),
                words="region",
            ),
            Filter(
                name="sector",
                label=N_("Sector"),
                condition=lambda value: Stakeholder.sector == value,
                options=distinct_options(Stakeholder.sector, visible(viewer, Stakeholder)),
                words="sector",
            ),
        ),
    )


REGISTER = Register(
    name="stakeholders",
    title=N_("Stakeholders"),
    lead=N_("States by their status today, and the organisations that take part."),
    empty=N_("No stakeholder fits. Take a filter away to see more."),
    source=_source,
    default_sort="title",
    tabs=("stakeholders", "people", "bodies", "offices"),
    creates="stakeholder",
)
