"""The command line: `planner import`, `export`, `check-plan`, `demo`, `setup`, `serve` and the database commands."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext

from planner.core import clock
from planner.server import serve as run_server


def create_cli(app: Flask) -> FlaskGroup:
    """Return the command group for one application."""
    group = FlaskGroup(create_app=lambda: app, add_default_commands=False, load_dotenv=False)
    group.help = "The multi-year work plan of a treaty body and the meetings that carry it out."
    for command in (serve,):
        group.add_command(command)
    return group


@click.command()
@with_appcontext
def serve() -> None:
    """Serve the site with a production server."""
    settings = current_app.config["SETTINGS"]

    def started(host: str, port: int) -> None:
        click.echo(f"planner is at http://{host}:{port}/ since {clock.now():%H:%M} UTC")

    try:
        run_server(
            current_app._get_current_object(),  # type: ignore[attr-defined]  # noqa: SLF001 - the application itself
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            proxy_count=settings.proxy_count,
            on_start=started,
        )
    except OSError as error:
        fault = f"Cannot listen on {settings.host}, port {settings.port}: {error}. HOST and PORT name another address."
        raise click.ClickException(fault) from error
