"""Starting, running and stopping the server."""

import logging
import select
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Final

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from planner.server.listener import Listener, allow_connections

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

GRACE_SECONDS: Final = 10
"""How long requests that run when the server is told to stop may take to end."""
LARGEST_HEADER: Final = 32 * 1024
LARGEST_BODY: Final = 16 * 1024 * 1024

# a request that waits a moment for a thread is no news
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def serve(
    app: "WSGIApplication",
    *,
    host: str,
    port: int,
    threads: int,
    proxy_count: int = 0,
    on_start: Callable[[str, int], None] | None = None,
) -> None:
    """Serve an application until SIGTERM or SIGINT, then finish the requests that run and return.

    `port` 0 takes a free one. `proxy_count` above 0 lets X-Forwarded headers through to the application, which must
    know how many of them to believe. `on_start` is called with host and port once the socket listens. Must run in the
    main thread. Raises OSError where the address cannot be listened on.
    """
    running = _Running(app, host, port, threads, proxy_count)
    before = {number: signal.signal(number, running.stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        if on_start:
            on_start(host, running.port)
        running.run()
    finally:
        running.close()
        for number, handler in before.items():
            signal.signal(number, handler)


class _Running:
    """The listeners of one address (a name may have an IPv4 and an IPv6 one), their threads and their loop."""

    def __init__(self, app: "WSGIApplication", host: str, port: int, threads: int, proxy_count: int) -> None:
        self.deadline: float | None = None
        self.sockets: dict[int, wasyncore.dispatcher] = {}
        self.workers = ThreadedTaskDispatcher()
        self.poll = wasyncore.poll2 if hasattr(select, "poll") else wasyncore.poll
        connections = allow_connections()
        adjustments = _adjustments(host, port, threads, connections, proxy_count)
        self.listeners = self._listen(app, adjustments, connections)
        self.port: int = int(self.listeners[0].effective_port)
        self.workers.set_thread_count(threads)

    def _listen(self, app: "WSGIApplication", adjustments: Adjustments, connections: int) -> list[Listener]:
        """Return a listener for each address of the host that this machine has."""
        listeners: list[Listener] = []
        fault: OSError | None = None
        addresses = adjustments.listen
        for address in addresses[:1] if addresses[0][3][1] == 0 else addresses:  # a free port is free on one address
            try:
                listener = Listener(app, map=self.sockets, adj=adjustments, sockinfo=address, dispatcher=self.workers)
            except OSError as error:
                fault = error
                continue
            listener.most_connections = connections
            listeners.append(listener)
        if not listeners:
            wasyncore.close_all(self.sockets)
            raise fault or OSError("no address to listen on")
        return listeners

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Begin to stop; at the second time stop at once."""
        self.deadline = time.time() + GRACE_SECONDS if self.deadline is None else 0
        self.listeners[0].pull_trigger()

    def run(self) -> None:
        """Serve until told to stop and the running requests are done, or their time is over."""
        while self.deadline is None:
            self.poll(1, self.sockets)
        for listener in self.listeners:
            listener.stop_listening()
        while time.time() < self.deadline and any(listener.is_busy for listener in self.listeners):
            self.poll(0.1, self.sockets)

    def close(self) -> None:
        """End the threads and close every socket."""
        self.workers.shutdown(timeout=1)
        wasyncore.close_all(self.sockets, ignore_all=True)


def _adjustments(host: str, port: int, threads: int, connections: int, proxy_count: int) -> Adjustments:
    """Return waitress's settings. Raises OSError where the host is not known."""
    try:
        return Adjustments(
            host=host,
            port=port,
            threads=threads,
            connection_limit=connections + 100,  # never reached: the listener makes room before
            cleanup_interval=2,
            max_request_header_size=LARGEST_HEADER,
            max_request_body_size=LARGEST_BODY,
            inbuf_overflow=64 * 1024,  # larger bodies wait on disk: a thousand of them fit into little memory
            asyncore_use_poll=True,  # select() knows no file above 1,024
            clear_untrusted_proxy_headers=proxy_count == 0,
            expose_tracebacks=False,
            log_socket_errors=False,
            ident=None,
        )
    except ValueError as error:
        raise OSError(f"{host} is no address") from error
