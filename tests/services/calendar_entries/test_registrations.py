"""Delegates read when registration opens and closes, as far as the whole day is known."""

from __future__ import annotations

import pytest

from planner.models import GONE, EntryKind
from planner.rules.audience import Ground
from tests.factories.meeting import AT
from tests.factories.plan_session import edit
from tests.services.calendar_entries.shared import texts_of_public_feed

from .shared import DAY, entry_of, geneva, revisions, said

OPENS, CLOSES = EntryKind.REGISTRATION_OPENS, EntryKind.REGISTRATION_CLOSES

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def meeting(context):
    return geneva(registration_opens_on="2026-12-01", registration_closes_on="2027-01-15")


def test_the_two_days(meeting):
    assert said(meeting, CLOSES) == {
        "BEGIN": "VEVENT",
        "SUMMARY": "Registration closes: First meeting",
        "DTSTART;VALUE=DATE": "20270115",
        "DTEND;VALUE=DATE": "20270116",
        "DTSTAMP": "20261124T090000Z",
        "UID": "registration-closes-m1@planner",
        "SEQUENCE": "0",
        "CATEGORIES": "WGX",
        "CREATED": "20261124T090000Z",
        "DESCRIPTION": "Working group X",
        "LAST-MODIFIED": "20261124T090000Z",
        "RELATED-TO": "meeting-m1@planner",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "END": "VEVENT",
    }
    opens = said(meeting, OPENS)
    assert (opens["SUMMARY"], opens["DTSTART;VALUE=DATE"], opens["UID"]) == (
        "Registration opens: First meeting",
        "20261201",
        "registration-opens-m1@planner",
    )


@pytest.mark.parametrize("known", [None, "2027", "2027-01"])
def test_a_day_that_is_not_known_is_not_filled_in(known):
    meeting = geneva(registration_closes_on=known)
    assert (entry_of(meeting, OPENS), entry_of(meeting, CLOSES)) == (None, None)


def test_a_later_closing_keeps_the_uid_and_raises_the_sequence(meeting):
    before, counted = said(meeting, CLOSES), revisions()
    edit(meeting, registration_closes_on="2027-01-22", at=AT + DAY)
    stamps = {"SEQUENCE": "1", "DTSTAMP": "20261125T090000Z", "LAST-MODIFIED": "20261125T090000Z"}
    days = {"DTSTART;VALUE=DATE": "20270122", "DTEND;VALUE=DATE": "20270123"}
    assert said(meeting, CLOSES) == {**before, **days, **stamps}
    assert (said(meeting, OPENS)["SEQUENCE"], said(meeting, EntryKind.MEETING)["SEQUENCE"]) == ("0", "0")
    assert revisions() == {scope: number + 1 for scope, number in counted.items()}


def test_with_its_meeting_it_is_off(meeting):
    edit(meeting, state="cancelled", at=AT + DAY)
    lines = said(meeting, CLOSES)
    assert (lines["STATUS"], lines["SUMMARY"]) == ("CANCELLED", "Cancelled: Registration closes: First meeting")


def test_of_a_tentative_meeting_the_day_is_as_sure_as_ever(meeting):
    edit(meeting, state="tentative", at=AT + DAY)
    assert (said(meeting, CLOSES)["STATUS"], said(meeting, EntryKind.MEETING)["STATUS"]) == ("CONFIRMED", "TENTATIVE")


def test_it_is_for_whoever_may_know_of_the_meeting(meeting):
    edit(meeting, audience_own=int(Ground.STATES), at=AT + DAY)
    assert entry_of(meeting, CLOSES).audience == entry_of(meeting, EntryKind.MEETING).audience
    assert texts_of_public_feed() == []


def test_one_that_is_taken_back_goes(meeting):
    edit(meeting, registration_closes_on=None, at=AT + DAY)
    assert entry_of(meeting, CLOSES).digest == GONE
    assert len(texts_of_public_feed()) == 2
