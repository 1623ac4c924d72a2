"""The public feed of 100 to 100,000 entries, unchanged and after a change, beside its floors in the same run.

`python -m bench.feeds [--entries 100,1000,10000,100000] [--rounds 40]` makes a database of each size in a folder of its own and serves it
with two processes, as `planner serve` does. Floors: a bare Flask route on the same server with two processes that sends the same bytes
from memory, its bare 304, and the same file from nginx (left out where there is none). Every round asks each of them once, in turn, each
time over a new connection. Printed: median and 95th percentile of the first byte and of the whole request, processor time, memory, SQL
statements, what one entry costs to write, and `planner rebuild-calendar`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import event, update

import config
from bench.feed_world import AT, build, rename_one
from planner.app import create_app
from planner.core.db import db, table_of, transaction
from planner.models import CalendarEntry
from planner.services.calendar_entries import rebuilding

SIZES = "100,1000,10000,100000"
KEY = "bench" * 10
BARE = """
import sys
from flask import Flask, Response
from pathlib import Path
from planner.server import serve
body = Path(sys.argv[1]).read_bytes()
app = Flask("bare")
@app.get("/feed")
def feed():
    return Response(body, content_type="text/calendar; charset=utf-8")
@app.get("/same")
def same():
    response = Response(status=304)
    response.set_etag("bare")
    return response
serve(app, host="127.0.0.1", port=int(sys.argv[2]), threads=8, processes=2)
"""
NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log /dev/null crit; events {{}}
http {{ access_log off; sendfile on; types {{ text/calendar ics; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
"""
Target = tuple[str, int, str, dict[str, str]]


def main() -> None:
    """Build, serve, measure, print: one size after the other."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", default=SIZES)
    arguments.add_argument("--rounds", type=int, default=40)
    asked = arguments.parse_args()
    for count in (int(part) for part in asked.entries.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)  # nginx reads as another user
            _one_size(Path(folder), count, asked.rounds)


def _one_size(folder: Path, count: int, rounds: int) -> None:
    environment = {"PLANNER_INSTANCE": str(folder), "PLANNER_SECRET_KEY": KEY, "PLANNER_LOG_LEVEL": "ERROR"}
    app = create_app(config.load(environment))
    with app.app_context():
        build(count)
    print(f"\n{count:,} entries")
    with ExitStack() as stack:
        port = stack.enter_context(_planner(environment))
        tag, modified, body = _head_of(port)
        (folder / "feed.ics").write_bytes(body)
        bare = stack.enter_context(_bare(folder / "feed.ics"))
        targets: list[Target] = [
            ("feed, unchanged", port, "/calendar.ics", {}),
            ("feed, compressed", port, "/calendar.ics", {"Accept-Encoding": "gzip"}),
            ("304 by ETag", port, "/calendar.ics", {"If-None-Match": tag}),
            ("304 by Last-Modified", port, "/calendar.ics", {"If-Modified-Since": modified}),
            ("floor: bare route", bare, "/feed", {}),
            ("floor: bare 304", bare, "/same", {"If-None-Match": '"bare"'}),
        ]
        if shutil.which("nginx"):
            targets.append(("floor: nginx", stack.enter_context(_nginx(folder)), "/feed.ics", {}))
        _compare(targets, rounds)
        _print_processes(port, rounds)
        _after_changes(app, port)
    _print_statements(app, tag)
    _rebuild(app, count)


def _compare(targets: list[Target], rounds: int) -> None:
    first: dict[str, list[float]] = {name: [] for name, *_ in targets}
    whole: dict[str, list[float]] = {name: [] for name, *_ in targets}
    sizes: dict[str, int] = {}
    for number in range(rounds + 3):
        for name, port, path, headers in targets:
            started, ended, sizes[name] = _ask(port, path, headers)
            if number >= 3:  # the first rounds fill every memory there is
                first[name].append(started)
                whole[name].append(ended)
    print(f"{'request':24} {'first byte ms':>14} {'whole ms':>10} {'95 % ms':>9} {'kB':>9}")
    for name, *_ in targets:
        late = sorted(whole[name])[int(rounds * 0.95) - 1]
        print(
            f"{name:24} {statistics.median(first[name]):14.2f} {statistics.median(whole[name]):10.2f} {late:9.2f} {sizes[name] / 1024:9.1f}"
        )
    middle = {name: statistics.median(times) for name, times in whole.items()}
    print(f"  whole feed: {middle['feed, unchanged'] / middle['floor: bare route']:.2f} of the bare route", end="")
    if "floor: nginx" in middle:
        print(f", {middle['feed, unchanged'] / middle['floor: nginx']:.2f} of nginx", end="")
    for name in ("304 by ETag", "304 by Last-Modified"):
        print(f"; {name}: {middle['floor: bare 304'] / middle[name]:.0%} as fast as the bare 304", end="")
    print()


def _ask(port: int, path: str, headers: dict[str, str]) -> tuple[float, float, int]:
    """Return milliseconds to the first byte and to the last, and the size of the body."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    first = time.perf_counter()
    body = answer.read()
    ended = time.perf_counter()
    connection.close()
    if answer.status != (304 if {"If-None-Match", "If-Modified-Since"} & headers.keys() else 200):
        raise OSError(f"{path}: {answer.status}")
    return (first - began) * 1000, (ended - began) * 1000, len(body)


