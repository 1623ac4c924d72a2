"""Talking to a server over a bare socket, for what no HTTP library would send."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.server.listener import allow_connections

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 30
"""Seconds after which a silent server fails the test. Nothing here takes that long when all is well."""


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT)

    def send(self, payload: bytes) -> socket.socket:
        connection = self.connect()
        # a server that refuses may stop reading: its answer is what counts
        with contextlib.suppress(ConnectionError):
            connection.sendall(payload)
        return connection

    def ask(self, payload: bytes) -> int | None:
        """Send some bytes; return the status of the answer, None where the connection was closed without one."""
        with self.send(payload) as connection:
            return answer(connection, with_body=False)[0]

    def read_all(self, payload: bytes) -> bytes:
        """Send some bytes; return all that comes back until the server closes the connection."""
        with self.send(payload) as connection:
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def get(self, path: str) -> tuple[int | None, bytes]:
        with self.send(request(f"GET {path} HTTP/1.1".encode(), b"Connection: close")) as connection:
            return answer(connection)

    def hold(self, payloads: Sequence[bytes], count: int) -> contextlib.ExitStack:
        """Send the payloads in turn on `count` connections, which stay open until the stack that comes back ends."""
        allow_connections()
        held = contextlib.ExitStack()
        for number in range(count):
            held.enter_context(self.send(payloads[number % len(payloads)]))
        return held

    def is_listening(self) -> bool:
        try:
            self.connect().close()
        except ConnectionError:
            return False
        return True


def request(line: bytes, *headers: bytes, host: bytes = b"Host: localhost", body: bytes = b"") -> bytes:
    """Return a request; `body` brings its Content-Length."""
    length = (b"Content-Length: %d" % len(body),) if body else ()
    return b"\r\n".join([line, *((host,) if host else ()), *headers, *length, b"", body])


def answer(connection: socket.socket, *, with_body: bool = True) -> tuple[int | None, bytes]:
    """Read one answer: status and body (that of a HEAD has none); no status where the connection ends before one."""
    response = http.client.HTTPResponse(connection)
    try:
        response.begin()
        return response.status, response.read() if with_body else b""
    except (http.client.BadStatusLine, ConnectionError):
        return None, b""


@contextlib.contextmanager
def running(command: list[str], **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run a Python program of this project until the block ends. Its errors go to the test's."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@contextlib.contextmanager
def standin(adjustments: str = "{}") -> Iterator[Server]:
    """Start the stand-in application."""
    with running(["-m", "tests.server.standin", adjustments]) as process:
        assert process.stdout
        yield Server(process, int(process.stdout.readline()))
