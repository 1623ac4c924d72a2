"""What programs that keep calendars in step (CalDAV) are given; no HTTP.

`holdings` says which calendars a person has, `items` what each holds, `telling` what has changed since a program was
told last, `marking` takes what a person did to a task.
"""

from planner.services.dav.holdings import Holding, find_holding, list_holdings
from planner.services.dav.items import Item, find_item, list_items
from planner.services.dav.marking import Refused, mark_task
from planner.services.dav.telling import Change, State, UnknownToken, changes_since, state_of

__all__ = [
    "Change",
    "Holding",
    "Item",
    "Refused",
    "State",
    "UnknownToken",
    "changes_since",
    "find_holding",
    "find_item",
    "list_holdings",
    "list_items",
    "mark_task",
    "state_of",
]
