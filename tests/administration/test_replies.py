"""Answers by mail that were not taken, on pages: for the officers of the body, to be set by hand or put aside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.core.db import db
from planner.models import Answer, AuditEntry, MailReply, OfficeRole, Person
from planner.services import invitations
from tests.administration.pages import errors_of
from tests.factories import user as users
from tests.factories.invitation import Room, invitation_of, invite, reply_mail, reply_text, send_all
from tests.factories.meeting import AT, WRITER, make_body
from tests.factories.programme import client_of

READ_AT = AT + timedelta(hours=1)


def read(raw: bytes) -> int:
    """Read a mail; return the number of its note."""
    invitations.answer_mail(WRITER, raw, at=READ_AT)
    return db.session.scalars(select(MailReply.id).order_by(MailReply.id.desc())).first() or 0


@pytest.fixture
def notes(room_app: Flask, room_template: tuple[str, Room]) -> dict[str, int]:
    """The numbers of refused answers, by their fault. No context is held open."""
    made = room_template[1]
    with room_app.app_context():
        users.office(OfficeRole.CHAIR, users.user("chair@test.example"), body_id=made.body)
        users.office(OfficeRole.CHAIR, users.user("stranger-chair@test.example"), body_id=make_body("other").id)
        users.office(OfficeRole.SECRETARIAT, users.user("secretariat@test.example"))
        invite(made, "party", "ngo")
        send_all()
        one = invitation_of(made.party, made.open_session)
        return {
            "sender": read(reply_mail(reply_text(one, "DECLINED"), sender="aide@test.example")),
            "guest": read(reply_mail(reply_text(one, ATTENDEE="ATTENDEE;PARTSTAT=ACCEPTED:mailto:c@test.example"),
                                     sender="c@test.example")),
            "event": read(reply_mail(reply_text(one, UID="UID:x@y\r\nSUMMARY:Lunch"), sender="party@test.example")),
            "unreadable": read(reply_mail(reply_text(one, DTSTAMP=""), sender="ngo@test.example")),
            "nobody": read(reply_mail("BEGIN:VCALENDAR\r\n:::", sender="who@test.example")),
            "sequence": read(reply_mail(reply_text(one, "TENTATIVE", sequence=7), sender=one.address)),
            "taken": read(reply_mail(reply_text(one), sender=one.address)),
        }  # fmt: skip


@pytest.fixture
def chair(room_app: Flask, notes: dict[str, int]) -> FlaskClient:
    del notes
    return client_of(room_app, "chair")


def answer_of(app: Flask, person: str, room: Room) -> Answer:
    with app.app_context():
        return invitation_of(getattr(room, person), room.open_session).answer


def test_refused_answers_are_there_for_the_officers_of_the_body_alone(room_app: Flask, notes: dict[str, int]) -> None:
    seen = {}
    for who in ("stranger", "chair", "stranger-chair", "secretariat"):
        client = client_of(room_app, who)
        found = {name for name, number in notes.items() if client.get(f"/outbox/replies/{number}").status_code == 200}
        seen[who] = (client.get("/outbox/replies").status_code, found)
    own = {"sender", "guest", "unreadable", "sequence"}
    assert seen == {
        "stranger": (303, set()),
        "chair": (200, own),
        "stranger-chair": (200, set()),
        "secretariat": (200, {*own, "event", "nobody"}),
    }


def test_a_delegate_finds_no_such_page(room_app: Flask, notes: dict[str, int], room_template: tuple[str, Room]) -> None:
    with room_app.app_context():
        users.user("party@test.example", db.session.get_one(Person, room_template[1].party))
    client = client_of(room_app, "party")
    for address in ("/outbox/replies", f"/outbox/replies/{notes['sender']}"):
        assert client.get(address).status_code == 404
    for act in ("", "/done", "/reopen"):
        data = {"invitation": "1", "answer": "accepted"}
        assert client.post(f"/outbox/replies/{notes['sender']}{act}", data=data).status_code == 404


def test_the_list_says_who_why_and_what_about(room_app: Flask, notes: dict[str, int], chair: FlaskClient) -> None:
    page = chair.get("/outbox/replies").text
    words = (
        "What was learned", "for Party", "aide@test.example", "From somebody else than was invited", "Declined",
        "c@test.example", "From an address that was not invited", "Not readable", "It does not have one DTSTAMP.",
    )  # fmt: skip
    assert [one for one in words if one not in page] == []
    assert ("Lunch" in page, "who@test.example" in page) == (False, False)
    everywhere = client_of(room_app, "secretariat").get("/outbox/replies").text
    assert ("Lunch" in everywhere, "who@test.example" in everywhere, "Accepted: a session" in everywhere) == (True,) * 3
    for address in ("/workbench", "/outbox"):
        linked = chair.get(address).text
        assert ("4 answers not taken" in linked, 'href="/outbox/replies"' in linked) == (True, True)
    assert chair.get("/outbox/replies?state=none").status_code == 404
    assert len(notes) == 7


def test_an_answer_is_set_by_hand_and_stands_in_the_history(
    room_app: Flask, notes: dict[str, int], chair: FlaskClient, room_template: tuple[str, Room]
) -> None:
    made, address = room_template[1], f"/outbox/replies/{notes['unreadable']}"
    page = chair.get(address).text
    assert ("Ngo, ngo@test.example" in page, "Party, party@test.example" in page) == (True, True)
    with room_app.app_context():
        number = invitation_of(made.ngo, made.open_session).id
    data = {"invitation": str(number), "answer": "tentative"}
    assert chair.post(address, data=data).status_code == 303
    assert answer_of(room_app, "ngo", made) is Answer.TENTATIVE
    with room_app.app_context():
        last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert last
        assert (last.record_id, last.changes[f"invitation.{made.ngo}.answer"]) == (
            made.open_session, ["needs_action", "tentative"]
        )  # fmt: skip
    assert chair.post(address, data=data).status_code == 409
    assert 'Seen to <span class="n">1</span>' in chair.get("/outbox/replies").text
    assert "chair" in chair.get("/outbox/replies?state=done").text


def test_what_is_missing_is_said_and_what_was_chosen_stays(notes: dict[str, int], chair: FlaskClient) -> None:
    address = f"/outbox/replies/{notes['guest']}"
    answer = chair.post(address, data={"invitation": "99", "answer": "declined"})
    assert (answer.status_code, errors_of(answer.data)) == (422, ["Choose whose answer it is."])
    assert '<option value="declined" selected>' in answer.text
    both = chair.post(address, data={"invitation": "", "answer": "needs_action"})
    assert (both.status_code, set(errors_of(both.data))) == (422, {"Choose whose answer it is.", "Choose an answer."})


def test_an_answer_is_put_aside_and_waits_again(notes: dict[str, int], chair: FlaskClient) -> None:
    address = f"/outbox/replies/{notes['sequence']}"
    assert chair.post(f"{address}/reopen").status_code == 409
    assert chair.post(f"{address}/done").status_code == 303
    assert "Set the answer" not in chair.get(address).text
    assert chair.post(f"{address}/done").status_code == 409
    assert chair.post(f"{address}/reopen").status_code == 303
    assert "4 answers not taken" in chair.get("/outbox").text


def test_where_no_session_is_known_the_invitations_of_the_sender_are_offered(
    room_app: Flask, notes: dict[str, int], room_template: tuple[str, Room]
) -> None:
    client = client_of(room_app, "secretariat")
    page = client.get(f"/outbox/replies/{notes['event']}").text
    assert ("Party, party@test.example: What was learned" in page, "Ngo, ngo@" in page) == (True, False)
    assert "Nobody who is invited fits this mail." in client.get(f"/outbox/replies/{notes['nobody']}").text
    with room_app.app_context():
        number = invitation_of(room_template[1].party, room_template[1].open_session).id
    data = {"invitation": str(number), "answer": "declined"}
    assert client.post(f"/outbox/replies/{notes['event']}", data=data).status_code == 303
    assert answer_of(room_app, "party", room_template[1]) is Answer.DECLINED
