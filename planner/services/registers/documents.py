"""The register of documents."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.i18n import N_
from planner.models import Body, ConferenceAction, Cycle, Document, DocumentLanguage
from planner.rules.words import LANGUAGES
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
from planner.services.text_lists import joined

acting_cycle = aliased(Cycle, flat=True)
body = aliased(Body, flat=True)
cycle = aliased(Cycle, flat=True)


def _source(viewer: Viewer) -> Source:
    languages = (
        select(DocumentLanguage.language)
        .where(DocumentLanguage.document_id == Document.id)
        .order_by(DocumentLanguage.position)
        .correlate(Document)
    )
    actions = (
        select(ConferenceAction.verb, acting_cycle.code)
        .join(acting_cycle, acting_cycle.id == ConferenceAction.cycle_id)
        .where(ConferenceAction.record_id == Document.id)
        .order_by(ConferenceAction.id.desc())
        .limit(1)
        .correlate(Document)
    )
    rows = (
        select(Document)
        .outerjoin(body, and_(Document.body_id == body.id, visible(viewer, body)))
        .outerjoin(cycle, Document.cycle_id == cycle.id)
        .where(visible(viewer, Document))
    )
    return Source(
        rows=rows,
        id=Document.id,
        kind=Document.kind,
        search=title(viewer, Document).concat(" ").concat(func.coalesce(Document.symbol, Document.symbol_pattern, "")),
        flags={
            "recalled": is_recalled(Document),
            "origin": Document.origin,
            "acted_by": actions.with_only_columns(acting_cycle.code).scalar_subquery(),
            "pattern": Document.symbol_pattern,
        },
        columns=(
            Column(key="symbol", label=N_("Symbol"), value=Document.symbol, kind="symbol", sort=Document.serial),
            Column(key="title", label=N_("Title"), value=title(viewer, Document), kind="title"),
            body_column(body),
            cycle_column(cycle),
            Column(key="kind", label=N_("Kind"), value=Document.doc_kind, kind="word", words="doc_kind"),
            Column(key="date", label=N_("Date"), value=Document.on_text, kind="day"),
            Column(
                key="languages",
                label=N_("Languages"),
                value=joined(languages),
                kind="codes",
                sortable=False,
            ),
            Column(
                key="action",
                label=N_("Conference action"),
                value=actions.with_only_columns(ConferenceAction.verb).scalar_subquery(),
                kind="verb",
                sortable=False,
            ),
            key_column(Document),
        ),
        filters=(
            cycle_filter(viewer, cycle),
            body_filter(viewer, body),
            Filter(
                name="kind",
                label=N_("Kind"),
                condition=lambda value: Document.doc_kind == value,
                options=distinct_options(Document.doc_kind, visible(viewer, Document)),
                words="doc_kind",
            ),
            Filter(name="language", label=N_("Language"), condition=_is_in, options=tuple(LANGUAGES.items())),
        ),
    )


def _is_in(language: str) -> ColumnElement[bool]:
    """Return the condition that a paper is there in a language."""
    return exists().where(DocumentLanguage.document_id == Document.id, DocumentLanguage.language == language)


REGISTER = Register(
    name="documents",
    title=N_("Documents"),
    lead=N_(
        "One running serial over all bodies, so sorting by symbol is sorting by time. "
        "A paper without a symbol is a normal case."
    ),
    empty=N_("No document fits. Take a filter away to see more."),
    source=_source,
    default_sort="-date",
    tabs=("documents", "follow_ups", "outputs", "decisions"),
    creates="document",
)
