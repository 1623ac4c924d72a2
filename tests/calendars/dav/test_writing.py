"""What may be written: how far a task is. All else is refused in words, with the right status, and changes nothing."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from planner.core.db import Base, db
from planner.models import AuditEntry, DevicePassword, FollowUp

from .asking import EVENTS, TASKS, conditions

OURS, THEIRS, BEGUN = (TASKS + f"follow-up-{name}.ics" for name in ("ours", "theirs", "begun"))
OPEN = EVENTS + "session-open.ics"
OWN = "https://planner.invalid/ns/"
PAGE = r"http://localhost/follow-ups/\d+"


def everything(app):
    """Return all rows but the last use of devices, what programs were told, and the mark of the state."""
    kept = ("device_password", "dav_collection", "dav_member", "dav_state", "data_state")
    with app.app_context():
        return {
            table.name: [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
            if table.name not in kept
        }


def state_of(app, record_id):
    with app.app_context():
        found = db.session.get(FollowUp, record_id)
        return found.state, found.evidence


def marked(text, status, more=""):
    """Return a task as a program sends it back."""
    assert re.search("^STATUS:.*\r$", text, re.MULTILINE)
    text = re.sub("^STATUS:.*\r$", f"STATUS:{status}\r", text, flags=re.MULTILINE)
    return text.replace("END:VTODO", f"{more}END:VTODO").replace("SEQUENCE:0", "SEQUENCE:1")


def put(program, href, text, **headers):
    return program.ask("PUT", href, text.encode(), Content_Type="text/calendar; charset=utf-8", **headers)


@pytest.mark.parametrize(
    "href", [OPEN, EVENTS + "new.ics", OURS, TASKS + "new.ics", EVENTS, "/dav/calendars/new/", "/dav/"]
)
@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("DELETE", 403), ("PROPPATCH", 403), ("MKCALENDAR", 403), ("MKCOL", 403), ("MOVE", 403), ("COPY", 403),
        ("ACL", 403), ("LOCK", 405), ("UNLOCK", 405), ("POST", 405), ("PATCH", 405),
    ],
)  # fmt: skip
def test_nothing_is_made_moved_or_taken_away(program, the_app, method, status, href):
    if (
        method in ("DELETE", "PROPPATCH", "MOVE", "COPY", "ACL", "LOCK", "UNLOCK", "POST", "PATCH")
        and "calendars/new" in href
    ):
        status = 404  # there is no such calendar
    before = everything(the_app)
    answer = program.ask(method, href, b"x", Destination="http://localhost/dav/calendars/all/x.ics")
    assert answer.status_code == status
    if status == 403:
        assert conditions(answer.data)[0] == "D:need-privileges"
        assert "only read" in conditions(answer.data)[1]
    assert everything(the_app) == before


@pytest.mark.parametrize("href", [OPEN, EVENTS + "mine.ics", TASKS + "mine.ics"])
def test_entries_of_ones_own_are_refused(program, the_app, href):
    before = everything(the_app)
    text = program.ask("GET", OPEN).text.replace("Open", "Mine")
    answer = put(program, href, text)
    assert (answer.status_code, conditions(answer.data)[0]) == (403, "D:need-privileges")
    assert everything(the_app) == before


def test_a_task_is_begun(program, the_app, owing):
    first = program.sync(TASKS)
    got = program.ask("GET", OURS)
    answer = put(program, OURS, marked(got.text, "IN-PROCESS"), If_Match=got.headers["ETag"])
    assert (answer.status_code, answer.data, answer.headers.get("ETag")) == (204, b"", None)
    assert state_of(the_app, owing.ours) == ("in_progress", None)
    told = program.sync(TASKS, first.token)
    assert set(told.found) == {OURS}
    lines = program.ask("GET", OURS).text.split("\r\n")
    assert [line for line in lines if line.startswith(("STATUS", "SEQUENCE"))] == ["SEQUENCE:1", "STATUS:IN-PROCESS"]


def test_the_history_tells_who_did_it(program, the_app, owing):
    put(program, OURS, marked(program.ask("GET", OURS).text, "IN-PROCESS"))
    with the_app.app_context():
        entry = db.session.scalars(
            select(AuditEntry).where(AuditEntry.record_id == owing.ours).order_by(AuditEntry.id.desc())
        ).first()
        told = (entry.actor_name, entry.action, entry.changes)
    assert told == ("A delegate", "start", {"state": ["open", "in_progress"]})


@pytest.mark.parametrize(
    ("more", "evidence"),
    [
        ("COMMENT:Note 12 of 3 May\\, sent\r\n", "Note 12 of 3 May, sent"),
        ("ATTACH:https://example.org/note.pdf\r\n", "https://example.org/note.pdf"),
        ("COMMENT:One\r\nCOMMENT:Two\r\n", "One\nTwo"),
    ],
)
def test_a_task_is_done_with_evidence(program, the_app, owing, more, evidence):
    done = "COMPLETED:20270201T100000Z\r\nPERCENT-COMPLETE:100\r\n"
    answer = put(program, OURS, marked(program.ask("GET", OURS).text, "COMPLETED", done + more))
    assert answer.status_code == 204
    assert state_of(the_app, owing.ours) == ("done", evidence)
    assert "STATUS:COMPLETED" in program.ask("GET", OURS).text


@pytest.mark.parametrize("more", ["", "COMMENT:\r\n", "COMMENT:  \r\n"])
@pytest.mark.parametrize("href", [OURS, BEGUN])
def test_without_evidence_the_words_say_where_it_is_given(program, the_app, more, href):
    """Not need-privileges: programs would put the stored task back without showing the words."""
    before = everything(the_app)
    answer = put(program, href, marked(program.ask("GET", href).text, "COMPLETED", more))
    condition, words = conditions(answer.data)
    assert (answer.status_code, condition) == (403, f"{OWN}:evidence")
    assert re.fullmatch(f"To be done it needs evidence: .* {PAGE}", words)
    assert everything(the_app) == before


@pytest.mark.parametrize(
    ("status", "more"),
    [
        ("NEEDS-ACTION", "PERCENT-COMPLETE:100\r\nCOMMENT:Sent\r\n"),
        ("NEEDS-ACTION", "COMPLETED:20270201T100000Z\r\nCOMMENT:Sent\r\n"),
        ("completed", "COMMENT:Sent\r\n"),
    ],
)
def test_done_is_said_in_more_ways_than_one(program, the_app, owing, status, more):
    assert put(program, OURS, marked(program.ask("GET", OURS).text, status, more)).status_code == 204
    assert state_of(the_app, owing.ours) == ("done", "Sent")


def test_a_percentage_begins_a_task(program, the_app, owing):
    assert put(program, OURS, marked(program.ask("GET", OURS).text, "NEEDS-ACTION", "PERCENT-COMPLETE:30\r\n"))
    assert state_of(the_app, owing.ours) == ("in_progress", None)


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("SUMMARY:Name a point", "SUMMARY:Rename a point", "SUMMARY"),
        ("20270301", "20270401", "DUE"),
        ("DUE;VALUE=DATE:20270301\r\n", "", "DUE"),
        ("DUE;VALUE=DATE:20270301", "DUE:20270301T000000Z", "DUE"),
        ("END:VTODO", "PRIORITY:1\r\nEND:VTODO", "PRIORITY"),
        ("END:VTODO", "LOCATION:Here\r\nRRULE:FREQ=DAILY\r\nEND:VTODO", "LOCATION, RRULE"),
        ("END:VTODO", "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VTODO", "VALARM"),
        ("CATEGORIES:GROUP", "CATEGORIES:GROUP,MINE", "CATEGORIES"),
        ("END:VTODO", "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\r\nEND:VTODO", "ATTACH"),
        ("UID:follow-up-ours", "UID:other", "UID"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", ["NEEDS-ACTION", "IN-PROCESS"])
def test_any_other_change_is_refused_by_name(program, the_app, status, old, new, names):
    before = everything(the_app)
    text = program.ask("GET", OURS).text
    assert old in text
    answer = put(program, OURS, marked(text.replace(old, new), status))
    condition, words = conditions(answer.data)
    assert (answer.status_code, condition) == (403, f"{OWN}:change")
    assert f", not {names}. " in words
    assert everything(the_app) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("PRODID:-//planner//multi-year work plan//EN", "PRODID:-//Other//EN"),
        lambda text: text.replace("END:VTODO", "X-MOZ-LASTACK:20270101T000000Z\r\nEND:VTODO"),
        lambda text: text.replace("END:VTODO", "CLASS:PUBLIC\r\nPRIORITY:0\r\nEND:VTODO"),
        lambda text: re.sub("(DTSTAMP|LAST-MODIFIED|CREATED):[^\r]*", r"\1:20270101T000000Z", text),
        lambda text: text.replace("\r\n", "\n"),
        lambda text: text.replace("DESCRIPTION:", "DESCRIPTION: ").replace("SEQUENCE:0", "SEQUENCE:7"),
        lambda text: text.replace("SUMMARY:", "SUMMARY;LANGUAGE=en:"),
    ],
)  # fmt: skip
def test_what_programs_write_by_themselves_is_no_change(program, the_app, change):
    before = everything(the_app)
    text = program.ask("GET", OURS).text
    assert put(program, OURS, change(text)).status_code == 204
    assert everything(the_app) == before


def test_a_program_s_own_writing_and_a_change_go_together(program, the_app, owing):
    text = program.ask("GET", OURS).text.replace("\r\n", "\n").replace("END:VTODO", "X-OWN:1\nEND:VTODO")
    assert put(program, OURS, text.replace("NEEDS-ACTION", "IN-PROCESS")).status_code == 204
    assert state_of(the_app, owing.ours)[0] == "in_progress"


def test_what_others_owe_is_theirs(program, the_app):
    before = everything(the_app)
    for status, more in (("IN-PROCESS", ""), ("COMPLETED", "COMMENT:Sent\r\n")):
        answer = put(program, THEIRS, marked(program.ask("GET", THEIRS).text, status, more))
        assert (answer.status_code, conditions(answer.data)[0]) == (403, "D:need-privileges")
    assert everything(the_app) == before


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("NEEDS-ACTION", "What has been started is not set back here."),
        ("CANCELLED", "An action is dropped by the secretariat, with a reason."),
        ("IN-PROCESS", "Evidence is given when the task is marked as done."),
    ],
)
def test_no_other_state_is_set(program, the_app, status, words):
    before = everything(the_app)
    answer = put(program, BEGUN, marked(program.ask("GET", BEGUN).text, status, "COMMENT:Sent\r\n"))
    assert answer.status_code == 403
    assert conditions(answer.data)[0] == f"{OWN}:change"
    assert conditions(answer.data)[1].startswith(words)
    assert everything(the_app) == before


def test_an_older_state_is_not_written_over(program, the_app, owing):
    got = program.ask("GET", OURS)
    assert put(program, OURS, marked(got.text, "IN-PROCESS"), If_Match='"other"').status_code == 412
    assert state_of(the_app, owing.ours) == ("open", None)
    assert put(program, OURS, got.text, If_None_Match="*").status_code == 412
    assert put(program, TASKS + "gone.ics", got.text, If_Match=got.headers["ETag"]).status_code == 412
    assert put(program, OURS, marked(got.text, "IN-PROCESS"), If_Match=f'"x", {got.headers["ETag"]}').status_code == 204
    late = put(program, OURS, marked(got.text, "COMPLETED", "COMMENT:Sent\r\n"), If_Match=got.headers["ETag"])
    assert late.status_code == 412
    assert state_of(the_app, owing.ours) == ("in_progress", None)


def task(inner="UID:follow-up-ours@planner\r\n", around="{}"):
    return around.format(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\n{inner}END:VTODO\r\nEND:VCALENDAR\r\n"
    )


@pytest.mark.parametrize(
    "body",
    [
        b"", b"x", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\n", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VTODO\r\nUID:x\r\nEND:VTODO\r\n", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        task(around="{0}{0}").encode(), b"<xml/>", b"BEGIN:VCALENDAR\r\n" * 3000, b"A" * 90_000,
        b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nDUE:x\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", b":\r\n;\r\n", "BEGIN:VCALENDAR\r\né:\r\n".encode(),
        b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nEND:VTODO\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
    ],
)  # fmt: skip
def test_what_is_no_task_is_refused(program, the_app, body):
    before = everything(the_app)
    answer = program.ask("PUT", OURS, body)
    assert answer.status_code == 403
    assert conditions(answer.data)[0] in ("C:valid-calendar-data", f"{OWN}:change")
    assert everything(the_app) == before


def test_what_is_too_large_is_refused(program, the_app):
    before = everything(the_app)
    large = program.ask("PUT", OURS, b"x" * 110_000)
    assert (large.status_code, conditions(large.data)[0]) == (403, "C:max-resource-size")
    assert program.ask("PUT", OURS, b"x" * 2_000_000).status_code == 413
    assert everything(the_app) == before


def test_an_officer_marks_by_the_same_rules(the_app, owing):
    from planner.models import OfficeRole
    from tests.factories import user as users

    from .asking import program_of

    with the_app.app_context():
        users.office(OfficeRole.SECRETARIAT, users.user("office@test.example"))
    officer = program_of(the_app, "office@test.example")
    assert put(officer, THEIRS, marked(officer.ask("GET", THEIRS).text, "IN-PROCESS")).status_code == 204
    assert state_of(the_app, owing.theirs) == ("in_progress", None)


def test_the_secret_is_in_no_answer(program, the_app):
    with the_app.app_context():
        assert db.session.scalars(select(DevicePassword.digest)).one()
    for method in ("PROPFIND", "GET", "PUT", "DELETE"):
        assert program.secret not in program.ask(method, OURS, depth="0").text
