"""Starting, running and stopping the server."""

import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Final

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from planner.server.listener import Listener, allow_connections
from planner.server.memory import spare_memory
from planner.server.processes import open_sockets, supervise
from planner.server.waiting import Waiting, waiting

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
    processes: int = 1,
    proxy_count: int = 0,
    on_start: Callable[[str, int], None] | None = None,
    beside: Callable[[threading.Event], None] | None = None,
) -> None:
    """Serve an application until SIGTERM or SIGINT, then finish the requests that run and return.

    `beside` runs beside it until the event that it is given is set: in a thread, or with several processes (forked, so
    nothing may be open yet) in one of its own.

    `port` 0 takes a free one. `proxy_count` above 0 lets X-Forwarded headers through to the application, which must
    know how many of them to believe. `on_start` is called with host and port once the socket listens. Must run in the
    main thread. Raises OSError where the address cannot be listened on.
    """
    spare_memory()
    if processes > 1:
        settings = _Settings(app, host, port, threads, proxy_count)
        _serve_in_processes(settings, processes, on_start, beside)
        return
    stop = threading.Event()
    running = _Running(_Settings(app, host, port, threads, proxy_count))
    before = {number: signal.signal(number, running.stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        if on_start:
            on_start(host, running.port)
        if beside:
            threading.Thread(target=beside, args=(stop,), name="beside", daemon=True).start()
        running.run()
    finally:
        stop.set()
        running.close()
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(frozen=True)
class _Settings:
    """What is served, where, and by how many threads."""

    app: "WSGIApplication"
    host: str
    port: int
    threads: int
    proxy_count: int

    def adjustments(self, connections: int) -> Adjustments:
        """Return waitress's settings. Raises OSError where the host is not known."""
        return _adjustments(self.host, self.port, self.threads, connections, self.proxy_count)


def _serve_in_processes(
    settings: _Settings,
    processes: int,
    on_start: Callable[[str, int], None] | None,
    beside: Callable[[threading.Event], None] | None,
) -> None:
    sockets = open_sockets(settings.adjustments(0).listen)
    bound_port = int(sockets[0].getsockname()[1])
    if on_start:
        on_start(settings.host, bound_port)

    def one() -> None:
        running = _Running(settings, sockets)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, running.stop)
        try:
            running.run()
        finally:
            running.close()

    def background() -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if beside:
            beside(stop)

    try:
        supervise([one] * processes + ([background] if beside else []))
    finally:
        for opened in sockets:
            opened.close()


class _Running:
    """The listeners of one address (a name may have an IPv4 and an IPv6 one), their threads and their loop."""

    def __init__(self, settings: _Settings, opened: list[socket.socket] | None = None) -> None:
        self.deadline: float | None = None
        self.sockets: dict[int, wasyncore.dispatcher] = {}
        self.workers = ThreadedTaskDispatcher()
        self.wait = waiting()
        connections = allow_connections()
        adjustments = settings.adjustments(connections)
        app = settings.app
        self.listeners = (
            [self._listener(app, adjustments, connections, opened=one) for one in opened]
            if opened
            else self._listen(app, adjustments, connections)
        )
        self.port: int = int(self.listeners[0].effective_port)
        self.workers.set_thread_count(settings.threads)

    def _listen(self, app: "WSGIApplication", adjustments: Adjustments, connections: int) -> list[Listener]:
        """Return a listener for each address of the host that this machine has."""
        listeners: list[Listener] = []
        fault: OSError | None = None
        addresses = adjustments.listen
        for address in addresses[:1] if addresses[0][3][1] == 0 else addresses:  # a free port is free on one address
            try:
                listeners.append(self._listener(app, adjustments, connections, address=address))
            except OSError as error:
                fault = error
        if not listeners:
            wasyncore.close_all(self.sockets)
            raise fault or OSError("no address to listen on")
        return listeners

    def _listener(
        self,
        app: "WSGIApplication",
        adjustments: Adjustments,
        connections: int,
        *,
        address: object = None,
        opened: socket.socket | None = None,
    ) -> Listener:
        """Return a listener on an address, or on a socket that is open already."""
        listener = Listener(
            app,
            map=self.sockets,
            adj=adjustments,
            sockinfo=(opened.family, opened.type, opened.proto, opened.getsockname()) if opened else address,
            dispatcher=self.workers,
            _sock=opened,
            bind_socket=opened is None,
        )
        listener.most_connections = connections
        return listener

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Begin to stop; at the second time stop at once."""
        self.deadline = time.time() + GRACE_SECONDS if self.deadline is None else 0
        self.listeners[0].pull_trigger()

    def run(self) -> None:
        """Serve until told to stop and the running requests are done, or their time is over."""
        while self.deadline is None:
            self.wait(1, self.sockets)
        for listener in self.listeners:
            listener.stop_listening()
        while time.time() < self.deadline and any(listener.is_busy for listener in self.listeners):
            self.wait(0.1, self.sockets)

    def close(self) -> None:
        """End the threads and close every socket."""
        self.workers.shutdown(timeout=1)
        wasyncore.close_all(self.sockets, ignore_all=True)
        if isinstance(self.wait, Waiting):
            self.wait.close()


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
