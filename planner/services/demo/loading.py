"""Loads the illustration, or shifts all its dates to another day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select

from planner.access.viewer import system
from planner.core.db import db
from planner.models import Meeting, Origin, Record
from planner.services import changes
from planner.services.demo.builder import Builder
from planner.services.demo.days import Days
from planner.services.demo.meetings import draft_after_release, put_meetings, put_sessions
from planner.services.demo.outcomes import put_outcomes
from planner.services.demo.papers import put_first_papers, put_second_papers
from planner.services.demo.people import put_people, register
from planner.services.demo.plan import put_meetings_of_themes, put_plan
from planner.services.demo.presentations import put_call, put_contributions, put_offers
from planner.services.demo.report import DemoReport
from planner.services.demo.world import put_world

RELEASED = ("m-consultations", "m-experts", "m-first", "m-second")
NAME = "planner demo"


def is_loaded() -> bool:
    """Say whether the illustration is in the database."""
    return bool(db.session.scalar(select(exists(select(Record.id).where(Record.origin == Origin.ILLUSTRATION)))))


def load_demo(*, at: datetime, password: str | None) -> DemoReport:
    """Load what is missing of the illustration, dated from the day of `at`, and make the demo people with a password.

    A second run changes nothing.
    """
    return _build(at, password, is_refresh=False)


def refresh_demo(*, at: datetime) -> DemoReport:
    """Shift the dates of the illustration so that it looks as if it had been loaded on the day of `at`."""
    return _build(at, None, is_refresh=True)


def _build(at: datetime, password: str | None, *, is_refresh: bool) -> DemoReport:
    actor = system(at.date(), NAME)
    with changes.change(actor, at=at, action="illustrate"):
        b = Builder(actor, at, Days(at.date()), is_refresh=is_refresh)
        put_world(b)
        people = put_people(b, password)
        put_first_papers(b)
        put_plan(b)
        put_meetings(b)
        put_meetings_of_themes(b)
        put_second_papers(b)
        put_call(b)
        put_sessions(b)
        put_offers(b)
        put_contributions(b)
        put_outcomes(b)
        register(b, b.get(Meeting, "m-first"), "delegate", "signatory", "ngo")
        register(b, b.get(Meeting, "m-consultations"), "delegate", "observer", "ngo")
        for ref in RELEASED:
            b.release(b.get(Meeting, ref), "First programme")
        draft_after_release(b)
        return DemoReport(b.days.day, dict(b.made), len(b.moved), b.released, people)
