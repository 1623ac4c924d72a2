"""Bodies, cycles, offices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from planner.core.db import db
from planner.core.errors import Invalid
from planner.core.i18n import N_, Message
from planner.models import Body, BodyKind, Cycle, Office, OfficeRole, OfficeUser, Record
from planner.rules.audience import Ground
from planner.services.editing.kinds import CODE, LONG, SLUG, Day, Grounds, Number, Rows, Text, choice_of
from planner.services.editing.references import Account
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs import common


def ordered_cycles(values: Values, first: str, last: str) -> dict[str, Message]:
    """Return what is wrong where the last cycle lies before the first."""
    if values[first] is None or values[last] is None:
        return (
            {last: N_("Say with which cycle it begins.")} if values[last] is not None and values[first] is None else {}
        )
    rows = select(Cycle.id, Cycle.until_on).where(Cycle.id.in_([values[first], values[last]]))
    ends = {row[0]: row[1] for row in db.session.execute(rows)}
    return {last: N_("The last cycle is before the first.")} if ends[values[last]] < ends[values[first]] else {}


def ordered_days(values: Values, start: str, end: str) -> dict[str, Message]:
    """Return what is wrong where a period (its end exclusive) holds no day."""
    if values[start] and values[end] and date.fromisoformat(values[end]) <= date.fromisoformat(values[start]):
        return {end: N_("The end must be after the start.")}
    return {}


def _check_body(values: Values, entry: Entry) -> dict[str, Message]:
    wrong = ordered_cycles(values, "first_cycle_id", "last_cycle_id")
    above, seen = values["parent_id"], set[int]()
    while above is not None and entry.record is not None and above not in seen:
        if above == entry.record.id:
            wrong["parent_id"] = N_("A body cannot stand below itself.")
            break
        seen.add(above)
        above = db.session.scalar(select(Body.parent_id).where(Body.id == above))
    return wrong


def _derive_body(record: Body, values: Values, entry: Entry) -> None:
    if entry.record is None:
        record.ref = values["slug"]


BODY = Spec(
    kind="body",
    model=Body,
    parents=("parent_id",),
    fields=(
        common.TITLE,
        Field("code", Text(120), required=True),
        Field("slug", SLUG, required=True),
        Field("body_kind", choice_of(BodyKind, "body_kind"), required=True),
        Field("parent_id", common.BODY),
        Field("first_cycle_id", common.CYCLE),
        Field("last_cycle_id", common.CYCLE),
        Field("description", LONG),
        Field("work_audience", Grounds()),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_body,
    derive=_derive_body,
)
SEEN_BODY = replace(BODY, fields=tuple(replace(one, fixed=one.fixed or one.name == "slug") for one in BODY.fields))
"""A body that others than its officers see: they may have subscribed to the calendar at its address (DESIGN section
10)."""


def is_seen(body: Record) -> bool:
    """Say whether others than its officers see a body, or may be let in by name."""
    return body.published and body.audience != int(Ground.OFFICERS)


def require_slug(body: Body, sent: Mapping[str, Any]) -> None:
    """Raise Invalid where another address is sent for a body that others see."""
    if is_seen(body) and sent.get("slug", body.slug) != body.slug:
        raise Invalid({"slug": N_("Others know the body by this address, and calendars ask for it there. It stays.")})


def _check_cycle(values: Values, _entry: Entry) -> dict[str, Message]:
    return ordered_days(values, "from_on", "until_on")


def _derive_cycle(record: Cycle, values: Values, entry: Entry) -> None:
    if entry.record is None:
        record.ref = values["code"]


CYCLE = Spec(
    kind="cycle",
    model=Cycle,
    fields=(
        common.TITLE,
        Field("code", replace(CODE, most=30), required=True),
        Field("series", replace(CODE, most=20), required=True),
        Field("number", Number(1, 9999), required=True),
        Field("from_on", Day()),
        Field("until_on", Day(), required=True),
        Field("conference_theme", LONG),
        *common.TAIL,
    ),
    check=_check_cycle,
    derive=_derive_cycle,
)


def _check_office(values: Values, entry: Entry) -> dict[str, Message]:
    wrong = ordered_days(values, "from_on", "until_on")
    if values["body_id"] is None and not entry.actor.everywhere:
        wrong["body_id"] = N_("Say of which body. An office of the whole installation is given by its operator.")
    was = entry.stored.get("role")
    if values["role"] == OfficeRole.ADMINISTRATOR != was and not entry.actor.everywhere:
        wrong["role"] = N_("An administrator is made by the operator of the installation.")
    return wrong


def _title_of_office(values: Values, _entry: Entry) -> str:
    if values["title"]:
        return str(values["title"])
    body, cycle = common.record_of(values["body_id"]), common.record_of(values["cycle_id"])
    name = str(values["role"]).capitalize()
    parts: list[Any] = [
        f"{name} of {body.title}" if body is not None else name,
        cycle.title if cycle is not None else None,
    ]
    return ", ".join(part for part in parts if part)[:1000]


OFFICE = Spec(
    kind="office",
    model=Office,
    parents=("body_id",),
    fields=(
        Field("title", Text()),
        Field("role", choice_of(OfficeRole, "office_role"), required=True),
        Field("body_id", common.BODY),
        Field("cycle_id", common.CYCLE),
        Field("holder_id", common.STAKEHOLDER),
        Field("from_on", Day()),
        Field("until_on", Day()),
        Field("users", Rows("users", OfficeUser, (Field("user_id", Account(), required=True),), key=("user_id",))),
        *common.TAIL,
    ),
    check=_check_office,
    title_of=_title_of_office,
)

SPECS = (BODY, CYCLE, OFFICE)
