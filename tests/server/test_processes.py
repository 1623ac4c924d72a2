"""Several processes on one socket: one that dies is replaced, all stop together, and none outlives the first."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.conftest import Installation
from tests.server.wire import Server

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc"),
]
PATIENCE = 15


@pytest.fixture
def server(installation: Installation) -> Iterator[Server]:
    with installation.serving(PLANNER_PROCESSES="2", PLANNER_LOG_LEVEL="CRITICAL") as started:
        yield started


def children(server: Server) -> set[int]:
    pid = server.process.pid
    return {int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()}


def until(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_one_that_dies_is_replaced_while_the_others_serve(server: Server) -> None:
    until(lambda: len(children(server)) == 3)  # two that serve, and the worker
    before = children(server)
    os.kill(min(before), signal.SIGKILL)
    assert [server.get("/calendar.ics")[0] for _ in range(10)] == [200] * 10
    until(lambda: len(children(server)) == 3 and children(server) != before)


def test_all_stop_when_told_to(server: Server) -> None:
    until(lambda: len(children(server)) == 3)
    pids = children(server)
    assert server.get("/readyz")[0] == 200
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(PATIENCE) == 0
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_none_outlives_the_first(server: Server) -> None:
    until(lambda: len(children(server)) == 3)
    server.process.kill()
    until(lambda: not server.is_listening())
    assert not server.is_listening()
