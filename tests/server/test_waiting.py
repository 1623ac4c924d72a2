"""Waiting for sockets: who is told of what, when numbers are another's and when several wait for one socket."""

from __future__ import annotations

import select
import socket
import threading
import time

import pytest

from planner.server.waiting import Waiting

pytestmark = pytest.mark.skipif(not hasattr(select, "EPOLLEXCLUSIVE"), reason="this system has no such thing")


class One:
    """A socket of a loop, which notes what it is told."""

    def __init__(self, opened: socket.socket, *, accepting: bool = False) -> None:
        self.opened = opened  # as long as it is in a loop
        self.accepting = accepting
        self.reads, self.writes = True, False
        self.told: list[str] = []

    def readable(self) -> bool:
        return self.reads

    def writable(self) -> bool:
        return self.writes

    def handle_read_event(self) -> None:
        self.told.append("read")

    def handle_write_event(self) -> None:
        self.told.append("write")

    def handle_close(self) -> None:
        self.told.append("close")


@pytest.fixture
def wait():
    made = Waiting()
    yield made
    made.close()


def test_a_socket_acts_when_it_can_and_wants(wait):
    here, there = socket.socketpair()
    with here, there:
        one = One(here)
        sockets = {here.fileno(): one}
        wait(0, sockets)
        assert one.told == []
        there.send(b"x")
        wait(1, sockets)
        one.reads, one.writes = False, True
        wait(1, sockets)
        one.writes = False
        wait(0, sockets)
        one.reads = True
        wait(1, sockets)
        assert one.told == ["read", "write", "read"]
        del sockets[here.fileno()]
        wait(0, sockets)
        assert one.told == ["read", "write", "read"]


def test_a_number_that_is_anothers_now_is_told_of_the_other(wait):
    here, there = socket.socketpair()
    number, first = here.fileno(), One(here)
    wait(0, {number: first})
    here.close()
    other, beyond = socket.socketpair()
    with there, other, beyond:
        assert other.fileno() == number
        second = One(other)
        beyond.send(b"x")
        wait(1, {number: second})
        assert (first.told, second.told) == ([], ["read"])


def test_a_connection_wakes_one_of_those_who_wait():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        waiters = [(Waiting(), One(listening, accepting=True)) for _ in range(4)]
        threads = [threading.Thread(target=wait, args=(1, {listening.fileno(): one})) for wait, one in waiters]
        for thread in threads:
            thread.start()
        time.sleep(0.2)
        socket.create_connection(listening.getsockname()).close()
        for thread in threads:
            thread.join()
        for wait, _ in waiters:
            wait.close()
    assert sorted(one.told for _, one in waiters) == [[], [], [], ["read"]]


def test_it_speaks_of_events_as_the_loop_of_waitress_does():
    assert (select.EPOLLIN, select.EPOLLPRI, select.EPOLLOUT) == (select.POLLIN, select.POLLPRI, select.POLLOUT)
    assert (select.EPOLLERR, select.EPOLLHUP) == (select.POLLERR, select.POLLHUP)
