"""Labels beside one another where there is room, else under one another."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A label: from left to right edge in px, and its lines; `is_before` if it stands before what it names."""

    left: float
    right: float
    lines: tuple[str, ...]
    is_before: bool = False


def lanes(blocks: Sequence[Block], gap: float = 8) -> list[int]:
    """Return the first lane of each block, from 0; a block takes a lane for each line, and no two meet."""
    placed: list[tuple[Block, int]] = []
    for block in blocks:
        lane = 0
        while any(_meet(block, lane, other, its_lane, gap) for other, its_lane in placed):
            lane += 1
        placed.append((block, lane))
    return [lane for _, lane in placed]


def _meet(block: Block, lane: int, other: Block, its_lane: int, gap: float) -> bool:
    return (
        lane < its_lane + max(len(other.lines), 1)
        and its_lane < lane + max(len(block.lines), 1)
        and block.left < other.right + gap
        and other.left < block.right + gap
    )
