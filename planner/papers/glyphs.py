"""Which characters the house's fonts can show, read from the fonts themselves (OpenType, table `cmap`).

PDF/UA forbids text that no font can show, and the other signs of the world are many: each is written by its number,
"[U+4E2D]". The DOCX keeps them as they are: whoever opens it has fonts of their own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from struct import unpack_from

MOST_MARKS = 8
FONTS = Path(__file__).parent / "house" / "fonts"


@cache
def shown_characters() -> frozenset[int]:
    """Return the characters that the fonts of normal weight hold; the bold ones hold the same."""
    fonts = sorted(FONTS.glob("*-Regular.ttf"))
    return frozenset(code for font in fonts for code in _characters(font.read_bytes()))


@cache
def _stacked() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in sorted(shown_characters()) if unicodedata.category(chr(code)) == "Mn")
    return re.compile(f"([{re.escape(marks)}]{{{MOST_MARKS}}})[{re.escape(marks)}]+")


@cache
def _hidden() -> re.Pattern[str]:
    ranges: list[list[int]] = []
    for code in sorted(shown_characters() | {ord("\n")}):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    inside = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)
    return re.compile(f"[^{inside}]")


def showable(text: str) -> str:
    """Return a text as the fonts can show it.

    Signs that show nothing themselves, such as joiners, are left out, and so are marks stacked higher than any writing
    has them: Typst ends in a fault on thousands.
    """
    return _stacked().sub(r"\1", _hidden().sub(_named, unicodedata.normalize("NFC", text)))


def _named(found: re.Match[str]) -> str:
    sign = found.group()
    if unicodedata.category(sign) in {"Cc", "Cf", "Mn", "Me", "Zl", "Zp"}:
        return ""
    if unicodedata.category(sign) == "Zs":
        return " "
    return f"[U+{ord(sign):04X}]"


def _characters(font: bytes) -> set[int]:
    """Return the characters of a font: the Unicode tables of its `cmap`, formats 4 and 12."""
    found: set[int] = set()
    start = _table(font, b"cmap")
    (count,) = unpack_from(">H", font, start + 2)
    for number in range(count):
        platform, encoding, offset = unpack_from(">HHL", font, start + 4 + 8 * number)
        if platform == 0 or (platform, encoding) in {(3, 1), (3, 10)}:
            found |= _mapped(font, start + offset)
    return found


def _table(font: bytes, tag: bytes) -> int:
    (count,) = unpack_from(">H", font, 4)
    for number in range(count):
        name, _, offset, _ = unpack_from(">4sLLL", font, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError(f"The font has no table {tag.decode()}.")


def _mapped(font: bytes, at: int) -> set[int]:
    (kind,) = unpack_from(">H", font, at)
    if kind == 12:
        (count,) = unpack_from(">L", font, at + 12)
        groups = (unpack_from(">LLL", font, at + 16 + 12 * number) for number in range(count))
        return {code for first, last, _ in groups for code in range(first, last + 1)}
    if kind != 4:
        return set()
    (twice,) = unpack_from(">H", font, at + 6)
    found: set[int] = set()
    for number in range(twice // 2):
        (last,) = unpack_from(">H", font, at + 14 + 2 * number)
        (first,) = unpack_from(">H", font, at + 16 + twice + 2 * number)
        (delta,) = unpack_from(">h", font, at + 16 + 2 * twice + 2 * number)
        place = at + 16 + 3 * twice + 2 * number
        (offset,) = unpack_from(">H", font, place)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = unpack_from(">H", font, place + offset + 2 * (code - first))[0] if offset else code
            if glyph and (glyph + delta) % 0x10000:
                found.add(code)
    return found
