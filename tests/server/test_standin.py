"""What the server does by itself, shown with a small application: refusals, deadlines, places, an orderly end."""

import json
import re
import signal
import socket
import threading
from collections.abc import Iterator

import pytest

from planner.server import serve
from tests.server.attacks import AMBIGUOUS_LENGTHS, BROKEN_CHUNKS, BROKEN_LINES, BROKEN_TEXT, HALF_SENT, TOO_LARGE
from tests.server.standin import app
from tests.server.wire import Server, answer, request, standin

pytestmark = pytest.mark.server

OURS = {**BROKEN_CHUNKS, **AMBIGUOUS_LENGTHS, **BROKEN_LINES, **BROKEN_TEXT, **TOO_LARGE}
# these are fine for the server; the application refuses them
THEIRS = {"unknown method", "CONNECT", "TRACE", "path out of static", "path out of static, encoded"}
ALIVE = (200, b"GET /healthz 0")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with standin() as started:
        yield started


@pytest.mark.parametrize("name", [name for name in OURS if name not in THEIRS])
def test_nonsense_is_refused_by_the_server_itself(server: Server, name: str) -> None:
    status = server.ask(OURS[name])
    assert status in {400, 413, 414, 431}
    assert server.get("/healthz") == ALIVE


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("no host", 400),
        ("length of a petabyte", 413),
        ("length of a petabyte, politely", 413),
        ("body of 20 MB", 413),
        ("headers without end", 431),
        ("path of 3,000 bytes", 414),
        ("query of 9,000 bytes", 414),
    ],
)
def test_a_refusal_says_what_is_wrong(server: Server, name: str, status: int) -> None:
    assert server.ask({**OURS, "no host": request(b"GET / HTTP/1.1", host=b"")}[name]) == status


def test_a_refusal_repeats_nothing_and_tells_no_names(server: Server) -> None:
    head, _, body = server.read_all(request(b"GET / HTTP/1.1", b"<script>alert(1)</script>")).partition(b"\r\n\r\n")
    names = {line.partition(b":")[0] for line in head.split(b"\r\n")[1:]}
    assert body == b"400 Bad Request\n"
    assert names == {
        b"Cache-Control",
        b"Connection",
        b"Content-Length",
        b"Content-Type",
        b"Date",
        b"X-Content-Type-Options",
    }


def test_requests_in_a_row_are_answered_in_order_until_one_is_nonsense(server: Server) -> None:
    row = request(b"GET /a HTTP/1.1") + request(b"POST /b HTTP/1.1", body=b"abc") + b"nonsense\r\n\r\n"
    answered = server.read_all(row + request(b"GET /c HTTP/1.1"))
    assert re.findall(rb"(?<=HTTP/1.[01] )\d+|GET /.|POST /.", answered) == [
        b"200",
        b"GET /a",
        b"200",
        b"POST /b",
        b"400",
    ]


def test_a_fault_of_the_application_costs_one_answer_only(server: Server) -> None:
    assert server.get("/raise") == (500, b"500 Internal Server Error\n")
    assert server.get("/healthz") == ALIVE


def test_half_sent_requests_shut_nobody_out(server: Server) -> None:
    with server.hold(HALF_SENT, 300):
        assert [server.get("/healthz") for _ in range(20)] == [ALIVE] * 20
    assert server.get("/healthz") == ALIVE


def test_who_does_not_read_shuts_nobody_out(server: Server) -> None:
    with server.hold([request(b"GET /large HTTP/1.1")], 20):
        assert server.get("/healthz") == ALIVE


def test_a_request_that_does_not_arrive_is_told_so_even_if_it_dribbles() -> None:
    with standin(json.dumps({"HEADER_SECONDS": 0.1, "REQUEST_SECONDS": 0.1, "IDLE_SECONDS": 0.1})) as server:
        held = [server.send(payload) for payload in HALF_SENT]
        dribbling = server.send(b"GET /")
        with dribbling:
            for _ in range(1000):
                try:
                    dribbling.sendall(b"a")
                    dribbling.settimeout(0.05)
                    answered = dribbling.recv(100)
                except TimeoutError:
                    continue
                break
        statuses = [answer(connection)[0] for connection in held]
        for connection in held:
            connection.close()
        assert answered.startswith(b"HTTP/1.0 408")
        assert statuses == [None] + [408] * (len(HALF_SENT) - 1)
        assert server.get("/healthz") == ALIVE


def test_when_all_places_are_taken_the_longest_waiting_makes_room() -> None:
    with standin(json.dumps({"MOST_CONNECTIONS": 20})) as server:
        held = [server.send(b"GET /healthz HTTP/1.1\r\n") for _ in range(20)]
        assert [server.get("/healthz") for _ in range(10)] == [ALIVE] * 10
        assert answer(held[0]) == (None, b"")
        held[-1].sendall(b"Host: localhost\r\n\r\n")
        assert answer(held[-1]) == ALIVE
        for connection in held:
            connection.close()


def test_a_request_that_runs_ends_before_the_server_does() -> None:
    with standin() as server:
        held = server.send(request(b"GET /hold HTTP/1.1"))
        idle = server.send(b"GET /")
        assert server.process.stdout
        assert server.process.stdout.readline() == "holding\n"
        server.process.send_signal(signal.SIGTERM)
        while server.is_listening():
            pass
        assert server.process.poll() is None
        assert server.process.stdin
        server.process.stdin.write("go on\n")
        server.process.stdin.flush()
        assert answer(held) == (200, b"GET /hold 0")
        assert server.process.wait(10) == 0
        held.close()
        idle.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_server_stops_at_once(number: signal.Signals) -> None:
    with standin() as server, server.connect():
        assert server.get("/healthz") == ALIVE
        server.process.send_signal(number)
        assert server.process.wait(10) == 0


def test_the_second_signal_waits_for_nobody() -> None:
    with standin() as server:
        held = server.send(request(b"GET /hold HTTP/1.1"))
        assert server.process.stdout
        server.process.stdout.readline()
        server.process.send_signal(signal.SIGTERM)
        while server.is_listening():
            pass
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == 0
        held.close()


def test_an_address_that_cannot_be_had_is_an_error_and_leaves_nothing_behind() -> None:
    before = threading.active_count()
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        serve(app, host="127.0.0.1", port=taken.getsockname()[1], threads=2)
    with pytest.raises(OSError, match=r"nowhere\.invalid is no address"):
        serve(app, host="nowhere.invalid", port=1, threads=2)
    assert threading.active_count() == before
