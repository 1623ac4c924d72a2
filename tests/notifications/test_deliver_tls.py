"""Mail leaves over TLS, to the server that it is meant for: after STARTTLS, and from the first byte."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from planner.models import MessageState
from planner.notifications.deliver import Server, send_due
from planner.services import outbox
from tests.factories.invitation import Room, invite, messages
from tests.factories.meeting import AT, WRITER

from .authority import HOST, Certified, certify, trust
from .conftest import Post

SCHEMES = ("smtp", "smtps")


class Guarded(Post):
    """A server that notes how each mail came, and who signed in."""

    def __init__(self) -> None:
        super().__init__()
        self.protocols: list[str | None] = []
        self.users: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        secured = server.transport.get_extra_info("ssl_object") if server.transport else None
        self.protocols.append(secured.version() if secured else None)
        return await super().handle_DATA(server, session, envelope)

    def let_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.users.append(data.login)
        return AuthResult(success=data.password == b"s3cret/word")


Start = Callable[..., Guarded]


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certify(tmp_path_factory.mktemp("tls") / "ours")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certify(tmp_path_factory.mktemp("tls") / "other")


@pytest.fixture
def serve(certified: Certified) -> Iterator[Callable[[str], tuple[Guarded, int]]]:
    """Return a function that starts a server with a certificate for HOST, by the scheme of its address."""
    with ExitStack() as running:

        def start(scheme: str) -> tuple[Guarded, int]:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certified.certificate, certified.key)
            ways = {
                "smtps": {"ssl_context": context, "auth_require_tls": False},
                "smtp": {"tls_context": context, "require_starttls": True},
                "offering": {"tls_context": context},
                "plain": {},
            }
            handler = Guarded()
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            controller = Controller(
                handler, hostname="127.0.0.1", port=port, authenticator=handler.let_in, **ways[scheme]
            )  # fmt: skip
            controller.start()
            running.callback(controller.stop)
            return handler, port

        yield start


def send(room: Room, url: str) -> tuple[int, int]:
    invite(room, "party")
    outbox.queue_all(WRITER, at=AT)
    return send_due(Server(url), lambda: AT)


def outcome() -> tuple[MessageState, str | None]:
    (message,) = messages()
    return message.state, message.last_error


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_mail_leaves_over_tls_with_the_password(
    room: Room, serve, certified: Certified, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    handler, port = serve(scheme)
    trust(monkeypatch, certified.authority)
    assert send(room, f"{scheme}://me:s3cret%2Fword@{HOST}:{port}") == (1, 0)
    assert (len(handler.mails), handler.protocols, handler.users) == (1, ["TLSv1.3"], [b"me"])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_that_nobody_known_has_certified_gets_nothing(
    room: Room, serve, stranger: Certified, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    handler, port = serve(scheme)
    trust(monkeypatch, stranger.authority)
    assert send(room, f"{scheme}://me:s3cret%2Fword@{HOST}:{port}?tls=optional") == (0, 1)
    state, error = outcome()
    assert (state, "CERTIFICATE_VERIFY_FAILED" in (error or "")) == (MessageState.QUEUED, True)
    assert (handler.mails, handler.users, "s3cret" in (error or "")) == ([], [], False)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_that_is_certified_as_another_gets_nothing(
    room: Room, serve, certified: Certified, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    handler, port = serve(scheme)
    trust(monkeypatch, certified.authority)
    assert send(room, f"{scheme}://me:s3cret%2Fword@other.example:{port}") == (0, 1)
    state, error = outcome()
    assert (state, "Hostname mismatch" in (error or "")) == (MessageState.QUEUED, True)
    assert (handler.mails, handler.users) == ([], [])


@pytest.mark.parametrize(
    ("user", "query", "is_sent"),
    [("", "", False), ("", "?tls=optional", True), ("me:s3cret%2Fword@", "?tls=optional", False)],
)
def test_a_machine_without_starttls_gets_mail_only_where_the_settings_allow_it(
    room: Room, serve, certified: Certified, monkeypatch: pytest.MonkeyPatch, user: str, query: str, is_sent: bool
) -> None:
    handler, port = serve("plain")
    trust(monkeypatch, certified.authority)
    assert send(room, f"smtp://{user}{HOST}:{port}{query}") == ((1, 0) if is_sent else (0, 1))
    assert (len(handler.mails), handler.users) == (int(is_sent), [])
    assert ("nothing is sent in clear" in (outcome()[1] or "")) is not is_sent


def test_a_server_on_this_machine_needs_no_certificate_that_anybody_trusts(
    room: Room, serve, stranger: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, port = serve("offering")
    monkeypatch.setenv("SSL_CERT_FILE", str(stranger.authority))
    assert send(room, f"smtp://127.0.0.1:{port}") == (1, 0)
    assert handler.protocols == [None]
