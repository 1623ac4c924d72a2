"""The command line: set up and serve, import and export the record, check the plan, the first administrator."""

from __future__ import annotations

from flask import Flask
from flask.cli import FlaskGroup, with_appcontext

from planner.cli.mail import read_replies, remind_commenters, send_mail
from planner.cli.people import add_administrator
from planner.cli.readiness import in_context, on_ready_database
from planner.cli.records import check_plan, demo_command, export_command, import_command, rebuild_calendar
from planner.cli.serving import serve, setup, worker

__all__ = ["create_cli"]


def create_cli(app: Flask) -> FlaskGroup:
    """Return the command group for one application."""
    group = FlaskGroup(create_app=lambda: app, add_default_commands=False, load_dotenv=False)
    group.help = "The multi-year work plan of a treaty body and the meetings that carry it out."
    for command in (setup, serve):  # they see to the database themselves
        group.add_command(in_context(command, with_appcontext))
    on_ready = (
        worker,
        import_command,
        export_command,
        check_plan,
        demo_command,
        rebuild_calendar,
        add_administrator,
        send_mail,
        remind_commenters,
        read_replies,
    )
    for command in on_ready:
        group.add_command(in_context(command, lambda callback: with_appcontext(on_ready_database(callback))))
    return group
