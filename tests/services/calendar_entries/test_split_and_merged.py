"""What calendars are told of sessions that were merged into another, or split: of other sessions never more than all
readers of an entry may know.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from planner.core.db import db
from planner.core.errors import Conflict
from planner.models import Body, CalendarEntry, CalendarEntryText, EntryKind, Origin
from planner.rules.audience import Ground
from planner.services import calendar_entries, editing
from planner.services.releases import cancel_session_release, publish_release
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.offer import make_offer, make_organisation, place
from tests.factories.plan_session import edit, make_agenda_item, make_plan_session

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TEN = datetime(2027, 2, 16, 9, 0, tzinfo=UTC)
"""Ten o'clock in Geneva."""
STATES, PARTIES, INVITED = int(Ground.STATES), int(Ground.STATES_PARTIES), int(Ground.INVITED)
TWO_OCLOCK = "16 February 2027\\, 14:00 (Europe/Zurich\\, UTC+01:00)"

pytestmark = pytest.mark.usefixtures("context")


def session(meeting, ref, title, position, start, **values):
    hours = {"on_text": "2027-02-16", "starts_at": start, "ends_at": start + 3 * HOUR}
    return make_plan_session(meeting, ref=ref, title=title, position=position, **{**hours, **values})


@pytest.fixture
def meeting(context):
    return make_meeting(make_body("wgx", title="Working group X"), ref="m1", title="First meeting")


@pytest.fixture
def first(meeting):
    return session(meeting, "s1", "Session one", 0, TEN)


@pytest.fixture
def second(meeting):
    return session(meeting, "s2", "Session two", 1, TEN + 4 * HOUR)


def publish(meeting, days=0):
    return publish_release(meeting.id, name="Programme", actor=WRITER, at=AT + days * DAY)


def merge(one, into, days=1, **given):
    values = {"continued_in_id": into.id, "reason": "One is enough.", "take_over": True, **given}
    return editing.move_record(WRITER, one.id, "merge", rev=one.rev, at=AT + days * DAY, given=values)


def restore(one, days=2):
    moved = {"reason": "Two after all."}
    return editing.move_record(WRITER, one.id, "restore_confirmed", rev=one.rev, at=AT + days * DAY, given=moved)


def entry_of(record):
    kinds = (CalendarEntry.entry_kind == EntryKind.SESSION, CalendarEntry.record_id == record.id)
    return db.session.scalars(select(CalendarEntry).where(*kinds)).one()


def lines_of(record):
    text = entry_of(record).text.replace("\r\n ", "")
    return dict(line.split(":", 1) for line in text.split("\r\n") if line)


def stamps(sequence, days):
    at = f"202611{24 + days}T090000Z"
    return {"SEQUENCE": str(sequence), "DTSTAMP": at, "LAST-MODIFIED": at}


def test_a_merged_session_says_where_it_goes_on_and_the_other_what_it_takes_in(meeting, first, second):
    publish(meeting)
    before, other = lines_of(first), lines_of(second)
    merge(first, second)
    assert (lines_of(first), lines_of(second)) == (before, other), "nothing before the release"
    publish(meeting, 1)
    assert lines_of(first) == {
        **before,
        **stamps(1, 1),
        "STATUS": "CANCELLED",
        "TRANSP": "TRANSPARENT",
        "SUMMARY": "Merged: WGX: Session one",
        "DESCRIPTION": f"Merged into “Session two”\\, {TWO_OCLOCK}.\\n\\nFirst meeting",
        "RELATED-TO;RELTYPE=SIBLING": "session-s2@planner",
    }
    assert lines_of(second) == {
        **other,
        **stamps(1, 1),
        "DESCRIPTION": "Takes in “Session one”.\\n\\nFirst meeting",
        "RELATED-TO;RELTYPE=SIBLING": "session-s1@planner",
    }


