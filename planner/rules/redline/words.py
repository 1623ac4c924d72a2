"""Two texts compared word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_HELD = 12
"""Characters up to which words that stayed between two changes are struck and written anew, if they are fewer than what
changed around them: one struck phrase reads better than a sentence in shreds."""


class Mark(StrEnum):
    """Whether a piece is in both texts, in the new one only, or in the old one only."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True)
class Piece:
    """A run of characters with one mark."""

    mark: Mark
    text: str


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """Return both texts as one: the pieces that are not inserted are the old one, those not deleted the new one.

    Words stay whole. Where a word takes the place of another the deleted one comes first.
    """
    if old == new:
        return (Piece(Mark.SAME, old),) if old else ()
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    steps: list[tuple[str, str, str]] = []
    for step in Indel.opcodes(before, after):
        was = "".join(before[step.src_start : step.src_end])
        now = "".join(after[step.dest_start : step.dest_end])
        same = was if step.tag == "equal" else ""
        steps.append((same, "" if same else was, "" if same else now))
    return tuple(_pieces(_joined(steps)))


def _joined(steps: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield steps with what changes side by side joined, over short words that stayed between two changes."""
    out: list[list[str]] = []
    for place, (same, was, now) in enumerate(steps):
        if same and 0 < place < len(steps) - 1 and out and not out[-1][0] and _is_shred(same, out[-1], steps, place):
            out[-1][1] += same
            out[-1][2] += same
        elif not same and out and not out[-1][0]:
            out[-1][1] += was
            out[-1][2] += now
        else:
            out.append([same, was, now])
    for same, was, now in out:
        yield same, was, now


def _is_shred(same: str, before: list[str], steps: list[tuple[str, str, str]], place: int) -> bool:
    if same.isspace():
        # a blank between two words that were both replaced
        following = _changed_after(steps, place)
        return bool(before[1] and following[0]) or bool(before[2] and following[1])
    following = _changed_after(steps, place)
    around = min(len(before[1]) + len(before[2]), len(following[0]) + len(following[1]))
    return len(same) <= _HELD and len(same.strip()) < around and bool(before[1] and before[2] and all(following))


def _changed_after(steps: list[tuple[str, str, str]], place: int) -> tuple[str, str]:
    was = now = ""
    for same, one, other in steps[place + 1 :]:
        if same:
            break
        was, now = was + one, now + other
    return was, now


def _pieces(steps: Iterator[tuple[str, str, str]]) -> Iterator[Piece]:
    for same, was, now in steps:
        for mark, text in ((Mark.SAME, same), (Mark.DELETED, was), (Mark.INSERTED, now)):
            if text:
                yield Piece(mark, text)
