"""Values in, text out: canonical entries and feeds, compared whole."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from planner.formats import ical
from planner.formats.entry import Attachment
from planner.formats.ical import Entry, Wording, entry_texts, feed_text, zones_in

WORDS = {"summary", "label", "cancelled", "description"}
GENEVA = ZoneInfo("Europe/Zurich")
ZURICH_BLOCK = """\
BEGIN:VTIMEZONE
TZID:Europe/Zurich
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def entry(**changes):
    facts = {
        "component": "VEVENT",
        "uid": "session-12@planner.example",
        "summary": "Risk assessment",
        "created": datetime(2026, 5, 4, 8, 30, tzinfo=UTC),
        "last_modified": datetime(2026, 11, 2, 16, 5, 9, tzinfo=UTC),
    }
    every = facts | changes
    words = {name: every.pop(name) for name in WORDS & every.keys()}
    words["conference"] = every.pop("conference_label", "")
    return Entry(**every), Wording(**words)


def entry_text(made):
    return ical.entry_text(*made)


def crlf(text):
    return text.replace("\n", "\r\n")


def test_a_session_in_winter_stands_in_the_time_of_its_venue():
    text = entry_text(
        entry(
            summary="Diversion; causes, and remedies",
            starts=datetime(2027, 2, 23, 9, tzinfo=UTC),
            ends=datetime(2027, 2, 23, 13, tzinfo=GENEVA),
            zone="Europe/Zurich",
            status="CONFIRMED",
            sequence=3,
            description="What the exporting State can see, and when.\r\n\r\nhttps://plan.example/sessions/12",
            location="Room A\nGeneva",
            url="https://plan.example/sessions/12",
            categories=("WGETI", "Stage 2, transit", "WGETI", "  "),
            related_to=("meeting-3@planner.example", "plan-1@planner.example"),
        )
    )
    assert text == crlf("""\
BEGIN:VEVENT
SUMMARY:Diversion\\; causes\\, and remedies
DTSTART;TZID=Europe/Zurich:20270223T100000
DTEND;TZID=Europe/Zurich:20270223T130000
DTSTAMP:20261102T160509Z
UID:session-12@planner.example
SEQUENCE:3
CATEGORIES:WGETI,Stage 2\\, transit
CREATED:20260504T083000Z
DESCRIPTION:What the exporting State can see\\, and when.\\n\\nhttps://plan.e
 xample/sessions/12
LAST-MODIFIED:20261102T160509Z
LOCATION:Room A Geneva
RELATED-TO:meeting-3@planner.example
RELATED-TO:plan-1@planner.example
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:https://plan.example/sessions/12
END:VEVENT
""")
    assert zones_in(text) == ("Europe/Zurich",)


def test_a_session_in_summer_stands_in_the_time_of_its_venue():
    text = entry_text(
        entry(
            starts=datetime(2027, 8, 23, 8, tzinfo=UTC),
            ends=datetime(2027, 8, 23, 11, tzinfo=UTC),
            zone="Europe/Zurich",
            status="TENTATIVE",
        )
    )
    assert text == crlf("""\
BEGIN:VEVENT
SUMMARY:Risk assessment
DTSTART;TZID=Europe/Zurich:20270823T100000
DTEND;TZID=Europe/Zurich:20270823T130000
DTSTAMP:20261102T160509Z
UID:session-12@planner.example
SEQUENCE:0
CREATED:20260504T083000Z
LAST-MODIFIED:20261102T160509Z
STATUS:TENTATIVE
TRANSP:OPAQUE
END:VEVENT
""")


def test_a_meeting_of_several_days_ends_after_its_last_day_and_makes_nobody_busy():
    text = entry_text(entry(summary="CSP13", starts=date(2027, 8, 23), ends=date(2027, 8, 27), zone="Europe/Zurich"))
    assert text == crlf("""\
BEGIN:VEVENT
SUMMARY:CSP13
DTSTART;VALUE=DATE:20270823
DTEND;VALUE=DATE:20270828
DTSTAMP:20261102T160509Z
UID:session-12@planner.example
SEQUENCE:0
CREATED:20260504T083000Z
LAST-MODIFIED:20261102T160509Z
TRANSP:TRANSPARENT
END:VEVENT
""")
    assert zones_in(text) == ()


@pytest.mark.parametrize("ends", [None, date(2027, 12, 31)])
def test_one_day_says_its_end_too(ends):
    lines = entry_text(entry(starts=date(2027, 12, 31), ends=ends)).split("\r\n")
    assert lines[2:4] == ["DTSTART;VALUE=DATE:20271231", "DTEND;VALUE=DATE:20280101"]


