"""Signing in and out, the profile and the password, over HTTP."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from planner.access.viewer import system
from planner.account.routes import own_path
from planner.core import clock
from planner.core.db import db
from planner.models import OfficeRole, UserAccount
from planner.services import accounts
from planner.web.limits import limiter
from tests.administration.pages import fields_of
from tests.factories import stakeholder as stakeholders
from tests.factories import user as users
from tests.factories.user import PASSWORD

EMAIL = "somebody@example.org"
PAIR = {"email": EMAIL, "password": PASSWORD}


@pytest.fixture
def site(app):
    """A site with one account, of a delegate who is also an administrator."""
    with app.app_context():
        party = stakeholders.state("Q1", stakeholders.status("state_party", "2015"), name="Example State")
        account = users.user(EMAIL, stakeholders.person("Somebody Named", party), password=PASSWORD)
        users.office(OfficeRole.ADMINISTRATOR, account)
    return app


@pytest.fixture
def counting(app):
    """Failed sign-ins are counted, from nothing."""
    limiter.reset()
    app.config["RATELIMIT_ENABLED"] = True
    yield
    app.config["RATELIMIT_ENABLED"] = False
    limiter.reset()


def is_signed_in(client) -> bool:
    return client.get("/account/profile").status_code == 200


def test_a_right_pair_leads_to_where_the_person_wanted_to_go(site):
    client = site.test_client()
    asked = client.get("/account/profile")
    assert (asked.status_code, asked.location) == (303, "/account/sign-in?next=/account/profile")
    form = client.get(asked.location).text
    assert 'name="next" value="/account/profile"' in form
    answer = client.post("/account/sign-in", data={**PAIR, "next": "/account/profile"})
    assert (answer.status_code, answer.location) == (303, "/account/profile")
    page = client.get(answer.location).text
    assert "Somebody Named" in page
    assert "Example State" in page
    assert "whole installation" in page


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/documents?kind=work_plan", "/documents?kind=work_plan"),
        ("https://elsewhere.example/", None),
        ("//elsewhere.example/", None),
        ("/\\elsewhere.example", None),
        ("/x\\..\\y", None),
        ("/a\nb", None),
        ("\t//elsewhere.example", None),
        ("documents", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_only_a_path_of_this_site_is_followed(site, text, path):
    assert own_path(text) == path
    answer = site.test_client().post("/account/sign-in", data={**PAIR, "next": text})
    assert answer.location == (path or "/")


@pytest.mark.parametrize("wrong", [{"email": "nobody@example.org"}, {"password": "another password"}])
def test_a_failure_never_says_which_of_both_was_wrong(site, wrong):
    answer = site.test_client().post("/account/sign-in", data={**PAIR, **wrong})
    assert answer.status_code == 422
    assert "This e-mail and this password do not belong together." in answer.text
    assert f'value="{wrong.get("email", EMAIL)}"' in answer.text
    assert wrong.get("password", PASSWORD) not in answer.text


def test_an_empty_form_says_what_is_missing(site):
    answer = site.test_client().post("/account/sign-in", data={})
    assert answer.status_code == 422
    assert "Give the e-mail address of your account." in answer.text
    assert "Give your password." in answer.text


def test_the_cookie_is_new_lasting_and_out_of_reach_of_scripts(site):
    client = site.test_client()
    with client.session_transaction() as session:
        session.update(planted="by somebody else", lang="en")
    answer = client.post("/account/sign-in", data=PAIR)
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Expires=" in cookie
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["lang"] == "en"
        assert session.permanent


def test_signing_out_ends_this_session_alone(site):
    here, there = site.test_client(), site.test_client()
    for client in (here, there):
        client.post("/account/sign-in", data=PAIR)
    answer = here.post("/account/sign-out")
    assert (answer.status_code, answer.location) == (303, "/")
    assert (is_signed_in(here), is_signed_in(there)) == (False, True)
    assert here.get("/account/sign-out").status_code == 405


def test_signing_out_everywhere_ends_all_sessions(site):
    here, there = site.test_client(), site.test_client()
    for client in (here, there):
        client.post("/account/sign-in", data=PAIR)
    answer = here.post("/account/sign-out-everywhere")
    assert (answer.status_code, answer.location) == (303, "/account/sign-in")
    assert "You are signed out on all devices." in here.get(answer.location).text
    assert (is_signed_in(here), is_signed_in(there)) == (False, False)


def test_another_password_keeps_this_session_and_ends_the_others(site):
    here, there = site.test_client(), site.test_client()
    for client in (here, there):
        client.post("/account/sign-in", data=PAIR)
    wrong = here.post("/account/password", data={"current": "wrong", "new": "another quiet word"})
    assert wrong.status_code == 422
    assert "This is not your present password." in wrong.text
    assert is_signed_in(there)
    answer = here.post("/account/password", data={"current": PASSWORD, "new": "another quiet word"})
    assert (answer.status_code, answer.location) == (303, "/account/profile")
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert there.post("/account/sign-in", data={**PAIR, "password": "another quiet word"}).status_code == 303


def test_the_zone_is_chosen_from_the_list_and_kept(site):
    client = site.test_client()
    client.post("/account/sign-in", data=PAIR)
    assert client.post("/account/profile", data={"zone": "Mars/Olympus"}).status_code == 422
    answer = client.post("/account/profile", data={"zone": "Africa/Nairobi"})
    assert (answer.status_code, answer.location) == (303, "/account/profile")
    page = client.get("/account/profile").text
    assert 'selected value="Africa/Nairobi"' in page
    assert "Your profile is saved." in page


def test_a_language_of_mails_is_chosen_and_kept_beside_the_zone(site):
    client = site.test_client()
    client.post("/account/sign-in", data=PAIR)
    page = client.get("/account/profile").text
    assert ["français" in page, "español" in page, "Your language" in page] == [True] * 3
    both = {"zone": "Africa/Nairobi", "language": "fr"}
    assert client.post("/account/profile", data={**both, "language": "tlh"}).status_code == 422
    assert client.post("/account/profile", data=both).status_code == 303
    page = client.get("/account/profile").text
    assert 'selected value="fr"' in page
    assert 'selected value="Africa/Nairobi"' in page


def test_who_is_signed_in_already_is_not_asked_again(site):
    client = site.test_client()
    client.post("/account/sign-in", data=PAIR)
    answer = client.get("/account/sign-in?next=/documents")
    assert (answer.status_code, answer.location) == (303, "/documents")


def test_too_many_failures_are_told_to_wait_and_keep_what_was_typed(site, counting):
    client = site.test_client()
    wrong = {**PAIR, "password": "another password"}
    assert [client.post("/account/sign-in", data=wrong).status_code for _ in range(10)] == [422] * 10
    answer = client.post("/account/sign-in", data=PAIR)
    assert answer.status_code == 429
    assert 800 < int(answer.headers["Retry-After"]) <= 900
    assert "There were too many tries." in answer.text
    assert "Try again in 15 minutes." in answer.text
    assert f'value="{EMAIL}"' in answer.text
    assert not is_signed_in(client)


def test_failures_count_for_the_address_and_for_the_account(site, counting):
    client = site.test_client()
    for number in range(10):
        client.post("/account/sign-in", data={"email": f"guess{number}@example.org", "password": "guess"})
    assert client.post("/account/sign-in", data=PAIR).status_code == 429
    elsewhere = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
    assert client.post("/account/sign-in", data=PAIR, **elsewhere).status_code == 303
    limiter.reset()
    for number in range(10):
        client.post("/account/sign-in", data={**PAIR, "password": "guess"},
                    environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})  # fmt: skip
    assert client.post("/account/sign-in", data=PAIR).status_code == 429


def test_successes_do_not_count(site, counting):
    answers = [site.test_client().post("/account/sign-in", data=PAIR).status_code for _ in range(12)]
    assert answers == [303] * 12


def test_wrong_present_passwords_are_counted_as_at_sign_in(site, counting):
    client = site.test_client()
    client.post("/account/sign-in", data=PAIR)
    wrong = {"current": "a guess", "new": "another quiet word"}
    short = {"current": PASSWORD, "new": "short"}
    assert [client.post("/account/password", data=short).status_code for _ in range(12)] == [422] * 12
    assert [client.post("/account/password", data=wrong).status_code for _ in range(10)] == [422] * 10
    answer = client.post("/account/password", data={**wrong, "current": PASSWORD})
    assert answer.status_code == 429
    assert 800 < int(answer.headers["Retry-After"]) <= 900
    assert "There were too many tries.</b> Try again in 15 minutes." in answer.text
    assert is_signed_in(client)
    elsewhere = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
    assert client.post("/account/password", data=wrong, **elsewhere).status_code == 429, "the account is counted too"
    assert site.test_client().post("/account/sign-in", data=PAIR).status_code == 303, "it goes on signing in"


def address_of(site, **changed) -> str:
    """Make an address at which the one account chooses its password, and return it."""
    with site.app_context():
        account = db.session.scalars(select(UserAccount)).one()
        accounts.make_password_link(system(clock.today(), "test"), account.id, at=changed.get("at", clock.now()))
        token = accounts.token_of(account.id, account.password_link_until, key=site.config["SECRET_KEY"])
    return f"/account/choose-password?link={token}"


def test_a_password_is_chosen_once_at_the_address(site, caplog):
    caplog.set_level(logging.DEBUG)
    elsewhere, client = site.test_client(), site.test_client()
    elsewhere.post("/account/sign-in", data=PAIR)
    address = address_of(site)
    for _ in range(2):
        page = client.get(address)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
    assert "For Somebody Named, who signs in as somebody@example.org." in page.text
    assert client.post(address, data={"new": "short"}).status_code == 422
    answer = client.post(address, data={"new": "another quiet word"})
    assert (answer.status_code, answer.location) == (303, "/account/sign-in")
    assert "Your password is set. Sign in with it." in client.get(answer.location).text
    assert not is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert client.post("/account/sign-in", data={**PAIR, "password": "another quiet word"}).status_code == 303
    for used in (client.get(address), client.post(address, data={"new": "yet another word"})):
        assert used.status_code == 404
        assert "This address does not count any more" in used.text
    assert "another quiet word" not in caplog.text
    assert address.rpartition("=")[2] not in caplog.text


def test_the_form_of_the_address_works_as_a_browser_sends_it(site):
    client = site.test_client()
    address = address_of(site)
    sent = dict(fields_of(client.get(address).data, "choose-password"))
    assert sent["link"] == address.rpartition("=")[2]
    answer = client.post("/account/choose-password", data={**sent, "new": "another quiet word"})
    assert answer.status_code == 303


@pytest.mark.parametrize("link", ["", "nonsense", "1-1764000000000000-" + "A" * 43])
def test_an_address_that_nobody_signed_is_no_page(site, link):
    assert site.test_client().get(f"/account/choose-password?link={link}").status_code == 404
    assert site.test_client().post("/account/choose-password", data={"link": link, "new": PASSWORD}).status_code == 404


def test_an_address_of_two_days_ago_is_no_page(site):
    address = address_of(site, at=clock.now() - timedelta(hours=48))
    assert site.test_client().get(address).status_code == 404


def test_no_secret_reaches_the_log(site, counting, caplog):
    caplog.set_level(logging.DEBUG)
    client = site.test_client()
    for _ in range(12):
        client.post("/account/sign-in", data={**PAIR, "password": "a secret guess"})
    limiter.reset()
    client.post("/account/sign-in", data=PAIR)
    client.post("/account/password", data={"current": PASSWORD, "new": "another quiet word"})
    assert not any(secret in caplog.text for secret in ("a secret guess", PASSWORD, "another quiet word", "argon2id"))


def test_a_form_without_its_token_is_refused(site):
    site.config["WTF_CSRF_ENABLED"] = True
    try:
        client = site.test_client()
        assert client.post("/account/sign-in", data=PAIR).status_code == 400
        assert client.post("/account/sign-out").status_code == 400
    finally:
        site.config["WTF_CSRF_ENABLED"] = False
    assert not is_signed_in(client)


def test_a_closed_account_is_signed_out(site):
    client = site.test_client()
    client.post("/account/sign-in", data=PAIR)
    with site.app_context():
        from planner.access.viewer import system
        from planner.services import changes

        with changes.change(system(users.AT.date(), "test"), at=users.AT):
            db.session.query(UserAccount).one().is_active = False
    assert not is_signed_in(client)
