"""The shapes of `additions.yaml` and `edits.yaml`, which hold what people entered beside the record.

They follow from the tables, so that whatever a record can hold has its key: `additions` are records that no other file
holds, `edits` are what those of the other files hold beside or instead of what their own files say.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Enum, Integer

from planner.core.db import UTCDateTime
from planner.core.i18n import N_
from planner.rules import lifecycle
from planner.rules.audience import PER_RECORD, Ground
from planner.services.record_files import checks
from planner.services.record_files.frozen_checks import changes_fault, programme_fault
from planner.services.record_files.further_kinds import Anything, Frozen, Instant, Link
from planner.services.record_files.kinds import (
    HTTPS,
    Day,
    Degrees,
    Id,
    Kind,
    Matching,
    Number,
    Ref,
    Text,
    Truth,
    Word,
    Zone,
)
from planner.services.record_files.places import Place
from planner.services.record_files.schema.common import GROUNDS, file_shape
from planner.services.record_files.shapes import Check, Many, Shape, reads
from planner.services.record_files.tables import KINDS, Column, Table, table_of_kind

Data = dict[str, Any]
LONGEST = 100_000
_KEY = re.compile(r"[^\x00-\x1f]+")
_LARGEST = 2_000_000_000
_PARTIAL_DATES = ("_on", "_text")
_NAMES_OF_IDS = {"plan_item": "item", "plan_version": "version", "plan_session": "session", "treaty_article": "article"}

WITH_ARTICLES = ("treaty_article", "reference_note")
WITH_BODIES = ("person", "office")
WITH_PLANS = ("plan_version", "plan_item")
_LAST = ("call", "offer", "output", "contribution", "follow_up", "release")
_ALWAYS_ELSEWHERE = frozenset(
    {"source", "stage", "stakeholder", "cycle", "body", "meeting", "document", "instrument", "plan", "plan_session",
     "agenda_item", "decision"}
)  # fmt: skip
"""Kinds of record that the other files hold, all of them."""
_EARLY = (*WITH_ARTICLES, *WITH_BODIES, *WITH_PLANS)
AT_THE_END = (
    *(kind for kind in KINDS if kind not in {*_EARLY, *_LAST, *_ALWAYS_ELSEWHERE}),
    *_LAST,
)
ADDED = (*_EARLY, *AT_THE_END)
"""Kinds of record of which some are in no other file, each after those without which it cannot be."""


def plural(kind: str) -> str:
    """Return the name of the list of a kind of record."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def kind_of(column: Column) -> Kind:
    """Return the kind of value that a column holds in a file."""
    kind = column.column.type
    if column.is_link:
        return Link(column.kinds)
    if column.is_mask:
        return Many(GROUNDS, distinct=True, least=1)
    if column.name == "ground":
        return Word(tuple(str(ground.name).lower() for ground in Ground if ground & PER_RECORD))
    if isinstance(kind, Enum):
        return Word(tuple(member.value for member in kind.enum_class))  # type: ignore[union-attr]
    return _plain_kind(column, kind)


_BY_TYPE: tuple[tuple[type, Kind], ...] = (
    (Boolean, Truth()),
    (Integer, Number(-_LARGEST, _LARGEST)),
    (UTCDateTime, Instant()),
    (Date, Day(whole=True)),
)
_BY_NAME: dict[str, Kind] = {
    "zone": Zone(),
    "remote_url": HTTPS,
    "latitude": Degrees(90),
    "longitude": Degrees(180),
}


def _plain_kind(column: Column, kind: Any) -> Kind:
    if isinstance(kind, JSON):
        return _json_kind(column)
    found = next((value for of, value in _BY_TYPE if isinstance(kind, of)), None)
    if found is not None:
        return found
    if column.name in _BY_NAME:
        return _BY_NAME[column.name]
    is_date = kind.length == 10 and column.name.endswith(_PARTIAL_DATES)
    return Day() if is_date else Text(kind.length or LONGEST)


def _json_kind(column: Column) -> Kind:
    if not column.is_frozen:
        return Anything()
    if column.name == "programme":
        return Frozen(Link(KINDS), dict, programme_fault)
    return Frozen(Link(KINDS), list, changes_fault)


