"""Bodies that nobody means well: a clear answer of the right status; nothing is read from elsewhere, nothing leaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from planner.services import dav as services

from .asking import EVENTS, HEAD, TASKS, conditions, propfind, query, sync

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
EXTERNAL = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def with_entity(head, name):
    return head + propfind("D:displayname").replace("<D:prop>", f"<D:prop><x>&{name};</x>")


BAD = {
    "no XML": "x",
    "half": "<a",
    "two roots": "<a/><b/>",
    "unknown prefix": "<D:propfind><D:prop/></D:propfind>",
    "another root": f"<D:options {HEAD}/>",
    "nothing asked": f"<D:propfind {HEAD}/>",
    "bomb": with_entity(BOMB, "j"),
    "bomb in an attribute": f'{BOMB}<D:propfind {HEAD} x="&j;"><D:prop/></D:propfind>',
    "file": with_entity(FILE, "f"),
    "parameter entity": with_entity(PARAMETER, "f"),
    "external subset": EXTERNAL + propfind("D:displayname"),
    "harmless doctype": "<!DOCTYPE x>" + propfind("D:displayname"),
    "bomb in UTF-16": with_entity(BOMB, "j").encode("utf-16"),
    "bomb in UTF-16 without a mark": (f'<?xml version="1.0" encoding="utf-16-le"?>{with_entity(BOMB, "j")}').encode(
        "utf-16-le"
    ),
    "deep": "<a>" * 200 + "</a>" * 200,
    "very deep": "<a>" * 100_000,
    "wide": f"<D:propfind {HEAD}><D:prop>" + "<D:a/>" * 60_000 + "</D:prop></D:propfind>",
    "unknown encoding": b'<?xml version="1.0" encoding="x-none"?><a/>',
    "not UTF-8": b"<a>\xff\xfe</a>",
    "zero": b"\0",
    "control": b"<a>\x01</a>",
    "a form": b"a=b&c=d",
    "JSON": b'{"a": 1}',
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("method", ["PROPFIND", "REPORT"])
def test_a_body_that_cannot_be_read_is_refused(program, method, name):
    if method == "REPORT" and name in ("another root", "nothing asked"):
        return
    body = BAD[name]
    began = time.perf_counter()
    answer = program.ask(method, EVENTS, body if isinstance(body, bytes) else body.encode(), "1")
    assert answer.status_code == 400
    assert time.perf_counter() - began < 3
    assert "root:" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "body", ["", f"<D:version-tree {HEAD}/>", f"<C:free-busy-query {HEAD}/>", propfind("D:x"), "<a/>"]
)
def test_another_report_is_not_known(program, body):
    answer = program.ask("REPORT", EVENTS, body, "1")
    if not body:
        assert answer.status_code == 400
    else:
        assert (answer.status_code, conditions(answer.data)[0]) == (403, "D:supported-report")


@pytest.mark.parametrize(
    "body",
    [
        f"<C:calendar-multiget {HEAD}><D:prop/></C:calendar-multiget>",
        f"<D:sync-collection {HEAD}><D:prop/></D:sync-collection>",
    ],
)
def test_a_report_that_lacks_what_it_needs_is_refused(program, body):
    assert program.ask("REPORT", EVENTS, body, "1").status_code == 400


@pytest.mark.parametrize("path", ["/dav/", "/dav/principals/me/", "/dav/calendars/", EVENTS + "session-open.ics"])
def test_only_calendars_report(program, path):
    assert program.ask("REPORT", path, sync(), "0").status_code == 405


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 10 * 1024 * 1024])
@pytest.mark.parametrize(
    ("method", "path"), [("PROPFIND", EVENTS), ("REPORT", EVENTS), ("PUT", TASKS + "follow-up-ours.ics")]
)
def test_a_body_that_is_too_large_is_refused(program, method, path, size):
    answer = program.ask(method, path, b"<a>" + b" " * size, "1")
    assert answer.status_code == 413
    assert answer.content_type == "application/xml; charset=utf-8"


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "GET", "PUT"])
def test_a_failing_database_is_503_and_never_an_empty_calendar(program, monkeypatch, method):
    def fail(*_args, **_values):
        raise OperationalError("SELECT", {}, Exception("secret of the database"))

    monkeypatch.setattr("planner.services.dav.items._read", fail)
    path = TASKS + "follow-up-ours.ics" if method in ("GET", "PUT") else EVENTS
    answer = program.ask(method, path, query("") if method == "REPORT" else b"", "1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "300")
    assert conditions(answer.data) == ["The calendar cannot be read at the moment."]


def test_a_fault_of_the_program_says_nothing_of_itself(program, monkeypatch):
    def fail(*_args, **_values):
        raise ZeroDivisionError("inner workings")

    monkeypatch.setattr("planner.services.dav.items._read", fail)
    answer = program.ask("PROPFIND", EVENTS, propfind("D:getetag"), "1")
    assert (answer.status_code, conditions(answer.data)) == (500, ["The request failed here. Nothing was changed."])


NAMES = st.sampled_from(["D:prop", "D:propfind", "D:allprop", "D:href", "D:sync-token", "C:filter", "C:comp-filter",
                         "C:prop-filter", "C:time-range", "C:text-match", "C:is-not-defined", "D:limit",
                         "C:calendar-data", "D:nresults", "D:getetag"])  # fmt: skip
ROOTS = st.sampled_from(["D:propfind", "C:calendar-query", "C:calendar-multiget", "D:sync-collection"])
VALUES = st.sampled_from(["", "VEVENT", "VCALENDAR", "yes", "20270216T090000Z", "x", "\u202e", "1", "data:,1-1"])


@st.composite
def trees(draw, names=NAMES, depth=3):
    name = draw(names)
    attributes = draw(st.dictionaries(st.sampled_from(["name", "start", "end", "collation"]), VALUES, max_size=2))
    text = "".join(f' {key}="{value}"' for key, value in attributes.items())
    inner = draw(VALUES) + "".join(draw(st.lists(trees(depth=depth - 1), max_size=3)) if depth else [])
    return f"<{name}{text}>{inner}</{name}>"


@given(root=ROOTS, parts=st.lists(trees(), max_size=3), method=st.sampled_from(["PROPFIND", "REPORT"]))
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_built_of_known_names_is_answered(program, root, parts, method):
    answer = program.ask(method, EVENTS, f"<{root} {HEAD}>{''.join(parts)}</{root}>", "0")
    assert answer.status_code in (207, 400, 403, 507), answer.text


@given(body=st.binary(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_as_a_task_is_answered(program, body):
    answer = program.ask("PUT", TASKS + "follow-up-ours.ics", body)
    assert answer.status_code == 403


LINES = st.lists(
    st.sampled_from(
        [
            "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTODO", "END:VTODO", "BEGIN:VALARM", "END:VALARM",
            "BEGIN:VTIMEZONE", "UID:follow-up-ours@planner", "DUE:x", "DUE;VALUE=DATE:20270301",
            "DUE;TZID=x:20270301T000000", "STATUS:", "STATUS:COMPLETED", "COMMENT:a", "PERCENT-COMPLETE:x", "ATTACH:x",
            "RRULE:x", " folded", "CATEGORIES:a,b", "X",
        ]
    ),
    max_size=12,
)  # fmt: skip


@given(lines=LINES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_built_of_known_lines_is_answered(program, lines):
    answer = program.ask(
        "PUT", TASKS + "follow-up-ours.ics", "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VTODO", *lines]).encode()
    )
    assert answer.status_code == 403, answer.text


def test_the_service_names_what_it_raises():
    assert services.UnknownToken.status == services.Refused.status == 403
