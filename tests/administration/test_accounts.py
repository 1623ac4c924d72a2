"""The pages of the accounts, as an administrator without scripts uses them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from planner.access.viewer import system
from planner.core import clock
from planner.core.db import db
from planner.models import Delegation, Person, Stakeholder, UserAccount
from planner.services import accounts

from ..conftest import DEMO_PASSWORD, SignIn
from .pages import errors_of, fields_of, pressed, with_values

LIST = "/administration/accounts"
NEW = "/administration/accounts/new"


def id_of(app: Flask, email: str) -> int:
    with app.app_context():
        return db.session.scalars(select(UserAccount.id).where(UserAccount.email == email)).one()


def text_of(page: str, path: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in html.fromstring(page).xpath(path)]


def press(client: FlaskClient, address: str, action: str) -> str:
    """Press the first button of a page whose form leads to an action, and return the page that follows."""
    page = client.get(address)
    target = html.fromstring(page.text).xpath(f"//form[contains(@action, '{action}')]/@action")[0]
    answer = client.post(target, data=dict(fields_of(page.data, action)))
    assert answer.status_code == 303
    return client.get(answer.location).text


def handed_over(page: str) -> str:
    """Return the address to hand over, as it stands on the page, without its host."""
    (address,) = text_of(page, "//div[@class='addr']/code")
    return address.removeprefix("http://localhost")


def test_the_workbench_leads_administrators_to_the_accounts(sign_in: SignIn) -> None:
    assert f'href="{LIST}"' in sign_in("admin").get("/workbench").text
    assert f'href="{LIST}"' not in sign_in("secretariat").get("/workbench").text


def test_nobody_but_administrators_gets_in(full_app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    one = id_of(full_app, "delegate@demo.example")
    pages = (LIST, NEW, f"{LIST}/{one}")
    acts = [f"{LIST}/{one}/{act}" for act in ("close", "reopen", "e-mail", "password-link", "password-link/withdraw")]
    assert {client.get(page).status_code for page in pages} == {303}
    for name in ("secretariat", "chair", "delegate"):
        signed_in = sign_in(name)
        assert {signed_in.get(page).status_code for page in pages} == {403}
        assert {signed_in.post(act).status_code for act in (*acts, NEW)} == {403}
    admin = sign_in("admin")
    assert {admin.get(act).status_code for act in acts} == {405}
    assert admin.get(f"{LIST}/9999").status_code == 404
    assert admin.get(f"{NEW}?person=x").status_code == 400
    with full_app.app_context():
        no_person = db.session.scalars(select(Stakeholder.id).limit(1)).one()
    assert admin.get(f"{NEW}?person={no_person}").status_code == 404


def test_the_list_filters_and_turns_pages(full_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    page = admin.get(LIST).text
    assert len(text_of(page, "//tbody/tr")) == 7
    assert text_of(page, "//tbody/tr[contains(., 'delegate@')]/*") == [
        "Delegate of Exporting State A", "delegate@demo.example", "Exporting State A", "can sign in", "never signed in",
    ]  # fmt: skip
    assert text_of(admin.get(f"{LIST}?q=ngo%40").text, "//tbody/tr/th") == ["Advocate of Civil Society Network U"]
    assert text_of(admin.get(f"{LIST}?role=chair").text, "//tbody/tr/td[1]") == ["chair@demo.example"]
    assert "No account fits." in admin.get(f"{LIST}?state=closed").text
    assert admin.get(f"{LIST}?state=lost").status_code == 400
    assert admin.get(f"{LIST}?page=2").status_code == 400
    with full_app.app_context():
        for number in range(15):
            accounts.make_account(
                system(clock.today(), "test"),
                values={"title": f"Person {number:02}", "email": f"person{number}@example.org"},
                at=clock.now(),
            )
    first = admin.get(LIST)
    assert "Showing 1 to 20 of 22." in first.text
    assert len(text_of(admin.get(f"{LIST}?page=2").text, "//tbody/tr")) == 2
    assert html.fromstring(admin.get(f"{LIST}?state=waiting&sort=-email").text).xpath(
        "//tbody/tr[1]/td[1]//text()"
    ) == ["person9@example.org"]


def test_an_account_is_made_for_somebody_new_and_the_person_chooses_the_password(
    full_app: Flask, sign_in: SignIn
) -> None:
    admin = sign_in("admin")
    form = fields_of(admin.get(NEW).data, NEW)
    with full_app.app_context():
        state = db.session.scalars(select(Stakeholder).where(Stakeholder.title == "Transit State B")).one()
        choice = {name for name, _ in form if name.startswith("delegations-0")}
        assert choice == {f"delegations-0-{part}" for part in ("stakeholder_id", "role", "from_on", "until_on")}
    sent = with_values(
        form, title="Somebody New", email="New@Example.org", delegations__0__stakeholder_id=f"#{state.id}",
        delegations__0__role="alternate",
    )  # fmt: skip
    answer = admin.post(NEW, data=sent)
    account_id = id_of(full_app, "new@example.org")
    assert (answer.status_code, answer.location) == (303, f"{LIST}/{account_id}")
    page = admin.get(answer.location).text
    assert "no password yet" in page
    assert "Transit State B, Alternate" in " ".join(text_of(page, "//dd"))
    page = press(admin, answer.location, "/password-link")
    address = handed_over(page)
    assert address.startswith("/account/choose-password?link=")

    person = full_app.test_client()
    assert "For Somebody New, who signs in as new@example.org." in person.get(address).text
    assert person.post(address, data={"new": "a new quiet word"}).status_code == 303
    signed_in = person.post("/account/sign-in", data={"email": "new@example.org", "password": "a new quiet word"})
    assert signed_in.status_code == 303
    assert "Transit State B" in person.get("/account/profile").text
    page = admin.get(answer.location).text
    assert "can sign in" in page
    assert text_of(page, "//div[@class='addr']") == []
    assert [re.sub(r".*UTC", "", line) for line in text_of(page, "//ol[@class='hist']/li")] == [
        "Somebody New Password chosen at the address.",
        "Administrator of this installation Address made at which a password is chosen.",
        "Administrator of this installation Account made.",
    ]


def test_a_person_of_the_register_is_found_and_keeps_what_is_known(full_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    found = admin.get(f"{NEW}?q=customs officer").text
    (choose,) = html.fromstring(found).xpath("//ul[contains(@class, 'picked')]//a/@href")
    form = fields_of(admin.get(choose).data, NEW)
    assert dict(form)["email"] == "speaker-b@demo.example"
    answer = admin.post(choose, data=with_values(form))
    assert answer.status_code == 303
    with full_app.app_context():
        account = db.session.scalars(select(UserAccount).where(UserAccount.email == "speaker-b@demo.example")).one()
        person = db.session.get_one(Person, account.person_id)
        held = db.session.scalars(select(Delegation).where(Delegation.person_id == person.id)).all()
        assert (choose, person.title, len(held)) == (
            f"{NEW}?person={person.id}", "Customs officer of Transit State B", 1,
        )  # fmt: skip
    again = admin.post(choose, data=with_values(form))
    assert (again.status_code, errors_of(again.data)) == (
        422,
        [
            "This person has an account already.",
            "E-mail address: There is an account with this address already.",
        ],
    )


def test_what_was_typed_stays_where_the_account_cannot_be_made(full_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    form = fields_of(admin.get(NEW).data, NEW)
    for typed, faults in (
        ({}, ["Name: This is needed."]),
        ({"title": "Somebody"}, ["E-mail address: Give the address that the person signs in with."]),
        (
            {"title": "Somebody", "email": "NGO@demo.example"},
            ["E-mail address: There is an account with this address already."],
        ),
    ):
        answer = admin.post(NEW, data=with_values(form, **typed))
        assert (answer.status_code, errors_of(answer.data)) == (422, faults)
        shown = dict(fields_of(answer.data, NEW))
        assert {name: shown[name] for name in typed} == typed
    more = admin.post(NEW, data=pressed(admin.get(NEW).data, "more", "delegations", NEW, title="Somebody"))
    assert more.status_code == 200
    shown = dict(fields_of(more.data, NEW))
    assert (shown["title"], "delegations-1-role" in shown) == ("Somebody", True)
    with full_app.app_context():
        assert db.session.scalars(select(Person).where(Person.title == "Somebody")).all() == []


def test_who_edits_the_person_meanwhile_is_not_overwritten(full_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    (choose,) = html.fromstring(admin.get(f"{NEW}?q=customs officer").text).xpath(
        "//ul[contains(@class, 'picked')]//a/@href"
    )
    form = fields_of(admin.get(choose).data, NEW)
    person_id = choose.rpartition("=")[2]
    edit = f"/records/{person_id}/edit"
    admin.post(edit, data=with_values(fields_of(admin.get(edit).data, edit), function="Director"))
    answer = admin.post(choose, data=with_values(form, function="Inspector"))
    assert answer.status_code == 409
    assert "Director" in answer.text
    assert "Inspector" in answer.text
    with full_app.app_context():
        assert db.session.get_one(Person, int(person_id)).function == "Director"


def test_a_closed_account_is_out_at_once_and_comes_back_with_its_password(full_app: Flask, sign_in: SignIn) -> None:
    admin, delegate = sign_in("admin"), sign_in("delegate")
    address = f"{LIST}/{id_of(full_app, 'delegate@demo.example')}"
    assert delegate.get("/account/profile").status_code == 200
    page = press(admin, address, "/close")
    assert "The account is closed, and the person is signed out everywhere." in page
    assert "password-link" not in page
    assert delegate.get("/account/profile").status_code == 303
    pair = {"email": "delegate@demo.example", "password": DEMO_PASSWORD}
    assert delegate.post("/account/sign-in", data=pair).status_code == 422
    assert admin.post(f"{address}/close").status_code == 409
    page = press(admin, address, "/reopen")
    assert "The account is open again." in page
    assert delegate.get("/account/profile").status_code == 303
    assert delegate.post("/account/sign-in", data=pair).status_code == 303


def test_nobody_closes_their_own_account_or_the_last_administrators(full_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    own = f"{LIST}/{id_of(full_app, 'admin@demo.example')}"
    page = admin.get(own).text
    assert "This is your own account." in page
    assert f"{own}/close" not in page
    assert admin.post(f"{own}/close").status_code == 409


def test_a_wrong_e_mail_is_mended(full_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    at = f"{LIST}/{id_of(full_app, 'ngo@demo.example')}"
    form = fields_of(admin.get(at).data, "/e-mail")
    assert form == [("email", "ngo@demo.example")]
    answer = admin.post(f"{at}/e-mail", data={"email": "Chair@demo.example"})
    assert (answer.status_code, errors_of(answer.data)) == (
        422,
        ["E-mail: There is an account with this address already."],
    )
    assert fields_of(answer.data, "/e-mail") == [("email", "Chair@demo.example")]
    answer = admin.post(f"{at}/e-mail", data={"email": "advocate@example.org"})
    assert (answer.status_code, answer.location) == (303, at)
    pair = {"email": "advocate@example.org", "password": DEMO_PASSWORD}
    assert full_app.test_client().post("/account/sign-in", data=pair).status_code == 303


def test_an_address_that_is_taken_back_opens_nothing(full_app: Flask, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    at = f"{LIST}/{id_of(full_app, 'ngo@demo.example')}"
    first = handed_over(press(admin, at, "/password-link"))
    second = handed_over(press(admin, at, "/password-link"))
    client = full_app.test_client()
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    page = press(admin, at, "/password-link/withdraw")
    assert text_of(page, "//div[@class='addr']") == []
    assert client.get(second).status_code == 404


def test_the_address_begins_with_the_public_one_where_that_is_set(
    full_app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(full_app.config["SETTINGS"], base_url="https://planner.example.org")
    monkeypatch.setitem(full_app.config, "SETTINGS", settings)
    page = press(sign_in("admin"), f"{LIST}/{id_of(full_app, 'ngo@demo.example')}", "/password-link")
    assert handed_over(page).startswith("https://planner.example.org/account/choose-password?link=")


def test_the_pages_keep_to_their_budget(full_app: Flask, sign_in: SignIn, count_queries) -> None:
    admin = sign_in("admin")
    one = id_of(full_app, "secretariat@demo.example")
    (choose,) = html.fromstring(admin.get(f"{NEW}?q=customs officer").text).xpath(
        "//ul[contains(@class, 'picked')]//a/@href"
    )
    for page in (LIST, f"{LIST}?state=open&role=secretariat&q=a", f"{LIST}/{one}", NEW, f"{NEW}?q=a", choose):
        with count_queries(full_app) as counted:
            assert admin.get(page).status_code == 200
        assert counted.count <= 13, (page, counted.statements)
