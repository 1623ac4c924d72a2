"""What changed between two programmes of a meeting, as values that the web puts into words.

Programmes are plain values as `services/programmes.py` makes them. A change has `subject` ("session", "item", "slot"),
`kind` (one of `KINDS`), `session_id` and `session` (its title), `id` and `title` of the subject, `field`, `old` and
`new`. An item is one of the agenda, a slot a presentation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from planner.rules.order import out_of_order

Values = Mapping[str, Any]
Change = dict[str, Any]

KINDS = (
    "added", "removed", "cancelled", "restored", "postponed", "merged", "split", "state", "moved", "shortened",
    "lengthened", "renamed", "room", "mode", "order", "presenter", "edited",
)  # fmt: skip
"""All kinds of change. `merged` and `split` name another session: into which, and from which. `moved` is another day,
hour or zone of a session, or another session or item of a slot."""

_WHEN = ("on", "starts_at", "zone")
_SESSION_FIELDS = {
    "title": "renamed",
    "room": "room",
    "mode": "mode",
    "session_kind": "edited",
    "body": "edited",
    "joint_bodies": "edited",
    "text": "edited",
    "remote_url": "edited",
    "treats": "edited",
    "hosts": "edited",
    "chairings": "edited",
    "interventions": "edited",
}
_ITEM_FIELDS = {"title": "renamed", "number": "edited", "text": "edited", "is_break": "edited", "proposed_by": "edited"}
_SLOT_FIELDS = {
    "title": "renamed",
    "presenter_id": "presenter",
    "co_presenters": "presenter",
    "stakeholder_class": "edited",
    "kind": "edited",
    "summary": "edited",
    "state": "state",
}


def compare(old: Values | None, new: Values) -> list[Change]:
    """Return the changes from one programme to the next, in the order of the new one. Without an old one all is new."""
    before = {one["id"]: one for one in (old or {"sessions": []})["sessions"]}
    after = {one["id"]: one for one in new["sessions"]}
    changes: list[Change] = []
    for one in after.values():
        if one["id"] not in before:
            changes.append(_change("session", "added", one, one))
            if one.get("split_from") in before:
                changes.append(_change("session", "split", one, one, "split_from", new=one))
        else:
            changes += _session_changes(before[one["id"]], one)
    changes += [_change("session", "removed", one, one) for key, one in before.items() if key not in after]
    for key in out_of_order(list(before), list(after)):
        changes.append(_change("session", "order", after[key], after[key], "position", old=before[key], new=after[key]))
    return changes + list(_slot_changes(before, after))


def others_named(changes: Iterable[Values]) -> set[int]:
    """Return the ids of the sessions that changes name beside their own: into which one was merged, or split from."""
    return {change["new"] for change in changes if change["kind"] in ("merged", "split")}


def day_changed(old: Values | None, new: Values) -> bool:
    """Say whether a session is on another day than before, or was not there before."""
    return old is None or old["on"] != new["on"]


def _session_changes(old: Values, new: Values) -> Iterator[Change]:
    if new["state"] == "merged":
        if (old["state"], old.get("continued_in")) != (new["state"], new.get("continued_in")):
            yield _change("session", "merged", new, new, "continued_in", new=new)
    elif old["state"] != new["state"]:
        yield _change("session", _state_kind(old["state"], new["state"]), new, new, "state", old=old, new=new)
    for field in _WHEN:
        if old[field] != new[field]:
            yield _change("session", "moved", new, new, field, old=old, new=new)
    lengths = _minutes(old), _minutes(new)
    if lengths[0] != lengths[1]:
        kind = _length_kind(*lengths)
        yield _change("session", kind, new, new, "minutes", old={"minutes": lengths[0]}, new={"minutes": lengths[1]})
    yield from _fields("session", _SESSION_FIELDS, old, new, new)
    yield from _item_changes(old, new)


def _state_kind(old: str, new: str) -> str:
    if old in ("cancelled", "merged"):
        return "restored"
    return new if new in ("cancelled", "postponed") else "state"


def _length_kind(old: int | None, new: int | None) -> str:
    if old is None or new is None:
        return "edited"
    return "shortened" if new < old else "lengthened"


def _minutes(one: Values) -> int | None:
    """Return the length of a session in minutes, None where it is not known."""
    if one["starts_at"] is None:
        length: int | None = one["duration_minutes"]
        return length
    return int(
        (datetime.fromisoformat(one["ends_at"]) - datetime.fromisoformat(one["starts_at"])).total_seconds() // 60
    )


def _item_changes(old: Values, new: Values) -> Iterator[Change]:
    before = {item["id"]: item for item in old["items"]}
    after = {item["id"]: item for item in new["items"]}
    for key, item in after.items():
        if key not in before:
            yield _change("item", "added", item, new)
            continue
        yield from _fields("item", _ITEM_FIELDS, before[key], item, new)
        yield from _length("item", before[key], item, new)
    for key, item in before.items():
        if key not in after:
            yield _change("item", "removed", item, new)
    for key in out_of_order(list(before), list(after)):
        yield _change("item", "order", after[key], new, "position", old=before[key], new=after[key])


def _slot_changes(before: Mapping[int, Values], after: Mapping[int, Values]) -> Iterator[Change]:
    """Compare presentations over the whole meeting: one that goes to another session is moved, and stays the same."""
    old = {slot["offer_id"]: (one, slot) for one in before.values() for slot in one["slots"]}
    new = {slot["offer_id"]: (one, slot) for one in after.values() for slot in one["slots"]}
    for key, (one, slot) in new.items():
        if key not in old:
            yield _change("slot", "added", slot, one)
            continue
        was_in, was = old[key]
        if was_in["id"] != one["id"]:
            yield {**_change("slot", "moved", slot, one, "session_id"), "old": was_in["id"], "new": one["id"]}
        elif was["agenda_item_id"] != slot["agenda_item_id"]:
            yield _change("slot", "moved", slot, one, "agenda_item_id", old=was, new=slot)
        yield from _fields("slot", _SLOT_FIELDS, was, slot, one)
        yield from _length("slot", was, slot, one)
    for key, (one, slot) in old.items():
        if key not in new:
            yield _change("slot", "removed", slot, one)
    for one in after.values():
        if one["id"] in before:
            keys = [[slot["offer_id"] for slot in side[one["id"]]["slots"]] for side in (before, after)]
            for key in out_of_order(*keys):
                yield _change("slot", "order", new[key][1], one, "position", old=old[key][1], new=new[key][1])


def _length(subject: str, old: Values, new: Values, one: Values) -> Iterator[Change]:
    if old["minutes"] != new["minutes"]:
        yield _change(subject, _length_kind(old["minutes"], new["minutes"]), new, one, "minutes", old=old, new=new)


def _fields(subject: str, kinds: Mapping[str, str], old: Values, new: Values, one: Values) -> Iterator[Change]:
    for field, kind in kinds.items():
        if old.get(field) != new.get(field):  # a field that releases hold only since a later version is not there
            yield _change(subject, kind, new, one, field, old=old, new=new)


def _change(
    subject: str,
    kind: str,
    thing: Values,
    one: Values,
    field: str | None = None,
    *,
    old: Values | None = None,
    new: Values | None = None,
) -> Change:
    values = [side.get(field) if side is not None and field else None for side in (old, new)]
    if field == "presenter_id":  # people read the name, not the number
        values = [side["presenter"] if side is not None else None for side in (old, new)]
    return {
        "subject": subject,
        "kind": kind,
        "session_id": one["id"],
        "session": one["title"],
        "id": thing["offer_id"] if subject == "slot" else thing["id"],
        "title": thing["title"],
        "field": field,
        "old": values[0],
        "new": values[1],
    }
