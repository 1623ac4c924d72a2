"""A mail server that takes, refuses or drops, and a meeting to invite to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.factories.invitation_fixtures import room, room_app, room_template

__all__ = ["room", "room_app", "room_template"]


@dataclass
class Post:
    """What a mail server got, and what it is to say next: texts of answers, None to end the connection."""

    mails: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    at_recipient: list[str] = field(default_factory=list)
    at_data: list[str | None] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_recipient and (answer := self.at_recipient.pop(0)):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.at_data.pop(0) if self.at_data else "250 OK"
        if answer is None or answer.startswith("250"):
            self.mails.append((envelope.mail_from or "", envelope.rcpt_tos, bytes(envelope.original_content or b"")))
        if answer is None:
            assert server.transport
            server.transport.abort()
            return "421 gone"
        return answer


@pytest.fixture
def post() -> Iterator[tuple[Post, str]]:
    """A mail server, and its address."""
    handler = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    controller.stop()
