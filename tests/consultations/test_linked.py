"""The pages of a personal address: no account, no cookie, kept by nobody, open to no more than its stakeholder."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from lxml import html
from sqlalchemy import select

from planner.core.db import db
from planner.models import Comment, PlanItem, PlanVersion, Stakeholder
from planner.services import consultations, rounds
from tests.administration.pages import errors_of, fields_of, with_values
from tests.conftest import NOW
from tests.services.consultations.shared import answer_all, viewer


@pytest.fixture(autouse=True)
def _day(full_app, monkeypatch):
    known = rounds.addresses._settings["links"]
    monkeypatch.setitem(rounds.addresses._settings, "links", replace(known, base_url="https://plans.example"))
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ids(full_app):
    with full_app.app_context():
        version = db.session.scalars(select(PlanVersion).where(PlanVersion.ref == "ill-plan/v3")).one()
        item = db.session.scalars(select(PlanItem).where(PlanItem.ref == "ill-depots")).one()
        transit = db.session.scalars(select(Stakeholder).where(Stakeholder.ref == "XB")).one()
        link = consultations.make_link(
            viewer("secretariat"), version.id, stakeholder_id=transit.id, person_name="Desk of B",
            address="desk@b.example", at=NOW,
        )  # fmt: skip
        return {"version": version.id, "item": item.id, "link": link, "page": f"/consultations/{address(link, 0)}",
                "until": version.comments_until}  # fmt: skip


def address(link: int, generation: int) -> str:
    return rounds.token_of(link, generation)


def words(page) -> str:
    return " ".join(html.fromstring(page.data).xpath("//main")[0].text_content().split())


def last(app) -> Comment:
    with app.app_context():
        return db.session.scalars(select(Comment).order_by(Comment.id.desc())).first()


def test_somebody_without_an_account_comments_changes_and_withdraws(full_app, client, ids):
    page = client.get(ids["page"])
    assert "Desk of B, you comment for Transit State B." in words(page)
    form = f"{ids['page']}/comment?item={ids['item']}"
    assert form in html.fromstring(page.data).xpath("//main//a/@href")
    sent = client.post(form, data=with_values(fields_of(client.get(form).data), kind="question", text="Who counts?"))
    assert (sent.status_code, sent.location) == (303, f"{ids['page']}?done=comment")
    made = last(full_app)
    assert (made.text, made.link_id, made.item_id) == ("Who counts?", ids["link"], ids["item"])
    own = f"{ids['page']}/comment?comment={made.id}"
    fields = fields_of(client.get(own).data)
    assert dict(fields)["text"] == "Who counts?"
    assert client.post(own, data=with_values(fields, text="Who counts, and how often?")).status_code == 303
    assert last(full_app).text == "Who counts, and how often?"
    assert client.post(f"{ids['page']}/withdraw/{made.id}").status_code == 303
    assert last(full_app).is_withdrawn
    assert "withdrawn" in words(client.get(ids["page"]))


def test_nobody_keeps_lists_or_learns_the_page(client, ids):
    for path in (ids["page"], f"{ids['page']}/comment"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("fault", ["revoked", "replaced", "forged"])
def test_an_address_that_opens_nothing_is_not_found(full_app, client, ids, fault):
    page = ids["page"]
    with full_app.app_context():
        if fault == "revoked":
            consultations.revoke_link(viewer("chair"), ids["version"], ids["link"], at=NOW)
        if fault == "replaced":
            consultations.rotate_link(viewer("chair"), ids["version"], ids["link"], at=NOW)
        if fault == "forged":
            page = f"/consultations/{address(ids['link'], 7)}"
    assert client.get(page).status_code == 404
    assert client.post(f"{page}/comment", data={"kind": "remark", "text": "x"}).status_code == 404


def test_what_is_typed_stays_when_the_round_is_closed(full_app, client, ids):
    form = f"{ids['page']}/comment"
    fields = with_values(fields_of(client.get(form).data), text="Words that took an hour")
    with full_app.app_context():
        answer_all()
        consultations.close_round(viewer("chair"), ids["version"], at=NOW)
    answer = client.post(form, data=fields)
    assert (answer.status_code, errors_of(answer.data)) == (
        422,
        ["The round of comments is closed. No comment is taken any more."],
    )
    assert dict(fields_of(answer.data))["text"] == "Words that took an hour"


def test_what_comes_after_the_deadline_is_taken_as_late(full_app, client, ids):
    with time_machine.travel(ids["until"] + timedelta(minutes=1), tick=False):
        assert "marked as late" in words(client.get(ids["page"]))
        assert client.post(f"{ids['page']}/comment", data={"kind": "remark", "text": "Late"}).status_code == 303
    assert last(full_app).is_late


def test_it_opens_neither_the_comments_of_others_nor_another_round(full_app, client, ids):
    with full_app.app_context():
        others = db.session.scalars(select(Comment).where(Comment.ref == "ill-c-banks")).one()
        storage = db.session.scalars(select(Comment).where(Comment.ref == "ill-c-storage")).one()
    assert client.get(f"{ids['page']}/comment?comment={others.id}").status_code == 404
    assert client.post(f"{ids['page']}/withdraw/{others.id}").status_code == 404
    assert client.post(f"{ids['page']}/comment?item=999999", data={"kind": "remark", "text": "x"}).status_code == 404
    assert client.get(f"{ids['page']}/comment?reply={storage.id}").status_code == 200
    assert client.get(f"/plan-versions/{ids['version']}/comments/links").status_code == 303


def test_an_unasked_state_reads_and_is_told_why_it_may_not_comment(full_app, client, ids):
    with full_app.app_context():
        from planner.services import changes

        with changes.change(viewer("admin"), at=NOW):
            held = rounds.find_round(ids["version"])
            assert held is not None
            held.may_comment = ["civil_society"]
    assert "Transit State B is not among those who were asked" in words(client.get(ids["page"]))
    answer = client.post(f"{ids['page']}/comment", data={"kind": "remark", "text": "Still"})
    assert (answer.status_code, dict(fields_of(answer.data))["text"]) == (403, "Still")


def test_a_large_round_takes_few_queries(full_app, client, ids, count_queries):
    from tests.services.consultations.large import fill

    with full_app.app_context():
        fill(ids["version"], items=200, comments=500)
    client.get(ids["page"])
    with count_queries(full_app) as counted:
        assert client.get(ids["page"]).status_code == 200
    assert counted.count <= 12, counted.statements
