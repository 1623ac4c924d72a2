"""Events that remind of themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from planner.formats.alarms import with_alarm
from planner.formats.entry import PLACEHOLDER
from planner.formats.ical import object_text
from tests.factories.entry import written

HOUR = timedelta(hours=1)
AT = datetime(2027, 2, 16, 9, tzinfo=UTC)
SAID = {"uid": "one@planner", "created": AT, "last_modified": AT, "summary": "Straße; a, b " * 9}


def test_an_event_with_hours_reminds_in_its_own_words():
    event = written(component="VEVENT", starts=AT, ends=AT + timedelta(hours=1), **SAID)
    text = object_text(with_alarm(event, minutes=15), zones=())
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (alarm,) = Calendar.from_ical(text).walk("VALARM")
    assert (alarm["TRIGGER"].dt, str(alarm["DESCRIPTION"])) == (timedelta(minutes=-15), SAID["summary"].strip())


def test_a_presentation_reminds_though_its_session_takes_its_hours():
    event = written(component="VEVENT", starts=AT, ends=AT + timedelta(minutes=20), transparent=True, **SAID)
    assert with_alarm(event, minutes=15).count("TRIGGER:-PT15M\r\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        written(component="VEVENT", starts=date(2027, 2, 16), **SAID),
        written(component="VEVENT", starts=AT, transparent=True, **SAID),
        written(component="VEVENT", starts=AT, status="CANCELLED", **SAID),
        written(component="VTODO", due=AT, **SAID),
        written(component="VEVENT", starts=AT, ends=AT + HOUR, transparent=True, status="CANCELLED", **SAID),
        written(component="VEVENT", starts=AT, ends=AT + HOUR, **SAID | {"uid": f"{PLACEHOLDER}one@planner"}),
    ],
)
def test_what_takes_no_time_and_what_is_a_placeholder_reminds_of_nothing(text):
    assert with_alarm(text, minutes=15) == text
