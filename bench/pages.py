"""Whole requests against the real server over a large world, beside two floors: a static file and the smallest answer.

`python -m bench.pages [--rounds 30]` builds the world once (in a folder of its own under the system's temporary folder, kept for the
next run), starts `planner serve`, and prints the median and the 95th percentile of each page and its queries.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, select

import config
from bench.world import build
from planner.app import create_app
from planner.core.db import db
from planner.models import PlanItem, PlanSession

FOLDER = Path(tempfile.gettempdir()) / "planner-bench"
PORT = 8765


def main() -> None:
    """Build, serve, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=30)
    rounds = arguments.parse_args().rounds
    app = _app()
    with app.app_context():
        session_id = db.session.scalars(select(PlanSession.id).limit(1)).one()
        topic_id = db.session.scalars(select(PlanItem.id).offset(5).limit(1)).one()
    paths = {
        "floor: smallest answer": "/healthz",
        "floor: static file": "/static/css/planner.css",
        "home": "/",
        "plan, 200 topics": "/plan",
        "register of 10,000 presentations": "/presentations",
        "register of 1,000 sessions": "/sessions",
        "session": f"/sessions/{session_id}",
        "topic": f"/plan-items/{topic_id}",
        "search": "/search?q=presentation",
        "feed, 1,000 sessions": "/calendar.ics",
        "CSV of 10,000 presentations": "/presentations?format=csv",
    }
    with _serving():
        print(f"{'page':36} {'median ms':>10} {'95 % ms':>9} {'kB':>8} {'queries':>8}")
        for name, path in paths.items():
            times, size = _measure(path, rounds)
            queries = _queries(app, path)
            ordered = sorted(times)
            print(
                f"{name:36} {statistics.median(times):10.1f} {ordered[int(len(ordered) * 0.95) - 1]:9.1f} {size / 1024:8.1f} {queries:8}"
            )


def _app() -> Flask:
    FOLDER.mkdir(exist_ok=True)
    os.environ["PLANNER_INSTANCE"] = str(FOLDER)
    app = create_app(config.load(os.environ))
    with app.app_context():
        upgrade()
        if db.session.scalar(select(PlanSession.id).limit(1)) is None:
            began = time.perf_counter()
            build()
            print(f"world built in {time.perf_counter() - began:.0f} s")
    return app


@contextlib.contextmanager
def _serving() -> Iterator[None]:
    environment = {**os.environ, "PORT": str(PORT), "PLANNER_INSTANCE": str(FOLDER)}
    server = subprocess.Popen([sys.executable, "-m", "planner", "serve"], env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                _get("/healthz")
                break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def _get(path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise OSError(f"{path}: {answer.status}")
    connection.close()
    return len(body)


def _measure(path: str, rounds: int) -> tuple[list[float], int]:
    size = _get(path)
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        _get(path)
        times.append((time.perf_counter() - began) * 1000)
    return times, size


def _queries(app: Flask, path: str) -> int:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    app.test_client().get(path).get_data()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


if __name__ == "__main__":
    main()