def test_the_name_is_a_link_where_the_address_is_known(meeting, first, second):
    calendar_entries.configure("https://planner.example")
    try:
        publish(meeting)
        merge(first, second)
        publish(meeting, 1)
        lines = lines_of(first)
    finally:
        calendar_entries.configure(None)
    address = f"https://planner.example/sessions/{second.id}"
    assert f"Merged into “Session two”\\, {TWO_OCLOCK}.: {address}\\n\\n" in lines["DESCRIPTION"]
    assert (
        f'<a href="{address}">Merged into “Session two”\\, {TWO_OCLOCK}.</a>' in lines["X-ALT-DESC;FMTTYPE=text/html"]
    )


@pytest.mark.parametrize("is_released", [False, True])
def test_a_merger_that_is_undone_leaves_all_as_it_was(meeting, first, second, is_released):
    item = make_agenda_item(first, position=0, number="1", title="Opening", minutes=30)
    place(make_offer(meeting, make_organisation("org"), title="On end use"), first, item=item, minutes=15)
    make_agenda_item(second, position=0, title="Closing", minutes=30)
    publish(meeting)
    before, other = lines_of(first), lines_of(second)
    merge(first, second)
    if is_released:
        publish(meeting, 1)
        assert "Closing (30 min)\\n1. Opening (30 min)\\n- org: On end use (15 min)" in lines_of(second)["DESCRIPTION"]
        assert "Opening" not in lines_of(first)["DESCRIPTION"]
    restore(first)
    if not is_released:
        with pytest.raises(Conflict):
            publish(meeting, 2)
        assert (lines_of(first), lines_of(second)) == (before, other)
        return
    publish(meeting, 2)
    assert (lines_of(first), lines_of(second)) == ({**before, **stamps(2, 2)}, {**other, **stamps(2, 2)})


def test_a_merger_may_be_told_at_once_and_nothing_else_with_it(meeting, first, second):
    publish(meeting)
    edit(second, title="Being drafted")
    merge(first, second, release_now=True)
    assert lines_of(first)["SUMMARY"] == "Merged: WGX: Session one"
    assert lines_of(second)["DESCRIPTION"] == "Takes in “Session one”.\\n\\nFirst meeting"
    assert lines_of(second)["SUMMARY"] == "WGX: Session two"
    with pytest.raises(Conflict, match="merged already"):
        cancel_session_release(first.id, name="Again", actor=WRITER, at=AT + DAY)


AUDIENCES = {
    "both open": (None, None, True, True),
    "closed into open": (STATES, None, True, False),
    "open into closed": (None, STATES, False, True),
    "alike": (STATES, STATES, True, True),
    "fewer into more": (PARTIES, STATES, True, False),
    "more into fewer": (STATES, PARTIES, False, True),
    "named on both": (INVITED, INVITED, False, False),
    "participants of one meeting": (int(Ground.PARTICIPANTS), int(Ground.PARTICIPANTS), True, True),
}


@pytest.mark.parametrize("case", AUDIENCES)
def test_another_session_is_named_only_where_all_readers_may_see_it(meeting, first, second, case):
    own, others, is_target_named, is_source_named = AUDIENCES[case]
    edit(first, audience_own=own)
    edit(second, audience_own=others)
    publish(meeting)
    merge(first, second)
    publish(meeting, 1)
    lines, other = lines_of(first), lines_of(second)
    assert lines["SUMMARY"] == "Merged: WGX: Session one"
    assert ("Session two" in entry_of(first).text, "session-s2@" in entry_of(first).text) == (is_target_named,) * 2
    assert ("Session one" in entry_of(second).text, "session-s1@" in entry_of(second).text) == (is_source_named,) * 2
    if not is_target_named:
        assert lines["DESCRIPTION"] == "Merged into another session.\\n\\nFirst meeting"
        assert "14:00" not in entry_of(first).text
    if not is_source_named:
        assert other["DESCRIPTION"] == "First meeting"


