"""The command line: set up and serve, import and export the record, check the plan, the first administrator."""

from __future__ import annotations

import secrets
import signal
import sys
import threading
from collections.abc import Callable
from copy import copy
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext
from flask_migrate import upgrade

from planner import worker as background
from planner.access.viewer import system
from planner.core import clock, paths
from planner.core.errors import Invalid, PlannerError
from planner.models import Origin
from planner.server import serve as run_server
from planner.services import accounts, broken_links, demo, record_files, setup_state
from planner.services.calendar_entries import rebuilding


def create_cli(app: Flask) -> FlaskGroup:
    """Return the command group for one application."""
    group = FlaskGroup(create_app=lambda: app, add_default_commands=False, load_dotenv=False)
    group.help = "The multi-year work plan of a treaty body and the meetings that carry it out."
    for command in (setup, serve):  # they see to the database themselves
        group.add_command(_in_context(command, with_appcontext))
    on_ready = (worker, import_command, export_command, check_plan, demo_command, rebuild_calendar, add_administrator)
    for command in on_ready:
        group.add_command(_in_context(command, lambda callback: with_appcontext(_on_ready_database(callback))))
    return group


class NotReady(click.ClickException):
    """The database cannot be worked on: one sentence, and the exit status that no command has for anything else."""

    exit_code = 2


