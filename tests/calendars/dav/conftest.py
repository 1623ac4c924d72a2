"""A small world with a delegate who owes two follow-ups and has a device, on a copy per test."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from planner.core.db import db
from tests.calendars.conftest import world_template as world_template_of_feeds
from tests.conftest import _closed, on_database
from tests.factories import stakeholder as stakeholders
from tests.factories import user as users
from tests.factories.output import make_follow_up

from .asking import Program, program_of

world_template = world_template_of_feeds  # made once for this folder
EMAIL = "delegate@test.example"


@pytest.fixture(scope="package")
def owing_template(the_app, databases, world_template):
    """The world of the feeds, with a State, its delegate, and follow-ups of theirs and of others."""
    template, made = world_template
    url = databases.new(template)
    with on_database(the_app, url), the_app.app_context():
        state = stakeholders.state("XA")
        other = stakeholders.state("XB")
        users.user(EMAIL, stakeholders.person("A delegate", state))
        due = {"due_on": date(2027, 3, 1), "comes_from_id": made.open, "audience_parent_id": made.open}
        ours = make_follow_up("Name a point of contact", ref="ours", owner_id=state.id, **due)
        theirs = make_follow_up("Send the list", ref="theirs", owner_id=other.id, **due)
        begun = make_follow_up("Translate", ref="begun", owner_id=state.id, state="in_progress", **due)
        added = SimpleNamespace(**vars(made), ours=ours.id, theirs=theirs.id, begun=begun.id, state=state.id)
        db.session.remove()
    return _closed(url), added


@pytest.fixture
def owing(the_app, databases, owing_template):
    """Ids of what was made."""
    template, made = owing_template
    url = databases.new(template)
    with on_database(the_app, url):
        yield SimpleNamespace(**vars(made))
    databases.drop(url)


@pytest.fixture
def program(the_app, owing) -> Program:
    """The delegate's device."""
    return program_of(the_app, EMAIL)
