"""The register of instruments that complement the Treaty."""

from __future__ import annotations

from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Instrument, RecordArticle, TreatyArticle
from planner.rules.words import BINDINGS
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import distinct_options, is_recalled, key_column
from planner.services.text_lists import joined


def _source(viewer: Viewer) -> Source:
    articles = (
        select(TreatyArticle.number)
        .join(RecordArticle, RecordArticle.article_id == TreatyArticle.id)
        .where(RecordArticle.record_id == Instrument.id)
        .order_by(RecordArticle.position)
        .correlate(Instrument)
    )
    return Source(
        rows=select(Instrument).where(visible(viewer, Instrument)),
        id=Instrument.id,
        kind=Instrument.kind,
        search=title(viewer, Instrument).concat(" ").concat(Instrument.short),
        flags={"recalled": is_recalled(Instrument), "origin": Instrument.origin},
        columns=(
            Column(key="short", label=N_("Short name"), value=Instrument.short),
            Column(key="title", label=N_("Name"), value=title(viewer, Instrument), kind="title"),
            Column(
                key="kind", label=N_("Kind"), value=Instrument.instrument_kind, kind="word", words="instrument_kind"
            ),
            Column(key="binding", label=N_("Binding"), value=Instrument.binding, kind="word", words="binding"),
            Column(key="region", label=N_("Region"), value=Instrument.region, kind="word", words="region"),
            Column(key="adopted", label=N_("Adopted"), value=Instrument.adopted_year, kind="number"),
            Column(key="in_force", label=N_("In force"), value=Instrument.in_force_year, kind="number"),
            Column(key="articles", label=N_("Articles"), value=joined(articles), sortable=False),
            key_column(Instrument),
        ),
        filters=(
            Filter(
                name="kind",
                label=N_("Kind"),
                condition=lambda value: Instrument.instrument_kind == value,
                options=distinct_options(Instrument.instrument_kind, visible(viewer, Instrument)),
                words="instrument_kind",
            ),
            Filter(
                name="binding",
                label=N_("Binding"),
                condition=lambda value: Instrument.binding == value,
                options=tuple(BINDINGS.items()),
            ),
            Filter(
                name="region",
                label=N_("Region"),
                condition=lambda value: Instrument.region == value,
                options=distinct_options(Instrument.region, visible(viewer, Instrument)),
                words="region",
            ),
        ),
    )


REGISTER = Register(
    name="instruments",
    title=N_("Instruments"),
    lead=N_("Treaties, commitments and guidelines beside the Treaty that bear on diversion."),
    empty=N_("No instrument fits. Take a filter away to see more."),
    source=_source,
    default_sort="short",
    tabs=("instruments", "sources", "reference_notes"),
    creates="instrument",
)
