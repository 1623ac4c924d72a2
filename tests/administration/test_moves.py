"""Moves ask what they need; who may not is refused; the history tells what happened in words."""

from __future__ import annotations

from lxml import html
from sqlalchemy import select

from planner.core.db import db
from planner.models import FollowUp, Offer, PlanSession, PublishedSession, Record
from tests.administration.pages import errors_of, fields_of, with_values


def first(full_app, statement):
    with full_app.app_context():
        return db.session.scalars(statement).first()


def words_of(page: bytes) -> str:
    return " ".join(html.fromstring(page).xpath("//main")[0].text_content().split())


def test_closing_asks_for_evidence(full_app, sign_in):
    chair = sign_in("chair")
    follow_up = first(full_app, select(FollowUp).where(FollowUp.state == "open", FollowUp.origin == "illustration"))
    address = f"/records/{follow_up.id}/move/close"
    fields = fields_of(chair.get(address).data)
    assert [name for name, _ in fields] == ["rev", "evidence"]
    missing = chair.post(address, data=with_values(fields))
    assert (missing.status_code, errors_of(missing.data)) == (422, ["Evidence: This is needed."])
    assert chair.post(address, data=with_values(fields, evidence="<i>It is there</i>")).status_code == 303
    history = chair.get(f"/records/{follow_up.id}/history")
    assert "<i>It is there" not in history.text
    words = words_of(history.data)
    assert all(text in words for text in ("Record as done", "<i>It is there</i>", "open done", "UTC"))
    again = chair.post(address, data=with_values(fields, evidence="x"))
    assert again.status_code == 409


def test_a_move_from_a_page_that_is_old_is_refused(full_app, sign_in):
    chair = sign_in("chair")
    follow_up = first(full_app, select(FollowUp).where(FollowUp.state == "open", FollowUp.origin == "illustration"))
    fields = fields_of(chair.get(f"/records/{follow_up.id}/move/close").data)
    edit = f"/records/{follow_up.id}/edit"
    assert chair.post(edit, data=with_values(fields_of(chair.get(edit).data), text="Edited.")).status_code == 303
    late = chair.post(f"/records/{follow_up.id}/move/close", data=with_values(fields, evidence="x"))
    assert late.status_code == 409
    assert first(full_app, select(FollowUp.state).where(FollowUp.id == follow_up.id)) == "open"


def test_a_cancelled_session_may_be_told_at_once(full_app, sign_in):
    admin = sign_in("admin")
    shown = first(
        full_app,
        select(PublishedSession).where(
            PublishedSession.state == "confirmed",
            PublishedSession.session_id.in_(select(PlanSession.id).where(PlanSession.state == "confirmed")),
        ),
    )
    address = f"/records/{shown.session_id}/move/cancel"
    fields = fields_of(admin.get(address).data)
    sent = with_values(fields, reason="The room is gone.", release_now="y")
    assert admin.post(address, data=sent).status_code == 303
    states = select(PublishedSession.state).where(PublishedSession.session_id == shown.session_id)
    assert first(full_app, states) == "cancelled"


def test_who_may_not_write_is_refused(full_app, sign_in, client):
    follow_up = first(full_app, select(FollowUp).where(FollowUp.state == "open", FollowUp.origin == "illustration"))
    offer = first(full_app, select(Offer).where(Offer.state == "submitted"))
    acts = ("edit", "history", "links", "move/close")
    seen = {
        name: {act: sign_in(name).get(f"/records/{follow_up.id}/{act}").status_code for act in acts}
        for name in ("delegate", "observer", "ngo")
    }
    hidden = {
        name: {act: sign_in(name).get(f"/records/{offer.id}/{act}").status_code for act in ("edit", "history", "place")}
        for name in ("observer",)
    }
    assert seen == dict.fromkeys(seen, dict.fromkeys(acts, 403))
    assert hidden == dict.fromkeys(hidden, dict.fromkeys(("edit", "history", "place"), 404))
    assert {client.get(f"/records/{follow_up.id}/{act}").status_code for act in acts} == {303}
    before = first(full_app, select(Record.rev).where(Record.id == follow_up.id))
    sent = {"rev": before, "title": "Mine", "evidence": "x"}
    assert sign_in("delegate").post(f"/records/{follow_up.id}/edit", data=sent).status_code == 403
    assert sign_in("delegate").post(f"/records/{follow_up.id}/move/close", data=sent).status_code == 403
    assert first(full_app, select(Record.rev).where(Record.id == follow_up.id)) == before


def test_the_history_costs_the_same_for_many_changes(full_app, sign_in, count_queries):
    chair = sign_in("chair")
    follow_up = first(full_app, select(FollowUp).where(FollowUp.state == "open", FollowUp.origin == "illustration"))
    counts = []
    for number in range(2):
        with count_queries(full_app) as counted:
            assert chair.get(f"/records/{follow_up.id}/history").status_code == 200
        counts.append(counted.count)
        edit = f"/records/{follow_up.id}/edit"
        for time in range(3):
            sent = with_values(fields_of(chair.get(edit).data), text=f"Text {number} {time}", owner_id="")
            chair.post(edit, data=sent)
    assert (counts[0] == counts[1], counts[0] <= 13) == (True, True)


def test_addresses_that_nobody_links_to(sign_in):
    admin = sign_in("admin")
    answers = {
        address: admin.get(address).status_code
        for address in (
            "/records/999999999/edit",
            "/records/0/history",
            "/records/99999999999999999999/edit",
            "/records/1/move/explode",
            "/records/1/agenda",
            "/records/999999999/links",
            "/meetings/999999999/publish",
            "/administration/new/%3Cscript%3E",
            "/administration/new/agenda_item?session=99999999999999999999&meeting=x&plan=-1",
        )
    }
    assert answers.pop("/administration/new/agenda_item?session=99999999999999999999&meeting=x&plan=-1") == 200
    assert answers == dict.fromkeys(answers, 404)


def test_officers_read_who_can_see_a_record_and_why(full_app, sign_in):
    offer = first(full_app, select(Offer).where(Offer.state == "submitted"))
    page = sign_in("chair").get(f"/administration/why/{offer.id}")
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
        for row in html.fromstring(page.data).xpath("//main//tbody/tr")
    ]
    assert [row[:2] for row in rows] == [
        ["Anybody, without signing in", "no"],
        ["Observer States and organisations", "no"],
        ["Signatory States", "no"],
        ["States Parties", "no"],
        ["Those registered for the meeting", "no"],
        ["Those let in by name", "yes"],
        ["Officers of the body", "yes"],
    ]
    assert sign_in("observer").get(f"/administration/why/{offer.id}").status_code == 404
