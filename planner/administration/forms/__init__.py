"""Forms of the officers: how each kind of record is laid out; the fields themselves come from the spec of the kind."""

from __future__ import annotations

from planner.administration.forms import documents, meetings, outputs, parties, plans, presentations
from planner.administration.forms.build import build_form
from planner.administration.forms.layout import Group, Layout
from planner.administration.forms.record_form import Entry, RecordForm

LAYOUTS: dict[str, Layout] = {
    **plans.LAYOUTS,
    **meetings.LAYOUTS,
    **presentations.LAYOUTS,
    **outputs.LAYOUTS,
    **documents.LAYOUTS,
    **parties.LAYOUTS,
}

__all__ = ["LAYOUTS", "Entry", "Group", "Layout", "RecordForm", "build_form"]
