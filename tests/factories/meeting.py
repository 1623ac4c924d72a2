"""Meetings for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from planner.access.viewer import system
from planner.core.db import db
from planner.models import Body, BodyKind, Meeting, Origin
from planner.rules.audience import Ground
from planner.services import changes

AT = datetime.fromisoformat("2026-11-24T09:00:00+00:00")
WRITER = system(AT.date(), "a factory")


def make_body(slug: str, *, parent: Body | None = None, at: datetime = AT, **values: Any) -> Body:
    """Make a public body; with `parent` it is a sub-group of it."""
    with changes.change(WRITER, at=at):
        values = {
            "ref": slug,
            "title": slug.upper(),
            "code": slug.upper(),
            "body_kind": BodyKind.WORKING_GROUP,
            "audience_own": int(Ground.PUBLIC) if parent is None else None,
            "parent_id": parent.id if parent else None,
            "audience_parent_id": parent.id if parent else None,
            **values,
        }
        body = Body(slug=slug, **values)
        db.session.add(body)
    return body


def make_meeting(body: Body, *, ref: str, at: datetime = AT, **values: Any) -> Meeting:
    """Make a confirmed meeting of a body, with its audience, without days unless they are given."""
    with changes.change(WRITER, at=at):
        values = {
            "title": ref,
            "state": "confirmed",
            "origin": Origin.OWN,
            "zone": "Europe/Zurich",
            "audience_parent_id": body.id,
            "body_id": body.id,
            **values,
        }
        meeting = Meeting(ref=ref, **values)
        db.session.add(meeting)
    return meeting
