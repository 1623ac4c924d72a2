"""What changed between two versions of a plan: a redline that knows themes, years, merges and splits.

`compare(old, new)` finds the changes, `apply(redline, old)` makes the new version of them again, `clauses(redline, old,
new)` lays both versions out as one text with what was put in and taken out word by word. All are pure; the texts of
versions come from `services/plans/texts.py`.
"""

from planner.rules.redline.apply import apply
from planner.rules.redline.clauses import Clause, Part, clauses
from planner.rules.redline.compare import Added, Change, ChangeKind, Edited, Placed, Redline, Removed, compare
from planner.rules.redline.text import KINDS, Item, Lineage, PlanText, Value
from planner.rules.redline.words import Mark, Piece, compare_words

__all__ = [
    "KINDS",
    "Added",
    "Change",
    "ChangeKind",
    "Clause",
    "Edited",
    "Item",
    "Lineage",
    "Mark",
    "Part",
    "Piece",
    "Placed",
    "PlanText",
    "Redline",
    "Removed",
    "Value",
    "apply",
    "clauses",
    "compare",
    "compare_words",
]
