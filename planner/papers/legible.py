"""Texts as papers can hold them, and how a document symbol is broken into lines."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import datetime

from planner.core.xml_text import xml_safe

LONGEST_TEXT = 200_000
LONGEST_SYMBOL_LINE = 32

_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")


def legible(text: str) -> str:
    """Return a text with one kind of line end, and the replacement sign for what XML cannot hold.

    Raise ValueError where it is longer than `LONGEST_TEXT` signs.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"A text of {len(text)} signs is too long for a paper: {LONGEST_TEXT} is the most.")
    return xml_safe(_LINE_ENDS.sub("\n", text).replace("\t", " "))


class Legible:
    """Makes all texts of a frozen value legible when it is made, and asks for the zone of its instants."""

    def __post_init__(self) -> None:
        """Put the legible texts in the place of those given."""
        for one in fields(self):  # type: ignore[arg-type]  # only dataclasses inherit this
            value = getattr(self, one.name)
            if isinstance(value, datetime) and value.tzinfo is None:
                raise ValueError(f"{one.name} needs a zone.")
            if type(value) is str:
                object.__setattr__(self, one.name, legible(value))


def symbol_lines(symbol: str) -> list[str]:
    """Return a document symbol in the lines in which it stands in the head: broken after a stroke, as is the custom."""
    if len(symbol) <= LONGEST_SYMBOL_LINE:
        return [symbol]
    lines = [""]
    for part in re.split("(?<=/)", symbol):
        if lines[-1] and len(lines[-1] + part) > LONGEST_SYMBOL_LINE:
            lines.append("")
        lines[-1] += part
    return lines
