"""The pages of a round: a delegation comments, officers answer, apply and close; nothing that was typed is lost."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from lxml import html
from sqlalchemy import select

from planner.core.db import db
from planner.models import Comment, PlanItem, PlanVersion
from planner.services import changes
from tests.administration.pages import errors_of, fields_of, with_values
from tests.conftest import NOW
from tests.services.consultations.shared import viewer


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ids(full_app):
    with full_app.app_context():
        version = db.session.scalars(select(PlanVersion).where(PlanVersion.ref == "ill-plan/v3")).one()
        item = db.session.scalars(select(PlanItem).where(PlanItem.ref == "ill-depots")).one()
        return {"version": version.id, "item": item.id, "until": version.comments_until}


def comments(app) -> list[Comment]:
    with app.app_context():
        return list(db.session.scalars(select(Comment).order_by(Comment.id)))


def words(page) -> str:
    return " ".join(html.fromstring(page.data).xpath("//main")[0].text_content().split())


def typed_in(page, name: str) -> str:
    return html.fromstring(page.data).xpath(f"//textarea[@name='{name}']")[0].text_content().lstrip("\r\n")


def test_a_delegate_comments_from_the_version(full_app, sign_in, ids):
    client = sign_in("delegate")
    version = client.get(f"/plan-versions/{ids['version']}")
    address = f"/plan-versions/{ids['version']}/comments/new?item={ids['item']}"
    assert address in html.fromstring(version.data).xpath("//main//a/@href")
    form = client.get(address)
    fields = fields_of(form.data)
    assert dict(fields)["proposed_title"] == "Losses from depots: seen soon"
    sent = client.post(address, data=with_values(fields, kind="support", text="*Yes* <script>alert(1)</script>"))
    assert sent.status_code == 303
    page = client.get(sent.location)
    assert "Your comment is in." in page.text
    assert "<em>Yes</em> &lt;script&gt;" in page.text
    made = comments(full_app)[-1]
    assert (made.comment_kind, made.text, made.item_id) == ("support", "*Yes* <script>alert(1)</script>", ids["item"])


def test_a_version_that_runs_no_round_offers_no_form(client, full_app):
    with full_app.app_context():
        old = db.session.scalars(select(PlanVersion.id).where(PlanVersion.ref == "ill-plan/v2")).one()
    assert "/comments" not in client.get(f"/plan-versions/{old}").text
    assert client.get(f"/plan-versions/{old}/comments").status_code == 404


@pytest.mark.parametrize("fault", ["signed out", "closed", "too long", "no standing", "late edit"])
def test_nothing_that_was_typed_is_lost(full_app, sign_in, ids, fault):
    client = sign_in("observer" if fault == "no standing" else "delegate")
    address = f"/plan-versions/{ids['version']}/comments/new?item={ids['item']}"
    text = "x" * 1_000_000 if fault == "too long" else "Words that took an hour"
    fields = with_values(fields_of(client.get(address).data), text=text)
    status, says = 422, ""
    with full_app.app_context(), changes.change(viewer("admin"), at=NOW):
        if fault == "no standing":
            from planner.services import rounds

            rounds.find_round(ids["version"]).may_comment = ["state_party"]
            status, says = 403, "Observer State O (Observer State) is not among those who were asked"
        if fault == "closed":
            from planner.services import rounds

            for one in db.session.scalars(select(Comment)):
                one.disposition, one.disposed_at, one.disposed_by = "taken", NOW, "Chair"
            db.session.flush()
            rounds.close(rounds.find_round(ids["version"]), by="Chair", at=NOW)
            says = "The round of comments is closed. No comment is taken any more."
    if fault == "too long":
        says = "The text has 1000000 characters; 20000 are allowed."
    if fault == "signed out":
        with client.session_transaction() as session:
            session.clear()
        says = "You are signed out"
    if fault == "late edit":
        assert client.post(address, data=fields).status_code == 303
        made = comments(full_app)[-1]
        address, says = f"/comments/{made.id}/edit", "The deadline has passed."
        fields = with_values(fields_of(client.get(address).data), text=text)
        with time_machine.travel(ids["until"] + timedelta(minutes=1), tick=False):
            answer = sign_in("delegate").post(address, data=fields)
    else:
        answer = client.post(address, data=fields)
    assert answer.status_code == status
    assert says in words(answer)
    assert typed_in(answer, "text") == text


def test_whoever_signs_in_again_sends_what_was_kept(full_app, sign_in, ids):
    address = f"/plan-versions/{ids['version']}/comments/new?item={ids['item']}"
    fields = with_values(fields_of(sign_in("delegate").get(address).data), text="Kept", kind="remark")
    kept = full_app.test_client().post(address, data=fields)
    assert kept.status_code == 422
    sent = sign_in("delegate").post(address, data=with_values(fields_of(kept.data)))
    assert (sent.status_code, comments(full_app)[-1].text) == (303, "Kept")


def test_a_stranger_is_asked_to_sign_in_first(client, ids):
    answer = client.get(f"/plan-versions/{ids['version']}/comments/new?item={ids['item']}")
    assert answer.status_code == 303
    assert answer.location.startswith("/account/sign-in?next=")


@pytest.mark.parametrize("query", ["item=999999", "reply=999999", "item=x"])
def test_a_comment_on_what_is_not_there_is_refused(sign_in, ids, query):
    answer = sign_in("delegate").get(f"/plan-versions/{ids['version']}/comments/new?{query}")
    assert answer.status_code == (400 if query == "item=x" else 404)


def test_officers_answer_one_after_another_then_close(full_app, sign_in, ids):
    chair = sign_in("chair")
    at = f"/plan-versions/{ids['version']}/comments"
    refused = chair.post(f"{at}/close")
    assert refused.status_code == 409
    assert "3 comments have no answer yet" in words(refused)
    here = chair.get(f"{at}/next").location
    refused = chair.post(here, data=with_values(fields_of(chair.get(here).data), disposition="not_taken", reason=" "))
    assert (refused.status_code, errors_of(refused.data)) == (
        422,
        ["Reason: Say why it is not taken as it stands."],
    )
    for _ in range(3):
        fields = with_values(fields_of(chair.get(here).data), disposition="not_taken", reason="Later.", next="1")
        done = chair.post(here, data=fields)
        assert done.status_code == 303
        here = done.location
    assert here == at
    page = chair.get(here)
    assert "Close the round" in page.text
    assert chair.post(f"{at}/close").status_code == 303
    assert "The round of comments is closed." in words(chair.get(at))
    theirs = words(sign_in("delegate").get(at))
    assert "“By agreement” is in the title of the working copy." in theirs


def test_a_wording_is_taken_and_applied_in_one_step(full_app, sign_in, ids):
    chair = sign_in("chair")
    made = next(one for one in comments(full_app) if one.ref == "ill-c-banks")
    here = f"/comments/{made.id}/answer"
    fields = with_values(fields_of(chair.get(here).data), disposition="taken", apply="y")
    assert chair.post(here, data=fields).status_code == 303
    with full_app.app_context():
        held = db.session.get_one(Comment, made.id)
        banks = db.session.scalars(select(PlanItem).where(PlanItem.ref == "ill-banks")).one()
        assert (held.disposition, held.applied_at) == ("taken", NOW)
        assert banks.title == "Banks, insurers and the financing of transfers"


def test_what_would_be_overwritten_is_shown(full_app, sign_in, ids):
    from planner.services import editing

    chair = sign_in("chair")
    made = next(one for one in comments(full_app) if one.ref == "ill-c-banks")
    with full_app.app_context():
        banks = db.session.scalars(select(PlanItem).where(PlanItem.ref == "ill-banks")).one()
        editing.edit_record(viewer("chair"), banks.id, rev=banks.rev, at=NOW, values={"title": "Banks first"})
    here = f"/comments/{made.id}/answer"
    fields = with_values(fields_of(chair.get(here).data), disposition="taken", apply="y")
    to = chair.post(here, data=fields).location
    assert to == f"/comments/{made.id}/apply"
    page = chair.get(to)
    for text in ("Banks and financing of transfers", "Banks first", "Banks, insurers and the financing of transfers"):
        assert text in words(page)
    assert chair.post(to, data={"base": "0" * 24}).status_code == 409
    assert chair.post(to, data=dict(fields_of(page.data))).status_code == 303


def test_nobody_else_answers_extends_closes_or_mails(sign_in, ids, full_app):
    made = comments(full_app)[0]
    at = f"/plan-versions/{ids['version']}/comments"
    for who in ("delegate", "ngo"):
        client = sign_in(who)
        for address in (f"{at}/next", f"{at}/extend", f"{at}/links"):
            assert client.get(address).status_code == 403, address
        for address in (f"{at}/close", f"{at}/extend", f"{at}/links", f"{at}/links/1/revoke"):
            assert client.post(address).status_code == 403, address
    assert sign_in("delegate").post(f"/comments/{made.id}/answer").status_code == 403
    assert sign_in("ngo").get(f"/comments/{made.id}").status_code == 404
    assert sign_in("ngo").post(f"/comments/{made.id}/apply").status_code == 404


def test_the_deadline_is_extended_with_a_reason(sign_in, ids):
    chair = sign_in("chair")
    here = f"/plan-versions/{ids['version']}/comments/extend"
    refused = chair.post(here, data={"until": "2026-11-25T10:00", "reason": "Two States asked"})
    assert refused.status_code == 422
    assert "later than the present deadline" in words(refused)
    assert typed_in(refused, "reason") == "Two States asked"
    assert chair.post(here, data={"until": "2027-03-01T10:00", "reason": "Two States asked"}).status_code == 303
    assert "Open for comments until 1 March 2027, 10:00 UTC." in words(chair.get(f"/plan-versions/{ids['version']}"))


def test_a_delegate_withdraws_with_a_reason(full_app, sign_in, ids):
    client = sign_in("delegate")
    made = next(one for one in comments(full_app) if one.ref == "ill-c-banks")
    here = f"/comments/{made.id}/withdraw"
    assert client.post(here, data={"reason": "Said in the room."}).status_code == 303
    page = words(client.get(f"/comments/{made.id}"))
    assert "This is withdrawn. Said in the room." in page
    assert sign_in("signatory").post(here).status_code == 403


def test_the_table_is_a_file_for_one_audience(sign_in, ids):
    at = f"/plan-versions/{ids['version']}/comments"
    sheet = sign_in("chair").get(f"{at}?format=xlsx")
    assert 'filename="comments-on-version-3-officers.xlsx"' in sheet.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(sheet.data))
    assert [len(list(one.iter_rows())) for one in book.worksheets] == [8, 8]
    mine = sign_in("ngo").get(f"{at}?format=csv&by=state")
    assert 'filename="comments-on-version-3-own-view.csv"' in mine.headers["Content-Disposition"]
    assert mine.text.count("Civil Society Network U") == 1
    assert mine.text.count("\n") == 2
    assert sign_in("ngo").get(f"{at}?format=docx").status_code == 400
    assert sign_in("ngo").get(f"{at}?by=mood").status_code == 400


def test_the_workbench_says_what_has_no_answer(sign_in):
    page = words(sign_in("chair").get("/workbench"))
    assert "Comments without an answer" in page
    assert "Storing State J: Losses from depots: seen soon" in page


def test_a_round_with_many_items_and_comments_takes_few_queries(full_app, sign_in, ids, count_queries):
    from tests.services.consultations.large import fill

    with full_app.app_context():
        fill(ids["version"], items=200, comments=500)
    for who in ("chair", "delegate"):
        client = sign_in(who)
        client.get(f"/plan-versions/{ids['version']}/comments")
        for query in ("", "?by=state", "?format=xlsx"):
            with count_queries(full_app) as counted:
                answer = client.get(f"/plan-versions/{ids['version']}/comments{query}")
            assert answer.status_code == 200
            assert counted.count <= 12, counted.statements
