"""Withdrawing a record and restoring it: what happens beside the mark that `rules/lifecycle/withdrawing.py` speaks of.

- A record of any such kind is marked with the reason at once. It stays where it is: on its page, in lists, in the
  search, in CSV and in the chain it is told with its mark, and what points to it goes on pointing to it.
- An item of a plan is taken out of the *working copy*, which is opened for it where the plan has none: its text there
  is removed (the history keeps it). If only officers ever saw it, it is marked at once. If everybody sees it, they read
  of it when a version without it is circulated; until then officers alone read the reason. Where nothing but a
  reconstruction holds it, which is corrected in place, it is marked at once and keeps its text.
- An item of an agenda is taken off the *working agenda* in the same way: never released, it is marked at once;
  released, it stays in the releases that hold it and is marked by the first one without it.
- A comment is withdrawn and restored while its round is open.
- Nothing is taken out on which something rests: an item of a plan with items below it, one of an agenda with
  presentations under it.
- Restoring puts an item back where it was taken out, from the text that is shown or, where there is none, from the
  history; the mark of an item that was circulated goes when the next version is.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, select

from planner.core.db import db
from planner.core.errors import Conflict
from planner.core.i18n import N_
from planner.models import (
    AgendaItem,
    AuditEntry,
    Comment,
    Plan,
    PlanItem,
    PlanItemRevision,
    PlanVersion,
    Record,
    RevisionArticle,
    RevisionStage,
    Slot,
    VersionKind,
)
from planner.rules import lifecycle
from planner.rules.lifecycle import Move
from planner.services import rounds
from planner.services.editing import plan_items
from planner.services.editing.reading import current_revision, working_copy_of
from planner.services.editing.spec import Entry
from planner.services.editing.specs.common import next_position


def follow(record: Record, move: Move, reason: str, entry: Entry) -> None:
    """Withdraw or restore a record, with what follows for its kind. Raises Conflict where something rests on it."""
    is_withdrawal = move.target == lifecycle.WITHDRAWN
    if isinstance(record, PlanItem):
        (_take_out if is_withdrawal else _put_back)(record, reason, entry)
        return
    if isinstance(record, Comment):
        rounds.require_open_round(record)
    if isinstance(record, AgendaItem):
        _place_on_agenda(record, entry, is_withdrawal=is_withdrawal)
    _mark(record, reason if is_withdrawal else None, is_told=not (isinstance(record, AgendaItem) and record.published))


def _mark(record: Record, reason: str | None, *, is_told: bool) -> None:
    record.is_withdrawn = reason is not None and is_told
    record.withdrawn_because = reason


def _take_out(item: PlanItem, reason: str, entry: Entry) -> None:
    copy = working_copy_of(item.plan_id)
    revision = current_revision(item)
    if copy is None and (revision is None or not revision.is_shown or _is_reconstructed(revision)):
        _require_bare(PlanItemRevision.is_shown, item)
        _mark(item, reason, is_told=True)
        return
    copy = copy or plan_items.open_working_copy(db.session.get_one(Plan, item.plan_id))
    _require_bare(PlanItemRevision.version_id == copy.id, item)
    revision = current_revision(item)
    if revision is not None and revision.version_id == copy.id:
        _remove(item, revision, entry)
    if item.published:
        item.title, item.public_title = item.public_title or item.title, None
    _mark(item, reason, is_told=not item.published)


def _is_reconstructed(revision: PlanItemRevision) -> bool:
    return db.session.get_one(PlanVersion, revision.version_id).version_kind is VersionKind.RECONSTRUCTION


def _require_bare(which: Any, item: PlanItem) -> None:
    below = exists().where(PlanItemRevision.parent_id == item.id, which)
    if db.session.scalar(select(below)):
        raise Conflict(N_("Other items stand below it. Take them out or move them first."))


def _remove(item: PlanItem, revision: PlanItemRevision, entry: Entry) -> None:
    """Remove a text of the working copy; what it held goes into the history, its Articles and stages by their ids."""
    for name, ids in (
        ("articles", [link.article_id for link in revision.article_links]),
        ("stages", [link.stage_id for link in revision.stage_links]),
    ):
        if ids and entry.changes is not None:
            entry.changes.fields.setdefault((item.id, "plan_item"), {})[name] = [ids, None]
    db.session.delete(revision)
    db.session.flush()


def _put_back(item: PlanItem, _reason: str, _entry: Entry) -> None:
    revision = current_revision(item)
    copy = working_copy_of(item.plan_id)
    if copy is None and item.published and revision is not None and _is_reconstructed(revision):
        _mark(item, None, is_told=False)
        return
    copy = copy or plan_items.open_working_copy(db.session.get_one(Plan, item.plan_id))
    revision = current_revision(item)
    if revision is None:
        db.session.add(_of_history(item, copy))
    elif revision.version_id != copy.id:
        plan_items.copy_revision(revision, copy)
    elif item.is_withdrawn:
        raise Conflict(N_("It stands in the working copy. Everybody reads so when that is circulated."))
    if not (item.published and item.is_withdrawn):
        _mark(item, None, is_told=False)
    db.session.flush()


def _of_history(item: PlanItem, copy: PlanVersion) -> PlanItemRevision:
    """Return the text that was removed last, as the history holds it; without a history the title alone."""
    removed = select(AuditEntry.changes).where(AuditEntry.record_id == item.id, AuditEntry.action == "withdraw")
    changes = db.session.scalar(removed.order_by(AuditEntry.id.desc()).limit(1)) or {}
    held = {name.rpartition(".")[2]: old for name, (old, _) in changes.items() if "plan_item_revision." in name}
    values = {name: held.get(name) for name in plan_items.COPIED}
    if values["position"] is None:
        values["position"] = next_position(PlanItemRevision.position, PlanItemRevision.version_id == copy.id)
    values |= {"item_id": item.id, "version_id": copy.id, "title": values["title"] or item.title}
    links = {name: (changes.get(name) or [None])[0] or [] for name in ("articles", "stages")}
    return PlanItemRevision(
        is_shown=False,
        article_links=[RevisionArticle(article_id=one, position=n) for n, one in enumerate(links["articles"])],
        stage_links=[RevisionStage(stage_id=one, position=n) for n, one in enumerate(links["stages"])],
        **values,
    )


def _place_on_agenda(item: AgendaItem, entry: Entry, *, is_withdrawal: bool) -> None:
    """Put an item behind all others, where it is in nobody's way. Raises Conflict where presentations are under it."""
    if is_withdrawal and db.session.scalar(select(exists().where(Slot.agenda_item_id == item.id))):
        raise Conflict(N_("Presentations stand under it. Move them or take them off first."))
    item.position = next_position(AgendaItem.position, AgendaItem.session_id == item.session_id)
    if entry.changes is not None:
        entry.changes.touch(item.session_id)
