"""The balance bar: minutes by class of stakeholder in one bar, a thousand units long, in the order of the classes."""

from collections.abc import Mapping
from dataclasses import dataclass

ORDER = ("SP", "SG", "OB", "RO", "IO", "CS", "RA", "IN")
LENGTH, GAP = 1000, 4


@dataclass(frozen=True)
class Segment:
    """The part of one class: its code, its minutes, and where it lies, in thousandths of the bar."""

    code: str
    minutes: int
    x: float
    width: float


def balance(minutes: Mapping[str, int]) -> tuple[Segment, ...]:
    """Return the segments of the classes that have minutes, gaps between them; widths are in proportion.

    Codes outside the eight classes come last, in alphabetical order.
    """
    codes = [code for code in (*ORDER, *sorted(set(minutes) - set(ORDER))) if minutes.get(code, 0) > 0]
    total = sum(minutes[code] for code in codes)
    room = LENGTH - GAP * (len(codes) - 1)
    segments: list[Segment] = []
    before = 0
    for number, code in enumerate(codes):
        start, end = (room * part / total + GAP * number for part in (before, before + minutes[code]))
        segments.append(Segment(code, minutes[code], round(start, 1), round(round(end, 1) - round(start, 1), 1)))
        before += minutes[code]
    return tuple(segments)
