"""One connection: how long it may take, and how it is told why it was refused."""

import socket
import time
from typing import Final

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask
from waitress.utilities import Error

from planner.server.parser import RequestParser

HEADER_SECONDS: Final = 15
"""From the first byte of a request to the end of its headers."""
REQUEST_SECONDS: Final = 120
"""From the first byte of a request to its last: an upload of 16 MB at 1 Mbit/s."""
IDLE_SECONDS: Final = 60
"""Between two requests, and for a reader who takes nothing of an answer."""
DRAIN_SECONDS: Final = 3
DRAIN_BYTES: Final = 64 * 1024 * 1024


class RequestTimeout(Error):  # noqa: N818 - waitress names its answers so
    """The rest of a request did not come."""

    code = 408
    reason = "Request Timeout"


class RefusalTask(ErrorTask):
    """Answers a request that never reaches the application, without repeating any of it."""

    def execute(self) -> None:
        """Write status, a few headers and the reason."""
        error = self.request.error
        body = f"{error.code} {error.reason}\n".encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """A connection with deadlines. Its methods run in the loop's thread, `service` in one of the workers'."""

    request: RequestParser | None
    parser_class = RequestParser
    error_task_class = RefusalTask

    started: float | None = None
    """When the first byte came of the request that is not complete yet."""
    refused = False
    draining_until: float | None = None
    drained = 0

    def received(self, data: bytes) -> bool:
        """Take some bytes, and start the clock of a request that they begin."""
        taken: bool = super().received(data)
        if self.request is None:
            self.started = None
        elif self.started is None:
            self.started = time.time()
        return taken

    def service(self) -> None:
        """Answer one request."""
        requests = self.requests
        self.refused = bool(requests and requests[0].error)
        super().service()

    def end_if_overdue(self, now: float) -> None:
        """Refuse a request that takes too long to arrive; close what is idle, or does not read."""
        if self.draining_until is not None:
            self.will_close = now > self.draining_until
        elif self.total_outbufs_len:
            self.will_close = self.will_close or now > self.last_activity + IDLE_SECONDS
        elif self.requests or self.will_close or self.close_when_flushed:
            return  # at work, and that takes as long as it takes
        elif self.started is None or self.request is None:
            self.will_close = now > self.last_activity + IDLE_SECONDS
        elif now > self.started + (REQUEST_SECONDS if self.request.headers_finished else HEADER_SECONDS):
            self._time_out()

    def _time_out(self) -> None:
        """Put the unfinished request into the queue as one to refuse."""
        with self.requests_lock:
            request, self.request, self.started = self.request, None, None
            if request is None:
                return
            request.error = RequestTimeout("")
            request.completed = True
            self.requests.append(request)
        self.server.add_task(self)

    @property
    def is_waiting(self) -> bool:
        """Say whether nothing is owed to the client: no request is complete, no answer under way."""
        return not (self.requests or self.total_outbufs_len or self.will_close)

    @property
    def waiting_since(self) -> float:
        """Return the second since which the client keeps the connection without a whole request."""
        return self.started or self.last_activity

    # Closing a socket while bytes lie unread resets the connection, and the reset overtakes the answer: whoever sent
    # too much would never learn why. So a refused client is told that no more comes, and is read from, to nowhere,
    # for a while.

    def handle_close(self) -> None:
        """Close, or after a refusal begin to drain."""
        if self.refused and self.connected:
            self.refused = False
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            else:
                self.draining_until = time.time() + DRAIN_SECONDS
                self.will_close = self.close_when_flushed = False
                return
        super().handle_close()

    def readable(self) -> bool:
        """Say whether to read: while draining always, while the server stops no new request."""
        if self.draining_until is not None:
            return True
        return not self.server.stopping and bool(super().readable())

    def handle_read(self) -> None:
        """Read, and while draining forget what was read."""
        if self.draining_until is None:
            super().handle_read()
            return
        try:
            self.drained += len(self.recv(64 * 1024))
        except OSError:
            super().handle_close()
        if self.drained > DRAIN_BYTES or time.time() > self.draining_until:
            super().handle_close()
