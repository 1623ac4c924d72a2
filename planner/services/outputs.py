"""Outputs and decisions: what the work produced, what a meeting decided, and what each led to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import selectinload

from planner.access.viewer import Viewer
from planner.access.visibility import visible_records
from planner.models import Decision, Output
from planner.services import follow_ups, neighbours, pages


@dataclass(frozen=True)
class OutputView:
    """All that the page of an output shows; `named` holds the visible records that it points to, by id."""

    frame: pages.Frame
    output: Output
    named: dict[int, neighbours.Named]
    follow_ups: tuple[follow_ups.Owed, ...]


@dataclass(frozen=True)
class DecisionView:
    """All that the page of a decision shows; `named` holds the visible records that it points to, by id."""

    frame: pages.Frame
    decision: Decision
    named: dict[int, neighbours.Named]
    follow_ups: tuple[follow_ups.Owed, ...]


def get_output(viewer: Viewer, output_id: int) -> OutputView:
    """Return an output with its versions and what it hangs on. Raises NotVisible."""
    output = pages.get(
        visible_records(viewer, Output).where(Output.id == output_id).options(selectinload(Output.versions)),
    )
    papers = [version.document_id for version in output.versions]
    hangs_on = (output.body_id, output.cycle_id, output.item_id, output.session_id, output.document_id)
    return OutputView(
        pages.frame(viewer, output),
        output,
        neighbours.named(viewer, *hangs_on, *papers),
        follow_ups.list_follow_ups_of(viewer, output.id),
    )


def get_decision(viewer: Viewer, decision_id: int) -> DecisionView:
    """Return a decision with where it was taken and whom it asks. Raises NotVisible."""
    decision = pages.get(visible_records(viewer, Decision).where(Decision.id == decision_id))
    hangs_on = (decision.meeting_id, decision.session_id, decision.agenda_item_id, decision.asked_id)
    return DecisionView(
        pages.frame(viewer, decision),
        decision,
        neighbours.named(viewer, *hangs_on),
        follow_ups.list_follow_ups_of(viewer, decision.id),
    )