def _in_context(command: click.Command, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> click.Command:
    """Return the command with something around what it does. A copy: commands are made once, applications often."""
    made = copy(command)
    if made.callback is not None:
        made.callback = around(made.callback)
    return made


def _on_ready_database(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Return what a command does, once it is known that the database is there and has its tables."""

    @wraps(callback)
    def checked(*args: Any, **kwargs: Any) -> Any:
        _require(setup_state.why_not_ready())
        return callback(*args, **kwargs)

    return checked


def _require(fault: str | None) -> None:
    if fault:
        raise NotReady(fault)


@click.command()
def setup() -> None:
    """Bring the database up to date; into an empty one load the record and the illustration."""
    _set_up()


def _set_up() -> None:
    _require(setup_state.why_not_reachable())
    if not setup_state.is_current():
        upgrade(directory=str(paths.MIGRATIONS))
    if setup_state.is_empty():
        _import(paths.SEED, dry_run=False, overwrite=False)
        _load_demo()
    elif demo.is_loaded():
        click.echo("The demo people (chair, secretariat, delegate, signatory, observer, ngo, admin @demo.example) keep")
        click.echo("the password that was printed when the illustration was loaded.")
    else:
        # people who may sign in with a known password must never come with an update of a real installation
        click.echo("The illustration and its people are not loaded; `planner demo` loads them.")
    settings = current_app.config["SETTINGS"]
    click.echo(f"Everything is in {settings.instance}")


@click.command()
@click.option("--setup", "setting_up", is_flag=True, help="First do what `planner setup` does.")
def serve(*, setting_up: bool) -> None:
    """Serve the site with a production server, and run the worker beside it."""
    settings = current_app.config["SETTINGS"]
    app = _app()
    with app.app_context():  # one of its own, which ends: serving must not go on in its open transaction
        if setting_up:
            _set_up()
        else:
            _require(setup_state.why_not_ready())
        if settings.base_url and rebuilding.lack_links(settings.base_url):
            click.echo(f"The links in calendars are written for {settings.base_url}")
            _rebuild_calendar()
    stop = threading.Event()
    beside = threading.Thread(target=background.run, args=(app, stop), name="worker", daemon=True)

    def started(host: str, port: int) -> None:
        beside.start()
        click.echo(f"planner serves http://{host}:{port}/ since {clock.now():%H:%M} UTC")

    try:
        run_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            proxy_count=settings.proxy_count,
            on_start=started,
        )
    except OSError as error:
        fault = f"Cannot listen on {settings.host}, port {settings.port}: {error}. HOST and PORT name another address."
        raise click.ClickException(fault) from error
    finally:
        stop.set()


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def worker(*, once: bool) -> None:
    """Do what is due without anybody asking: releases whose embargo has passed."""
    app = _app()
    if once:
        click.echo(f"{background.run_due(app)} releases became current")
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo("The worker runs; stop it with Ctrl+C")
    background.run(app, stop)


@click.command("import")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--overwrite", is_flag=True, help="Also overwrite records that people have edited since the last import.")
def import_command(directory: Path, *, dry_run: bool, overwrite: bool) -> None:
    """Read the files of the record from DIRECTORY: all of them, or, if there is any fault, none."""
    _import(directory, dry_run=dry_run, overwrite=overwrite)


@click.command("export")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--with",
    "also",
    multiple=True,
    type=click.Choice([Origin.OWN.value, Origin.ILLUSTRATION.value]),
    help="Also write what was entered here, or the illustration.",
)
@click.option("--force", is_flag=True, help="Write into a directory that is not empty.")
def export_command(directory: Path, also: tuple[str, ...], *, force: bool) -> None:
    """Write the record into DIRECTORY as files that import into an equal database.

    With what was entered here and the illustration that is all but accounts, the history and calendar counts; the
    reasons are in planner/services/record_files/left_behind.py.
    """
    origins = (Origin.RECORD, *(Origin(name) for name in also))
    try:
        report = record_files.export_record(directory, origins=origins, force=force)
    except PlannerError as error:
        raise click.ClickException(str(error.message)) from None
    for name, count in report.files.items():
        click.echo(f"{directory / name}: {count} records")
    for kind, count in report.left_out.items():
        click.echo(f"Left out, it hangs on what is not exported: {count} {kind}")


@click.command("check-plan")
def check_plan() -> None:
    """List the broken links of the chain; exit status 1 if there is any."""
    now = clock.now()
    found = broken_links.check_plan(system(now.date(), "planner check-plan"))
    for link in found:
        click.echo(str(link))
    click.echo(f"{len(found)} broken links" if found else "No broken link")
    if found:
        raise SystemExit(1)


@click.command("demo")
@click.option("--refresh", is_flag=True, help="Shift all dates of the illustration to today.")
def demo_command(*, refresh: bool) -> None:
    """Load the illustration and its people, or shift its dates to today."""
    if refresh:
        try:
            report = demo.refresh_demo(at=clock.now())
        except PlannerError as error:
            raise click.ClickException(str(error.message)) from None
        click.echo(f"The illustration counts from {report.day:%d %B %Y}; {report.moved} records have new dates.")
        return
    _load_demo()


@click.command("rebuild-calendar")
def rebuild_calendar() -> None:
    """Write every calendar entry anew from its record, and say how many differed from what was stored."""
    written = _rebuild_calendar()
    click.echo(f"{written} entries were written anew" if written else "Every entry is as it would be written")


def _rebuild_calendar() -> int:
    with click.progressbar(length=1, label="Writing the calendar", show_eta=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        return rebuilding.rebuild(at=clock.now(), progress=progress)


@click.command("add-administrator")
@click.argument("email", metavar="E-MAIL")
@click.argument("name")
def add_administrator(email: str, name: str) -> None:
    """Make a person who administers the whole installation and may sign in, such as the first one.

    The password is asked for on the terminal, else read from PLANNER_NEW_PASSWORD or, where there is no terminal, from
    the first line of the standard input.
    """
    now = clock.now()
    actor = system(now.date(), "planner add-administrator")
    try:
        accounts.add_administrator(actor, email=email, name=name, password=_new_password(), at=now)
    except Invalid as invalid:
        raise click.ClickException(" ".join(str(message) for message in invalid.fields.values())) from None
    address = accounts.normal_email(email)
    click.echo(f"{name.strip()} may sign in as {address} and administers the whole installation.")


def _new_password() -> str:
    held: str | None = current_app.config["SETTINGS"].new_password
    if held is not None:
        return held
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        fault = "Give a password on the terminal, in PLANNER_NEW_PASSWORD or on the standard input."
        raise click.ClickException(fault)
    return line


def _import(directory: Path, *, dry_run: bool, overwrite: bool) -> None:
    now = clock.now()
    with click.progressbar(length=1, label="Reading the record", show_eta=False) as bar:

        def progress(done: int, total: int, label: str) -> None:
            del label
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        report = record_files.import_record(
            directory,
            actor=system(now.date(), "planner import"),
            at=now,
            dry_run=dry_run,
            overwrite=overwrite,
            progress=progress,
        )
    _tell(report)


def _tell(report: record_files.ImportReport) -> None:
    """Say what an import did, or what is wrong; faults end the command with status 1."""
    for fault in report.faults:
        click.echo(str(fault), err=True)
    if report.faults:
        click.echo(f"{len(report.faults)} faults. Nothing was written.", err=True)
        raise SystemExit(1)
    for text, keys in (
        ("edited here since the last import, left as it is", report.kept),
        ("not in the files any more, left as it is", report.vanished),
    ):
        for kind, ref in keys:
            click.echo(f"{kind} {ref}: {text}")
    if not report.changed:
        click.echo(f"{report.total} records read. Nothing changed.")
        return
    would = "would be " if report.dry_run else ""
    click.echo(f"{report.total} records read. {len(report.created)} {would}new, {len(report.updated)} {would}changed.")
    if report.dry_run:
        click.echo("This was a dry run: nothing was written.")


def _load_demo() -> None:
    password = current_app.config["SETTINGS"].demo_password or secrets.token_urlsafe(9)
    report = demo.load_demo(at=clock.now(), password=password)
    if not report.changed:
        click.echo("The illustration is there already. Nothing changed.")
        return
    click.echo(f"Illustration loaded: {sum(report.made.values())} records, dated from {report.day:%d %B %Y}.")
    click.echo("People who may sign in:")
    for person in report.people:
        click.echo(f"  {person.email:28} {person.name}, for {person.stands_for}")
    if any(person.is_new for person in report.people):
        click.echo(f"  password of all: {password}")


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the application itself
    return app