def _keys(table: Table, state_of: str | None) -> dict[str, Kind]:
    keys: dict[str, Kind] = {}
    for column in table.columns:
        if (column.name, column.column.table.name) == ("state", "record"):
            if state_of in lifecycle.LIFECYCLES:
                keys["state"] = Word(lifecycle.states(str(state_of)))
        else:
            keys[column.key] = kind_of(column)
    for name, rows in table.rows.items():
        needed = [column.key for column in rows.columns if column.is_needed]
        keys[name] = Many(Shape(_keys(rows, None), needed, _ROW_CHECKS.get(name, ())))
    return keys


@reads("opens_at", "closes_at")
def _call_in_order(data: Data, place: Place) -> None:
    if data["closes_at"] <= data["opens_at"]:
        place.inside("closes_at").fault(N_("A call closes after it opens."))


@reads("due_session", "due_offset_days")
def _due_rule_whole(data: Data, place: Place) -> None:
    if ("due_session" in data) != ("due_offset_days" in data):
        missing = "due_offset_days" if "due_session" in data else "due_session"
        place.inside(missing).fault(N_("A date tied to a session needs the session and the number of days."))


@reads("closed_on", "evidence", "reason")
def _closed_with_ground(data: Data, place: Place) -> None:
    if "closed_on" in data and "evidence" not in data and "reason" not in data:
        place.inside("evidence").fault(N_("What is closed needs evidence or a reason."))


@reads("from_on", "until_on")
def _days_in_order(data: Data, place: Place) -> None:
    if "from_on" in data and "until_on" in data and data["until_on"] <= data["from_on"]:
        place.inside("until_on").fault(N_("The end must be after the start."))


@reads("version_kind", "number")
def _numbered_has_number(data: Data, place: Place) -> None:
    if (data["version_kind"] == "numbered") != ("number" in data):
        place.inside("number").fault(N_("A numbered version has a number, and no other has one."))


_CHECKS: dict[str, tuple[Check, ...]] = {
    "call": (_call_in_order,),
    "follow_up": (_due_rule_whole, _closed_with_ground),
    "office": (_days_in_order,),
    "plan_version": (_numbered_has_number,),
}
_ROW_CHECKS: dict[str, tuple[Check, ...]] = {
    "delegations": (_days_in_order,),
    "citations": (checks.confidence_needs_provenance,),
}


def _addition(kind: str) -> Shape:
    table = table_of_kind(kind)
    needed = ["id", "origin", *(column.key for column in table.columns if column.is_needed)]
    if kind in lifecycle.LIFECYCLES:
        needed.append("state")
    keys = {"id": Id(_NAMES_OF_IDS.get(kind, kind)), **_keys(table, kind)}
    return Shape(keys, needed, _CHECKS.get(kind, ()), key="id", name=plural(kind))


def _edit(kind: str) -> Shape:
    table = table_of_kind(kind)
    emptied = Word(tuple(column.key for column in table.columns if column.column.nullable and column.name != "state"))
    keys: dict[str, Kind] = {
        "id": Matching(_KEY, N_("the key of a record")),
        "without": Many(emptied, distinct=True),
        **_keys(table, kind),
    }
    return Shape(keys, ("id",), (_not_both,), key="id", name=plural(kind))


@reads("without")
def _not_both(data: Data, place: Place) -> None:
    for key in data.get("without", ()):
        if key in data:
            place.inside(key).fault(N_("“{key}” is given, and said to be empty.", key=key))


_NEVER_ELSEWHERE = frozenset({"person", "call", "contribution", "follow_up", "release"})
EDITABLE = tuple(kind for kind in KINDS if kind not in _NEVER_ELSEWHERE)
"""Kinds of record of which the other files hold some."""

ADDITIONS = file_shape(
    {**{plural(kind): Many(_addition(kind)) for kind in ADDED}, "unreleased": Many(Ref("meeting"), distinct=True)}
)
"""`unreleased` names meetings of which an import releases no programme itself: what of them everybody sees are the
releases given here, if any."""
EDITS = file_shape({plural(kind): Many(_edit(kind)) for kind in EDITABLE})
