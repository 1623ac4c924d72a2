"""Each mail of a mailbox is read once, whatever kind the mailbox is: files, a Maildir, an IMAP server where one is
installed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.models import Answer, Invitation, ReplyOutcome
from planner.notifications.replies import Unreachable, mailbox_of, read_replies
from planner.services import invitations
from tests.factories.invitation import Room, invitation_of, invite, reply_mail, reply_text, send_all
from tests.factories.meeting import AT, WRITER

from .imap_server import arrive, dovecot

BY_PEOPLE = b"From: somebody@test.example\r\nTo: planner@localhost\r\nSubject: Hello\r\n\r\nHow are you?\r\n"


@pytest.fixture
def invited(room: Room) -> Invitation:
    invite(room, "party")
    send_all()
    return invitation_of(room.party, room.open_session)


def read(url: str) -> Counter[ReplyOutcome]:
    return read_replies(mailbox_of(url), lambda: AT)


def accepted(invited: Invitation) -> bytes:
    return reply_mail(reply_text(invited), sender=invited.address)


def test_files_are_read_once_and_put_aside(room: Room, invited: Invitation, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(accepted(invited))
    (tmp_path / "two.eml").write_bytes(BY_PEOPLE)
    (tmp_path / "notes.txt").write_text("not a mail")
    url = tmp_path.as_uri()
    assert read(url) == {ReplyOutcome.TAKEN: 1, ReplyOutcome.NO_ANSWER: 1}
    assert read(url) == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "read"]
    assert sorted(path.name for path in (tmp_path / "read").iterdir()) == ["one.eml", "two.eml"]
    assert invitation_of(room.party, room.open_session).answer is Answer.ACCEPTED


def test_a_maildir_is_read_as_a_mail_program_would(invited: Invitation, tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1700000000.1.host").write_bytes(accepted(invited))
    assert read(tmp_path.as_uri()) == {ReplyOutcome.TAKEN: 1}
    assert [path.name for path in (tmp_path / "cur").iterdir()] == ["1700000000.1.host:2,S"]
    assert list((tmp_path / "new").iterdir()) == []


def test_killed_before_a_mail_was_marked_it_is_not_taken_again(room: Room, invited: Invitation, tmp_path: Path) -> None:
    mail = tmp_path / "one.eml"
    mail.write_bytes(accepted(invited))
    for raw, _mark in mailbox_of(tmp_path.as_uri()).unread():
        assert invitations.answer_mail(WRITER, raw, at=AT) is ReplyOutcome.TAKEN
    assert mail.exists()
    assert read(tmp_path.as_uri()) == {}
    assert not mail.exists()
    assert invitation_of(room.party, room.open_session).answer is Answer.ACCEPTED


def test_of_a_huge_mail_no_more_is_read_than_shows_that_it_is(invited: Invitation, tmp_path: Path) -> None:
    del invited
    with (tmp_path / "huge.eml").open("wb") as stream:
        stream.write(BY_PEOPLE)
        stream.truncate(500_000_000)
    assert read(tmp_path.as_uri()) == {ReplyOutcome.UNREADABLE: 1}


@pytest.mark.parametrize("url", ["file:///nowhere/at/all", "imap://user:pw@127.0.0.1:1/INBOX"])
def test_a_mailbox_that_is_away_is_named(room: Room, url: str) -> None:
    del room
    with pytest.raises(Unreachable) as caught:
        read(url)
    assert "pw" not in str(caught.value)


@pytest.fixture
def imap() -> Iterator[tuple[str, Path]]:
    """An IMAP server of the test's own: its address, and the Maildir behind it."""
    with dovecot() as server:
        yield f"imap://me:s3cret%2Fword@127.0.0.1:{server.port}/INBOX", server.maildir


def test_a_server_is_read_once_and_people_see_their_mail_as_new(
    room: Room, invited: Invitation, imap: tuple[str, Path]
) -> None:
    url, maildir = imap
    arrive(maildir, accepted(invited))
    arrive(maildir, BY_PEOPLE)
    assert read(url) == {ReplyOutcome.TAKEN: 1, ReplyOutcome.NO_ANSWER: 1}
    assert [raw for raw, _ in mailbox_of(url).unread()] == []
    assert read(url) == {}
    assert invitation_of(room.party, room.open_session).answer is Answer.ACCEPTED
    flags = {file.name.partition(":2,")[2] for file in (maildir / "cur").iterdir()}
    assert [flag for flag in flags if "S" in flag] == []
    arrive(maildir, BY_PEOPLE.replace(b"Hello", b"Again"))
    assert read(url) == {ReplyOutcome.NO_ANSWER: 1}


def test_a_server_that_refuses_the_password_is_named(room: Room, imap: tuple[str, Path]) -> None:
    del room
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1: error: ") as caught:
        read(imap[0].replace("s3cret%2Fword", "wrong"))
    assert "wrong" not in str(caught.value)
