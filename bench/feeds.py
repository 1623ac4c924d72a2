"""The public feed of 10,000 entries and its 304, beside two floors: a static file of the same size, the smallest answer.

`python -m bench.feeds [--entries 10000] [--rounds 20]` makes a database with that many entries in a folder of its own, serves it, and
prints median and 95th percentile of whole requests, the queries each takes, and how the one SELECT of the feed is planned.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import bindparam, event, select, update
from waitress.server import create_server

import config
from planner.access.viewer import public, system
from planner.app import create_app
from planner.core.db import db, table_of
from planner.formats.entry import Entry
from planner.formats.ical import entry_text
from planner.models import Body, BodyKind, CalendarEntry, Meeting, Origin
from planner.rules.audience import Ground
from planner.services import calendars, changes

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ADMINISTRATOR = system(AT.date(), "bench")
FIRST = datetime(2020, 1, 1, 9, 0, tzinfo=UTC)
BODIES = 10
Measured = tuple[list[float], int, int]


def main() -> None:
    """Build, serve, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=20)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(config.load({"PLANNER_INSTANCE": folder, "PLANNER_SECRET_KEY": "bench" * 10}))
        with app.app_context():
            upgrade()
            build(asked.entries)
        measure(app, Path(folder), asked.rounds)


def build(count: int) -> None:
    """Make meetings through the services, then give their entries the texts of sessions with hours and an agenda."""
    with changes.change(ADMINISTRATOR, at=AT):
        bodies = [_body(number) for number in range(BODIES)]
        db.session.add_all(bodies)
        db.session.flush()
        db.session.add_all(_meeting(number, bodies[number % BODIES]) for number in range(count))
    table = table_of(CalendarEntry)
    with changes.change(ADMINISTRATOR, at=AT):
        ids = db.session.scalars(select(CalendarEntry.id).order_by(CalendarEntry.id)).all()
        texts = [{"row": row, "text": _text(number), "zones": "Europe/Zurich"} for number, row in enumerate(ids)]
        db.session.connection().execute(update(table).where(table.c.id == bindparam("row")), texts)


def _body(number: int) -> Body:
    slug = f"body-{number}"
    values = {"ref": slug, "slug": slug, "code": slug, "title": f"Body {number}", "audience_own": int(Ground.PUBLIC)}
    return Body(**values, body_kind=BodyKind.WORKING_GROUP, origin=Origin.RECORD)


def _meeting(number: int, body: Body) -> Meeting:
    values = {"ref": f"m{number}", "title": f"Meeting {number}", "body_id": body.id, "audience_parent_id": body.id}
    day = (FIRST + timedelta(hours=7 * number)).date().isoformat()
    return Meeting(**values, state="confirmed", zone="Europe/Zurich", origin=Origin.RECORD, start_on=day)


def _text(number: int) -> str:
    starts = FIRST + timedelta(hours=7 * number)
    agenda = "\n".join(f"{item}. Item {item} of the annotated agenda (15 min)" for item in range(1, 9))
    return entry_text(
        Entry(
            component="VEVENT",
            uid=f"bench-{number}@planner",
            summary=f"WGX: Session {number} on measures against diversion",
            starts=starts,
            ends=starts + timedelta(hours=3),
            zone="Europe/Zurich",
            status="CONFIRMED",
            description=agenda,
            location="Room A, Conference centre, Geneva",
            created=AT,
            last_modified=AT,
        )
    )


def measure(app: Flask, folder: Path, rounds: int) -> None:
    """Print the table: each request as a whole, over a socket, one after the other."""
    with _serving(app) as port:
        etag = _get(port, "/calendar.ics")[1]
        (folder / "feed.ics").write_bytes(_get(port, "/calendar.ics")[2])
        lines = [
            ("feed of all", "/calendar.ics", {}),
            ("feed of a body", "/bodies/body-1/calendar.ics", {}),
            ("feed of a meeting", "/meetings/20/calendar.ics", {}),
            ("304 of all", "/calendar.ics", {"If-None-Match": etag}),
            ("floor: smallest answer", "/healthz", {}),
        ]
        results = [(name, *_measured(app, port, path, headers, rounds)) for name, path, headers in lines]
    with _serving(_static(folder / "feed.ics")) as port:
        results.append(("floor: the same as a static file", *_measured(None, port, "/", {}, rounds)))
    print(f"{'request':34} {'median ms':>10} {'95 % ms':>9} {'kB':>9} {'queries':>8}")
    for name, times, size, queries in results:
        worst = sorted(times)[int(len(times) * 0.95) - 1]
        print(f"{name:34} {statistics.median(times):10.1f} {worst:9.1f} {size / 1024:9.1f} {queries:8}")
    _print_plan(app)


def _measured(app: Flask | None, port: int, path: str, headers: dict[str, str], rounds: int) -> Measured:
    with _counting(app) as seen:
        size = len(_get(port, path, headers)[2])
    queries, times = len(seen), []
    for _ in range(rounds):
        began = time.perf_counter()
        _get(port, path, headers)
        times.append((time.perf_counter() - began) * 1000)
    return times, size, queries


def _get(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    expected = 304 if headers else 200
    if answer.status != expected:
        raise OSError(f"{path}: {answer.status} instead of {expected}")
    return answer.status, answer.headers.get("ETag", ""), body


@contextmanager
def _serving(app: Callable[..., Any]) -> Iterator[int]:
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    threading.Thread(target=server.run, daemon=True).start()
    yield server.effective_port  # left running: its threads end with the program


def _static(path: Path) -> Callable[..., Any]:
    def answer(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = path.read_bytes()
        start_response("200 OK", [("Content-Type", "text/calendar"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


@contextmanager
def _counting(app: Flask | None) -> Iterator[list[str]]:
    seen: list[str] = []
    if app is None:
        yield seen
        return
    with app.app_context():
        engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _print_plan(app: Flask) -> None:
    """Print how the database reads the feed of all and that of a body."""
    with _counting(app) as seen, app.app_context():
        viewer = public(AT.date())
        body_ids = calendars.find_body(viewer, "body-1").body_ids
        seen.clear()
        usual = calendars.entries_for(viewer, with_illustration=False)
        calendars.read_texts(usual)
        calendars.read_texts([*usual, *calendars.hanging_on(body_ids=body_ids)])
        for statement in list(seen):
            rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", _blanks(statement))
            print("; ".join(row[-1] for row in rows))


def _blanks(statement: str) -> tuple[Any, ...]:
    return tuple(1 for _ in range(statement.count("?")))


if __name__ == "__main__":
    main()
