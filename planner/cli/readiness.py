"""What stands around every command: the application's context, and a database that is ready."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

import click

from planner.services import setup_state


class NotReady(click.ClickException):
    """The database cannot be worked on: one sentence, and the exit status that no command has for anything else."""

    exit_code = 2


def in_context(command: click.Command, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> click.Command:
    """Return the command with something around what it does. A copy: commands are made once, applications often."""
    made = copy(command)
    if made.callback is not None:
        made.callback = around(made.callback)
    return made


def on_ready_database(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Return what a command does, once it is known that the database is there and has its tables."""

    @wraps(callback)
    def checked(*args: Any, **kwargs: Any) -> Any:
        require(setup_state.why_not_ready())
        return callback(*args, **kwargs)

    return checked


def require(fault: str | None) -> None:
    """End the command where something keeps it from working on the database."""
    if fault:
        raise NotReady(fault)
