"""What an import writes last, when all records are there: what had to wait for others, and what has one place only."""

from __future__ import annotations

from planner.core.db import db
from planner.models import PlanSession, Record
from planner.services.record_files.overlay import Key
from planner.services.record_files.rows import assign
from planner.services.record_files.store import Store


def settle(store: Store) -> None:
    """Write links to records that came later, rows that people entered, places of presentations, states of versions."""
    for key, name, named in store.overlay.later:
        store.bring_link(key, name, store.find(named))
    store.overlay.later.clear()
    store.flush()
    entered = [key for key in store.overlay.entered if key in store.put_keys]
    _hide_texts(store, entered)
    _remove_texts(store, entered)
    for key in entered:
        for name in store.overlay.entered[key].rows:
            rows = store.overlay.rows_of(key, name)
            if name == "slots":
                store.slots[key] = rows
            else:
                store.bring_rows(key, store.held[key], name, rows)
    _place(store)
    store.flush()
    for record, values in store.last:
        assign(record, values)
    store.last.clear()
    store.flush()


def _hide_texts(store: Store, entered: list[Key]) -> None:
    """Take texts back that are shown no more, before others are shown: the database allows one per item."""
    items = {record.id: record for record in store.held.values() if record.kind == "plan_item"}
    for key in entered:
        if not store.overlay.has_rows(key, "revisions"):
            continue
        shown = {row["item"].id: row["is_shown"] for row in store.overlay.rows_of(key, "revisions")}
        for row in getattr(store.held[key], "revisions", ()):
            item = items.get(row.item_id)
            if item is None or not row.is_shown or shown.get(row.item_id) is not False or store.is_left_alone(item):
                continue
            store.mark_changed(item)
            row.is_shown = False
    store.flush()


def _remove_texts(store: Store, entered: list[Key]) -> None:
    """Remove texts of a draft whose items were taken out; every other text stays that files no longer name."""
    items = {record.id: record for record in store.held.values() if record.kind == "plan_item"}
    for key in entered:
        version = store.held[key]
        if not store.overlay.has_rows(key, "revisions") or store.is_left_alone(version):
            continue
        named = {row["item"].id for row in store.overlay.rows_of(key, "revisions")}
        for row in list(getattr(version, "revisions", ())):
            item = items[row.item_id]
            if row.item_id not in named and item.withdrawn_because is not None and not store.is_left_alone(item):
                store.mark_changed(item)
                version.revisions.remove(row)  # type: ignore[attr-defined]
                db.session.delete(row)
    store.flush()


def _place(store: Store) -> None:
    """Give presentations their places; where a person has given one a place in another session it stays there.

    What the files place elsewhere, or nowhere any more, is taken off first: it has one place at any moment.
    """
    placed = _taken_off(store)
    for key, rows in store.slots.items():
        here = store.held[key].id
        kept: list[Record] = [row["offer"] for row in rows if placed.get(row["offer"].id, here) != here]
        for offer in kept:
            store.mark_kept(offer)
        store.bring_rows(key, store.held[key], "slots", [row for row in rows if row["offer"] not in kept])
    store.slots.clear()
    store.flush()


def _taken_off(store: Store) -> dict[int, int]:
    """Take presentations off where the files have them no more; return the session of each that has a place."""
    wanted = {row["offer"].id: store.held[key].id for key, rows in store.slots.items() for row in rows}
    spoken_of = {store.held[key].id for key in store.put_keys if key[0] == "offer"}
    placed: dict[int, int] = {}
    for plan_session in store.of(PlanSession):
        for slot in list(plan_session.slots):
            is_moved = slot.offer_id in spoken_of and wanted.get(slot.offer_id) != plan_session.id
            if is_moved and not store.is_left_alone(plan_session):
                store.mark_changed(plan_session)
                plan_session.slots.remove(slot)
            else:
                placed[slot.offer_id] = plan_session.id
    store.flush()
    return placed
