"""Setting up, serving, and the worker in a process of its own."""

from __future__ import annotations

import signal
import threading
from functools import partial

import click
from flask import Flask, current_app
from flask_migrate import upgrade

from planner import worker as background
from planner.cli.readiness import require
from planner.cli.records import import_files, load_demo, write_calendar
from planner.core import clock, paths
from planner.core.db import db
from planner.server import serve as run_server
from planner.services import demo, setup_state
from planner.services.calendar_entries import rebuilding


@click.command()
def setup() -> None:
    """Bring the database up to date; into an empty one load the record and the illustration."""
    _set_up()


def _set_up() -> None:
    require(setup_state.why_not_reachable())
    if not setup_state.is_current():
        upgrade(directory=str(paths.MIGRATIONS))
    if setup_state.is_empty():
        import_files(paths.SEED, dry_run=False, overwrite=False)
        load_demo()
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
            require(setup_state.why_not_ready())
        if rebuilding.lack_form():
            click.echo("This version says more in calendars.")
            write_calendar()
        elif settings.base_url and rebuilding.lack_links(settings.base_url):
            click.echo(f"The links in calendars are written for {settings.base_url}")
            write_calendar()
        db.engine.dispose()  # what is open now must not be shared by processes that are forked
    if settings.processes > 1 and not settings.redis_url:
        click.echo("Each process counts failed sign-ins by itself: PLANNER_REDIS_URL lets them count together.")

    def started(host: str, port: int) -> None:
        click.echo(f"planner serves http://{host}:{port}/ since {clock.now():%H:%M} UTC")

    try:
        run_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            processes=settings.processes,
            proxy_count=settings.proxy_count,
            on_start=started,
            beside=partial(background.run, app),
        )
    except OSError as error:
        fault = f"Cannot listen on {settings.host}, port {settings.port}: {error}. HOST and PORT name another address."
        raise click.ClickException(fault) from error


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def worker(*, once: bool) -> None:
    """Do what is due without anybody asking: releases whose embargo has passed, answers to be read, mail to be sent."""
    app = _app()
    if once:
        click.echo(f"{background.run_due(app)} releases became current")
        background.review_due(app)
        click.echo(f"{background.remind_due(app)} reminders drafted")
        click.echo(f"{background.read_due_replies(app).total()} mails read")
        click.echo(f"{background.send_due(app)[0]} mails sent")
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo("The worker runs; stop it with Ctrl+C")
    background.run(app, stop)


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the application itself
    return app
