"""From the host alone to the calendars, and what each resource tells of itself."""

from __future__ import annotations

import re

import pytest

from planner.core import clock
from planner.services import dav, personal_feeds
from planner.services.feed_choice import Choice

from .asking import EVENTS, HEAD, TASKS, conditions, propfind

PRINCIPAL, HOME = "/dav/principals/me/", "/dav/calendars/"
SEEN = ["meeting-m.ics", "session-open.ics", "session-sub.ics", "meeting-f.ics"]
"""What the delegate, whose State is no Party, may see of the world."""


@pytest.mark.parametrize("method", ["GET", "PROPFIND", "OPTIONS", "POST"])
def test_the_well_known_address_leads_on(the_app, owing, method):
    answer = the_app.test_client().open("/.well-known/caldav", method=method)
    assert (answer.status_code, answer.location) == (301, "/dav/")


def test_options_tell_what_is_spoken(the_app, owing):
    answer = the_app.test_client().open("/dav/calendars/", method="OPTIONS")
    assert (answer.status_code, answer.headers["DAV"]) == (200, "1, 3, calendar-access")
    assert {"PROPFIND", "REPORT", "GET", "PUT"} <= set(answer.headers["Allow"].split(", "))


def test_each_step_leads_to_the_next(program):
    first = program.told("PROPFIND", "/dav/", propfind("D:current-user-principal"), "0")
    assert first.found == {"/dav/": {"D:current-user-principal": [f"D:href {PRINCIPAL}"]}}
    second = program.told("PROPFIND", PRINCIPAL, propfind("C:calendar-home-set", "D:displayname"), "0")
    assert second.found == {PRINCIPAL: {"C:calendar-home-set": [f"D:href {HOME}"], "D:displayname": "A delegate"}}
    third = program.told(
        "PROPFIND", HOME, propfind("D:resourcetype", "D:displayname", "C:supported-calendar-component-set"), "1"
    )
    of_calendar = ["D:collection", "C:calendar"]
    assert third.found == {
        HOME: {"D:resourcetype": ["D:collection"], "D:displayname": "planner"},
        EVENTS: {
            "D:resourcetype": of_calendar,
            "D:displayname": "What I may see",
            "C:supported-calendar-component-set": ["C:comp name=VEVENT"],
        },
        TASKS: {
            "D:resourcetype": of_calendar,
            "D:displayname": "Follow-ups",
            "C:supported-calendar-component-set": ["C:comp name=VTODO"],
        },
    }
    assert third.missing == {HOME: ["C:supported-calendar-component-set"]}


def test_each_feed_is_a_calendar(the_app, program):
    with the_app.app_context():
        for name in ("Mine & “yours” <b>", "会议"):
            personal_feeds.make(program.viewer, Choice(name=name), at=clock.now())
    told = program.told("PROPFIND", HOME, propfind("D:displayname"), "1")
    names = {href: found["D:displayname"] for href, found in told.found.items()}
    assert names == {
        HOME: "planner",
        "/dav/calendars/1/": "Mine & “yours” <b>",
        "/dav/calendars/2/": "会议",
        TASKS: "Follow-ups",
    }
    assert program.ask("PROPFIND", EVENTS, depth="0").status_code == 404
    with the_app.app_context():
        personal_feeds.revoke(program.viewer, 1, at=clock.now())
    assert program.ask("PROPFIND", "/dav/calendars/1/", depth="0").status_code == 404


def test_a_feed_of_somebody_else_is_not_there(the_app, program):
    from tests.factories import user as users

    from .asking import program_of

    with the_app.app_context():
        personal_feeds.make(program.viewer, Choice(name="Mine"), at=clock.now())
        users.user("other@test.example")
    other = program_of(the_app, "other@test.example")
    for path in ("/dav/calendars/1/", "/dav/calendars/1/session-open.ics"):
        assert other.ask("PROPFIND", path, depth="0").status_code == 404
        assert program.ask("PROPFIND", path, depth="0").status_code == 207


def test_a_calendar_tells_what_may_be_done_with_it(program):
    names = ("D:current-user-privilege-set", "D:supported-report-set", "C:max-resource-size", "D:owner")
    told = program.told("PROPFIND", EVENTS, propfind(*names), "0").found[EVENTS]
    reading = ["D:privilege ['D:read']", "D:privilege ['D:read-current-user-privilege-set']"]
    assert told["D:current-user-privilege-set"] == reading
    tasks = program.told("PROPFIND", TASKS, propfind(*names), "0").found[TASKS]
    assert tasks["D:current-user-privilege-set"] == [*reading, "D:privilege ['D:write-content']"]
    assert [re.search(r"[a-z]+-[a-z]+(?='\])", report)[0] for report in told["D:supported-report-set"]] == [
        "calendar-query", "calendar-multiget", "sync-collection"
    ]  # fmt: skip
    assert (told["C:max-resource-size"], told["D:owner"]) == ("102400", [f"D:href {PRINCIPAL}"])


def test_entries_are_below_their_calendar(owing, program):
    told = program.told("PROPFIND", EVENTS, propfind("D:getetag", "D:getcontenttype"), "1")
    assert list(told.found) == [EVENTS + name for name in SEEN]
    assert told.missing == {EVENTS: ["D:getetag", "D:getcontenttype"]}
    for href, found in told.found.items():
        got = program.ask("GET", href)
        assert (got.status_code, got.headers["ETag"], got.content_type) == (
            200, found["D:getetag"], found["D:getcontenttype"]
        )  # fmt: skip
    assert len({found["D:getetag"] for found in told.found.values()}) == len(SEEN)


