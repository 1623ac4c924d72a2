"""Feeds narrowed by a theme: all that came of it, as far as the reader may see every step, and nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from planner.access.viewer import public
from planner.core.db import db
from planner.models import ItemKind, SessionItem
from planner.rules.audience import Ground
from planner.services import calendars, changes
from planner.services.feed_choice import Choice, conditions
from tests.calendars.conftest import HOURS, publish
from tests.factories.cycle import make_cycle
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.plan import make_item, make_plan, make_version
from tests.factories.plan_session import edit, make_plan_session

pytestmark = pytest.mark.usefixtures("context")
STRANGER = public(AT.date())


@pytest.fixture
def world(context):
    """A theme with a topic, a session that treats the topic and one that treats nothing, each in its meeting."""
    body, cycle = make_body("group"), make_cycle(13)
    version = make_version(make_plan(body, ref="plan", first=cycle), 1)
    theme = make_item(version, ItemKind.THEME, ref="theme", cycle=cycle)
    topic = make_item(version, ItemKind.TOPIC, ref="topic", cycle=cycle, parent=theme)
    treating, other = (make_meeting(body, ref=ref, start_on="2027-02-16") for ref in ("m1", "m2"))
    session = make_plan_session(treating, ref="treats", **HOURS)
    make_plan_session(other, ref="other", **HOURS)
    with changes.change(WRITER, at=AT) as c:
        db.session.add(SessionItem(session_id=session.id, item_id=topic.id, position=0))
        c.touch(session.id)
    publish(treating.id)
    publish(other.id)
    return SimpleNamespace(theme=theme, topic=topic)


def held(*items):
    """Return the UIDs of a stranger's feed, narrowed to the items if there are any."""
    choice = Choice(item_ids=frozenset(item.id for item in items))
    texts = calendars.read_texts(conditions(STRANGER, choice))
    return sorted(line.removeprefix("UID:") for text, _ in texts for line in text.split("\r\n") if line[:4] == "UID:")


MEETING, SESSION = "meeting-m1@planner", "session-treats@planner"


def test_a_theme_holds_what_came_of_it_and_the_meeting_it_is_in(world):
    assert held() == ["meeting-m1@planner", "meeting-m2@planner", "session-other@planner", "session-treats@planner"]
    assert held(world.theme) == held(world.topic) == held(world.theme, world.topic) == [MEETING, SESSION]


def test_what_hangs_on_it_through_something_closed_is_not_told(world):
    edit(world.topic, audience_own=int(Ground.STATES))
    assert held(world.theme) == []
    assert held(world.topic) == []
    assert SESSION in held()
