"""The command line: set up and serve, import and export the record, check the plan, load the illustration."""

from __future__ import annotations

import secrets
import signal
import threading
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup
from flask_migrate import upgrade

from planner import worker as background
from planner.access.viewer import system
from planner.core import clock, paths
from planner.core.errors import PlannerError
from planner.models import Origin
from planner.server import serve as run_server
from planner.services import broken_links, demo, record_files, setup_state


def create_cli(app: Flask) -> FlaskGroup:
    """Return the command group for one application."""
    group = FlaskGroup(create_app=lambda: app, add_default_commands=False, load_dotenv=False)
    group.help = "The multi-year work plan of a treaty body and the meetings that carry it out."
    for command in (setup, serve, worker, import_command, export_command, check_plan, demo_command):
        group.add_command(command)
    return group


@click.command()
def setup() -> None:
    """Bring the database up to date; into an empty one load the record and the illustration."""
    if not setup_state.is_current():
        upgrade(directory=str(paths.MIGRATIONS))
    if setup_state.is_empty():
        _import(paths.SEED, dry_run=False, overwrite=False)
    if not demo.is_loaded():
        _load_demo()
    settings = current_app.config["SETTINGS"]
    click.echo(f"Everything is in {settings.instance}")


@click.command()
def serve() -> None:
    """Serve the site with a production server, and run the worker beside it."""
    settings = current_app.config["SETTINGS"]
    app = _app()
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
    """Write the record into DIRECTORY as files that import into an equal database."""
    origins = (Origin.RECORD, *(Origin(name) for name in also))
    try:
        report = record_files.export_record(directory, origins=origins, force=force)
    except PlannerError as error:
        raise click.ClickException(str(error.message)) from None
    click.echo(str(report))


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
        click.echo(str(demo.refresh_demo(at=clock.now())))
        return
    _load_demo()


def _import(directory: Path, *, dry_run: bool, overwrite: bool) -> None:
    now = clock.now()
    shown = click.progressbar(length=1, label="Reading the record", show_eta=False)
    with shown as bar:

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
    click.echo(str(report))
    if report.faults:
        raise SystemExit(1)


def _load_demo() -> None:
    password = current_app.config["SETTINGS"].demo_password or secrets.token_urlsafe(9)
    click.echo(str(demo.load_demo(at=clock.now(), password=password)))


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the application itself
    return app
