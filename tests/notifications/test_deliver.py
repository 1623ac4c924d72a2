"""What is due leaves once, over a real server or into a folder; what is refused waits, fails or is unclear."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from icalendar import Calendar

from planner.core.errors import Conflict
from planner.models import MessageState
from planner.notifications.deliver import Folder, NotTaken, Server, send_due, way_of
from planner.services import outbox
from planner.services.outbox.sending import LEASE, PAUSES
from tests.factories.invitation import Room, invite, messages, release, send_all
from tests.factories.meeting import AT, WRITER

from .conftest import Post


def clock(at: datetime = AT) -> Callable[[], datetime]:
    return lambda: at


def queued(room: Room, *names: str) -> None:
    invite(room, *names)
    outbox.queue_all(WRITER, at=AT)


def states() -> list[MessageState]:
    return [one.state for one in messages()]


def test_a_draft_waits_for_an_officer(room: Room, post: tuple[Post, str]) -> None:
    invite(room, "party")
    assert send_due(Server(post[1]), clock()) == (0, 0)
    assert (states(), post[0].mails) == ([MessageState.DRAFT], [])


def test_each_person_gets_one_mail_with_themselves_alone(room: Room, post: tuple[Post, str]) -> None:
    queued(room, "party", "ngo")
    assert send_due(Server(post[1]), clock()) == (2, 0)
    assert [(sender, to) for sender, to, _ in post[0].mails] == [
        ("planner@localhost", ["party@test.example"]),
        ("planner@localhost", ["ngo@test.example"]),
    ]
    for (_, (address,), raw), other in zip(post[0].mails, ("ngo@", "party@"), strict=True):
        assert other.encode() not in raw
        mail = message_from_bytes(raw, policy=default)
        kinds = [part.get_content_type() for part in mail.walk()]
        assert kinds == [
            "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"
        ]  # fmt: skip
        part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
        calendar = Calendar.from_ical(part.get_content())
        (event,) = calendar.walk("VEVENT")
        assert (part.get_param("method"), calendar["METHOD"], part["Content-Transfer-Encoding"]) == (
            "REQUEST", "REQUEST", "base64"
        )  # fmt: skip
        assert str(event["ATTENDEE"]) == f"mailto:{address}"
        assert dict(event["ATTENDEE"].params) | {"CN": ""} == {
            "CN": "", "CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"
        }  # fmt: skip
        assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Zurich"]
        assert (str(event["ORGANIZER"]), "UID" in calendar) == ("mailto:planner@localhost", False)
    assert send_due(Server(post[1]), clock()) == (0, 0)
    assert len(post[0].mails) == 2


def test_the_words_say_what_the_calendar_says(room: Room, post: tuple[Post, str]) -> None:
    queued(room, "party")
    send_due(Server(post[1]), clock())
    mail = message_from_bytes(post[0].mails[0][2], policy=default)
    text = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Invitation: WG: What was learned"
    assert "When: Sunday 16 February 2127, 10:00–13:00 (Europe/Zurich, UTC+01:00)" in text
    assert "Where: Room 3, Geneva" in text


def test_without_a_server_mail_goes_into_a_folder(room: Room, tmp_path: Path) -> None:
    queued(room, "party")
    assert send_due(way_of(None, tmp_path), clock()) == (1, 0)
    (file,) = (tmp_path / "mail").iterdir()
    assert message_from_bytes(file.read_bytes(), policy=default)["To"] == "Party <party@test.example>"
    assert (file.suffix, states()) == (".eml", [MessageState.SENT])


def test_a_folder_that_cannot_be_written_is_tried_again(room: Room, tmp_path: Path) -> None:
    queued(room, "party")
    (tmp_path / "mail").write_text("a file")
    assert send_due(Folder(tmp_path / "mail"), clock()) == (0, 1)
    (message,) = messages()
    assert (message.state, message.send_after, "File exists" in (message.last_error or "")) == (
        MessageState.QUEUED, AT + PAUSES[0], True
    )  # fmt: skip


def test_a_refusal_for_now_is_tried_later_and_later_and_given_up(room: Room, post: tuple[Post, str]) -> None:
    queued(room, "party")
    at, waits = AT, []
    for _ in range(len(PAUSES) + 1):
        post[0].at_data = ["451 Try later"]
        assert send_due(Server(post[1]), clock(at)) == (0, 1)
        assert send_due(Server(post[1]), clock(at)) == (0, 0)
        (message,) = messages()
        if message.send_after:
            waits.append(message.send_after - at)
            at = message.send_after
    assert tuple(waits) == PAUSES
    assert (message.state, message.last_error, post[0].mails) == (MessageState.FAILED, "451 Try later", [])


@pytest.mark.parametrize("where", ["at_recipient", "at_data"])
def test_a_refusal_for_good_is_not_tried_again_and_others_go_on(room: Room, post: tuple[Post, str], where: str) -> None:
    queued(room, "party", "ngo")
    setattr(post[0], where, ["550 No such person"])
    assert send_due(Server(post[1]), clock()) == (1, 1)
    assert states() == [MessageState.FAILED, MessageState.SENT]
    assert [to for _, to, _ in post[0].mails] == [["ngo@test.example"]]


def test_a_connection_that_breaks_after_the_text_is_never_repeated_by_itself(
    room: Room, post: tuple[Post, str]
) -> None:
    queued(room, "party")
    post[0].at_data = [None]
    assert send_due(Server(post[1]), clock()) == (0, 1)
    for hours in range(1, 100):
        assert send_due(Server(post[1]), clock(AT + timedelta(hours=hours))) == (0, 0)
    (message,) = messages()
    assert (message.state, len(post[0].mails)) == (MessageState.UNCLEAR, 1)
    outbox.queue(WRITER, message.id, rev=message.rev, at=AT)
    assert send_due(Server(post[1]), clock()) == (1, 0)
    ids = {message_from_bytes(raw)["Message-ID"] for _, _, raw in post[0].mails}
    assert (len(post[0].mails), len(ids)) == (2, 1)


def test_a_server_that_is_away_costs_no_mail(room: Room) -> None:
    queued(room, "party")
    assert send_due(Server("smtp://127.0.0.1:1"), clock()) == (0, 1)
    assert states() == [MessageState.QUEUED]


def test_a_password_is_not_sent_in_clear(monkeypatch: pytest.MonkeyPatch, post: tuple[Post, str]) -> None:
    # the server of the tests offers no STARTTLS; by a name that is not the machine's own it is a stranger's
    port = post[1].rpartition(":")[2]
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **more: real("127.0.0.1", *rest, **more))
    way = Server(f"smtp://user:secret@mail.example:{port}")
    with pytest.raises(Exception, match="nothing is sent in clear"):
        way._connection()
    way.close()


class Killed(BaseException):
    """The process ends: nothing of the program handles it."""


def test_killed_before_the_text_left_it_is_sent_once_all_the_same(room: Room, post: tuple[Post, str]) -> None:
    queued(room, "party")
    assert outbox.claim(WRITER, at=AT)
    assert send_due(Server(post[1]), clock()) == (0, 0)
    assert send_due(Server(post[1]), clock(AT + LEASE)) == (1, 0)
    assert len(post[0].mails) == 1


def test_killed_between_acceptance_and_commit_it_is_not_sent_twice_and_says_so(
    room: Room, post: tuple[Post, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: object, **_values: object) -> None:
        raise Killed

    queued(room, "party")
    monkeypatch.setattr(outbox, "note_sent", killed)
    with pytest.raises(Killed):
        send_due(Server(post[1]), clock())
    monkeypatch.undo()
    assert len(post[0].mails) == 1
    for hours in range(1, 50):
        assert send_due(Server(post[1]), clock(AT + timedelta(hours=hours))) == (0, 0)
    (message,) = messages()
    assert (message.state, message.last_error, len(post[0].mails)) == (
        MessageState.UNCLEAR, "The program ended while the mail was being handed over. It may have arrived.", 1
    )  # fmt: skip


def test_who_is_too_slow_loses_the_message(room: Room) -> None:
    queued(room, "party")
    slow = outbox.claim(WRITER, at=AT)
    assert slow
    outbox.sweep(WRITER, at=AT + LEASE)
    fast = outbox.claim(WRITER, at=AT + LEASE)
    assert fast
    with pytest.raises(Conflict):
        outbox.hand_over(WRITER, slow, at=AT + LEASE)
    outbox.hand_over(WRITER, fast, at=AT + LEASE)


def test_a_change_while_the_mail_is_under_way_is_told_after_it(room: Room) -> None:
    queued(room, "party")
    claimed = outbox.claim(WRITER, at=AT)
    assert claimed
    release(room, title="Another title", at=AT + timedelta(minutes=1))
    assert states() == [MessageState.SENDING, MessageState.DRAFT]
    outbox.queue_all(WRITER, at=AT)
    assert outbox.claim(WRITER, at=AT) is None
    outbox.hand_over(WRITER, claimed, at=AT)
    outbox.note_sent(WRITER, claimed, at=AT)
    (second,) = send_all()
    assert second.mail.subject == "Changed: WG: Another title"


def test_what_failed_gives_way_to_what_is_newer(room: Room) -> None:
    queued(room, "party")
    claimed = outbox.claim(WRITER, at=AT)
    assert claimed
    release(room, title="Another title", at=AT + timedelta(minutes=1))
    outbox.note_failed(WRITER, claimed, "451", at=AT, is_final=False, is_unclear=False)
    assert states() == [MessageState.WITHDRAWN, MessageState.DRAFT]
    (sent,) = send_all()
    assert sent.mail.subject == "Invitation: WG: Another title"


def test_a_round_that_finds_nothing_writes_nothing(room: Room, room_app: Flask, count_queries) -> None:
    """A write of no matter would make everybody's answers be worked out anew."""
    invite(room, "party")
    with count_queries(room_app) as counted:
        assert send_due(Server("smtp://127.0.0.1:1"), clock()) == (0, 0)
    assert [statement.split()[0] for statement in counted.statements] == ["SELECT"]


def test_a_refusal_tells_what_kind_it_was() -> None:
    fault = NotTaken("550", is_final=True)
    assert (str(fault), fault.is_final, fault.is_unclear) == ("550", True, False)
