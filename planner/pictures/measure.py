"""Measure and wrap text by the font's own widths, before anything is drawn.

The widths of IBM Plex Sans (Latin, Greek, Cyrillic) and IBM Plex Sans Arabic stand in `widths.json`, made once by
`scripts/measure_font.py`. Arabic letters are measured in the form they take; Chinese, Japanese and Korean signs
are one em wide, as in every font; signs that our fonts lack are taken as wide, so that a line rather has room left than
none. Kerning is left out. Sizes and widths are in px, `weight` 400 or 600, `stretch` 87.5 or 100 (per cent).
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, takewhile
from pathlib import Path

from planner.pictures.arabic import shaped

UNKNOWN = 800  # 1/1000 em: most letters of other scripts are narrower
WIDE = 1000
PICTOGRAPH = 1350  # emoji fonts draw their signs wider than one em
FIRST_PICTOGRAPH = 0x1F000
HYPHEN = "-"
LEAST, NEAR = 3, 4  # letters that a cut leaves on the next line, and how far back a better place is looked for
VOWELS = frozenset("aeiouyæœøαεηιουωаеёиоуыэюяєіѣ")
SOFT_HYPHEN = "\N{SOFT HYPHEN}"

# Unlike `str.split()` this keeps the spaces that forbid a break (U+00A0, U+2007, U+202F) inside their word.
_SPACES = re.compile("[ \\u1680\\u2000-\\u2006\\u2008-\\u200a\\u205f\\u3000]+")
_BREAK_AFTER = frozenset("-/–—‐")
_NOT_FIRST = frozenset("、。，．：；？！）」』】〉》”’")  # Chinese signs that may not open a line
_NOT_LAST = frozenset("（「『【〈《“‘")  # and those that may not end one
_JOINERS = frozenset("\N{ZERO WIDTH JOINER}")


@dataclass(frozen=True)
class Style:
    """How a kind of text is set: size in px, weight, width in per cent, and the classes that say so in CSS."""

    size: float
    weight: int = 400
    stretch: float = 100
    cls: str = ""


@cache
def _table(weight: int, stretch: float) -> dict[int, int]:
    runs = json.loads(Path(__file__).with_name("widths.json").read_text(encoding="ascii"))[f"{weight}/{stretch:g}"]
    return {first + offset: width for first, widths in runs for offset, width in enumerate(widths) if width is not None}


@cache
def _char_width(char: str, weight: int, stretch: float) -> int:
    """Return the advance of one code point in 1/1000 em."""
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    known = _table(weight, stretch).get(ord(char))
    if known is not None:
        return known
    if ord(char) >= FIRST_PICTOGRAPH and unicodedata.category(char) == "So":
        return PICTOGRAPH
    return WIDE if unicodedata.east_asian_width(char) in "WF" else UNKNOWN


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: int = 400, stretch: float = 100) -> float:
    """Return the width of one line of text in px."""
    return sum(_char_width(char, weight, stretch) for char in shaped(text)) * size / 1000


def clean(text: str) -> str:
    """Return the text as one line: controls and line ends become spaces, soft hyphens and lone surrogates go.

    Presentation ligatures of whole phrases (U+FDFA, U+FDFD) are spelled out: they are wider than any column.
    """
    spelled = (unicodedata.normalize("NFKC", c) if "\ufdf0" <= c <= "\ufdfd" else c for c in text)
    kept = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in "".join(spelled))
    plain = "".join(c for c in kept if c != SOFT_HYPHEN and unicodedata.category(c) != "Cs")
    return " ".join(part for part in _SPACES.split(plain) if part)


def is_rtl(text: str) -> bool:
    """Say whether the first letter with a direction runs from right to left (Unicode UAX 9, rule P2)."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((d for d in directions if d in {"L", "R", "AL"}), "L") != "L"


def wrap(text: str, max_width: float, size: float, weight: int = 400, stretch: float = 100) -> list[str]:
    """Return the lines of a text, none wider than `max_width` px; an empty text has no line.

    Lines break at spaces, after hyphens, dashes and strokes, and between Chinese signs. A word is cut, with a hyphen,
    only where it is wider than a line by itself. A single sign wider than `max_width` stands alone on its line.
    """
    return list(_wrapped(text, max_width, size, weight, stretch))


