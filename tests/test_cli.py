"""Commands as an operator types them: on a database that is not ready, and for the first administrator."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select, text

import config
from planner import __main__ as script
from planner.app import create_app
from planner.cli import create_cli, serving
from planner.core.db import db
from planner.models import AuditEntry, Office, OfficeRole, UserAccount
from planner.services import accounts, calendar_entries, demo, setup_state

from .conftest import NOW, Databases, on_database

NOT_SET_UP = "The database is not set up: run `planner setup`, or `planner db upgrade` for tables without any record."
OUTDATED = "The database is not at the newest migration of this program: run `planner setup`."
COMMANDS = (
    ["check-plan"],
    ["import", "."],
    ["export", "nowhere"],
    ["demo"],
    ["demo", "--refresh"],
    ["rebuild-calendar"],
    ["worker"],
    ["worker", "--once"],
    ["serve"],
    ["rebuild-calendar"],
    ["add-administrator", "a@example.org", "A"],
    ["send-mail"],
    ["read-replies"],
)
PASSWORD = "a long walk by the lake"


def run(app: Flask, *words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(create_cli(app), list(words), input=typed)


@pytest.fixture
def bare_app(the_app: Flask, databases: Databases) -> Iterator[Flask]:
    """An application on a database without a table."""
    url = databases.new()
    with on_database(the_app, url):
        yield the_app
    databases.drop(url)


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here may begin to serve."""

    def begin(*_args: object, **_values: object) -> None:
        raise AssertionError("the server was started")

    monkeypatch.setattr(serving, "run_server", begin)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_on_a_database_without_tables_says_what_to_run(bare_app: Flask, words: list[str]) -> None:
    result = run(bare_app, *words)
    assert (result.exit_code, result.stderr, result.stdout) == (2, f"Error: {NOT_SET_UP}\n", "")


@pytest.mark.parametrize("words", [["check-plan"], ["serve"]], ids=" ".join)
def test_a_database_that_is_behind_is_refused(app: Flask, words: list[str]) -> None:
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()
    result = run(app, *words)
    assert (result.exit_code, result.stderr) == (2, f"Error: {OUTDATED}\n")


@pytest.mark.parametrize("words", [["setup"], *COMMANDS], ids=" ".join)
def test_a_database_that_does_not_answer_is_named(tmp_path: Path, words: list[str]) -> None:
    app = create_app(
        config.load(
            {"PLANNER_INSTANCE": str(tmp_path), "PLANNER_DATABASE_URL": f"sqlite:///{tmp_path}/missing/planner.db"}
        )
    )
    result = run(app, *words)
    said = (
        "Error: The database that PLANNER_DATABASE_URL names does not answer (unable to open database file): "
        "mend that, then run `planner setup`.\n"
    )
    assert (result.exit_code, result.stderr) == (2, said)


def test_the_script_says_so_too_where_a_command_of_the_migrations_finds_no_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANNER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("PLANNER_DATABASE_URL", f"sqlite:///{tmp_path}/missing/planner.db")
    monkeypatch.setattr("sys.argv", ["planner", "db", "current"])
    with pytest.raises(SystemExit) as ended:
        script.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("The database that PLANNER_DATABASE_URL names does not")


def test_a_driver_that_is_not_installed_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = config.Settings(
        instance=Path(),
        database_url="postgresql+psycopg://user:secret@host/name",
        secret_key="",
        files_url="",
        redis_url="redis://:secret@host",
    )
    monkeypatch.setattr(script, "find_spec", lambda _: object())
    assert script.missing_drivers(settings) == []
    monkeypatch.setattr(script, "find_spec", lambda _: None)
    assert script.missing_drivers(settings) == [
        (
            "PLANNER_DATABASE_URL: the package for PostgreSQL is not installed; install it with "
            "`pip install --require-hashes -r requirements/postgres.txt`, or from a wheel with `planner[postgres]`"
        ),
        (
            "PLANNER_REDIS_URL: the package for Redis is not installed; install it with "
            "`pip install --require-hashes -r requirements/redis.txt`, or from a wheel with `planner[redis]`"
        ),
    ]
    assert script.missing_drivers(replace(settings, database_url="sqlite://", redis_url=None)) == []


