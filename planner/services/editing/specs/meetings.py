"""Meetings, sessions, items of the agenda."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from planner.core.db import db
from planner.core.i18n import N_, Message
from planner.models import (
    AgendaItem,
    Intervention,
    Meeting,
    MeetingBody,
    Mode,
    PlanSession,
    SessionBody,
    SessionItem,
    SessionKind,
)
from planner.rules.partial_dates import parse_partial_date
from planner.rules.words import SERIES
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds import ISO2 as COUNTRY
from planner.services.editing.kinds import (
    LONG,
    MINUTES,
    Choice,
    Clock,
    Degrees,
    Flag,
    Number,
    Partial,
    Rows,
    Shaped,
    Text,
    Zone,
    choice_of,
)
from planner.services.editing.local_times import instant_of, local_of
from planner.services.editing.references import Keys, Links
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs import arrangements, common

SESSION_KINDS = choice_of(SessionKind, "session_kind")
MODES = choice_of(Mode, "mode")
REMOTE_URL = Shaped(
    re.compile(r"https://[!#-;=?-\[\]_a-z~]{3,480}"),
    N_("An address for remote access begins with https:// and holds no blanks and no letters with accents."),
    500,
)
_ORDERED = (
    ("start_on", "end_on"),
    ("week_from_on", "week_until_on"),
    ("registration_opens_on", "registration_closes_on"),
)


def ordered_dates(values: Values, pairs: tuple[tuple[str, str], ...]) -> dict[str, Message]:
    """Return what is wrong where an end is certainly before its start."""
    wrong: dict[str, Message] = {}
    for start, end in pairs:
        first, last = values.get(start), values.get(end)
        if first and last and parse_partial_date(last).latest < parse_partial_date(first).earliest:
            wrong[end] = N_("The end is before the start.")
    return wrong


def _check_meeting(values: Values, entry: Entry) -> dict[str, Message]:
    wrong = ordered_dates(values, _ORDERED)
    for start, end in _ORDERED[:1]:
        if values[end] and not values[start]:
            wrong[start] = N_("A meeting with an end needs a start.")
    for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if values[one] is None and values[other] is not None:
            wrong[one] = N_("A place has both a latitude and a longitude.")
    if entry.record is not None and values["held_during_id"] == entry.record.id:
        wrong["held_during_id"] = N_("A meeting cannot be held during itself.")
    if values["body_id"] in values["joint_bodies"]:
        wrong["joint_bodies"] = N_("The body that meets is not a further one.")
    return wrong


MEETING = Spec(
    kind="meeting",
    model=Meeting,
    parents=("body_id",),
    fields=(
        common.TITLE,
        Field("body_id", common.BODY, required=True),
        Field("cycle_id", common.CYCLE),
        Field("series", Choice(tuple(SERIES), "series")),
        Field("joint_bodies", Links(("body",), "joint_bodies", MeetingBody, "body_id")),
        Field("start_on", Partial()),
        Field("end_on", Partial()),
        Field("zone", Zone(), required=True),
        Field("mode", MODES),
        Field("city", Text(120)),
        Field("country", COUNTRY),
        Field("venue", Text(300)),
        Field("latitude", Degrees(90)),
        Field("longitude", Degrees(180)),
        Field("theme", LONG),
        Field("week_from_on", Partial()),
        Field("week_until_on", Partial()),
        Field("registration_opens_on", Partial()),
        Field("registration_closes_on", Partial()),
        Field("notified_on", Partial()),
        Field("invited_on", Partial()),
        Field("held_during_id", common.MEETING),
        Field("restricted", Flag()),
        *arrangements.FIELDS,
        common.HOSTS,
        common.CHAIRINGS,
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_meeting,
    derive=arrangements.derive,
    read=arrangements.read,
)


def _read_session(record: PlanSession) -> Values:
    starts, ends = (local_of(instant, record.zone) for instant in (record.starts_at, record.ends_at))
    return {"start": starts[11:] if starts else None, "end": ends[11:] if ends else None}


def _check_session(values: Values, entry: Entry) -> dict[str, Message]:
    start, end, day = values["start"], values["end"], values["on_text"]
    wrong: dict[str, Message] = {}
    if bool(start) != bool(end):
        wrong["end" if start else "start"] = N_("A session has both hours, or none where they are not known.")
        return wrong
    if not start:
        return wrong
    if day is None or len(day) != 10:
        return {"on_text": N_("A session with hours needs its day, as in 2027-02-16.")}
    instants = {}
    for name in ("start", "end"):
        try:
            instants[name] = instant_of(f"{day}T{values[name]}", _zone(values, entry))
        except Wrong as error:
            wrong[name] = error.parts[""]
    if not wrong and instants["end"] <= instants["start"]:
        wrong["end"] = N_("The end must be after the start.")
    return wrong


def _zone(values: Values, _entry: Entry) -> str:
    if values["zone"]:
        return str(values["zone"])
    zone = db.session.scalar(select(Meeting.zone).where(Meeting.id == values["meeting_id"]))
    return zone or "UTC"


def _derive_session(record: PlanSession, values: Values, entry: Entry) -> None:
    record.zone = _zone(values, entry)
    if values["start"]:
        record.starts_at = instant_of(f"{values['on_text']}T{values['start']}", record.zone)
        record.ends_at = instant_of(f"{values['on_text']}T{values['end']}", record.zone)
    else:
        record.starts_at = record.ends_at = None
    if values["position"] is None:
        record.position = common.next_position(PlanSession.position, PlanSession.meeting_id == values["meeting_id"])


PLAN_SESSION = Spec(
    kind="plan_session",
    model=PlanSession,
    parents=("meeting_id",),
    published=False,
    fields=(
        common.TITLE,
        Field("meeting_id", common.MEETING, required=True, fixed=True),
        Field("session_kind", SESSION_KINDS, required=True),
        Field("on_text", Partial()),
        Field("start", Clock(), on="virtual"),
        Field("end", Clock(), on="virtual"),
        Field("zone", Zone()),
        Field("duration_minutes", MINUTES),
        Field("room", Text(200)),
        Field("mode", MODES),
        Field("remote_url", REMOTE_URL),
        Field("body_id", common.BODY),
        Field("joint_bodies", Links(("body",), "joint_bodies", SessionBody, "body_id")),
        Field("position", Number(0, 9999)),
        Field("text", LONG),
        Field("titles_are_ours", Flag()),
        Field("numbering_is_ours", Flag()),
        Field("items", Links(("plan_item",), "item_links", SessionItem, "item_id")),
        Field(
            "interventions",
            Rows("interventions", Intervention, (Field("stakeholder_id", common.STAKEHOLDER, required=True),)),
        ),
        common.HOSTS,
        common.CHAIRINGS,
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_session,
    derive=_derive_session,
    read=_read_session,
)


def _derive_agenda_item(record: AgendaItem, values: Values, _entry: Entry) -> None:
    if values["position"] is None:
        record.position = common.next_position(AgendaItem.position, AgendaItem.session_id == values["session_id"])


def _touch_session(_record: Any, values: Values, entry: Entry) -> None:
    """Have the search text of the session follow its agenda."""
    if entry.changes is not None:
        entry.changes.touch(values["session_id"])


AGENDA_ITEM = Spec(
    kind="agenda_item",
    model=AgendaItem,
    parents=("session_id",),
    published=False,
    fields=(
        common.TITLE,
        Field("session_id", common.SESSION, required=True, fixed=True),
        Field("number", Text(20)),
        Field("position", Number(0, 9999)),
        Field("minutes", MINUTES),
        Field("is_break", Flag()),
        Field("text", LONG),
        Field("proposed_by", Keys(("stakeholder",))),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    derive=_derive_agenda_item,
    after=_touch_session,
)

SPECS = (MEETING, PLAN_SESSION, AGENDA_ITEM)
