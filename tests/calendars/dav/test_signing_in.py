"""Who is let in: a device with its own password, and nobody else."""

from __future__ import annotations

import pytest

from planner.web.limits import limiter
from tests.factories.user import PASSWORD

from .asking import EVENTS, TASKS
from .conftest import EMAIL

PATHS = ("/dav/", "/dav/principals/me/", "/dav/calendars/", EVENTS, TASKS, "/dav/none", EVENTS + "session-open.ics")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "GET", "PUT", "DELETE", "PROPPATCH", "LOCK", "POST"])
def test_a_stranger_is_asked_for_a_password_whatever_is_there(the_app, owing, method, path):
    answer = the_app.test_client().open(path, method=method, headers={"Depth": "0"})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (
        401, 'Basic realm="planner", charset="UTF-8"'
    )  # fmt: skip
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "header",
    [
        "Basic", "Basic ", "Basic !!!!", "Basic Og==", "Basic AAAA", "Basic " + "A" * 20000, "Bearer x", "Digest x=y",
        "basic ZGVsZWdhdGU=", "x", "Basic \x7f", "Basic 4pyT",
    ],
)  # fmt: skip
def test_a_header_that_names_nobody_is_none(the_app, owing, header):
    answer = the_app.test_client().open("/dav/", method="PROPFIND", headers={"Authorization": header, "Depth": "0"})
    assert answer.status_code == 401


def test_the_password_of_the_account_opens_nothing(the_app, owing):
    from planner.core import clock
    from planner.core.db import db
    from planner.models import UserAccount
    from planner.services import changes
    from planner.services.accounts import authenticate, passwords
    from tests.factories.meeting import WRITER

    with the_app.app_context():
        with changes.change(WRITER, at=clock.now()):
            db.session.query(UserAccount).filter_by(email=EMAIL).one().password_hash = passwords.keep(PASSWORD)
        assert authenticate(EMAIL, PASSWORD, at=clock.now())
    answer = the_app.test_client().open("/dav/", method="PROPFIND", headers={"Depth": "0"}, auth=(EMAIL, PASSWORD))
    assert answer.status_code == 401


def test_a_session_s_cookie_opens_nothing(the_app, program):
    client = the_app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{program.viewer.user_id}.0"
        session["_fresh"] = True
    assert client.get("/calendars/mine").status_code == 200
    answer = client.open("/dav/?lang=en", method="PROPFIND", headers={"Depth": "0"})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (401, False)


def test_an_answer_is_one_person_s_and_writes_no_cookie(program):
    for path, method in (("/dav/?lang=en", "PROPFIND"), (EVENTS + "session-open.ics", "GET"), ("/dav/x", "GET")):
        answer = program.ask(method, path, depth="0")
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert "Authorization" in answer.headers["Vary"]
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_wrong_passwords_are_counted_and_a_right_one_is_let_in(the_app, program):
    client = the_app.test_client()
    the_app.config["RATELIMIT_ENABLED"] = True
    limiter.reset()
    try:
        wrong = [
            client.open("/dav/", method="PROPFIND", headers={"Depth": "0"}, auth=(EMAIL, f"wrong {number}"))
            for number in range(12)
        ]
        assert [answer.status_code for answer in wrong] == [401] * 10 + [429] * 2
        assert 0 < int(wrong[-1].headers["Retry-After"]) <= 900
        assert program.ask("PROPFIND", "/dav/", depth="0").status_code == 207
    finally:
        limiter.reset()
        the_app.config["RATELIMIT_ENABLED"] = False
