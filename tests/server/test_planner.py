"""The whole program under attack: whatever is sent is answered 4xx, and everybody else is served."""

import signal
from collections.abc import Iterator

import pytest

from tests.server.attacks import ATTACKS, HALF_SENT, ODD_BUT_HONEST
from tests.server.conftest import Installation
from tests.server.wire import Server

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def server(installation: Installation) -> Iterator[Server]:
    with installation.serving() as started:
        yield started


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_the_clients_fault(server: Server, name: str) -> None:
    status = server.ask(ATTACKS[name])
    assert status is not None
    assert 400 <= status <= 499
    assert server.get("/healthz")[0] == 200


@pytest.mark.parametrize("name", ODD_BUT_HONEST)
def test_what_is_odd_but_honest_is_answered(server: Server, name: str) -> None:
    assert server.ask(ODD_BUT_HONEST[name]) == 200


def test_pages_are_served_while_requests_are_half_sent(server: Server) -> None:
    with server.hold(HALF_SENT, 300):
        statuses = [server.get(path)[0] for path in ("/healthz", "/readyz", "/", "/calendar.ics") * 5]
    assert statuses == [200] * 20


def test_it_stops_when_told_to(installation: Installation) -> None:
    with installation.serving() as server:
        assert server.get("/readyz")[0] == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == 0
