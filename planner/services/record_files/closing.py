"""In which order a record is written whose state says something of its other facts and rows.

A state that closes a record comes after what it rests on: a version is acted on when its texts are there, an output
when the act of the Conference is, a follow-up is done when its evidence is. A state that opens it again comes before.
The database refuses any other order (migrations, 0002), as it does for a decision, whose text changes after its mark.
"""

from __future__ import annotations

from typing import Any

from planner.models import Decision, PlanVersion, Record
from planner.rules import lifecycle
from planner.services.record_files.rows import Values, differs

_OF_VERSION = frozenset(
    {
        "title", "plan", "plan_id", "version_kind", "number", "position", "on_text", "change", "text_held", "document",
        "document_id", "acted_by_cycle", "acted_by_cycle_id", "comments_until", "based_on", "based_on_id",
    }
)  # fmt: skip
_OF_DECISION = frozenset({"title", "state", "original_text", "correction_reason"})
_CLOSING = {
    "plan_version": frozenset({*lifecycle.PLAN_STATE_OF_VERB.values(), "superseded"}),
    "output": frozenset({"acted_on"}),
    "follow_up": frozenset({"done", "dropped"}),
    "decision": frozenset({"corrected"}),
}


def left_to_change(record: Record, values: Values) -> tuple[Values, bool]:
    """Return the values that an import may still change, and whether it would change others.

    What the Conference acted on stays as it is, and the text of a decision unless the files give the mark. Who finds
    the record wrong takes the act back, or corrects the decision, with a reason; files alone do not.
    """
    stays: frozenset[str] = frozenset()
    if isinstance(record, PlanVersion) and record.is_acted_on:
        is_superseded = values.get("state") == "superseded" and record.state != "superseded"
        stays = _OF_VERSION if is_superseded else _OF_VERSION | {"state"}
    elif isinstance(record, Decision) and not _is_marked(record, values):
        stays = _OF_DECISION
    left = {name: value for name, value in values.items() if name not in stays}
    return left, differs(record, {name: value for name, value in values.items() if name in stays})


def _is_marked(record: Decision, values: Values) -> bool:
    """Say whether the values keep the text of a decision as it is, or correct it with the mark that belongs to it."""
    text = record.original_text or record.title
    mark = values.get("original_text")
    return mark == text if mark is not None else record.original_text is None and values.get("title", text) == text


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