def test_all_usual_properties_and_their_names(program):
    usual = program.told("PROPFIND", EVENTS, "", "0")
    assert usual.found == {
        EVENTS: {"D:resourcetype": ["D:collection", "C:calendar"], "D:displayname": "What I may see"}
    }
    with_more = f"<D:propfind {HEAD}><D:allprop/><D:include><D:sync-token/></D:include></D:propfind>"
    assert list(program.told("PROPFIND", EVENTS, with_more, "0").found[EVENTS]) == [
        "D:resourcetype", "D:displayname", "D:sync-token"
    ]  # fmt: skip
    names = program.told("PROPFIND", EVENTS, f"<D:propfind {HEAD}><D:propname/></D:propfind>", "0")
    assert {"D:sync-token", "CS:getctag", "C:supported-calendar-data"} <= set(names.found[EVENTS])
    assert set(names.found[EVENTS].values()) == {""}


def test_what_is_not_known_is_said_to_be_missing(program):
    asked = propfind("D:getetag", "D:displayname", "C:calendar-data").replace(
        "</D:prop>", '<own xmlns="urn:x"/><plain xmlns=""/></D:prop>'
    )
    told = program.told("PROPFIND", EVENTS, asked, "0")
    assert told.found == {EVENTS: {"D:displayname": "What I may see"}}
    assert len(told.missing[EVENTS]) == 4


def test_text_is_no_property(program):
    """RFC 4791 section 9.6: calendar-data is for reports."""
    href = EVENTS + "session-open.ics"
    told = program.told("PROPFIND", href, propfind("C:calendar-data", "D:getcontentlength"), "0")
    length = int(told.found[href]["D:getcontentlength"])
    assert (told.missing, length) == ({href: ["C:calendar-data"]}, len(program.ask("GET", href).data))


@pytest.mark.parametrize("path", ["/dav/", HOME, EVENTS])
@pytest.mark.parametrize("depth", ["infinity", None])
def test_all_at_once_is_refused(program, path, depth):
    answer = program.ask("PROPFIND", path, depth=depth)
    assert (answer.status_code, conditions(answer.data)) == (
        403, ["D:propfind-finite-depth", "Ask with Depth 0 or 1."]
    )  # fmt: skip


@pytest.mark.parametrize("depth", ["2", "-1", "", "1,noroot", "é"])
def test_no_other_depth_is_known(program, depth):
    assert program.ask("PROPFIND", HOME, depth=depth).status_code == 400


def test_the_calendar_object_is_whole_and_says_no_more_than_the_feed(program):
    text = program.ask("GET", EVENTS + "session-open.ics").text
    lines = text.split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    begun = [line.partition(":")[2] for line in lines if line.startswith("BEGIN:")]
    assert begun == ["VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT"]
    assert not any(line.startswith(("METHOD", "REFRESH", "X-")) for line in lines)


def test_an_unchanged_entry_is_not_sent_again(program):
    href = EVENTS + "session-open.ics"
    first = program.ask("GET", href)
    again = program.ask("GET", href, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    head = program.ask("HEAD", href)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])


@pytest.mark.parametrize("path", ["/dav/", HOME, EVENTS, PRINCIPAL])
def test_only_entries_are_files(program, path):
    answer = program.ask("GET", path)
    assert (answer.status_code, "GET" in answer.headers["Allow"]) == (405, False)


@pytest.mark.parametrize("path", ["/dav", "/dav/calendars", "/dav/calendars/tasks", "/dav/principals/me"])
def test_a_slash_may_be_left_out(program, path):
    assert program.ask("PROPFIND", path, depth="0").status_code == 207


@pytest.mark.parametrize(
    "path",
    [
        "/dav/calendars/9/", "/dav/calendars/none/", "/dav/x", "/dav/calendars/all/none.ics", "/dav/calendars/all/x",
        "/dav/calendars/tasks/session-open.ics", "/dav/calendars/all/session-closed.ics",
        "/dav/calendars/all/follow-up-ours.ics", "/dav/calendars/all/a/b", "/dav/calendars/../x",
        "/dav/calendars/" + "9" * 40 + "/", "/dav/calendars/%27%22/", "/dav/calendars/all/%F0%9F%98%80.ics",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(program, path):
    assert [program.ask(method, path, depth="0").status_code for method in ("PROPFIND", "GET")] == [404, 404]


def test_a_feed_that_reminds_does_so_here_and_a_reminder_is_a_change(the_app, program):
    with the_app.app_context():
        feed_id = personal_feeds.make(program.viewer, Choice(name="Mine"), at=clock.now())
    href = f"/dav/calendars/{feed_id}/session-open.ics"
    before = program.ask("GET", href)
    with the_app.app_context():
        personal_feeds.change(program.viewer, feed_id, Choice(name="Mine", alarm_minutes=15), at=clock.now())
    after = program.ask("GET", href)
    assert "BEGIN:VALARM" not in before.text
    assert "TRIGGER:-PT15M" in after.text
    assert before.headers["ETag"] != after.headers["ETag"]


def test_a_busy_time_reminds_of_nothing(the_app, program):
    with the_app.app_context():
        choice = Choice(name="Mine", alarm_minutes=15, with_busy=True)
        feed_id = personal_feeds.make(program.viewer, choice, at=clock.now())
        (holding, _tasks) = dav.list_holdings(program.viewer)
        items = {item.name: item.text for item in dav.list_items(holding, with_text=True)}
    assert holding.name == str(feed_id)
    (busy,) = (text for name, text in items.items() if name.startswith("busy-"))
    assert ("SUMMARY:Busy" in busy, "BEGIN:VALARM" in busy) == (True, False)
    assert "BEGIN:VALARM" in items["session-open.ics"]
