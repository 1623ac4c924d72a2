"""The items of a version in their order, with the numbers that comments name them by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.access.viewer import Viewer
from planner.services.plans.outline import Node, read_outline


@dataclass(frozen=True)
class PlacedItem:
    """An item of a version: its number ("2.1"), and how deep it stands."""

    id: int
    number: str
    depth: int
    item_kind: str
    title: str
    text: str | None
    cycle_code: str | None


def list_items(viewer: Viewer, version_id: int) -> tuple[PlacedItem, ...]:
    """Return the items of a version that the viewer may see, in the order of the plan. One query."""
    return tuple(_placed(read_outline(viewer, version_id=version_id), ""))


def _placed(nodes: tuple[Node, ...], above: str) -> Iterator[PlacedItem]:
    for place, node in enumerate(nodes, start=1):
        number = f"{above}{place}"
        yield PlacedItem(
            node.id, number, number.count("."), node.item_kind.value, node.title, node.text, node.cycle_code
        )
        yield from _placed(node.children, f"{number}.")