def test_an_audience_that_moves_changes_what_is_said(meeting, first, second):
    publish(meeting)
    merge(first, second)
    publish(meeting, 1)
    edit(second, audience_own=STATES, at=AT + 2 * DAY)
    assert lines_of(first)["DESCRIPTION"] == "Merged into another session.\\n\\nFirst meeting"
    assert "session-s2" not in entry_of(first).text
    edit(second, audience_own=None, at=AT + 3 * DAY)
    assert "Session two" in lines_of(first)["DESCRIPTION"]
    edit(first, audience_own=STATES, at=AT + 4 * DAY)
    assert "Session one" not in entry_of(second).text


def test_participants_of_two_meetings_are_not_the_same_people(meeting, first):
    later = make_meeting(db.session.get(Body, meeting.body_id), ref="m2", title="Second meeting")
    other = session(later, "s3", "Session three", 0, TEN + DAY, on_text="2027-02-17")
    for one in (first, other):
        edit(one, audience_own=int(Ground.PARTICIPANTS))
    publish(meeting)
    publish(later)
    merge(first, other)
    publish(meeting, 1)
    assert "Session three" not in entry_of(first).text
    assert "Session one" not in entry_of(other).text


def test_a_session_that_no_release_shows_is_not_named(meeting, first):
    publish(meeting)
    draft = session(meeting, "s9", "Draft", 1, TEN + 4 * HOUR)
    merge(first, draft, release_now=True)
    assert lines_of(first)["DESCRIPTION"] == "Merged into another session.\\n\\nFirst meeting"
    publish(meeting, 2)
    assert lines_of(first)["DESCRIPTION"].startswith("Merged into “Draft”")


def test_a_worked_example_is_not_named_to_those_who_do_not_ask_for_it(meeting, first, second):
    edit(second, origin=Origin.ILLUSTRATION)
    publish(meeting)
    merge(first, second)
    publish(meeting, 1)
    assert "Session two" not in entry_of(first).text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "Renamed"}, f"Merged into “Renamed”\\, {TWO_OCLOCK}."),
        ({"starts_at": None, "ends_at": None}, "Merged into “Session two”\\, 16 February 2027."),
        ({"starts_at": None, "ends_at": None, "on_text": "2027-02"}, "Merged into “Session two”."),
        ({"state": "cancelled"}, "Merged into “Session two”."),
    ],
)
def test_what_becomes_of_the_other_is_told_too(meeting, first, second, change, words):
    publish(meeting)
    merge(first, second)
    publish(meeting, 1)
    edit(second, **change, at=AT + 2 * DAY)
    publish(meeting, 2)
    assert lines_of(first)["DESCRIPTION"] == f"{words}\\n\\nFirst meeting"
    assert entry_of(first).sequence == 2


def test_what_was_merged_and_not_taken_over_is_cancelled(meeting, first, second):
    offer = make_offer(meeting, make_organisation("org"), title="On end use")
    place(offer, first, minutes=15)
    publish(meeting)
    merge(first, second, take_over=False)
    publish(meeting, 1)
    text = db.session.scalars(select(CalendarEntry.text).where(CalendarEntry.record_id == offer.id)).one()
    assert "SUMMARY:Cancelled: WGX: org: On end use\r\n" in text
    assert "Merged" not in text.replace("\r\n ", "")


def split(one, at="11:30", title="Session one\\, continued", days=1):
    given = {"split_at": at, "title": title}
    return editing.split_session(WRITER, one.id, rev=one.rev, at=AT + days * DAY, given=given)


