"""Several processes on one socket: for machines with more processors than one process can use.

The first process opens the socket and forks the others, before it has a thread or a connection to the database, so that
they share its memory. It then only waits: one that ends is begun again, and SIGTERM and SIGINT are passed on.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Final, NoReturn

RESTART_SECONDS: Final = 1
"""How long a process must have run for its end not to be waited out before the next begins."""
PARENT_SECONDS: Final = 0.5
LISTEN_BACKLOG: Final = 1024

log = logging.getLogger("planner.server")


def open_sockets(addresses: list[tuple[int, int, int, tuple[str, int]]]) -> list[socket.socket]:
    """Return a listening socket for each address (family, type, protocol, address) that this machine has.

    Of several addresses only the first is used where the port is 0: a free port is free on one address. Raises OSError
    where there is none.
    """
    opened: list[socket.socket] = []
    fault: OSError | None = None
    for family, kind, protocol, address in addresses[:1] if addresses[0][3][1] == 0 else addresses:
        one = socket.socket(family, kind, protocol)
        try:
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(address)
            one.listen(LISTEN_BACKLOG)
            one.setblocking(False)
        except OSError as error:
            fault = error
            one.close()
            continue
        opened.append(one)
    if not opened:
        raise fault or OSError("no address to listen on")
    return opened


def supervise(jobs: list[Callable[[], None]]) -> None:
    """Run each job in a process of its own until SIGTERM or SIGINT, and wait for all of them to end.

    A second signal is passed on too. A process that ends by itself is begun again, not more often than once a second.
    """
    master = _Master(jobs)
    before = {number: signal.signal(number, master.stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        master.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Master:
    def __init__(self, jobs: list[Callable[[], None]]) -> None:
        self.jobs = jobs
        self.running: dict[int, tuple[int, float]] = {}
        """Process id → job and when it began."""
        self.stopping = False

    def stop(self, number: int, _frame: FrameType | None) -> None:
        self.stopping = True
        for pid in list(self.running):
            os.kill(pid, number)

    def run(self) -> None:
        for job in range(len(self.jobs)):
            self._begin(job)
        while self.running:
            try:
                pid, status = os.wait()
            except ChildProcessError:
                break
            job, began = self.running.pop(pid)
            if self.stopping:
                continue
            log.error("process %d ended by itself (%d); another begins", pid, os.waitstatus_to_exitcode(status))
            time.sleep(max(0.0, RESTART_SECONDS - (time.monotonic() - began)))
            if not self.stopping:
                self._begin(job)

    def _begin(self, job: int) -> None:
        pid = os.fork()
        if pid == 0:
            _run(self.jobs[job])
        self.running[pid] = (job, time.monotonic())


def _run(job: Callable[[], None]) -> NoReturn:
    """Run a job and end this process; the signals are its own from here on."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(os.getppid(),), name="end with the first", daemon=True).start()
    status = 0
    try:
        job()
    except BaseException:
        log.exception("a process failed")
        status = 1
    finally:
        logging.shutdown()
        os._exit(status)


def _end_with(parent: int) -> None:
    """Stop this process when the first one is gone, however it went: nobody would stop it otherwise."""
    while os.getppid() == parent:
        time.sleep(PARENT_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
