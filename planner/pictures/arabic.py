"""Which form an Arabic letter takes between its neighbours, as the presentation form that Unicode keeps for it.

Only to measure: an initial or medial form is much narrower than the letter alone. Ligatures, as lam with alef, are left
out: they are a little narrower than their letters. Tatweel joins on both sides. See the Unicode standard, section 9.2.
"""

import unicodedata
from functools import cache

FIRST_FORM, LAST_FORM = 0xFB50, 0xFEFC
TATWEEL = "\N{ARABIC TATWEEL}"


@cache
def _forms() -> dict[tuple[str, str], str]:
    """Return (letter, form) → sign, for single letters."""
    found: dict[tuple[str, str], str] = {}
    for code in range(FIRST_FORM, LAST_FORM + 1):
        form, _, letter = unicodedata.decomposition(chr(code)).partition(" ")
        if form in {"<initial>", "<medial>", "<final>"} and " " not in letter:
            found[chr(int(letter, 16)), form] = chr(code)
    return found


def shaped(text: str) -> str:
    """Return the text with each Arabic letter in the form it is drawn in; marks are left out, other signs stay."""
    if not any("\u0600" <= char <= "\u06ff" for char in text):
        return text
    letters = [char for char in text if unicodedata.category(char) != "Mn"]
    before = [False, *(_joins_next(char) for char in letters[:-1])]
    after = [*(_joins_previous(char) for char in letters[1:]), False]
    return "".join(_form(*places) for places in zip(letters, before, after, strict=True))


def _joins_next(char: str) -> bool:
    return (char, "<initial>") in _forms() or char == TATWEEL


def _joins_previous(char: str) -> bool:
    return (char, "<final>") in _forms() or char == TATWEEL


def _form(char: str, is_joined_before: bool, is_joined_after: bool) -> str:
    before = is_joined_before and _joins_previous(char)
    after = is_joined_after and _joins_next(char)
    name = {(True, True): "<medial>", (True, False): "<final>", (False, True): "<initial>"}.get((before, after), "")
    return _forms().get((char, name), char)
