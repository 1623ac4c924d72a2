"""Place the items of a session on its timetable, to scale: one row of the grid is five minutes.

`timetable(items, …)` gives for each item its first row and its rows (classes `f0` … and `l1` … of the stylesheet), its
start as text, and what is wrong with it; for the axis its hours. Where a time or a length is not known nothing is to
scale, and the caller shows a plain list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

STEP = 5
LONGEST = 12 * 60  # the stylesheet has rows for twelve hours
DAY = 24 * 60
AXIS_EVERY = 30
AXIS_ROOM = 2  # rows that the label of the axis needs


@dataclass(frozen=True)
class Item:
    """An item of the agenda: minutes from the start of the session, and its length in minutes; None where unknown."""

    start_minutes: int | None
    length_minutes: int | None


@dataclass(frozen=True)
class Placed:
    """An item on the grid. `is_over` that it ends after the session, `is_clash` that it begins before another ends."""

    from_step: int
    len_step: int
    start: str
    is_over: bool = False
    is_clash: bool = False


@dataclass(frozen=True)
class Gap:
    """Minutes in which nothing is placed."""

    from_step: int
    len_step: int
    start: str
    minutes: int


@dataclass(frozen=True)
class Timetable:
    """A session to scale. `items` stand in the order given; `axis` holds (row, label, whether it is a full hour)."""

    items: tuple[Placed, ...]
    axis: tuple[tuple[int, str, bool], ...]
    gaps: tuple[Gap, ...]
    steps: int
    overrun_minutes: int


def timetable(items: Sequence[Item], starts_at: int | None, length_minutes: int | None) -> Timetable | None:
    """Return the timetable of a session that starts `starts_at` minutes after midnight; None where a time is not known.

    A session longer than twelve hours with its overrun gives None too. Items shorter than a row take one; gaps shorter
    than a row are left out, and so is time after the end of the session.
    """
    known = [
        (item.start_minutes, item.length_minutes)
        for item in items
        if item.start_minutes is not None and item.length_minutes is not None and item.start_minutes >= 0
    ]
    if starts_at is None or not length_minutes or length_minutes < 0 or len(known) < len(items):
        return None
    rows = _rows(known)
    end = max([length_minutes, *(start + length for start, length in known)])
    steps = max([-(-end // STEP), *(first + count for first, count in rows)])
    if steps * STEP > LONGEST:
        return None
    return Timetable(
        items=tuple(
            Placed(first, count, clock(starts_at + start), start + length > length_minutes, _clashes(known, number))
            for number, ((first, count), (start, length)) in enumerate(zip(rows, known, strict=True))
        ),
        axis=_axis(starts_at, steps),
        gaps=_gaps(known, rows, starts_at, length_minutes),
        steps=steps,
        overrun_minutes=end - length_minutes,
    )


def clock(minutes: int) -> str:
    """Return minutes after midnight as a time of day; past midnight the day begins anew."""
    return f"{minutes % DAY // 60:02d}:{minutes % 60:02d}"


def _rows(known: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return first row and rows of each item, its edges at the nearest rows.

    Items that follow one another never share a row: where one is too short for a row of its own, the next moves down.
    """
    rows: dict[int, tuple[int, int]] = {}
    end = 0
    for number in sorted(range(len(known)), key=known.__getitem__):
        start, length = known[number]
        first = round(start / STEP)
        if not _clashes(known, number):
            first = max(first, end)
        rows[number] = (first, max(round((start + length) / STEP) - first, 1))
        end = max(end, sum(rows[number]))
    return [rows[number] for number in range(len(known))]


def _clashes(known: Sequence[tuple[int, int]], number: int) -> bool:
    start, length = known[number]
    return any(
        start < other + its_length and other < start + length
        for place, (other, its_length) in enumerate(known)
        if place != number
    )


def _axis(starts_at: int, steps: int) -> tuple[tuple[int, str, bool], ...]:
    """Return the start, every full and half hour on the grid, without labels that would run into the first."""
    first = -(-starts_at // AXIS_EVERY) * AXIS_EVERY
    marks = [starts_at, *(at for at in range(first, starts_at + steps * STEP + 1, AXIS_EVERY) if at > starts_at)]
    if len(marks) > 1 and marks[1] - starts_at < AXIS_ROOM * STEP:
        del marks[1]
    return tuple((round((at - starts_at) / STEP), clock(at), at % 60 == 0) for at in marks)


def _gaps(
    known: Sequence[tuple[int, int]], rows: Sequence[tuple[int, int]], starts_at: int, length: int
) -> tuple[Gap, ...]:
    placed = sorted(zip(known, rows, strict=True))
    rows_in_session = -(-length // STEP)
    gaps: list[Gap] = []
    free_from = row = 0
    for (start, minutes), (first, count) in [*placed, ((length, 0), (rows_in_session, 0))]:
        free_until, last = min(start, length), min(first, rows_in_session)
        if free_until - free_from >= STEP and last > row:
            gaps.append(Gap(row, last - row, clock(starts_at + free_from), free_until - free_from))
        free_from, row = max(free_from, start + minutes), max(row, first + count)
    return tuple(gaps)
