"""Rows of a form that come and go by its buttons, without scripts and before anything is saved.

The button "more" sends the form with the name of a list, and gets it back with one more blank entry; "without" names a
list and the place of the row that is taken out. What was typed elsewhere comes back as it was.
"""

from __future__ import annotations

import re

from werkzeug.datastructures import MultiDict

from planner.services.editing.kinds import MOST_ROWS

MORE, WITHOUT = "more", "without"
_ROW = re.compile("(.+)-([0-9]{1,3})")


def rearranged(sent: MultiDict[str, str]) -> tuple[MultiDict[str, str], bool]:
    """Return what was sent with a row more or a row less, and whether that was asked for."""
    out = _ROW.fullmatch(sent.get(WITHOUT, ""))
    if out is not None:
        return _without(sent, out[1], int(out[2])), True
    name = sent.get(MORE)
    if name:
        return _with_one_more(sent, name), True
    return sent, False


def _without(sent: MultiDict[str, str], name: str, gone: int) -> MultiDict[str, str]:
    """Return the fields without one row of a list; those behind it move up by one."""
    kept: list[tuple[str, str]] = []
    for key, value in sent.items(multi=True):
        place = _place(key, name)
        if place is None or place[0] < gone:
            kept.append((key, value))
        elif place[0] > gone:
            kept.append((f"{name}-{place[0] - 1}{place[1]}", value))
    return MultiDict(kept)


def _with_one_more(sent: MultiDict[str, str], name: str) -> MultiDict[str, str]:
    """Return the fields with a blank one behind the last entry of a list."""
    places = [place for key in sent if (place := _place(key, name)) is not None]
    if not places:
        return sent
    last = max(number for number, _ in places)
    blank = [(f"{name}-{last + 1}{rest}", "") for number, rest in places if number == last]
    return MultiDict([*sent.items(multi=True), *(blank if last + 1 < MOST_ROWS else ())])


def _place(key: str, name: str) -> tuple[int, str] | None:
    """Return the number of the row that a field belongs to and what follows it, None for fields of other lists."""
    match = re.fullmatch(re.escape(name) + "-([0-9]{1,3})(-.+)?", key)
    return (int(match[1]), match[2] or "") if match else None