def test_the_first_administrator_is_made_with_a_password_from_the_standard_input(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    result = run(app, "add-administrator", "First@Example.org", "First Person", typed=f"{PASSWORD}\n")
    assert (result.exit_code, result.output) == (
        0,
        "First Person may sign in as first@example.org and administers the whole installation.\n",
    )
    with app.app_context():
        signed_in = accounts.authenticate("first@example.org", PASSWORD, at=NOW)
        told = str([row.changes for row in db.session.scalars(select(AuditEntry))])
        offices = list(db.session.scalars(select(Office)))
    assert signed_in is not None
    assert (signed_in.viewer.everywhere, signed_in.viewer.offices) == (True, ((OfficeRole.ADMINISTRATOR, None),))
    assert [office.title for office in offices] == ["Administrator of this installation"]
    assert PASSWORD not in told + caplog.text + result.output


def test_the_password_may_stand_in_the_environment(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = config.load({"PLANNER_INSTANCE": str(tmp_path), "PLANNER_NEW_PASSWORD": f" {PASSWORD}"})
    assert settings.new_password == f" {PASSWORD}", "blanks are part of a password"
    assert PASSWORD not in repr(settings)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], new_password=PASSWORD))
    assert run(app, "add-administrator", "a@example.org", "A").exit_code == 0
    with app.app_context():
        assert accounts.authenticate("a@example.org", PASSWORD, at=NOW)


@pytest.mark.parametrize(
    ("email", "typed", "said"),
    [
        ("A@Example.org", PASSWORD, "There is an account with this address already."),
        ("nonsense", PASSWORD, "“nonsense” is no e-mail address. It looks like name@example.org."),
        ("b@example.org", "short", "Use at least 8 characters. A few words are easy to remember."),
        ("b@example.org", "", "Give a password on the terminal, in PLANNER_NEW_PASSWORD or on the standard input."),
    ],
)
def test_an_administrator_that_cannot_be_is_refused_with_a_sentence(
    app: Flask, email: str, typed: str, said: str
) -> None:
    assert run(app, "add-administrator", "a@example.org", "A", typed=PASSWORD).exit_code == 0
    result = run(app, "add-administrator", email, "B", typed=typed)
    assert (result.exit_code, result.stderr) == (1, f"Error: {said}\n")
    with app.app_context():
        assert list(db.session.scalars(select(UserAccount.email))) == ["a@example.org"]


def test_setting_up_an_installation_with_records_of_its_own_loads_no_demo_people(app: Flask) -> None:
    run(app, "add-administrator", "a@example.org", "A", typed=PASSWORD)
    result = run(app, "setup")
    assert result.exit_code == 0
    assert "`planner demo` loads them." in result.output
    with app.app_context():
        assert (demo.is_loaded(), setup_state.why_not_ready()) == (False, None)
        assert list(db.session.scalars(select(UserAccount.email))) == ["a@example.org"]


def test_a_rebuild_finds_every_entry_as_it_would_be_written(full_app: Flask) -> None:
    result = run(full_app, "rebuild-calendar")
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "Every entry is as it would be written")


def test_links_follow_the_address_of_the_program_at_the_next_start(
    full_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://planner.example.org"
    monkeypatch.setitem(full_app.config, "SETTINGS", replace(full_app.config["SETTINGS"], base_url=address))
    monkeypatch.setattr(serving, "run_server", lambda *_args, **_values: None)
    try:
        calendar_entries.configure(address)
        assert "The links in calendars are written for" in run(full_app, "serve").output
        feed = full_app.test_client().get("/calendar.ics?illustrations=include").text
        assert feed.count("\nBEGIN:VEVENT") == feed.count(f"\nURL:{address}/") > 20
        assert "The links in calendars are written for" not in run(full_app, "serve").output
    finally:
        calendar_entries.configure(None)
