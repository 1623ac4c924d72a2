"""How little has to be moved to come from one order of things to another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence


def out_of_order(old: Sequence[int], new: Sequence[int]) -> list[int]:
    """Return the fewest keys, of those in both, that must be moved to come from one order to the other."""
    place = {key: number for number, key in enumerate(old)}
    common = [key for key in new if key in place]
    staying = _longest_rise([place[key] for key in common])
    return [key for key in common if place[key] not in staying]


def _longest_rise(numbers: Iterable[int]) -> set[int]:
    """Return a longest rising subsequence of different numbers."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    rise: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        rise.add(last)
        last = before[last]
    return rise
