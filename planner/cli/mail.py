"""Mail: sending what is due in the outbox, reading the answers that came in."""

from __future__ import annotations

import click
from flask import Flask, current_app

from planner import worker as background
from planner.models import ReplyOutcome
from planner.notifications import replies

_OUTCOMES = {
    ReplyOutcome.TAKEN: "taken",
    ReplyOutcome.OUTDATED: "outdated",
    ReplyOutcome.WRONG_SENDER: "from somebody else than was invited",
    ReplyOutcome.WRONG_CODE: "without the code of their invitation",
    ReplyOutcome.UNKNOWN: "to no invitation of this installation",
    ReplyOutcome.UNREADABLE: "not readable",
    ReplyOutcome.BOUNCE: "reports of mail that was not delivered",
    ReplyOutcome.NO_ANSWER: "without an answer of a calendar program",
}


@click.command("remind-commenters")
@click.option("--days", type=click.IntRange(1, 60), default=background.REMIND_DAYS, show_default=True,
              help="How long before the deadline.")  # fmt: skip
def remind_commenters(days: int) -> None:
    """Draft reminders to those who have not commented in a round whose deadline is near; each once."""
    click.echo(f"{background.remind_due(_app(), days)} reminders drafted; officers send them from the outbox")


@click.command("send-mail")
def send_mail() -> None:
    """Send the mail that is due, once; exit status 1 if some was not taken."""
    app = _app()
    background.review_due(app)
    sent, failed = background.send_due(app)
    click.echo(f"{sent} mails sent")
    if failed:
        raise click.ClickException(f"{failed} mails were not taken; the outbox says why")


@click.command("read-replies")
def read_replies() -> None:
    """Read the mailbox that PLANNER_REPLIES_URL names for answers to invitations, once."""
    if current_app.config["SETTINGS"].replies_url is None:
        raise click.ClickException("PLANNER_REPLIES_URL names no mailbox.")
    try:
        outcomes = background.read_due_replies(_app())
    except replies.Unreachable as error:
        raise click.ClickException(f"The mailbox cannot be read: {error}") from None
    click.echo(f"{outcomes.total()} mails read")
    for outcome, words in _OUTCOMES.items():
        if outcomes[outcome]:
            click.echo(f"  {outcomes[outcome]} {words}")


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the application itself
    return app