# The same titles are drawn on every page view, and wrapping is most of the work of a picture.
@lru_cache(maxsize=4096)
def _wrapped(text: str, max_width: float, size: float, weight: int, stretch: float) -> tuple[str, ...]:
    def width(part: str) -> float:
        return text_width(part, size, weight, stretch)

    lines: list[str] = []
    line = ""
    for piece, has_space in _pieces(clean(text)):
        joined = f"{line} {piece}" if line and has_space else line + piece
        if width(joined) <= max_width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _cut(piece, max_width, width(HYPHEN), width) if width(piece) > max_width else [piece]
        lines += full
    return (*lines, line) if line else tuple(lines)


def wrap_styled(text: str, max_width: float, style: Style) -> list[str]:
    """Return the lines of a text set in a style."""
    return wrap(text, max_width, style.size, style.weight, style.stretch)


def width_styled(text: str, style: Style) -> float:
    """Return the width in px of a line set in a style."""
    return text_width(text, style.size, style.weight, style.stretch)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what may stand on a line of its own, and whether a space comes before it."""
    for word in _SPACES.split(text):
        start = 0
        for end in range(1, len(word) + 1):
            if end == len(word) or _may_break(word, end):
                yield word[start:end], start == 0
                start = end


def _may_break(word: str, at: int) -> bool:
    before, after = word[at - 1], word[at]
    if before in _BREAK_AFTER and at > 1:
        return after not in _BREAK_AFTER and not unicodedata.combining(after)
    if after in _NOT_FIRST or before in _NOT_LAST or _is_bound(before, after):
        return False
    return _is_ideograph(before) or _is_ideograph(after)


def _is_ideograph(char: str) -> bool:
    return char >= "\u2e80" and unicodedata.east_asian_width(char) in "WF"


def _is_bound(before: str, after: str) -> bool:
    """Say whether two code points are drawn as one sign: marks, joiners, variation selectors, skin tones."""
    return (
        unicodedata.category(after) in {"Mn", "Me", "Mc"}
        or before in _JOINERS
        or after in _JOINERS
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    )


def _cut(word: str, max_width: float, hyphen: float, width: Callable[[str], float]) -> list[str]:
    """Cut a word that is wider than a line; each part but the last ends with a hyphen, if it ends with a letter."""
    parts: list[str] = []
    signs = list(_signs(word))
    while width("".join(signs)) > max_width and len(signs) > 1:
        fitting = accumulate(signs, lambda part, sign: part + sign)
        most = max(sum(1 for _ in takewhile(lambda part: width(part) + hyphen <= max_width, fitting)), 1)
        at = _best_cut(signs, min(most, len(signs) - 1))
        parts.append("".join(signs[:at]) + (HYPHEN if _is_letter(signs[at - 1]) and _is_letter(signs[at]) else ""))
        signs = signs[at:]
    return [*parts, "".join(signs)]


def _best_cut(signs: list[str], most: int) -> int:
    """Return where to cut, at most `most` signs from the start.

    A syllable mostly begins with one consonant before a vowel ("documenta-tion"), in our languages that write both.
    Where no such place is near, the cut is as late as leaves `LEAST` letters on the next line.
    """
    latest = max(min(most, len(signs) - LEAST), 1)
    for at in range(latest, max(latest - NEAR, LEAST - 1), -1):
        if _is_letter(signs[at]) and not _is_vowel(signs[at]) and _is_vowel(signs[at + 1]):
            return at
    return latest


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign[0])[0] in "LN"


def _is_vowel(sign: str) -> bool:
    return unicodedata.normalize("NFD", sign.lower())[0] in VOWELS


def _signs(word: str) -> Iterator[str]:
    start = 0
    for at in range(1, len(word) + 1):
        if at == len(word) or not _is_bound(word[at - 1], word[at]):
            yield word[start:at]
            start = at