def test_a_session_whose_end_is_unknown_says_none():
    text = entry_text(entry(starts=datetime(2027, 2, 23, 9, tzinfo=UTC)))
    assert "DTSTART:20270223T090000Z\r\nDTSTAMP:" in text
    assert "DTEND" not in text
    assert "DURATION" not in text


def test_a_cancelled_session_stays_says_so_in_words_and_takes_no_time():
    text = entry_text(
        entry(
            label="Illustration: ",
            starts=datetime(2027, 2, 23, 9, tzinfo=UTC),
            ends=datetime(2027, 2, 23, 12, tzinfo=UTC),
            zone="Europe/Zurich",
            status="CANCELLED",
            sequence=4,
            cancelled="Annulé : ",
        ),
    )
    assert text == crlf("""\
BEGIN:VEVENT
SUMMARY:Illustration: Annulé : Risk assessment
DTSTART;TZID=Europe/Zurich:20270223T100000
DTEND;TZID=Europe/Zurich:20270223T130000
DTSTAMP:20261102T160509Z
UID:session-12@planner.example
SEQUENCE:4
CREATED:20260504T083000Z
LAST-MODIFIED:20261102T160509Z
STATUS:CANCELLED
TRANSP:TRANSPARENT
END:VEVENT
""")
    assert "SUMMARY:Cancelled: Risk" in entry_text(entry(starts=date(2027, 2, 23), status="CANCELLED"))


def test_two_languages_differ_in_their_words_alone():
    made, english = entry(starts=date(2027, 2, 23), status="CANCELLED", description="Agenda", location="Geneva")
    french = Wording(summary="Risque", cancelled="Annulé : ", description="Ordre du jour")
    one, other = entry_texts(made, [english, french])
    assert one == entry_text((made, english))
    assert other == entry_text((made, french))
    differing = [pair for pair in zip(one.split("\r\n"), other.split("\r\n"), strict=True) if pair[0] != pair[1]]
    assert differing == [
        ("SUMMARY:Cancelled: Risk assessment", "SUMMARY:Annulé : Risque"),
        ("DESCRIPTION:Agenda", "DESCRIPTION:Ordre du jour"),
    ]


def test_papers_place_and_remote_access():
    text = entry_text(
        entry(
            starts=date(2027, 2, 23),
            attachments=(
                Attachment("https://papers.example/a,b;c.pdf", "application/pdf"),
                Attachment("https://plan.example/documents/7"),
            ),
            conference="https://remote.example/j/1?pwd=x",
            conference_label='Accès "à distance"; ici',
            position=(46.2264, -6.0),
        )
    )
    lines = text.replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith(("ATTACH", "CONFERENCE", "GEO"))] == [
        "ATTACH;FMTTYPE=application/pdf:https://papers.example/a,b;c.pdf",
        "ATTACH:https://plan.example/documents/7",
        'CONFERENCE;VALUE=URI;LABEL="Accès à distance; ici":https://remote.example/j/1?pwd=x',
        "GEO:46.2264;-6",
    ]
    (event,) = Calendar.from_ical(feed_text([text], name="All", uid="all@planner", zones=[])).walk("VEVENT")
    assert event.errors == []
    assert (event["GEO"].latitude, event["GEO"].longitude) == (46.2264, -6.0)
    assert [str(one) for one in event["ATTACH"]] == [
        "https://papers.example/a,b;c.pdf",
        "https://plan.example/documents/7",
    ]
    assert event["CONFERENCE"].params["LABEL"] == "Accès à distance; ici"


def test_a_follow_up_is_a_task():
    text = entry_text(
        entry(
            component="VTODO",
            uid="follow-up-7@planner.example",
            summary="Send the list of contact points",
            due=date(2027, 3, 1),
            status="NEEDS-ACTION",
        )
    )
    assert text == crlf("""\
BEGIN:VTODO
CREATED:20260504T083000Z
DTSTAMP:20261102T160509Z
DUE;VALUE=DATE:20270301
LAST-MODIFIED:20261102T160509Z
SEQUENCE:0
STATUS:NEEDS-ACTION
SUMMARY:Send the list of contact points
UID:follow-up-7@planner.example
END:VTODO
""")


