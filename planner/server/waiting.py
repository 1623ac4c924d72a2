"""Waiting for sockets, so that a new connection wakes one of several processes and not all of them.

With `poll`, which waitress uses, each process that listens wakes for each connection; all but one find it taken, and
have used a processor that the one could have used. `epoll` knows a way to wake one of those who wait (EPOLLEXCLUSIVE).
"""

from __future__ import annotations

import select
from contextlib import suppress
from typing import Any

from waitress import wasyncore

Sockets = dict[int, Any]
"""The sockets of a loop by their numbers: listeners, connections and the trigger, as waitress keeps them."""


class Waiting:
    """What tells the kernel of sockets, only when something about them has changed. Used by one thread."""

    def __init__(self) -> None:
        """Begin with none. After a fork: processes that share this would take each other's news."""
        self._epoll = select.epoll()
        self._told: dict[int, tuple[Any, int]] = {}

    def __call__(self, timeout: float, sockets: Sockets) -> None:
        """Wait for seconds at most, and have those sockets act that can."""
        present = dict(sockets)
        for number in [number for number in self._told if number not in present]:
            self._forget(number)
        for number, one in present.items():
            self._tell(number, one)
        for number, events in self._epoll.poll(timeout):
            one = sockets.get(number)
            if one is not None:
                wasyncore.readwrite(one, events)

    def close(self) -> None:
        """Let go of it."""
        self._epoll.close()

    def _tell(self, number: int, one: Any) -> None:
        wanted = _wanted(one)
        known, told = self._told.get(number, (None, 0))
        if known is one and told == wanted:
            return
        if known is one and told and wanted:
            self._epoll.modify(number, wanted)
        else:
            self._forget(number)
            if wanted:
                self._epoll.register(number, wanted)
        self._told[number] = (one, wanted)

    def _forget(self, number: int) -> None:
        """Take a socket back; the kernel has forgotten one that is closed, also where its number is another's now."""
        _, told = self._told.pop(number, (None, 0))
        if told:
            with suppress(OSError):
                self._epoll.unregister(number)


def _wanted(one: Any) -> int:
    """Return what a socket waits for, 0 for nothing."""
    if one.accepting:
        return select.EPOLLIN | select.EPOLLEXCLUSIVE if one.readable() else 0
    wanted = select.EPOLLIN | select.EPOLLPRI if one.readable() else 0
    return wanted | (select.EPOLLOUT if one.writable() else 0)


def waiting() -> Any:
    """Return what waits for sockets on this system."""
    if hasattr(select, "EPOLLEXCLUSIVE"):
        return Waiting()
    return wasyncore.poll2 if hasattr(select, "poll") else wasyncore.poll
