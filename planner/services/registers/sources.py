"""The register of sources: the pages and papers that the record was read from."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Citation, CitationSource, Record
from planner.models import Source as SourceRecord
from planner.services.registers.core import Column, Filter, Register, Source
from planner.services.registers.expressions import distinct_options, key_column

citing = aliased(Record)


def _source(viewer: Viewer) -> Source:
    cited_by = (
        select(func.count(citing.id.distinct()))
        .join(Citation, Citation.record_id == citing.id)
        .join(CitationSource, CitationSource.citation_id == Citation.id)
        .where(CitationSource.source_id == SourceRecord.id, visible(viewer, citing))
        .correlate(SourceRecord)
        .scalar_subquery()
    )
    return Source(
        rows=select(SourceRecord).where(visible(viewer, SourceRecord)),
        id=SourceRecord.id,
        kind=SourceRecord.kind,
        search=title(viewer, SourceRecord).concat(" ").concat(SourceRecord.reference),
        flags={"origin": SourceRecord.origin},
        columns=(
            Column(key="title", label=N_("Source"), value=title(viewer, SourceRecord), kind="title"),
            Column(key="kind", label=N_("Kind"), value=SourceRecord.source_kind, kind="word", words="source_kind"),
            Column(key="extent", label=N_("How much was read"), value=SourceRecord.extent, kind="word", words="extent"),
            Column(key="records", label=N_("Records"), value=cited_by, kind="number"),
            Column(key="reference", label=N_("Where"), value=SourceRecord.reference, in_page=False),
            key_column(SourceRecord),
        ),
        filters=(
            Filter(
                name="kind",
                label=N_("Kind"),
                condition=lambda value: SourceRecord.source_kind == value,
                options=distinct_options(SourceRecord.source_kind, visible(viewer, SourceRecord)),
                words="source_kind",
            ),
            Filter(
                name="extent",
                label=N_("How much was read"),
                condition=lambda value: SourceRecord.extent == value,
                options=distinct_options(SourceRecord.extent, visible(viewer, SourceRecord)),
                words="extent",
            ),
        ),
    )


REGISTER = Register(
    name="sources",
    title=N_("Sources"),
    lead=N_("What was read for the record, and how much of it."),
    empty=N_("No source fits. Take a filter away to see more."),
    source=_source,
    default_sort="title",
    tabs=("instruments", "sources", "reference_notes"),
    creates="source",
)