def test_a_task_that_is_done_says_when():
    text = entry_text(
        entry(
            component="VTODO",
            summary="Report",
            due=datetime(2027, 3, 1, 18, tzinfo=GENEVA),
            zone="Europe/Zurich",
            status="COMPLETED",
            completed=datetime(2027, 2, 25, 10, tzinfo=GENEVA),
        )
    )
    assert text == crlf("""\
BEGIN:VTODO
COMPLETED:20270225T090000Z
CREATED:20260504T083000Z
DTSTAMP:20261102T160509Z
DUE;TZID=Europe/Zurich:20270301T180000
LAST-MODIFIED:20261102T160509Z
PERCENT-COMPLETE:100
SEQUENCE:0
STATUS:COMPLETED
SUMMARY:Report
UID:session-12@planner.example
END:VTODO
""")


def test_a_session_of_the_past_under_another_rule_is_written_in_utc():
    # Cancún moved from six hours behind to five on 1 February 2015; CSP1 met there in August of that year.
    before = {"starts": datetime(2015, 1, 15, 15, tzinfo=UTC), "ends": datetime(2015, 1, 15, 18, tzinfo=UTC)}
    after = {"starts": datetime(2015, 8, 24, 15, tzinfo=UTC), "ends": datetime(2015, 8, 24, 18, tzinfo=UTC)}
    old, new = (entry_text(entry(zone="America/Cancun", **times)) for times in (before, after))
    assert old == crlf("""\
BEGIN:VEVENT
SUMMARY:Risk assessment
DTSTART:20150115T150000Z
DTEND:20150115T180000Z
DTSTAMP:20261102T160509Z
UID:session-12@planner.example
SEQUENCE:0
CREATED:20260504T083000Z
LAST-MODIFIED:20261102T160509Z
TRANSP:OPAQUE
END:VEVENT
""")
    assert (zones_in(old), zones_in(new)) == ((), ("America/Cancun",))
    assert "DTSTART;TZID=America/Cancun:20150824T100000\r\nDTEND;TZID=America/Cancun:20150824T130000\r\n" in new


def test_an_entry_is_written_in_one_zone_or_in_utc_but_not_in_both():
    # the end lies in the hour that the clock goes through a second time, which a local time cannot say
    text = entry_text(
        entry(
            starts=datetime(2027, 10, 30, 22, tzinfo=UTC),
            ends=datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
            zone="Europe/Zurich",
        )
    )
    assert "DTSTART:20271030T220000Z\r\nDTEND:20271031T013000Z\r\n" in text
    assert zones_in(text) == ()


@pytest.mark.parametrize("zone", [None, "UTC", "Etc/UTC", "Africa/Cairo"])
def test_z_stands_without_a_zone(zone):
    text = entry_text(entry(starts=datetime(2027, 2, 23, 10, tzinfo=GENEVA), zone=zone))
    assert "DTSTART:20270223T090000Z\r\n" in text


def test_texts_lose_what_a_calendar_cannot_hold_and_nothing_else():
    summary = 'C:\\New \\n "q" a,b;c\x00\x07\x7f\x9b\ttab\u2028line\r\nnext\ud800'
    text = entry_text(entry(starts=date(2027, 2, 23), summary=summary, description=f"  {summary}\v"))
    lines = text.split("\r\n")
    assert lines[1] == 'SUMMARY:C:\\\\New \\\\n "q" a\\,b\\;c tab line next\ufffd'
    assert lines[8] == 'DESCRIPTION:C:\\\\New \\\\n "q" a\\,b\\;c\ttab\\nline\\nnext\ufffd'


