"""Making the new version out of the old one and the redline."""

from __future__ import annotations

from dataclasses import replace

from planner.rules.redline.compare import LAST_CYCLE, Redline
from planner.rules.redline.text import Item, PlanText


def apply(redline: Redline, old: PlanText) -> PlanText:
    """Return the new version. Raises ValueError where the old one is not the version that the redline was made from."""
    text = old.shifted(redline.shift)
    items = dict(text.by_id)
    for gone in redline.removed:
        if items.pop(gone.item.id, None) != gone.item:
            raise ValueError(f"item {gone.item.id} is not what was removed")
    coming: list[tuple[int, Item]] = []
    for placed in redline.placed:
        item = items.pop(placed.item_id, None)
        if item is None or (item.parent_id, item.cycle) != placed.old:
            raise ValueError(f"item {placed.item_id} does not stand where it was")
        coming.append((placed.index, replace(item, parent_id=placed.new[0], cycle=placed.new[1])))
    coming += [(added.index, added.item) for added in redline.added]
    order = [items[item.id] for item in text.items if item.id in items]
    siblings: dict[object, list[Item]] = {}
    for item in order:
        siblings.setdefault(item.place, []).append(item)
    # in rising order each finds the siblings before it in place already
    for index, item in sorted(coming, key=lambda one: one[0]):
        siblings.setdefault(item.place, []).insert(index, item)
    made = {item.id: item for group in siblings.values() for item in group}
    for edit in redline.edited:
        item = made[edit.item_id]
        if edit.field == LAST_CYCLE:
            made[edit.item_id] = replace(item, last_cycle=edit.new if isinstance(edit.new, int) else None)
            continue
        if item.said.get(edit.field) != edit.old:
            raise ValueError(f"item {edit.item_id} does not say what was edited")
        made[edit.item_id] = replace(item, said={**item.said, edit.field: edit.new})
    return PlanText(tuple(made[item.id] for group in siblings.values() for item in group))