def _head_of(port: int) -> tuple[str, str, bytes]:
    """Return tag, instant and body of the feed; the first reader has it made, and the instant comes with the second."""
    for _ in range(100):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", "/calendar.ics")
        answer = connection.getresponse()
        body = answer.read()
        if "Last-Modified" in answer.headers:
            return answer.headers["ETag"], answer.headers["Last-Modified"], body
        time.sleep(0.1)
    raise OSError("the feed is not kept")


def _after_changes(app: Flask, port: int) -> None:
    """Print what one entry costs to write, and what the next read costs more than one of an unchanged feed."""
    writes, reads = [], []
    unchanged = statistics.median(_ask(port, "/calendar.ics", {})[1] for _ in range(9))
    for number in range(9):
        with app.app_context():
            began = time.perf_counter()
            rename_one(number)
            writes.append((time.perf_counter() - began) * 1000)
        reads.append(_ask(port, "/calendar.ics", {})[1])
        _head_of(port)  # what comes after the answer is nobody's waiting
    more = statistics.median(reads) - unchanged
    print(f"one entry written: {statistics.median(writes):.1f} ms; the next read costs {more:.1f} ms more")


def _print_processes(port: int, rounds: int) -> None:
    pids = _serving_pids()
    before = sum(_cpu_seconds(pid) for pid in pids)
    for _ in range(rounds):
        _ask(port, "/calendar.ics", {})
    spent = (sum(_cpu_seconds(pid) for pid in pids) - before) / rounds
    memory = {pid: _memory(pid) for pid in pids}
    first, *others = sorted(memory)
    of_others = " + ".join(f"{memory[pid]:.0f}" for pid in others)
    print(
        f"processor: {spent * 1000:.2f} ms a request; memory, shared pages once: {sum(memory.values()):.0f} MB"
        f" = {memory[first]:.0f} (first) + {of_others} (two that serve, and the worker)"
    )


def _print_statements(app: Flask, tag: str) -> None:
    for name, headers in (("feed, kept", {}), ("304", {"If-None-Match": tag})):
        app.extensions["remembered"].forget()
        app.test_client().get("/calendar.ics").close()
        app.extensions["remembered"].forget()
        with _counting(app) as seen:
            app.test_client().get("/calendar.ics", headers=headers).close()
        print(f"{name}: {len(seen)} statement, 1 where this process remembers the answer", end="; ")
    print()


def _rebuild(app: Flask, count: int) -> None:
    """Print how long it takes to write every entry anew, and to find that nothing is to be written."""
    table = table_of(CalendarEntry)
    with app.app_context():
        with transaction(write=True):
            db.session.execute(update(table).values(digest="0" * 64))
        took = []
        for _ in range(2):
            began = time.perf_counter()
            written = rebuilding.rebuild(at=AT)
            took.append(f"{written:,} written in {time.perf_counter() - began:.1f} s")
        print(f"rebuild of {count:,}: {took[0]}; again: {took[1]}")


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, environment: dict[str, str] | None = None) -> Iterator[int]:
    process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL)
    _started.append(process.pid)
    try:
        _wait(lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/healthz"))
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


_started: list[int] = []


def _planner(environment: dict[str, str]) -> object:
    port = _free_port()
    _started.clear()
    further = {**environment, "PORT": str(port), "PLANNER_PROCESSES": "2"}
    return _running([sys.executable, "-m", "planner", "serve"], port, further)


def _bare(file: Path) -> object:
    port = _free_port()
    return _running([sys.executable, "-c", BARE, str(file), str(port)], port)


def _nginx(folder: Path) -> object:
    port = _free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port), encoding="ascii")
    return _running(["nginx", "-c", str(folder / "nginx.conf")], port)


def _wait(ask: Callable[[], object]) -> None:
    for _ in range(300):
        try:
            ask()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise OSError("the server does not listen")


def _serving_pids() -> list[int]:
    master = _started[0]
    children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
    return [master, *map(int, children)]


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Return megabytes, each page that processes share counted once among them (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
