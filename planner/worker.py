"""The worker: what is to be done without anybody asking. Each task calls one service and is a command too."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable

from flask import Flask

from planner.access.viewer import system
from planner.core import clock
from planner.models import ReplyOutcome
from planner.notifications import deliver, replies
from planner.services import consultations, invitations, releases

EVERY_SECONDS = 20
REMIND_DAYS = consultations.DAYS_BEFORE
_REVIEWED = "planner.invitations_reviewed"
_REMINDED = "planner.commenters_reminded"

log = logging.getLogger("planner.worker")


def run(app: Flask, stop: threading.Event) -> None:
    """Do what is due every few seconds until `stop` is set. A task that fails is logged and tried again."""
    tasks: tuple[Callable[[Flask], object], ...] = (run_due, review_due, remind_daily, read_due_replies, send_due)
    while not stop.wait(EVERY_SECONDS):
        for task in tasks:
            try:
                with app.app_context():
                    task(app)
            except Exception:
                log.exception("a task of the worker failed")


def run_due(app: Flask) -> int:
    """Make releases whose embargo has passed current; return how many there were."""
    del app
    now = clock.now()
    return len(releases.make_due_releases_current(actor=system(now.date(), "planner worker"), at=now))


def review_due(app: Flask) -> None:
    """Once a day and at the start draft what the day alone changes for those who are invited."""
    now = clock.now()
    if app.extensions.get(_REVIEWED) != now.date():
        invitations.review(system(now.date(), "planner worker"), at=now)
        app.extensions[_REVIEWED] = now.date()


def remind_daily(app: Flask) -> None:
    """Once a day and at the start draft the reminders of rounds of comments whose deadline is near."""
    today = clock.now().date()
    if app.extensions.get(_REMINDED) != today:
        remind_due(app)
        app.extensions[_REMINDED] = today


def remind_due(app: Flask, days: int = REMIND_DAYS) -> int:
    """Draft the reminders that are due; return how many."""
    del app
    now = clock.now()
    return consultations.remind(system(now.date(), "planner worker"), at=now, days=days)


def send_due(app: Flask) -> tuple[int, int]:
    """Send the mail that is due; return how many were sent, and how many not."""
    settings = app.config["SETTINGS"]
    return deliver.send_due(deliver.way_of(settings.mail_url, settings.instance), clock.now)


def read_due_replies(app: Flask) -> Counter[ReplyOutcome]:
    """Read the mailbox for answers, where there is one; return what came of them. Raises replies.Unreachable."""
    url = app.config["SETTINGS"].replies_url
    return replies.read_replies(replies.mailbox_of(url), clock.now) if url else Counter()
