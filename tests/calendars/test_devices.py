"""Devices that sync: a password of its own for each, shown once, and void at once where it should be."""

from __future__ import annotations

import logging
import re

import pytest
from lxml import html
from sqlalchemy import select

from planner.access.viewer import system
from planner.core import clock
from planner.core.db import Base, db
from planner.models import DevicePassword, UserAccount
from planner.services import accounts, changes, devices
from tests.administration.pages import errors_of

EMAIL = "delegate@demo.example"


@pytest.fixture
def delegate(sign_in):
    return sign_in("delegate")


def make(client, name="Phone"):
    """Return the secret that the page shows."""
    page = client.post("/calendars/devices", data={"name": name})
    assert page.status_code == 200, page.text
    return re.search(r"<code[^>]*>((?:[a-z2-7]{4}-){6}[a-z2-7]{4})</code>", page.text)[1]


def ask(app, secret, email=EMAIL):
    return app.test_client().open("/dav/", method="PROPFIND", headers={"Depth": "0"}, auth=(email, secret)).status_code


def names(client):
    tree = html.fromstring(client.get("/calendars/devices").data)
    return [found.text_content() for found in tree.xpath("//li[@class='feed']//h3")]


def test_a_password_is_made_and_opens(full_app, delegate):
    secret = make(delegate, "  My phone ")
    assert names(delegate) == ["My phone"]
    assert ask(full_app, secret) == 207
    assert secret not in delegate.get("/calendars/devices").text


def test_it_is_as_good_as_people_type_it(full_app, delegate):
    secret = make(delegate)
    ways = (secret.replace("-", ""), secret.upper(), secret.replace("-", " "), f" {secret} ")
    assert [ask(full_app, one) for one in ways] == [207] * 4
    assert ask(full_app, secret, " Delegate@Demo.Example ") == 207


@pytest.mark.parametrize("secret", ["", "x", "a" * 5000, "é" * 28, "\ud800" * 4, "demodemo"])
def test_a_wrong_one_does_not(full_app, delegate, secret):
    make(delegate)
    with full_app.app_context():
        assert devices.open_device(EMAIL, secret, day=clock.today()) is None


def test_it_opens_one_account_alone(full_app, delegate, sign_in):
    secret = make(delegate)
    make(sign_in("ngo"))
    assert [ask(full_app, secret, email) for email in ("ngo@demo.example", "nobody@demo.example", "")] == [401] * 3


def test_a_revoked_one_is_let_in_no_more(full_app, delegate):
    first, second = make(delegate, "One"), make(delegate, "Two")
    assert delegate.post("/calendars/devices/1/revoke").status_code == 303
    assert (names(delegate), ask(full_app, first), ask(full_app, second)) == (["Two"], 401, 207)
    assert delegate.post("/calendars/devices/1/revoke").status_code == 404


def test_nobody_revokes_what_is_another_s(full_app, delegate, sign_in):
    secret = make(delegate)
    assert sign_in("admin").post("/calendars/devices/1/revoke").status_code == 404
    assert ask(full_app, secret) == 207
    assert full_app.test_client().post("/calendars/devices/1/revoke").status_code == 303  # to sign in
    assert ask(full_app, secret) == 207


def close(account, actor, at):
    account.is_active = False


def sign_out(account, actor, at):
    accounts.sign_out_everywhere(accounts.load_viewer(account.id, account.session_epoch, day=at.date()), at=at)


@pytest.mark.parametrize("end", [close, sign_out])
def test_it_ends_with_the_account_and_with_signing_out_everywhere(full_app, delegate, end):
    secret = make(delegate)
    at = clock.now()
    actor = system(at.date(), "test")
    with full_app.app_context(), changes.change(actor, at=at):
        end(db.session.scalars(select(UserAccount).where(UserAccount.email == EMAIL)).one(), actor, at)
    assert ask(full_app, secret) == 401


def test_another_password_ends_it(full_app, delegate):
    from tests.conftest import DEMO_PASSWORD

    secret = make(delegate)
    form = {"current": DEMO_PASSWORD, "new": "another quiet word", "again": "another quiet word"}
    answer = delegate.post("/account/password", data=form)
    assert (answer.status_code, ask(full_app, secret), names(delegate)) == (303, 401, [])


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "Name: Give the device a name."),
        ("   ", "Name: Give the device a name."),
        ("x" * 121, "Name: A name has at most 120 characters."),
        ("one\ntwo", "Name: A name is one line of text."),
    ],
)
def test_a_name_is_asked_for(delegate, name, fault):
    page = delegate.post("/calendars/devices", data={"name": name})
    assert (page.status_code, errors_of(page.data), names(delegate)) == (422, [fault], [])


def test_there_is_an_end_to_devices(full_app, delegate):
    with full_app.app_context():
        account = db.session.scalars(select(UserAccount).where(UserAccount.email == EMAIL)).one()
        viewer = accounts.load_viewer(account.id, account.session_epoch, day=clock.today())
        for number in range(devices.MOST):
            devices.make(viewer, f"Device {number}", at=clock.now())
    page = delegate.post("/calendars/devices", data={"name": "One more"})
    assert (page.status_code, errors_of(page.data)) == (422, ["You have 20 devices already. Revoke one first."])
    delegate.post("/calendars/devices/3/revoke")
    assert make(delegate, "One more")


def test_markup_in_a_name_stays_text(delegate):
    make(delegate, "<b>&\"' 会议")
    assert names(delegate) == ["<b>&\"' 会议"]


def test_the_last_use_is_shown(full_app, delegate):
    secret = make(delegate)
    assert "Not used yet." in delegate.get("/calendars/devices").text
    full_app.test_client().open("/dav/", method="OPTIONS", headers={"User-Agent": "DAVx5/4.4 (x)"})
    headers = {"User-Agent": "DAVx5/4.4 (x)", "Depth": "0"}
    full_app.test_client().open("/dav/", method="PROPFIND", headers=headers, auth=(EMAIL, secret))
    assert "by DAVx⁵." in delegate.get("/calendars/devices").text


def test_nothing_that_is_stored_or_logged_opens_it(full_app, delegate, caplog):
    caplog.set_level(logging.DEBUG)
    secret = make(delegate)
    ask(full_app, secret)
    ask(full_app, secret[:-1] + "x")
    with full_app.app_context():
        rows = [str(row) for table in Base.metadata.sorted_tables for row in db.session.execute(select(table))]
        digest = db.session.scalars(select(DevicePassword.digest)).one()
    plain = secret.replace("-", "")
    assert not any(plain in row or secret in row for row in rows)
    assert plain not in caplog.text
    assert secret not in caplog.text
    assert ask(full_app, digest) == 401


def test_the_page_is_kept_by_nobody(delegate):
    page = delegate.post("/calendars/devices", data={"name": "Phone"})
    assert page.headers["Cache-Control"] == "no-store"


def test_the_list_takes_the_same_queries_at_any_length(full_app, delegate, count_queries):
    counts = []
    for _ in range(2):
        make(delegate)
        with count_queries(full_app) as counted:
            delegate.get("/calendars/devices")
        counts.append(counted.count)
    assert counts[0] == counts[1] <= 6
