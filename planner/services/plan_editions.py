"""Which text of a plan's item a viewer reads, as SQL: lists, pictures and outlines take it from here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of
from planner.models import PlanItem, PlanItemRevision, PlanVersion, VersionKind

_other = aliased(PlanItemRevision)


def read_revision(
    viewer: Viewer, item: Any = PlanItem, revision: Any = PlanItemRevision, version: Any = PlanVersion
) -> ColumnElement[bool]:
    """Return the condition on the one text of an item that a list or picture shows; the three are joined.

    Everybody gets the text that is shown; where there is none yet, officers of the body get the working copy's.
    """
    shown = exists().where(_other.item_id == item.id, _other.is_shown).correlate(item)
    draft = and_(is_officer_of(viewer, item), version.version_kind == VersionKind.WORKING_COPY, ~shown)
    return or_(revision.is_shown, draft)
