"""Every feed of the record and of the illustration, read by four readers that we did not write."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from planner.core.db import db
from planner.models import Body, CalendarEntry, Meeting, PlanSession
from tests.readers.reading import readers


@pytest.fixture(scope="module")
def addresses(the_app, full_template, databases):
    """Return the address of every public feed that there is."""
    from tests.conftest import on_database

    with on_database(the_app, full_template), the_app.app_context():
        paths = ["/calendar.ics"]
        paths += [f"/bodies/{slug}/calendar.ics" for slug in db.session.scalars(select(Body.slug).order_by(Body.id))]
        for model, name in ((Meeting, "meetings"), (PlanSession, "sessions")):
            paths += [f"/{name}/{one}/calendar.ics" for one in db.session.scalars(select(model.id).order_by(model.id))]
    return paths


def test_four_readers_agree_on_every_public_feed(full_app, addresses):
    client, read_by, seen = full_app.test_client(), readers(), 0
    for path in addresses:
        answer = client.get(path, query_string={"illustrations": "include"})
        assert answer.status_code in (200, 404), path
        if answer.status_code == 200:
            seen += agreed(answer.text, read_by, path)
    with full_app.app_context():
        assert seen > db.session.query(CalendarEntry).count() / 2


def test_four_readers_agree_on_what_a_delegate_and_an_officer_read(full_app, sign_in):
    for name in ("delegate", "secretariat"):
        person = sign_in(name)
        choice = {"name": "All", "with_illustration": "y", "deadlines_as_days": "y", "with_busy": "y"}
        assert person.post("/calendars/mine", data=choice).status_code == 303
        for path in re.findall(r"http://localhost(/feeds/[^<]+ics)", person.get("/calendars/mine").text):
            assert agreed(full_app.test_client().get(path).text, readers(), path)


def agreed(text, read_by, path):
    """Return the number of entries, after every reader found the same."""
    found = {name: read(text) for name, read in read_by.items()}
    for name, facts in found.items():
        assert sorted(facts, key=str) == sorted(found["icalendar"], key=str), (path, name)
    uids = [fact[1] for fact in found["icalendar"]]
    assert len(uids) == len(set(uids)), path
    return len(uids)
