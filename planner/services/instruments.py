"""Instruments beside the Treaty: what one is, and which Articles it bears on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import selectinload

from planner.access.viewer import Viewer
from planner.access.visibility import visible_records
from planner.models import Instrument
from planner.services import neighbours, pages


@dataclass(frozen=True)
class InstrumentView:
    """All that the page of an instrument shows; `groups` has the part children."""

    frame: pages.Frame
    instrument: Instrument
    named: dict[int, neighbours.Named]
    groups: dict[str, neighbours.Group]


def get_instrument(viewer: Viewer, instrument_id: int) -> InstrumentView:
    """Return an instrument with its parent, organisation and Articles. Raises NotVisible."""
    instrument = pages.get(
        visible_records(viewer, Instrument)
        .where(Instrument.id == instrument_id)
        .options(selectinload(Instrument.article_links)),
    )
    articles = [link.article_id for link in instrument.article_links]
    children = neighbours.part(Instrument.id, word=Instrument.short).where(Instrument.parent_id == instrument.id)
    return InstrumentView(
        pages.frame(viewer, instrument),
        instrument,
        neighbours.named(viewer, instrument.parent_id, instrument.organisation_id, *articles),
        neighbours.gather(viewer, {"children": children}),
    )
