"""Loading the illustration, and moving its dates to another day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from planner.access.viewer import system
from planner.core.db import db
from planner.core.errors import Conflict
from planner.core.i18n import N_
from planner.models import ReferenceNote
from planner.services import changes
from planner.services.demo.builder import OFFICERS, PREFIX, Builder
from planner.services.demo.comments import put_comments
from planner.services.demo.days import Days
from planner.services.demo.inputs import put_inputs
from planner.services.demo.inviting import invite_people
from planner.services.demo.meetings import put_meetings, put_slots, release_programmes
from planner.services.demo.offers import put_offers
from planner.services.demo.outcomes import put_outcomes
from planner.services.demo.papers import put_first_papers, put_second_papers
from planner.services.demo.people import put_people
from planner.services.demo.plan import put_meetings_of_themes, put_plan
from planner.services.demo.report import DemoPerson, DemoReport
from planner.services.demo.world import put_world

NOTE = "demo"
ACTOR = "planner demo"


def is_loaded() -> bool:
    """Say whether the illustration is in the database."""
    return _find_note() is not None


def load_demo(at: datetime, password: str) -> DemoReport:
    """Load the illustration with dates that count from the day of `at` (aware), and make the demo people.

    What is there already is left alone, with the dates and the passwords that it has: a second load changes nothing.
    `password` is that of every account made now. Load the record first: topics then name its Articles and stages, and
    the demo secretariat may correct it.
    """
    with changes.change(system(at.date(), ACTOR), at=at, action="demo"):
        note = _find_note()
        day = _day_of(note) if note else at.date()
        builder = Builder(system(at.date(), ACTOR), at, Days(day), is_refresh=False)
        people = _put_all(builder, password)
    if note is None:
        invite_people(builder.actor, at=at)
    return _report(builder, day, people)


def refresh_demo(at: datetime) -> DemoReport:
    """Move all dates of the illustration so that it looks as if loaded on the day of `at` (aware).

    Meetings keep their weekdays and hours. What people have edited in it stays, its dates apart; the programmes with the
    new dates are released, and with them whatever their working copies hold. Rows that people added keep their dates.
    Raises Conflict where there is no illustration.
    """
    with changes.change(system(at.date(), ACTOR), at=at, action="demo"):
        note = _find_note()
        if note is None:
            raise Conflict(N_("There is no illustration here. Load it first with “planner demo”."))
        day = at.date()
        has_moved = Days(_day_of(note)).monday != Days(day).monday
        builder = Builder(system(day, ACTOR), at, Days(day if has_moved else _day_of(note)), is_refresh=has_moved)
        people = _put_all(builder, None)
        return _report(builder, builder.days.day, people)


def _put_all(b: Builder, password: str | None) -> tuple[DemoPerson, ...]:
    """Put everything, each after what it points to."""
    put_world(b)
    people = put_people(b, password)
    put_first_papers(b)
    put_plan(b)
    put_comments(b)
    put_meetings(b)
    put_meetings_of_themes(b)
    put_second_papers(b)
    put_offers(b)
    put_slots(b)
    put_inputs(b)
    put_outcomes(b)
    release_programmes(b)
    b.put(
        ReferenceNote, NOTE, "The day that the illustration counts from", own=OFFICERS,
        dated={"data": {"day": b.days.day.isoformat()}},
    )  # fmt: skip
    return people


def _find_note() -> ReferenceNote | None:
    return db.session.scalars(select(ReferenceNote).where(ReferenceNote.ref == PREFIX + NOTE)).one_or_none()


def _day_of(note: ReferenceNote) -> date:
    return date.fromisoformat(note.data["day"])


def _report(b: Builder, day: date, people: tuple[DemoPerson, ...]) -> DemoReport:
    return DemoReport(day, dict(sorted(b.made.items())), len(b.moved), b.released, people)