def test_a_split_session_ends_earlier_and_says_where_it_goes_on(meeting, first):
    make_agenda_item(first, position=0, title="Opening", minutes=90)
    make_agenda_item(first, position=1, title="Closing", minutes=30)
    publish(meeting)
    before = lines_of(first)
    made = split(first, title="Second part")
    assert lines_of(first) == before, "nothing before the release"
    publish(meeting, 1)
    when = "16 February 2027\\, 11:30 (Europe/Zurich\\, UTC+01:00)"
    uid = f"session-{made.ref}@planner"
    told = {key: value for key, value in lines_of(first).items() if key != "X-ALT-DESC;FMTTYPE=text/html"}
    assert told == {
        **{key: value for key, value in before.items() if key != "X-ALT-DESC;FMTTYPE=text/html"},
        **stamps(1, 1),
        "DTEND;TZID=Europe/Zurich": "20270216T113000",
        "DESCRIPTION": f"Continued in “Second part”\\, {when}.\\n\\nFirst meeting\\n\\nAgenda\\nOpening (90 min)",
        "RELATED-TO;RELTYPE=SIBLING": uid,
    }
    new = lines_of(made)
    shown = {key: new[key] for key in ("UID", "SEQUENCE", "SUMMARY", "STATUS", "DESCRIPTION")}
    assert shown == {
        "UID": uid,
        "SEQUENCE": "0",
        "SUMMARY": "WGX: Second part",
        "STATUS": "CONFIRMED",
        "DESCRIPTION": "Split from “Session one”.\\n\\nFirst meeting\\n\\nAgenda\\nClosing (30 min)",
    }
    hours = (new["DTSTART;TZID=Europe/Zurich"], new["DTEND;TZID=Europe/Zurich"])
    assert (*hours, new["RELATED-TO;RELTYPE=SIBLING"]) == ("20270216T113000", "20270216T130000", "session-s1@planner")


def test_a_closed_part_of_a_split_session_is_not_told_of(meeting, first):
    publish(meeting)
    made = split(first, title="Second part")
    edit(made, audience_own=STATES, at=AT + DAY)
    publish(meeting, 1)
    assert lines_of(first)["DESCRIPTION"] == "First meeting"
    assert made.ref not in entry_of(first).text
    assert lines_of(made)["DESCRIPTION"] == "Split from “Session one”.\\n\\nFirst meeting"


def test_a_split_is_taken_back_by_merging_the_parts(meeting, first):
    publish(meeting)
    made = split(first, title="Second part")
    publish(meeting, 1)
    merge(made, first, days=2)
    edit(first, ends_at=TEN + 3 * HOUR, at=AT + 2 * DAY)
    publish(meeting, 2)
    lines = lines_of(first)
    assert (lines["DESCRIPTION"], lines["SEQUENCE"], lines["DTEND;TZID=Europe/Zurich"]) == (
        "Takes in “Second part”.\\n\\nFirst meeting",
        "2",
        "20270216T130000",
    )
    gone = lines_of(made)
    assert (gone["STATUS"], gone["SEQUENCE"]) == ("CANCELLED", "1")
    assert gone["DESCRIPTION"].startswith("Merged into “Session one”\\, 16 February 2027\\, 10:00")
    assert gone["RELATED-TO;RELTYPE=SIBLING"] == "session-s1@planner"


def test_it_is_said_in_three_languages(meeting, first, second):
    publish(meeting)
    merge(first, second)
    publish(meeting, 1)
    rows = db.session.execute(
        select(CalendarEntryText.language, CalendarEntryText.text)
        .join(CalendarEntry, CalendarEntry.id == CalendarEntryText.entry_id)
        .where(CalendarEntry.record_id == first.id)
    )
    texts = {row.language: row.text.replace("\r\n ", "").replace("\u00a0", " ") for row in rows}
    assert "SUMMARY:Fusionné : WGX: Session one\r\n" in texts["fr"]
    assert "Fusionné avec « Session two »\\, 16 février 2027 à 14:00" in texts["fr"]
    assert "SUMMARY:Fusionado: WGX: Session one\r\n" in texts["es"]
    assert "Fusionado con «Session two»\\, 16 de febrero de 2027\\, 14:00" in texts["es"]
