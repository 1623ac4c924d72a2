"""Items of a plan are written in its working copy, made when it is needed; a reconstruction is corrected in place."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from planner.access import policy
from planner.core.db import db
from planner.core.errors import Conflict
from planner.core.i18n import N_
from planner.models import (
    Origin,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    Record,
    RevisionArticle,
    RevisionStage,
    VersionKind,
)
from planner.rules import lifecycle
from planner.services.editing.reading import current_revision, working_copy_of
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs.common import next_position
from planner.services.editing.writing import check_audience, write

COPIED = (
    "item_id",
    "title",
    "text",
    "parent_id",
    "cycle_id",
    "last_cycle_id",
    "position",
    "years",
    "document_id",
    "related_body_id",
    "output_kind",
    "result",
)
"""What a text of an item says, beside its Articles and stages."""


def create_item(spec: Spec, values: Values, entry: Entry) -> PlanItem:
    """Create an item in the working copy of its plan."""
    plan = db.session.scalars(select(Plan).where(Plan.id == values["plan_id"])).one()
    policy.require_change(entry.actor, "plan_item", plan.home_body_id)
    version = open_working_copy(plan)
    check_audience("plan_item", values, version)
    item = PlanItem(
        kind="plan_item",
        title=values["title"],
        origin=Origin.ILLUSTRATION if plan.origin is Origin.ILLUSTRATION else Origin.OWN,
        published=False,
        audience_parent_id=version.id,
    )
    write(item, _of(spec, "record"), values, None)
    db.session.add(item)
    db.session.flush()
    revision = PlanItemRevision(item_id=item.id, version_id=version.id, is_shown=False)
    _write_revision(revision, item, spec=spec, values=values, stored=None, entry=entry)
    return item


def edit_item(item: PlanItem, spec: Spec, values: Values, entry: Entry) -> None:
    """Write an item: what belongs to its identity at once, its text in the version that may be changed."""
    parent = db.session.scalars(select(Record).where(Record.id == item.audience_parent_id)).one_or_none()
    check_audience("plan_item", values, parent)
    write(item, _of(spec, "record"), values, dict(entry.stored))
    texts = _of(spec, "revision")
    if all(values[field.name] == entry.stored[field.name] for field in texts):
        return
    revision = _revision_to_write(item)
    _write_revision(revision, item, spec=spec, values=values, stored=dict(entry.stored), entry=entry)


def _of(spec: Spec, place: str) -> tuple[Field, ...]:
    return tuple(field for field in spec.fields if field.on == place)


def _revision_to_write(item: PlanItem) -> PlanItemRevision:
    """Return the revision that an edit changes, in a new working copy where there is none.

    Raises Conflict where the item was taken out.
    """
    revision = current_revision(item)
    copy = working_copy_of(item.plan_id)
    is_drafted = copy is not None and revision is not None and revision.version_id == copy.id
    if item.withdrawn_because is not None and not is_drafted:
        raise Conflict(N_("It has been taken out of the plan. Put it back first."))
    if copy is None and revision is not None:
        version = db.session.scalars(select(PlanVersion).where(PlanVersion.id == revision.version_id)).one()
        if version.version_kind is VersionKind.RECONSTRUCTION:
            return revision
    if copy is not None and revision is not None and revision.version_id == copy.id:
        return revision
    if copy is None:
        plan = db.session.scalars(select(Plan).where(Plan.id == item.plan_id)).one()
        copy = open_working_copy(plan)
        copied = current_revision(item)
        if copied is not None and copied.version_id == copy.id:
            return copied
    return (
        copy_revision(revision, copy) if revision is not None else PlanItemRevision(item_id=item.id, version_id=copy.id)
    )


def open_working_copy(plan: Plan) -> PlanVersion:
    """Return the working copy of a plan; where there is none, make one from what is shown now."""
    copy = working_copy_of(plan.id)
    if copy is not None:
        return copy
    latest = (
        select(PlanVersion.id)
        .where(PlanVersion.plan_id == plan.id, PlanVersion.published)
        .order_by(PlanVersion.position.desc())
    )
    copy = PlanVersion(
        kind="plan_version",
        title="Working copy",
        origin=Origin.ILLUSTRATION if plan.origin is Origin.ILLUSTRATION else Origin.OWN,
        state=lifecycle.initial("plan_version"),
        published=False,
        audience_parent_id=plan.id,
        plan_id=plan.id,
        version_kind=VersionKind.WORKING_COPY,
        position=next_position(PlanVersion.position, PlanVersion.plan_id == plan.id),
        text_held=True,
        based_on_id=db.session.scalar(latest.limit(1)),
    )
    db.session.add(copy)
    db.session.flush()
    copy_into(copy)
    return copy


def copy_into(copy: PlanVersion) -> None:
    """Fill a new working copy with the texts that are shown now."""
    shown = db.session.scalars(
        select(PlanItemRevision)
        .join(PlanItem, PlanItem.id == PlanItemRevision.item_id)
        .where(PlanItem.plan_id == copy.plan_id, PlanItemRevision.is_shown, ~PlanItem.is_withdrawn)
        .options(selectinload(PlanItemRevision.article_links), selectinload(PlanItemRevision.stage_links))
        .order_by(PlanItemRevision.position, PlanItemRevision.id)
    )
    for revision in list(shown):
        copy_revision(revision, copy)
    db.session.flush()


def copy_revision(revision: PlanItemRevision, copy: PlanVersion) -> PlanItemRevision:
    """Return a new text of the working copy that says what another one of the item says."""
    same = PlanItemRevision(version_id=copy.id, is_shown=False, **{name: getattr(revision, name) for name in COPIED})
    same.article_links = [
        RevisionArticle(article_id=link.article_id, position=link.position) for link in revision.article_links
    ]
    same.stage_links = [RevisionStage(stage_id=link.stage_id, position=link.position) for link in revision.stage_links]
    db.session.add(same)
    return same


def _write_revision(
    revision: PlanItemRevision, item: PlanItem, *, spec: Spec, values: Values, stored: Values | None, entry: Entry
) -> None:
    write(revision, _of(spec, "revision"), values, stored)
    if values["position"] is None:
        revision.position = next_position(PlanItemRevision.position, PlanItemRevision.version_id == revision.version_id)
    db.session.add(revision)
    if revision.is_shown:
        item.public_title = None
    elif item.published and item.public_title is None:
        item.public_title = item.title
    item.title = values["title"]
    _note_links(item, values, stored, entry)
    db.session.flush()


def _note_links(item: PlanItem, values: Values, stored: Values | None, entry: Entry) -> None:
    """Put changed Articles and stages into the history; their rows belong to a revision, which is no record."""
    if entry.changes is None:
        return
    for name in ("articles", "stages"):
        old: Any = stored[name] if stored else []
        if old != values[name]:
            noted = entry.changes.fields.setdefault((item.id, "plan_item"), {})
            noted[name] = [old or None, values[name] or None]
            entry.changes.touch(item.id)
