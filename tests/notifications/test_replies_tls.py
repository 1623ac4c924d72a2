"""A mailbox is read over TLS, from the server that it is meant to be: after STARTTLS, and from the first byte."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.models import ReplyOutcome
from planner.notifications.replies import Unreachable, mailbox_of, read_replies
from tests.factories.invitation import Room
from tests.factories.meeting import AT

from .authority import HOST, Certified, certify, trust
from .imap_server import Listening, arrive, dovecot

SCHEMES = ("imap", "imaps")
MAIL = b"From: somebody@test.example\r\nTo: planner@localhost\r\nSubject: Hello\r\n\r\nHow are you?\r\n"


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certify(tmp_path_factory.mktemp("tls") / "ours")


@pytest.fixture(scope="module")
def server(certified: Certified) -> Iterator[Listening]:
    with dovecot(certified) as listening:
        yield listening


def address(server: Listening, scheme: str, host: str = HOST) -> str:
    port = server.port if scheme == "imap" else server.secure_port
    return f"{scheme}://me:s3cret%2Fword@{host}:{port}/INBOX"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_mailbox_is_read_over_tls(
    room: Room, server: Listening, certified: Certified, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    del room
    trust(monkeypatch, certified.authority)
    arrive(server.maildir, MAIL.replace(b"Hello", scheme.encode()))
    assert read_replies(mailbox_of(address(server, scheme)), lambda: AT) == {ReplyOutcome.NO_ANSWER: 1}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_that_nobody_known_has_certified_is_not_signed_in_to(
    server: Listening, monkeypatch: pytest.MonkeyPatch, tmp_path, scheme: str
) -> None:
    trust(monkeypatch, certify(tmp_path / "other").authority)
    with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED") as caught:
        list(mailbox_of(address(server, scheme)).unread())
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_that_is_certified_as_another_is_not_signed_in_to(
    server: Listening, certified: Certified, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    trust(monkeypatch, certified.authority)
    with pytest.raises(Unreachable, match="Hostname mismatch"):
        list(mailbox_of(address(server, scheme, "other.example")).unread())


def test_another_machine_without_starttls_is_not_signed_in_to(
    certified: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(monkeypatch, certified.authority)
    with dovecot() as plain, pytest.raises(Unreachable, match="TLS not supported by server"):
        list(mailbox_of(address(plain, "imap")).unread())
