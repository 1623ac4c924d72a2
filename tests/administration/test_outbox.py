"""The outbox and invitations on pages: for the officers of the body, to be read, changed, held and sent."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.core import clock
from planner.core.db import db
from planner.models import Answer, MessageState, OfficeRole, Person
from planner.notifications.deliver import Folder, send_due
from tests.administration.pages import errors_of
from tests.factories import user as users
from tests.factories.invitation import Room, invitation_of, invite, messages, send_all
from tests.factories.meeting import make_body
from tests.factories.programme import client_of

PEOPLE = ("party", "observer")
OUTBOX = ("/outbox", "/outbox/1", "/outbox/1/message.eml")


@pytest.fixture
def room(room_app: Flask, room_template: tuple[str, Room]) -> Room:
    """A meeting with a chair, a chair of another body, and two people of it who sign in. No context is held open."""
    made = room_template[1]
    with room_app.app_context():
        users.office(OfficeRole.CHAIR, users.user("chair@test.example"), body_id=made.body)
        users.office(OfficeRole.CHAIR, users.user("stranger-chair@test.example"), body_id=make_body("other").id)
        for name in PEOPLE:
            users.user(f"{name}@test.example", db.session.get_one(Person, getattr(made, name)))
        invite(made, "party", "ngo")
    return made


@pytest.fixture
def chair(room_app: Flask, room: Room) -> FlaskClient:
    return client_of(room_app, "chair")


def state_of(app: Flask, number: int = 0) -> tuple[MessageState, str | None]:
    with app.app_context():
        message = messages()[number]
        return message.state, message.note


def rev(app: Flask, number: int = 0) -> int:
    with app.app_context():
        return messages()[number].rev


@pytest.mark.parametrize("address", OUTBOX)
def test_mail_is_there_for_the_officers_of_its_body_alone(room_app: Flask, room: Room, address: str) -> None:
    del room
    statuses = {
        who: client_of(room_app, who).get(address).status_code
        for who in ("stranger", "party", "observer", "stranger-chair", "chair")
    }
    others = 200 if address == "/outbox" else 404
    assert statuses == {"stranger": 303, "party": 404, "observer": 404, "stranger-chair": others, "chair": 200}


def test_the_outbox_of_another_body_is_empty(room_app: Flask, room: Room) -> None:
    del room
    page = client_of(room_app, "stranger-chair").get("/outbox").text
    assert ("What was learned" in page, "No mail waits for you." in page, "Send all" in page) == (False, True, False)
    assert client_of(room_app, "stranger-chair").post("/outbox/send").status_code == 303
    assert state_of(room_app)[0] is MessageState.DRAFT


@pytest.mark.parametrize("act", ["send", "hold", "withdraw"])
def test_nobody_else_can_do_anything_with_it(room_app: Flask, room: Room, act: str) -> None:
    del room
    for who in ("party", "stranger-chair"):
        assert client_of(room_app, who).post(f"/outbox/1/{act}", data={"rev": 1}).status_code == 404
    assert state_of(room_app)[0] is MessageState.DRAFT


def test_a_message_is_read_changed_and_sent(room_app: Flask, chair: FlaskClient, tmp_path) -> None:
    page = chair.get("/outbox/1").text
    assert "You are invited to this session." in page
    assert "METHOD:REQUEST" in page
    note = {"note": "Please bring <your> papers.\r\n\r\nThe chair", "rev": rev(room_app)}
    assert chair.post("/outbox/1", data=note).status_code == 303
    assert state_of(room_app) == (MessageState.DRAFT, "Please bring <your> papers.\n\nThe chair")
    assert chair.post("/outbox/1/send", data={"rev": rev(room_app)}).status_code == 303
    with room_app.app_context():
        assert send_due(Folder(tmp_path), clock.now) == (1, 0)
    mail = next(iter(tmp_path.iterdir())).read_text()
    assert mail.count("Please bring <your> papers.") == 1
    assert mail.count("Please bring &lt;your&gt; papers.") == 1
    assert ">Sent<" in chair.get("/outbox/1").text


def test_what_was_changed_since_it_was_read_is_not_sent_unread(room_app: Flask, chair: FlaskClient) -> None:
    before = rev(room_app)
    chair.post("/outbox/1", data={"note": "Mine", "rev": before})
    assert chair.post("/outbox/1/send", data={"rev": before}).status_code == 409
    assert chair.post("/outbox/1", data={"note": "Theirs", "rev": before}).status_code == 409
    assert state_of(room_app) == (MessageState.DRAFT, "Mine")


def test_words_that_cannot_be_sent_are_shown_again(room_app: Flask, chair: FlaskClient) -> None:
    answer = chair.post("/outbox/1", data={"note": "x" * 5001, "rev": rev(room_app)})
    assert (answer.status_code, errors_of(answer.data)) == (422, ["At most 5000 characters."])
    assert "x" * 5001 in answer.text


def test_held_stays_and_withdrawn_is_over(room_app: Flask, chair: FlaskClient) -> None:
    assert chair.post("/outbox/1/hold").status_code == 303
    assert chair.post("/outbox/2/withdraw").status_code == 303
    assert chair.post("/outbox/send").status_code == 303
    assert [state_of(room_app, n)[0] for n in (0, 1)] == [MessageState.HELD, MessageState.WITHDRAWN]
    assert chair.post("/outbox/2/hold").status_code == 409


def test_all_drafts_are_sent_at_once(room_app: Flask, chair: FlaskClient) -> None:
    assert "Send all 2 drafts" in chair.get("/outbox").text
    assert "2 messages will be sent." in chair.post("/outbox/send", follow_redirects=True).text
    assert [state_of(room_app, n)[0] for n in (0, 1)] == [MessageState.QUEUED] * 2


@pytest.mark.parametrize("address", ["/outbox?state=nowhere", "/outbox/99", "/outbox?page=x"])
def test_what_is_not_there(chair: FlaskClient, address: str) -> None:
    assert chair.get(address).status_code in (400, 404)


def test_the_list_takes_as_many_questions_for_many_as_for_one(room_app: Flask, room: Room, count_queries) -> None:
    chair = client_of(room_app, "chair")
    chair.get("/outbox")
    with count_queries(room_app) as few:
        chair.get("/outbox")
    with room_app.app_context():
        invite(room, "observer", "signatory")
    with count_queries(room_app) as many:
        chair.get("/outbox")
    assert (few.count, many.count) == (many.count, few.count)


def test_people_are_invited_from_those_who_may_see_the_session(room_app: Flask, room: Room, chair: FlaskClient) -> None:
    address = f"/sessions/{room.states_session}/invitations"
    page = chair.get(address).text
    assert page.count('name="people"') == 2
    assert page.count("May not see this session") == 2
    refused = chair.post(address, data={"people": [room.party, room.observer]})
    assert (refused.status_code, len(errors_of(refused.data))) == (422, 1)
    assert f'value="{room.party}" checked' in refused.text
    assert chair.post(address, data={}).status_code == 422
    assert chair.post(address, data={"people": [room.party]}).status_code == 303
    with room_app.app_context():
        assert [one.to_address for one in messages() if one.record_id == room.states_session] == ["party@test.example"]


def test_the_page_of_invitations_is_for_officers_who_may_invite(room_app: Flask, room: Room) -> None:
    address = f"/sessions/{room.open_session}/invitations"
    statuses = {
        who: client_of(room_app, who).get(address).status_code
        for who in ("stranger", "party", "stranger-chair", "chair")
    }
    assert statuses == {"stranger": 303, "party": 403, "stranger-chair": 403, "chair": 200}
    closed = f"/sessions/{room.states_session}/invitations"
    assert client_of(room_app, "observer").get(closed).status_code == 404


def test_an_invitation_is_taken_back(room_app: Flask, room: Room, chair: FlaskClient) -> None:
    with room_app.app_context():
        send_all()
    assert chair.post("/invitations/1/take-back").status_code == 303
    assert chair.post("/invitations/1/take-back").status_code == 409
    assert client_of(room_app, "party").post("/invitations/2/take-back").status_code == 403
    page = chair.get(f"/sessions/{room.open_session}/invitations").text
    assert "taken back" in page
    with room_app.app_context():
        assert messages()[-1].subject == "Invitation withdrawn: WG: What was learned"


def test_answers_are_given_on_the_page_and_counted_by_class(room_app: Flask, room: Room, chair: FlaskClient) -> None:
    party, address = client_of(room_app, "party"), f"/sessions/{room.open_session}"
    assert "Your invitation" not in party.get(address).text, "its mail is a draft"
    assert party.post(f"{address}/answer", data={"answer": "accepted"}).status_code == 404
    with room_app.app_context():
        send_all()
    assert ("Your invitation" in party.get(address).text, "Invitations<" in party.get(address).text) == (True, False)
    assert "Your invitation" not in client_of(room_app, "observer").get(address).text
    assert party.post(f"{address}/answer", data={"answer": "accepted"}).status_code == 303
    assert party.post(f"{address}/answer", data={"answer": "nonsense"}).status_code == 404
    assert client_of(room_app, "observer").post(f"{address}/answer", data={"answer": "accepted"}).status_code == 404
    assert client_of(room_app, "stranger").post(f"{address}/answer", data={"answer": "accepted"}).status_code == 303
    with room_app.app_context():
        assert invitation_of(room.party, room.open_session).answer is Answer.ACCEPTED
        assert invitation_of(room.ngo, room.open_session).answer is Answer.NEEDS_ACTION
    page = chair.get(f"{address}/invitations").text
    assert "1 person accepted, by class of stakeholder." in page
    rows = re.findall(r'<th scope="row">([A-Z][^<]*)</th>(.*?)</tr>', page, re.DOTALL)
    assert {name: re.findall(r"(\d+)</td>", cells) for name, cells in rows} == {
        "State Party": ["1", "0", "0", "0"],
        "Civil society": ["0", "0", "0", "1"],
    }


def test_the_history_tells_of_invitations_and_answers(room_app: Flask, room: Room, chair: FlaskClient) -> None:
    chair.post("/outbox/1/send", data={"rev": rev(room_app)})
    with room_app.app_context():
        send_all(clock.now())
    client_of(room_app, "party").post(f"/sessions/{room.open_session}/answer", data={"answer": "declined"})
    page = chair.get(f"/records/{room.open_session}/history").text
    for words in ("Invitation: Answer", "Declined", "Mail: State of the mail", "To be sent"):
        assert words in page, words
