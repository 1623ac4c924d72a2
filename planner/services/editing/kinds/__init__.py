"""Kinds of values that a form may send: each cleans what came to a plain value, or says in words what is wrong with it.

Plain values are what JSON can hold (text, number, yes or no, list, mapping), so that stored and sent ones can be
compared, shown beside each other and digested. An empty field is None, an empty list [].
"""

from planner.services.editing.kinds.base import LONGEST_TEXT, LONGEST_TITLE, MOST_ROWS, Kind, text_of
from planner.services.editing.kinds.choices import Choice, Choices, FieldName, Flag, Grounds, choice_of
from planner.services.editing.kinds.dates import Clock, Day, Moment, Partial, Zone
from planner.services.editing.kinds.numbers import MINUTES, Degrees, Number
from planner.services.editing.kinds.rows import Rows
from planner.services.editing.kinds.texts import CODE, EMAIL, ISO2, LONG, SLUG, Lines, Shaped, Text

__all__ = [
    "CODE",
    "EMAIL",
    "ISO2",
    "LONG",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MINUTES",
    "MOST_ROWS",
    "SLUG",
    "Choice",
    "Choices",
    "Clock",
    "Day",
    "Degrees",
    "FieldName",
    "Flag",
    "Grounds",
    "Kind",
    "Lines",
    "Moment",
    "Number",
    "Partial",
    "Rows",
    "Shaped",
    "Text",
    "Zone",
    "choice_of",
    "text_of",
]
