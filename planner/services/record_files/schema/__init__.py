"""The declared keys of every file and record. What is not declared here is a fault, not a silent drop.

Most keys are those of the record as it was first written; the keys in `EXTRA` and a few marked "own" hold what people
add in the program. What has no key there is in two files of its own (`entered.py`), so that an export loses nothing.
"""

from __future__ import annotations

from planner.services.record_files.schema.bodies import BODIES
from planner.services.record_files.schema.documents import DOCUMENT_FILE
from planner.services.record_files.schema.entered import (
    ADDED,
    ADDITIONS,
    AT_THE_END,
    EDITABLE,
    EDITS,
    WITH_ARTICLES,
    WITH_BODIES,
    WITH_PLANS,
    plural,
)
from planner.services.record_files.schema.instruments import INSTRUMENTS
from planner.services.record_files.schema.meetings import MEETINGS
from planner.services.record_files.schema.parties import PARTIES
from planner.services.record_files.schema.plan import PLANS, VERSION_STATES
from planner.services.record_files.shapes import Shape

FILES: dict[str, Shape] = {
    "documents.yaml": DOCUMENT_FILE,
    "parties.yaml": PARTIES,
    "instruments.yaml": INSTRUMENTS,
    "meetings.yaml": MEETINGS,
    "plan.yaml": PLANS,
    "bodies.yaml": BODIES,
    "additions.yaml": ADDITIONS,
    "edits.yaml": EDITS,
}
"""Every file of a record with its shape. `bodies.yaml` may be left out: then the packaged one counts."""
OPTIONAL_FILE = "bodies.yaml"
ENTERED_FILES = ("additions.yaml", "edits.yaml")
"""What people entered; either file may be left out, and holds nothing then."""

__all__ = [
    "ADDED",
    "AT_THE_END",
    "EDITABLE",
    "ENTERED_FILES",
    "FILES",
    "OPTIONAL_FILE",
    "VERSION_STATES",
    "WITH_ARTICLES",
    "WITH_BODIES",
    "WITH_PLANS",
    "plural",
]
