"""The head of a record as an officer meets it: three buttons at most, and every move within reach."""

from __future__ import annotations

import pytest
from lxml import html
from sqlalchemy import select

from planner.core.db import db
from planner.models import Call, FollowUp, Record
from planner.rules.lifecycle import LIFECYCLES, moves_from
from planner.web.urls import PAGES, record_url
from tests.administration.pages import fields_of


def head_of(page: bytes) -> tuple[list[str], list[str], list[str]]:
    """Return the buttons of a head, those in its menu, and where all of them lead."""
    head = html.fromstring(page).xpath("//div[@class='head']")[0]
    shown = head.xpath("./div[@class='acts']/a | ./div[@class='acts']/details/summary")
    menu = head.xpath(".//details/div/a")
    return (
        [" ".join(node.text_content().split()) for node in shown],
        [" ".join(node.text_content().split()) for node in menu],
        head.xpath("./div[@class='acts']//a/@href"),
    )


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_an_officer_sees_three_buttons_at_most_and_reaches_every_move(full_app, sign_in, kind):
    admin = sign_in("admin")
    with full_app.test_request_context():
        found = db.session.execute(select(Record.id, Record.state).where(Record.kind == kind).order_by(Record.id)).all()
        by_state = {state: (number, record_url(kind, number)) for number, state in found}
    for state, (number, address) in by_state.items():
        shown, menu, links = head_of(admin.get(address).data)
        assert len(shown) <= 3, (address, shown)
        assert len(menu) != 1 or 'name="follow"' in admin.get(address).text, (address, menu)  # a form beside the link
        if kind in LIFECYCLES and state:
            moves = {f"/records/{number}/move/{move.verb_name}" for move in moves_from(kind, state)}
            assert moves <= set(links), address


def test_the_next_step_of_a_session_is_its_agenda_then_that_it_was_held(full_app, sign_in):
    with full_app.app_context():
        ahead, held = (
            db.session.scalars(
                select(Record.id).where(
                    Record.kind == "plan_session", Record.origin == "illustration", Record.state == state
                )
            ).first()
            for state in ("confirmed", "held")
        )
    secretariat = sign_in("secretariat")
    assert head_of(secretariat.get(f"/sessions/{ahead}").data)[:2] == (
        ["Agenda", "Edit", "More"],
        [
            "Add to calendar",
            "Split the session",
            "Make the session tentative again",
            "Record the session as held",
            "Cancel the session",
            "Postpone the session",
            "Merge into another session",
            "History",
        ],
    )
    assert head_of(secretariat.get(f"/sessions/{held}").data)[0][0] != "Record the session as held"


def test_who_stands_for_one_state_is_led_to_what_it_owes_and_offered(full_app, sign_in):
    page = html.fromstring(sign_in("delegate").get("/").data)
    links = page.xpath("//details[@class='account']//a")
    assert [link.text_content() for link in links] == [
        "What we owe and offered",
        "Your calendars",
        "What you follow",
        "Your profile",
    ]
    theirs = html.fromstring(sign_in("delegate").get(links[0].get("href")).data)
    assert theirs.findtext(".//h1") == "Exporting State A"


def test_an_officer_enters_an_offer_from_its_call_and_a_session_from_its_meeting(full_app, sign_in, client):
    with full_app.app_context():
        call = db.session.scalars(select(Call).where(Call.state == "open")).first()
    address, meeting = f"/calls/{call.id}", f"/meetings/{call.meeting_id}"
    secretariat = sign_in("secretariat")
    shown, _menu, links = head_of(secretariat.get(address).data)
    assert (shown, links[0]) == (
        ["Enter an offer", "Edit", "More"],
        f"/administration/new/offer?call={call.id}&meeting={call.meeting_id}",
    )
    fields = dict(fields_of(secretariat.get(links[0]).data))
    assert (fields["call_id"], fields["meeting_id"]) == (str(call.id), str(call.meeting_id))
    adding = f"/administration/new/plan_session?meeting={call.meeting_id}"
    assert adding in html.fromstring(secretariat.get(meeting).data).xpath("//main//a/@href")
    assert adding not in html.fromstring(client.get(meeting).data).xpath("//main//a/@href")
    assert "Tell an officer of the body" in client.get(address).text


def test_an_officer_enters_a_follow_up_where_there_is_none(full_app, sign_in, client):
    with full_app.app_context():
        owed = select(FollowUp.comes_from_id)
        decision = db.session.scalars(
            select(Record.id).where(Record.kind == "decision", Record.id.not_in(owed))
        ).first()
    adding = f"/administration/new/follow_up?comes_from={decision}"
    page = f"/decisions/{decision}"
    assert adding in html.fromstring(sign_in("admin").get(page).data).xpath("//main//a/@href")
    assert "/follow-ups" in html.fromstring(client.get(page).data).xpath("//main//a/@href")
