"""What an address asks of a page of calendars: as of a feed (`query.py`), and what only a feed of one's own can hold.

For people who are signed in `only=ours` and `only=followed` narrow it further; `also=follow-ups` adds follow-ups as
all-day entries, `also=busy` the hours of closed sessions. `lang` on a page is the language of the page.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from planner.access.viewer import Viewer
from planner.calendars.query import read_choice
from planner.core.i18n import N_
from planner.services.feed_choice import Choice
from planner.services.registers import BadQuery

ONLY = {"ours": "only_ours", "followed": "only_followed"}
ALSO = {"follow-ups": "deadlines_as_days", "busy": "with_busy"}
OWN = {"only": ONLY, "also": ALSO}
"""What strangers cannot ask for: key of the address → value → field of the choice."""


def read_page_choice(viewer: Viewer, args: MultiDict[str, str], *, further: Collection[str] = ()) -> Choice:
    """Return what the address of a page asks for; `further` are keys that mean something else on it.

    Raises BadQuery for unknown keys and values, for names of nothing, and where strangers ask for what is somebody's.
    """
    asked = MultiDict((key, value) for key, value in args.items(multi=True) if key != "lang")
    choice = read_choice(viewer, asked, further={*further, *OWN})
    flags: dict[str, Any] = {}
    for key, fields in OWN.items():
        for value in asked.getlist(key):
            if value not in fields:
                raise BadQuery(N_("“{name}” names nothing here.", name=value[:40]))
            if not viewer.is_signed_in:
                raise BadQuery(N_("“{name}” is for people who are signed in.", name=value))
            flags[fields[value]] = True
    return replace(choice, **flags)


def needs_own_feed(choice: Choice) -> bool:
    """Say whether no public feed can hold what was chosen."""
    return any(getattr(choice, field) for fields in OWN.values() for field in fields.values())
