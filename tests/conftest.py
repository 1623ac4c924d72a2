"""What all tests share: a real database per test, made by the migrations, on SQLite or PostgreSQL (TEST_DATABASE_URL).

`app` has an empty database, `full_app` the record and the illustration. Each test gets a copy of its own, with real
commits. Use `context` for tests of services; never hold a context open around a client's request, or Flask-Login keeps
the first user.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Dialect, Engine, create_engine, event, select, text
from sqlalchemy.engine import make_url

import config
from planner.access.viewer import Viewer, system
from planner.app import create_app
from planner.core import clock
from planner.core.db import db
from planner.models import UserAccount

if TYPE_CHECKING:
    from playwright.sync_api import Browser

hypothesis_settings.register_profile(
    "planner", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
hypothesis_settings.load_profile("planner")

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""The day on which the illustration of the tests was loaded."""
DEMO_PASSWORD = "a quiet word for tests"
SERVER_URL = os.environ.get("TEST_DATABASE_URL", "")


class Databases:
    """Makes a database per test as a copy of a template: a file on SQLite, CREATE DATABASE … TEMPLATE on PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []

    def new(self, template: str | None = None) -> str:
        name = f"planner_test_{uuid.uuid4().hex[:12]}"
        if not SERVER_URL:
            path = self.folder / f"{name}.db"
            if template:
                shutil.copyfile(make_url(template).database or "", path)
            return f"sqlite:///{path}"
        url = make_url(SERVER_URL).set(drivername="postgresql+psycopg")
        source = f' TEMPLATE "{make_url(template).database}"' if template else ""
        self._on_server(f'CREATE DATABASE "{name}"{source}')
        self.made.append(name)
        return url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        name = make_url(url).database or ""
        if SERVER_URL:
            self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            self.made.remove(name)
        else:
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)

    def drop_all(self) -> None:
        for name in list(self.made):
            self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @staticmethod
    def _on_server(statement: str) -> None:
        url = make_url(SERVER_URL).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.drop_all()


@pytest.fixture(scope="session")
def the_app(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Flask:
    """One application for the session; its database is exchanged for each test."""
    settings = config.load(
        {
            "PLANNER_INSTANCE": str(tmp_path_factory.mktemp("instance")),
            "PLANNER_SECRET_KEY": "for-tests-only-" + "0" * 40,
            "PLANNER_DATABASE_URL": databases.new(),
            "PLANNER_DEMO_PASSWORD": DEMO_PASSWORD,
        }
    )
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    # what is done after an answer must not meet the database of the next test
    app.extensions["remembered"].do_later = lambda job: job()
    return app


_reached: dict[Engine, str] = {}
"""The database that each engine reaches now."""
_opened: list[Any] = []
"""The connections of the driver to the databases that are in now, one over the other, in the order of opening."""


@contextmanager
def on_database(app: Flask, url: str) -> Iterator[None]:
    """Let the application work on another database for a while.

    Its engine stays, and with it the statements that it has compiled: a new engine per test would compile all of them
    anew, a sixth of the time of the suite.
    """
    with app.app_context():
        engine = db.engine
    if engine not in _reached:
        event.listen(engine, "do_connect", _reach)
        event.listen(engine, "connect", lambda connection, _record: _opened.append(connection))
    before = _reached.get(engine, engine.url.render_as_string(hide_password=False))
    # a pool of its own: connections that are out when another database comes in find their way back
    pool = engine.pool
    _reached[engine], engine.pool, held = url, pool.recreate(), len(_opened)
    try:
        yield
    finally:
        with app.app_context():
            db.session.remove()
        engine.pool.dispose()
        _close_opened(held)
        _reached[engine], engine.pool = before, pool


def _close_opened(held: int) -> None:
    """Close what a pool did not: a connection to PostgreSQL that is collected open fails the test that is on then.

    The first `held` are those to databases that come in again.
    """
    while len(_opened) > held:
        connection = _opened.pop()
        if not getattr(connection, "closed", True):
            connection.close()


def _reach(dialect: Dialect, _record: object, args: list[Any], values: dict[str, Any]) -> None:
    """Open a connection to the database of now instead of the one that the engine was made for."""
    engine = next(engine for engine in _reached if engine.dialect is dialect)
    args[:], new = dialect.create_connect_args(make_url(_reached[engine]))
    values.update(new)


@pytest.fixture(scope="session")
def empty_template(the_app: Flask, databases: Databases) -> str:
    """A database with all tables and no row."""
    url = databases.new()
    with on_database(the_app, url), the_app.app_context():
        upgrade()
    return _closed(url)


@pytest.fixture(scope="session")
def full_template(the_app: Flask, databases: Databases, empty_template: str) -> str:
    """A database with the record and the illustration, loaded on the day NOW."""
    from planner.core.paths import SEED
    from planner.services.demo import load_demo
    from planner.services.record_files import import_record

    url = databases.new(empty_template)
    with on_database(the_app, url), the_app.app_context():
        import_record(SEED, actor=system(NOW.date(), "planner import"), at=NOW)
        load_demo(at=NOW, password=DEMO_PASSWORD)
    return _closed(url)


def _closed(url: str) -> str:
    """Write what SQLite keeps beside the file into it, so that a copy of the file is whole."""
    if url.startswith("sqlite"):
        engine = create_engine(url)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
    return url


@pytest.fixture
def app(the_app: Flask, databases: Databases, empty_template: str) -> Iterator[Flask]:
    url = databases.new(empty_template)
    with on_database(the_app, url):
        yield the_app
    databases.drop(url)


@pytest.fixture
def full_app(the_app: Flask, databases: Databases, full_template: str) -> Iterator[Flask]:
    url = databases.new(full_template)
    with on_database(the_app, url):
        yield the_app
    databases.drop(url)


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """An application context over an empty database, for tests of services."""
    with app.app_context():
        yield


@pytest.fixture
def full_context(full_app: Flask) -> Iterator[None]:
    """An application context over the record and the illustration, for tests of services."""
    with full_app.app_context():
        yield


@pytest.fixture
def actor() -> Viewer:
    """Who writes in tests where it does not matter who."""
    return system(NOW.date(), "test")


@pytest.fixture
def client(full_app: Flask) -> FlaskClient:
    """A stranger's browser, without scripts, over the record and the illustration."""
    return full_app.test_client()


SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def sign_in(full_app: Flask) -> SignIn:
    """Return a client that is signed in as one of the demo people ("chair", "delegate" …)."""

    def signed_in(name: str) -> FlaskClient:
        with full_app.app_context():
            account = db.session.scalars(select(UserAccount).where(UserAccount.email == f"{name}@demo.example")).one()
        client = full_app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{account.id}.{account.session_epoch}"
            session["_fresh"] = True
        return client

    return signed_in


class QueryCount:
    """Counts the statements that reach the database."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    @property
    def count(self) -> int:
        return len(self.statements)


@pytest.fixture
def count_queries() -> Callable[[Flask], Iterator[QueryCount]]:
    """A context manager that counts SELECT, INSERT, UPDATE and DELETE of an application's engine."""

    @contextmanager
    def counting(app: Flask) -> Iterator[QueryCount]:
        with app.app_context():
            engine = db.engine
        counted = QueryCount()

        def note(_connection, _cursor, statement, *_rest) -> None:
            if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
                counted.statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield counted
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting


CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that the environment names or that is installed; one for the session, as Playwright wants it."""
    path = os.environ.get("CHROMIUM") or next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if not path:
        if os.environ.get("PLANNER_REQUIRE_BROWSER"):
            pytest.fail("no Chromium was found, and PLANNER_REQUIRE_BROWSER is set")
        pytest.skip("no Chromium was found: scripts, phones and axe are not tested")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def today() -> datetime:
    return clock.now()
