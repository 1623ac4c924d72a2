"""A small world for feeds: a group with a sub-group, a closed forum, and a worked example."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from planner.core.db import db
from planner.models import Origin
from planner.rules.audience import Ground
from planner.services.releases import publish_release
from tests.conftest import _closed, on_database
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.plan_session import make_plan_session

TEN = datetime(2027, 2, 16, 9, 0, tzinfo=UTC)
HOURS = {"on_text": "2027-02-16", "starts_at": TEN, "ends_at": TEN + timedelta(hours=3)}


def publish(meeting_id, at=AT):
    publish_release(meeting_id, name="Programme", actor=WRITER, at=at, origin=Origin.OWN)


@pytest.fixture(scope="package")
def world_template(the_app, databases, empty_template):
    """The database of the world, made once, and what was made."""
    url = databases.new(empty_template)
    with on_database(the_app, url), the_app.app_context():
        group = make_body("group", title="The group")
        sub = make_body("sub", title="The sub-group", parent=group)
        meeting = make_meeting(group, ref="m", title="The meeting", start_on="2027-02-16", end_on="2027-02-17")
        made = SimpleNamespace(
            open=make_plan_session(meeting, ref="open", title="Open", **HOURS).id,
            of_sub=make_plan_session(
                meeting, ref="sub", title="Of the few", position=1, on_text="2027-02-17", body_id=sub.id
            ).id,
            closed=make_plan_session(
                meeting, ref="closed", title="Closed", position=2, audience_own=int(Ground.STATES), **HOURS
            ).id,
            dayless=make_plan_session(meeting, ref="dayless", title="Some time", position=3, on_text="2027-02").id,
            group=group.id,
            sub=sub.id,
            meeting=meeting.id,
        )
        publish(meeting.id)
        made.draft = make_plan_session(meeting, ref="draft", title="Draft", position=4, **HOURS).id
        forum = make_body("forum", title="The forum", work_audience=int(Ground.STATES))
        forum_meeting = make_meeting(forum, ref="f", title="The forum meets", start_on="2027-02-18")
        made.of_forum = make_plan_session(forum_meeting, ref="case", title="A case", on_text="2027-02-18").id
        publish(forum_meeting.id)
        example = make_body("example", title="Made-up group", origin=Origin.ILLUSTRATION)
        example_meeting = make_meeting(
            example, ref="e", title="Made-up meeting", start_on="2027-02-16", origin=Origin.ILLUSTRATION
        )
        made.example = example_meeting.id
        made.of_example = make_plan_session(example_meeting, ref="es", title="Made-up session", **HOURS).id
        publish(example_meeting.id)
        db.session.remove()
    return _closed(url), made


@pytest.fixture
def world(app, databases, world_template):
    """Ids of what was made, and of sessions: open, closed (to others than States), without a day, not released."""
    template, made = world_template
    url = databases.new(template)
    with on_database(app, url):
        yield SimpleNamespace(**vars(made))
    databases.drop(url)


@pytest.fixture
def read(app):
    """Return a function that reads an address as a program without cookies does."""

    def reading(path, **headers):
        app.extensions["remembered"].forget()
        return app.test_client().get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return reading
