"""Mail: sending what is due in the outbox, reading the answers that came in."""

from __future__ import annotations

import click
from flask import Flask, current_app

from planner import worker as background


@click.command("send-mail")
def send_mail() -> None:
    """Send the mail that is due, once; exit status 1 if some was not taken."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the application itself
    background.review_due(app)
    sent, failed = background.send_due(app)
    click.echo(f"{sent} mails sent")
    if failed:
        raise click.ClickException(f"{failed} mails were not taken; the outbox says why")
