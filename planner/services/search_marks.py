"""Marks in what was found: a text cut into pieces, those that match a word told apart, whatever case and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

BEFORE = 60
LENGTH = 220
"""How many signs an excerpt shows before its first match, and in all."""


class Piece(NamedTuple):
    """A piece of text, and whether it is what was looked for."""

    text: str
    is_match: bool


def mark(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """Return the whole text in pieces; joined they are the text."""
    pieces: list[Piece] = []
    end = 0
    for start, stop in _matches(text, words):
        if start > end:
            pieces.append(Piece(text[end:start], is_match=False))
        pieces.append(Piece(text[start:stop], is_match=True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:], is_match=False))
    return tuple(pieces)


def excerpt(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """Return the part of a text around its first match in pieces, with "…" where it was cut, else its beginning."""
    text = " ".join(text.split())
    first = next(iter(_matches(text, words)), (0, 0))[0]
    start = max(0, first - BEFORE)
    if start:
        start = text.find(" ", start, first) + 1 or start
    part = text[start : start + LENGTH]
    before = (Piece("… ", is_match=False),) if start else ()
    after = (Piece(" …", is_match=False),) if start + LENGTH < len(text) else ()
    return (*before, *mark(part, words), *after)


def _matches(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places (from inclusive, until exclusive) where a word begins like one that was asked for.

    In scripts without blanks every place counts, as no sign there begins a word.
    """
    folded, places = _fold(text)
    found: list[tuple[int, int]] = []
    for word in words:
        wanted = _fold(word)[0]
        at = folded.find(wanted) if wanted else -1
        while at >= 0:
            if at == 0 or not _is_letter(folded[at - 1]) or ord(folded[at]) > 0x2E00:
                found.append((places[at], places[at + len(wanted) - 1] + 1))
            at = folded.find(wanted, at + len(wanted))
    return _without_overlap(sorted(found))


def _without_overlap(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, stop in found:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], stop))
        else:
            kept.append((start, stop))
    return kept


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the text without case and accents, and the place in the text of each of its signs."""
    folded: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for base in unicodedata.normalize("NFD", sign):
            if not "\u0300" <= base <= "\u036f":
                for small in base.casefold():
                    folded.append(small)
                    places.append(place)
    return "".join(folded), places


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LN"
