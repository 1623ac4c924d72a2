"""The selects that calendar entries rest on: records with what their entries say of their meeting and body."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import FromClause, Select, select

from planner.core.db import db, table_of
from planner.models import Body, FollowUp, Meeting, Plan, PlanVersion, Record

record = table_of(Record).alias("record_of_entry")
meeting = table_of(Meeting).alias("meeting_of_entry")
meeting_record = table_of(Record).alias("record_of_meeting")
body = table_of(Body).alias("body_of_entry")
body_record = table_of(Record).alias("record_of_body")


def of_record() -> list[Any]:
    """Return the columns that every record has."""
    columns = ("id", "ref", "origin", "title", "public_title", "state", "audience", "home_body_id", "home_meeting_id")
    return [*(record.c[name] for name in columns), record.c.created_at]


def of_body() -> list[Any]:
    """Return what is said of a body."""
    return [
        body.c.id.label("body_id"),
        body.c.code.label("body_code"),
        body.c.work_audience,
        body_record.c.title.label("body_title"),
    ]


def with_meeting(ids: list[int], *, source: FromClause | None, record_id: Any, meeting_id: Any) -> Select[Any]:
    """Return the select of published records with their meeting and its body.

    `record_id` and `meeting_id` are columns of `source`, or of the records themselves where there is no source.
    """
    of_meeting = (
        "zone", "city", "venue", "latitude", "longitude", "mode", "theme", "restricted", "start_on", "end_on",
        "cycle_id", "registration_opens_on", "registration_closes_on",
    )  # fmt: skip
    chosen = select(
        *of_record(),
        meeting.c.id.label("meeting_id"),
        *(meeting.c[name] for name in of_meeting),
        meeting_record.c.ref.label("meeting_ref"),
        meeting_record.c.title.label("meeting_title"),
        meeting_record.c.state.label("meeting_state"),
        meeting_record.c.audience.label("meeting_audience"),
        *of_body(),
    ).select_from(record)
    if source is not None:
        chosen = chosen.join(source, record_id == record.c.id)
    return (
        chosen.join(meeting, meeting.c.id == meeting_id)
        .join(meeting_record, meeting_record.c.id == meeting.c.id)
        .join(body, body.c.id == meeting.c.body_id)
        .join(body_record, body_record.c.id == body.c.id)
        .where(record.c.id.in_(ids), record.c.published)
        .order_by(record.c.id)
    )


def consultations(ids: list[int]) -> Select[Any]:
    """Return the select of published plan versions with a comment round, their plan and its body."""
    version, plan = table_of(PlanVersion), table_of(Plan)
    plan_record = table_of(Record).alias("record_of_plan")
    return (
        select(*of_record(), version.c.comments_until, plan_record.c.title.label("plan_title"), *of_body())
        .select_from(record)
        .join(version, version.c.id == record.c.id)
        .join(plan, plan.c.id == version.c.plan_id)
        .join(plan_record, plan_record.c.id == plan.c.id)
        .join(body, body.c.id == plan.c.body_id)
        .join(body_record, body_record.c.id == body.c.id)
        .where(record.c.id.in_(ids), record.c.published, version.c.comments_until.is_not(None))
        .order_by(record.c.id)
    )


def follow_ups(ids: list[int]) -> Select[Any]:
    """Return the select of published follow-ups that are due on a day, their body and their owner."""
    follow_up = table_of(FollowUp)
    owner = table_of(Record).alias("record_of_owner")
    return (
        select(
            *of_record(),
            follow_up.c.due_on,
            follow_up.c.text,
            owner.c.title.label("owner_title"),
            owner.c.audience.label("owner_audience"),
            owner.c.published.label("owner_published"),
            *of_body(),
        )
        .select_from(record)
        .join(follow_up, follow_up.c.id == record.c.id)
        .join(body, body.c.id == record.c.home_body_id)
        .join(body_record, body_record.c.id == body.c.id)
        .outerjoin(owner, owner.c.id == follow_up.c.owner_id)
        .where(record.c.id.in_(ids), record.c.published, follow_up.c.due_on.is_not(None))
        .order_by(record.c.id)
    )


def grouped_rows(rows: Any) -> dict[int, list[Any]]:
    """Return the second column of a select by the first."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for key, value in db.session.execute(rows):
        grouped[key].append(value)
    return grouped
