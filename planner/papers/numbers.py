"""Numbers as papers write them: I, II, III; A, B, C; a, b, c; i, ii, iii."""

from __future__ import annotations

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def upper_roman(number: int) -> str:
    """Return I for 1, IV for 4, and so on."""
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written


def upper_letter(number: int) -> str:
    """Return A for 1, Z for 26, AA for 27, BB for 28: as Word counts, so that texts and its numbers agree."""
    turns, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (turns + 1)
