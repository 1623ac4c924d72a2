"""Events that remind of themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from planner.formats.ical import object_text, with_alarm
from tests.factories.entry import written

AT = datetime(2027, 2, 16, 9, tzinfo=UTC)
SAID = {"uid": "one@planner", "created": AT, "last_modified": AT, "summary": "Straße; a, b " * 9}


def test_an_event_with_hours_reminds_in_its_own_words():
    event = written(component="VEVENT", starts=AT, ends=AT + timedelta(hours=1), **SAID)
    text = object_text(with_alarm(event, minutes=15), zones=())
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (alarm,) = Calendar.from_ical(text).walk("VALARM")
    assert (alarm["TRIGGER"].dt, str(alarm["DESCRIPTION"])) == (timedelta(minutes=-15), SAID["summary"].strip())


@pytest.mark.parametrize(
    "text",
    [
        written(component="VEVENT", starts=date(2027, 2, 16), **SAID),
        written(component="VEVENT", starts=AT, transparent=True, **SAID),
        written(component="VEVENT", starts=AT, status="CANCELLED", **SAID),
        written(component="VTODO", due=AT, **SAID),
    ],
)
def test_what_takes_no_time_reminds_of_nothing(text):
    assert with_alarm(text, minutes=15) == text
