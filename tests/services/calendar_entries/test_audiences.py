"""A session that is closed to fewer, or opened to more, goes or comes and changes for nobody who sees it all along."""

from __future__ import annotations

import pytest

from planner.models import GONE, EntryKind
from planner.rules.audience import Ground
from tests.factories.meeting import AT
from tests.factories.plan_session import edit
from tests.services.calendar_entries.shared import texts_of_public_feed

from .shared import DAY, HOURS, entry_of, geneva, morning, publish, said

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def meeting(context):
    return geneva()


@pytest.fixture
def first(meeting):
    session = morning(meeting)
    publish(meeting)
    return session


def in_public_feed(record):
    return texts_of_public_feed(record_id=record.id)


def test_closed_to_fewer_and_opened_again(first):
    before = entry_of(first, EntryKind.SESSION).text
    assert in_public_feed(first) == [before]
    edit(first, audience_own=int(Ground.STATES), at=AT + DAY)
    assert in_public_feed(first) == []
    assert entry_of(first, EntryKind.SESSION).text == before
    busy = entry_of(first, EntryKind.BUSY)
    assert (busy.audience, busy.sequence) == (int(Ground.PUBLIC), 0)
    edit(first, audience_own=None, at=AT + 2 * DAY)
    assert in_public_feed(first) == [before]
    assert entry_of(first, EntryKind.SESSION).sequence == 0
    assert entry_of(first, EntryKind.BUSY).digest == GONE


def test_hours_that_are_not_known_any_more_leave_the_day(meeting, first):
    edit(first, starts_at=None, ends_at=None, at=AT + DAY)
    publish(meeting, at=AT + DAY)
    lines = said(first, EntryKind.SESSION)
    when = (lines["UID"], lines["SEQUENCE"], lines["DTSTART;VALUE=DATE"], lines["DTEND;VALUE=DATE"])
    assert when == ("session-s1@planner", "1", "20270216", "20270217")
    edit(first, **HOURS, at=AT + 2 * DAY)
    publish(meeting, at=AT + 2 * DAY)
    assert said(first, EntryKind.SESSION)["SEQUENCE"] == "2"
