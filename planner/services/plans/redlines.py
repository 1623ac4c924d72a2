"""The page on which two versions of a plan are compared."""

from __future__ import annotations

from dataclasses import dataclass

from planner.access.viewer import Viewer
from planner.access.visibility import visible_records
from planner.core.errors import NotVisible
from planner.models import PlanVersion, VersionKind
from planner.rules.redline import Change, Clause, Redline, clauses, compare
from planner.rules.redline.sentences import Names
from planner.services import pages
from planner.services.plans.related import Named, one, read_related, to_one
from planner.services.plans.texts import read_texts
from planner.services.plans.versions import VersionRow, read_versions


@dataclass(frozen=True)
class RedlineView:
    """All that the page of a redline shows. `old` is None where the plan has no other version to compare with.

    `not_held` are those of the two versions whose words the record does not know: then nothing is compared.
    """

    frame: pages.Frame
    version: PlanVersion
    plan: Named | None
    new: VersionRow
    old: VersionRow | None
    others: tuple[VersionRow, ...]
    not_held: tuple[VersionRow, ...]
    redline: Redline | None
    clauses: tuple[Clause, ...]
    names: Names

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return the changes in the order of the new version."""
        return self.redline.changes if self.redline else ()

    @property
    def changed(self) -> tuple[Clause, ...]:
        """Return the clauses that say something else, without those that only move with the whole schedule."""
        return tuple(clause for clause in self.clauses if clause.is_changed)


def get_redline(viewer: Viewer, version_id: int, against_id: int | None = None) -> RedlineView:
    """Return a version compared with another of its plan, by default with the one that it was drafted from.

    Raises NotVisible where either is not there for the viewer, or they are of different plans.
    """
    version = pages.get(visible_records(viewer, PlanVersion).where(PlanVersion.id == version_id))
    rows = read_versions(viewer, version.plan_id)
    new = next(row for row in rows if row.id == version.id)
    others = tuple(row for row in rows if row.id != version.id)
    old = _other(version, others, against_id)
    not_held = tuple(row for row in (new, old) if row is not None and not row.text_held)
    redline: Redline | None = None
    laid: tuple[Clause, ...] = ()
    names = Names({}, {})
    if old is not None and not not_held:
        texts = read_texts(viewer, (old.id, new.id))
        before, after, names = texts.by_version[old.id], texts.by_version[new.id], texts.names
        redline = compare(before, after)
        laid = clauses(redline, before, after)
    return RedlineView(
        frame=pages.frame(viewer, version),
        version=version,
        plan=one(read_related(viewer, [*to_one("plan", version.plan_id)]), "plan"),
        new=new,
        old=old,
        others=others,
        not_held=not_held,
        redline=redline,
        clauses=laid,
        names=names,
    )


def _other(version: PlanVersion, others: tuple[VersionRow, ...], against_id: int | None) -> VersionRow | None:
    if against_id is not None:
        found = next((row for row in others if row.id == against_id), None)
        if found is None:
            raise NotVisible
        return found
    drafted_from = next((row for row in others if row.id == version.based_on_id), None)
    if drafted_from is not None:
        return drafted_from
    numbered = [row for row in others if row.kind is VersionKind.NUMBERED]
    earlier = [row for row in numbered if version.number is None or (row.number or 0) < version.number]
    return max(earlier or numbered or others, key=lambda row: row.number or 0, default=None)
