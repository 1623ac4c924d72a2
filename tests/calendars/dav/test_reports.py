"""calendar-query and calendar-multiget: what is asked for, whole, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .asking import EVENTS, TASKS, conditions, multiget, query

OPEN, SUB = EVENTS + "session-open.ics", EVENTS + "session-sub.ics"
ALL_EVENTS = {EVENTS + name for name in ("meeting-m.ics", "session-open.ics", "session-sub.ics", "meeting-f.ics")}
ALL_TASKS = {TASKS + f"follow-up-{name}.ics" for name in ("ours", "theirs", "begun")}


def event(inner="", name="VEVENT"):
    return f'<C:comp-filter name="{name}">{inner}</C:comp-filter>'


def within(start, end):
    given = "".join(f' {name}="{value}"' for name, value in (("start", start), ("end", end)) if value)
    return f"<C:time-range{given}/>"


def prop(name, inner=""):
    return f'<C:prop-filter name="{name}">{inner}</C:prop-filter>'


def text(value, more=""):
    return f"<C:text-match{more}>{value}</C:text-match>"


def found(program, filters, path=EVENTS):
    return set(program.told("REPORT", path, query(filters), "1").found)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("", ALL_EVENTS),
        (event(), ALL_EVENTS),
        (event(name="vevent"), ALL_EVENTS),
        (event(name="VTODO"), set()),
        (event(name="VJOURNAL"), set()),
        (event("<C:is-not-defined/>", "VTODO"), ALL_EVENTS),
        (event("<C:is-not-defined/>"), set()),
        (event('<C:comp-filter name="VALARM"/>'), set()),
        (event('<C:comp-filter name="VALARM"><C:is-not-defined/></C:comp-filter>'), ALL_EVENTS),
        # 10:00 to 13:00 in Zürich on 16 February
        (event(within("20270216T090000Z", "20270216T120000Z")), {OPEN, EVENTS + "meeting-m.ics"}),
        (event(within("20270216T115959Z", "20270216T130000Z")), {OPEN, EVENTS + "meeting-m.ics"}),
        (event(within("20270216T120000Z", "20270216T130000Z")), {EVENTS + "meeting-m.ics"}),
        (event(within("20270216T080000Z", "20270216T090000Z")), {EVENTS + "meeting-m.ics"}),
        (event(within("20270217T000000Z", "20270218T000000Z")), {SUB, EVENTS + "meeting-m.ics"}),
        (event(within("20270218T000000Z", None)), {EVENTS + "meeting-f.ics"}),
        (event(within(None, "20270216T000000Z")), set()),
        (event(within("00010101T000000Z", "99991231T235959Z")), ALL_EVENTS),
        (event(prop("UID", text("session-open@planner"))), {OPEN}),
        (event(prop("SUMMARY", text("oPeN"))), {OPEN}),
        (event(prop("SUMMARY", text("oPeN", ' collation="i;octet"'))), set()),
        (event(prop("SUMMARY", text("Open", ' negate-condition="yes"'))), ALL_EVENTS - {OPEN}),
        (event(prop("LOCATION", "<C:is-not-defined/>")), ALL_EVENTS),
        (event(prop("LOCATION")), set()),
        (event(prop("x-none")), set()),
        (event(prop("SUMMARY") + prop("UID", text("session"))), {OPEN, SUB}),
        (event(within("20270216T090000Z", "20270216T120000Z") + prop("UID", text("session"))), {OPEN}),
    ],
)
def test_a_query_finds_what_it_asks_for(program, filters, expected):
    assert found(program, filters) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (event(name="VTODO"), ALL_TASKS),
        (event(), set()),
        (event(within("20270228T000000Z", "20270301T000000Z"), "VTODO"), ALL_TASKS),
        (event(within("20270301T000000Z", "20270302T000000Z"), "VTODO"), set()),
        (event(prop("STATUS", text("NEEDS-ACTION")), "VTODO"), ALL_TASKS - {TASKS + "follow-up-begun.ics"}),
        (event(prop("COMPLETED", "<C:is-not-defined/>"), "VTODO"), ALL_TASKS),
    ],
)
def test_tasks_are_found_by_their_due_day(program, filters, expected):
    assert found(program, filters, TASKS) == expected


@pytest.mark.parametrize(
    ("body", "condition"),
    [
        (query("").replace("VCALENDAR", "VCARD"), None),
        (query(event(within(None, None))), "C:valid-filter"),
        (query(event(within("2027-02-16", None))), "C:valid-filter"),
        (query(event(within("20270216T090000", None))), "C:valid-filter"),
        (query(event(within("20270230T090000Z", None))), "C:valid-filter"),
        (query(event(within("20270217T000000Z", "20270216T000000Z"))), "C:valid-filter"),
        (query(event(within("20270217T000000Z", "20270217T000000Z"))), "C:valid-filter"),
        (query(event(prop("SUMMARY", text("a", ' collation="i;unicode-casemap"')))), "C:supported-collation"),
        (query(event(prop("DTSTART", within("20270216T090000Z", None)))), "C:supported-filter"),
        (query(event(prop("ATTENDEE", '<C:param-filter name="PARTSTAT"/>'))), "C:supported-filter"),
        (query(event("<C:own/>")), "C:supported-filter"),
        (query(event() + event(name="VTODO")), "C:supported-filter"),
        (query("").replace("<C:filter>", "<C:filter><C:comp-filter/>"), "C:valid-filter"),
        (query(event(prop(""))), "C:valid-filter"),
    ],
)
def test_a_filter_that_is_not_known_is_refused(program, body, condition):
    answer = program.ask("REPORT", EVENTS, body, "1")
    if condition is None:
        assert (answer.status_code, found(program, "") == ALL_EVENTS) == (207, True)
        return
    assert (answer.status_code, conditions(answer.data)[0]) == (403, condition)


def test_a_query_tells_the_whole_text(program):
    body = query(event(prop("UID", text("session-open"))), "D:getetag", "C:calendar-data")
    told = program.told("REPORT", EVENTS, body, "1").found
    got = program.ask("GET", OPEN)
    # to the byte, line ends too: a parser would read bare ones as one sign (XML 1.0 section 2.11)
    assert told == {OPEN: {"D:getetag": got.headers["ETag"], "C:calendar-data": got.text}}


def test_all_and_names_may_be_asked_in_a_report(program):
    body = query(event(prop("UID", text("session-open"))))
    names = body.replace("<D:prop><D:getetag/></D:prop>", "<D:propname/>")
    assert set(program.told("REPORT", EVENTS, names, "1").found[OPEN].values()) == {""}
    usual = body.replace("<D:prop><D:getetag/></D:prop>", "<D:allprop/>")
    assert "D:getetag" in program.told("REPORT", EVENTS, usual, "1").found[OPEN]
    without = body.replace("<D:prop><D:getetag/></D:prop>", "")
    assert "D:getetag" in program.told("REPORT", EVENTS, without, "1").found[OPEN]


def test_many_are_got_in_one(program):
    asked = [SUB, OPEN, "http://localhost" + EVENTS + "meeting-m.ics", EVENTS + "session%2Dopen.ics"]
    told = program.told("REPORT", EVENTS, multiget(*asked), "1")
    assert set(told.found) == {SUB, OPEN, EVENTS + "meeting-m.ics"}
    assert all("BEGIN:VCALENDAR" in one["C:calendar-data"] for one in told.found.values())


@pytest.mark.parametrize(
    "href",
    [
        EVENTS + "none.ics", EVENTS + "session-closed.ics", EVENTS + "follow-up-ours.ics", TASKS + "follow-up-ours.ics",
        EVENTS, "/", "", "x", "/etc/passwd", EVENTS + "../all/session-open.ics", "http://[", EVENTS + "%FF.ics",
        EVENTS + "%00.ics", EVENTS + "session-open%00.ics",
        EVENTS + "session-open.ics/x", EVENTS + "session-draft.ics", EVENTS + "session-case.ics",
    ],
)  # fmt: skip
def test_what_is_not_in_the_calendar_is_not_found(program, href):
    told = program.told("REPORT", EVENTS, multiget(href, OPEN), "1")
    assert (told.statuses, set(told.found)) == ({href: "HTTP/1.1 404 Not Found"}, {OPEN})


def test_more_than_a_thousand_may_be_asked_for(program):
    hrefs = [EVENTS + f"none-{number}.ics" for number in range(1200)]
    told = program.told("REPORT", EVENTS, multiget(OPEN, *hrefs), "1")
    assert (len(told.statuses), set(told.found)) == (1200, {OPEN})


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)


@given(name=NAMES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_opens_anything_else(program, name):
    from xml.sax.saxutils import escape

    told = program.told("REPORT", EVENTS, multiget(escape(EVENTS + name + ".ics"), OPEN), "1")
    assert set(told.found) == {OPEN}
