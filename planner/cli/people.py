"""The first administrator of an installation."""

from __future__ import annotations

import sys

import click
from flask import current_app

from planner.access.viewer import system
from planner.core import clock
from planner.core.errors import Invalid
from planner.services import accounts


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