def test_a_text_cannot_add_lines_or_zones():
    text = entry_text(
        entry(
            starts=date(2027, 2, 23),
            summary="x\r\nEND:VEVENT",
            description="x\nDTSTART;TZID=Asia/Tokyo:20270101T000000",
        )
    )
    assert text.count("\nEND:VEVENT") == 1
    assert zones_in(text) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"starts": datetime(2027, 2, 23, 9)},  # noqa: DTZ001 - floating is the point
        {"starts": date(2027, 2, 23), "last_modified": datetime(2027, 2, 23)},  # noqa: DTZ001
        {"starts": date(2027, 2, 23), "ends": date(2027, 2, 22)},
        {"starts": datetime(2027, 2, 23, 9, tzinfo=UTC), "ends": datetime(2027, 2, 23, 10, tzinfo=GENEVA)},
        {"starts": datetime(2027, 2, 23, 9, tzinfo=UTC), "ends": date(2027, 2, 24)},
        {"starts": date(2027, 2, 23), "due": date(2027, 2, 24)},
        {"starts": date(2027, 2, 23), "status": "COMPLETED"},
        {"starts": date(2027, 2, 23), "sequence": -1},
        {"starts": date(2027, 2, 23), "uid": "a b"},
        {"starts": date(2027, 2, 23), "uid": ""},
        {"starts": date(2027, 2, 23), "related_to": ("x\r\nATTENDEE:y",)},
        {"starts": date(2027, 2, 23), "url": "javascript:alert(1)"},
        {"starts": date(2027, 2, 23), "conference": "tel:+41"},
        {"starts": date(2027, 2, 23), "attachments": (Attachment("file:///etc/passwd"),)},
        {"starts": date(2027, 2, 23), "attachments": (Attachment("https://plan.example/a", "a/b;c"),)},
        {"starts": date(2027, 2, 23), "position": (91.0, 0.0)},
        {"starts": date(2027, 2, 23), "position": (0.0, -180.5)},
        {"starts": date(2027, 2, 23), "url": "https://plan.example/\r\nX:y"},
        {"component": "VTODO", "ends": date(2027, 2, 23)},
        {"component": "VTODO", "starts": date(2027, 2, 23), "due": date(2027, 2, 23)},
        {"component": "VTODO", "status": "CONFIRMED"},
    ],
)
def test_what_readers_would_not_understand_is_refused(changes):
    with pytest.raises(ValueError, match=r"^entry '"):
        entry(**changes)


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValueError, match="knows no 'Europe/Geneva'"):
        entry_text(entry(starts=datetime(2027, 2, 23, 9, tzinfo=UTC), zone="Europe/Geneva"))


def test_a_feed_joins_finished_entries_under_one_head():
    first = entry_text(entry(starts=datetime(2027, 2, 23, 9, tzinfo=UTC), zone="Europe/Zurich"))
    second = entry_text(entry(uid="meeting-3@planner.example", starts=date(2027, 2, 23)))
    text = feed_text(
        iter([first, second]),
        name="Work plan, all bodies",
        uid="all@planner.example",
        description="Sessions; meetings\nhttps://plan.example/",
        url="https://plan.example/calendar",
        zones=["Europe/Zurich", "Europe/Zurich"],
    )
    assert text == (
        crlf("""\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//planner//multi-year work plan//EN
CALSCALE:GREGORIAN
DESCRIPTION:Sessions\\; meetings\\nhttps://plan.example/
X-WR-CALDESC:Sessions\\; meetings\\nhttps://plan.example/
NAME:Work plan\\, all bodies
X-WR-CALNAME:Work plan\\, all bodies
REFRESH-INTERVAL;VALUE=DURATION:PT1H
UID:all@planner.example
URL:https://plan.example/calendar
X-PUBLISHED-TTL:PT1H
""")
        + crlf(ZURICH_BLOCK)
        + first
        + second
        + "END:VCALENDAR\r\n"
    )


def test_a_feed_with_nothing_in_it_is_valid_all_the_same():
    text = feed_text([], name="My tasks", uid="tasks@planner.example", zones=[], refresh="PT30M")
    assert text == crlf("""\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//planner//multi-year work plan//EN
CALSCALE:GREGORIAN
NAME:My tasks
X-WR-CALNAME:My tasks
REFRESH-INTERVAL;VALUE=DURATION:PT30M
UID:tasks@planner.example
X-PUBLISHED-TTL:PT30M
BEGIN:VTIMEZONE
TZID:Etc/UTC
BEGIN:STANDARD
DTSTART:19700101T000000
TZNAME:UTC
TZOFFSETFROM:+0000
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
END:VCALENDAR
""")


def test_a_failure_on_the_way_is_no_empty_calendar():
    def failing():
        yield entry_text(entry(starts=date(2027, 2, 23)))
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        feed_text(failing(), name="x", uid="x@planner.example", zones=[])


@pytest.mark.parametrize(
    "changes",
    [
        {"texts": [""]},
        {"texts": ["BEGIN:VEVENT\r\nUID:cut-short"]},
        {"zones": ["Africa/Cairo"]},
        {"zones": ["Europe/Geneva"]},
        {"refresh": "1 hour"},
        {"refresh": "PT"},
        {"uid": "a b"},
        {"url": "ftp://plan.example/"},
    ],
)
def test_a_feed_that_would_be_wrong_is_refused(changes):
    facts = {"texts": [], "name": "x", "uid": "x@planner.example", "zones": []}
    with pytest.raises(ValueError):  # noqa: PT011 - each fault has words of its own
        feed_text(**(facts | changes))
