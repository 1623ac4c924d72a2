"""In which order a record is written whose state says something of its other facts and rows.

A state that closes a record comes after what it rests on: a version is acted on when its texts are there, an output
when the act of the Conference is, a follow-up is done when its evidence is. A state that opens it again comes before.
The database refuses any other order (migrations, 0002), as it does for a decision, whose text changes after its mark.
"""

from __future__ import annotations

from typing import Any

from planner.models import Record
from planner.rules import lifecycle
from planner.services.record_files.rows import Values, differs

_CLOSING = {
    "plan_version": frozenset({*lifecycle.PLAN_STATE_OF_VERB.values(), "superseded"}),
    "output": frozenset({"acted_on"}),
    "follow_up": frozenset({"done", "dropped"}),
    "decision": frozenset({"corrected"}),
}


def held_back_of_new(kind: str, values: dict[str, Any], *, has_texts: bool) -> Values:
    """Have a new record begin in the first state of its kind where its own has to wait; return what it gets then.

    `has_texts` says that the texts of a version are still to come. A decision holds its mark from the beginning.
    """
    state = values.get("state")
    waits = has_texts if kind == "plan_version" else kind != "decision" and state in _CLOSING.get(kind, ())
    if not waits:
        return {}
    values["state"] = lifecycle.initial(kind)
    return {"state": state}


def parted(record: Record, values: Values) -> tuple[Values, Values, Values]:
    """Return the values of a record that come first, those between, and those that come last."""
    closing = _CLOSING.get(record.kind, frozenset())
    names = {"state", "title"} if record.kind == "decision" else {"state"}
    own = {name: value for name, value in values.items() if name in names}
    if not closing or not differs(record, own):
        return {}, values, {}
    between = {name: value for name, value in values.items() if name not in own}
    is_opened = record.state in closing and record.kind != "decision"
    return (own, between, {}) if is_opened else ({}, between, own)
