"""Side by side: which of the things that overlap in time stands in which lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """Where a span stands: its lane from 0 on, and how many lanes its cluster of overlapping spans takes."""

    number: int
    of: int


def in_lanes(spans: Sequence[tuple[int, int]]) -> list[Lane]:
    """Return the lane of each span (from, until; in the same order): two that overlap never share one, and each cluster
    of overlapping spans takes as few lanes as there are spans at one moment.
    """
    numbers = [0] * len(spans)
    counts = [1] * len(spans)
    cluster: list[int] = []
    busy_until: list[int] = []
    for index in sorted(range(len(spans)), key=lambda one: (spans[one][0], -spans[one][1], one)):
        start, end = spans[index]
        if busy_until and start >= max(busy_until):
            _close(cluster, counts, len(busy_until))
            cluster, busy_until = [], []
        free = next((lane for lane, until in enumerate(busy_until) if until <= start), None)
        if free is None:
            free = len(busy_until)
            busy_until.append(end)
        else:
            busy_until[free] = end
        numbers[index] = free
        cluster.append(index)
    _close(cluster, counts, len(busy_until))
    return [Lane(number, count) for number, count in zip(numbers, counts, strict=True)]


def _close(cluster: list[int], counts: list[int], lanes: int) -> None:
    for index in cluster:
        counts[index] = lanes
