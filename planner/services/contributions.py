"""Contributions: studies, proposals, expertise, written answers."""

from __future__ import annotations

from dataclasses import dataclass

from planner.access.viewer import Viewer
from planner.access.visibility import visible_records
from planner.models import Contribution
from planner.services import neighbours, pages


@dataclass(frozen=True)
class ContributionView:
    """All that the page of a contribution shows; `named` holds the visible records that it points to, by id."""

    frame: pages.Frame
    contribution: Contribution
    named: dict[int, neighbours.Named]


def get_contribution(viewer: Viewer, contribution_id: int) -> ContributionView:
    """Return a contribution. Raises NotVisible."""
    found = pages.get(visible_records(viewer, Contribution).where(Contribution.id == contribution_id))
    points_to = (found.stakeholder_id, found.item_id, found.session_id, found.document_id)
    return ContributionView(pages.frame(viewer, found), found, neighbours.named(viewer, *points_to))
