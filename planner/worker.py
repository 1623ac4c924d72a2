"""The worker: what is to be done without anybody asking. Each task calls one service and is a command too."""

from __future__ import annotations

import logging
import threading

from flask import Flask

from planner.access.viewer import system
from planner.core import clock
from planner.services import releases

EVERY_SECONDS = 20

log = logging.getLogger("planner.worker")


def run(app: Flask, stop: threading.Event) -> None:
    """Do what is due every few seconds until `stop` is set. A task that fails is logged and tried again."""
    while not stop.wait(EVERY_SECONDS):
        try:
            with app.app_context():
                run_due(app)
        except Exception:
            log.exception("a task of the worker failed")


def run_due(app: Flask) -> int:
    """Make releases whose embargo has passed current; return how many there were."""
    del app
    now = clock.now()
    return len(releases.make_due_releases_current(actor=system(now.date(), "planner worker"), at=now))
