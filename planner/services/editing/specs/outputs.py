"""Outputs, decisions, follow-up actions."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from planner.core.db import db
from planner.core.i18n import N_, Message
from planner.models import Decision, FollowUp, Output, OutputVersion, PlanSession, PublishedSession
from planner.rules.lifecycle import ConferenceVerb
from planner.rules.partial_dates import parse_partial_date
from planner.rules.words import OUTPUT_KINDS
from planner.services.editing.kinds import EMAIL, LONG, Choice, Day, Number, Partial, Rows, Text, choice_of
from planner.services.editing.references import Ref
from planner.services.editing.spec import Entry, Field, Spec, Values
from planner.services.editing.specs import common

OWNERS = Ref(("stakeholder", "body"))


def _check_output(values: Values, _entry: Entry) -> dict[str, Message]:
    if not any(values[name] for name in ("session_id", "item_id", "body_id")):
        return {"body_id": N_("Say which session, item of the plan or body it belongs to.")}
    return {}


OUTPUT = Spec(
    kind="output",
    model=Output,
    parents=("session_id", "item_id", "body_id"),
    fields=(
        common.TITLE,
        Field("output_kind", Choice(tuple(OUTPUT_KINDS), "output_kind"), required=True),
        Field("item_id", common.ITEM),
        Field("session_id", common.SESSION),
        Field("body_id", common.BODY),
        Field("cycle_id", common.CYCLE),
        Field("document_id", common.DOCUMENT),
        Field("text", LONG),
        Field("result", LONG),
        Field(
            "versions",
            Rows(
                "versions",
                OutputVersion,
                (
                    Field("number", Number(1, 999), required=True),
                    Field("on_text", Partial()),
                    Field("document_id", common.DOCUMENT),
                    Field("note", Text(1000)),
                ),
                key=("number",),
            ),
        ),
        common.ACTIONS,
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_output,
)


def _check_decision(values: Values, entry: Entry) -> dict[str, Message]:
    session_id = values["session_id"]
    if session_id is not None:
        meeting_id = db.session.scalar(select(PlanSession.meeting_id).where(PlanSession.id == session_id))
        if meeting_id != values["meeting_id"]:
            return {"session_id": N_("This session belongs to another meeting.")}
    if entry.record is not None and values["title"] != entry.stored["title"]:
        return {"title": N_("The text of a decision does not change. Correct it with a reason instead.")}
    return {}


def _derive_decision(record: Decision, values: Values, _entry: Entry) -> None:
    if values["position"] is None:
        record.position = common.next_position(Decision.position, Decision.meeting_id == values["meeting_id"])


DECISION = Spec(
    kind="decision",
    model=Decision,
    parents=("session_id", "meeting_id"),
    fields=(
        common.TITLE,
        Field("meeting_id", common.MEETING, required=True, fixed=True),
        Field("session_id", common.SESSION),
        Field("agenda_item_id", Ref(("agenda_item",))),
        Field("verb", choice_of(ConferenceVerb, "verb")),
        Field("paragraph", Text(20)),
        Field("asked_id", OWNERS),
        Field("position", Number(0, 9999)),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_decision,
    derive=_derive_decision,
)


def _check_follow_up(values: Values, entry: Entry) -> dict[str, Message]:
    tied = values["due_session_id"] is not None
    if tied != (values["due_offset_days"] is not None):
        name = "due_offset_days" if tied else "due_session_id"
        return {name: N_("A date tied to a session needs the session and the number of days.")}
    typed = values["due_on"] if values["due_on"] != entry.stored.get("due_on") else None
    if tied and typed and typed != _computed(values):
        return {"due_on": N_("Give a day, or tie it to a session; not both.")}
    if values["owner_id"] is None and values["owner_email"] is None:
        return {"owner_id": N_("Say who is to do it: a State, an organisation, a body, or an e-mail address.")}
    return {}


def _computed(values: Values) -> str | None:
    """Return the day that lies so many days after (or before) the day of the session, None where that is not known.

    The day is the released one where there is one: a day that is being drafted moves the date when it is released.
    """
    session_id = values["due_session_id"]
    released = db.session.scalar(select(PublishedSession.on_text).where(PublishedSession.session_id == session_id))
    text = released or db.session.scalar(select(PlanSession.on_text).where(PlanSession.id == session_id))
    day = parse_partial_date(text).day if text else None
    return (day + timedelta(days=values["due_offset_days"])).isoformat() if day else None


def _derive_follow_up(record: FollowUp, values: Values, _entry: Entry) -> None:
    if values["due_session_id"] is not None:
        computed = _computed(values)
        record.due_on = date.fromisoformat(computed) if computed else None


FOLLOW_UP = Spec(
    kind="follow_up",
    model=FollowUp,
    parents=("comes_from_id",),
    fields=(
        common.TITLE,
        Field("comes_from_id", Ref(("plan_session", "output", "decision", "meeting")), required=True),
        Field("owner_id", OWNERS),
        Field("owner_email", EMAIL),
        Field("due_on", Day()),
        Field("due_session_id", common.SESSION),
        Field("due_offset_days", Number(-3650, 3650)),
        Field("text", LONG),
        common.DOCUMENTS,
        *common.TAIL,
    ),
    check=_check_follow_up,
    derive=_derive_follow_up,
)

SPECS = (OUTPUT, DECISION, FOLLOW_UP)
__all__ = ["SPECS"]
