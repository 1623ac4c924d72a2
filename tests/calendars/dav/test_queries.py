"""How much is asked of the database: the same at any number of entries, and nothing is written unasked."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from planner.core import clock
from planner.services import changes
from tests.factories.meeting import WRITER
from tests.factories.output import make_follow_up

from .asking import TASKS, multiget, propfind, query, sync

ALL_OF_IT = query('<C:comp-filter name="VTODO"/>', "D:getetag", "C:calendar-data")


def ours(program):
    return multiget(*(f"{TASKS}follow-up-n{number}.ics" for number in range(30)))


REQUESTS = {
    "members": ("PROPFIND", lambda _: propfind("D:getetag"), "1"),
    "state": ("PROPFIND", lambda _: propfind("CS:getctag", "D:sync-token"), "0"),
    "first sync": ("REPORT", lambda _: sync(), "0"),
    "nothing new": ("REPORT", lambda program: sync(program.sync(TASKS).token), "0"),
    "query": ("REPORT", lambda _: ALL_OF_IT, "1"),
    "multiget": ("REPORT", ours, "1"),
}
BUDGET = {"members": 7, "state": 8, "first sync": 10, "nothing new": 10, "query": 7, "multiget": 7}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_asks_the_same_at_3_and_at_33_entries(the_app, owing, program, count_queries, name):
    method, body, depth = REQUESTS[name]
    program.sync(TASKS)
    counts = []
    for more in (0, 30):
        with the_app.app_context(), changes.change(WRITER, at=clock.now()):
            for number in range(more):
                make_follow_up(f"N {number}", ref=f"n{number}", owner_id=owing.state, comes_from_id=owing.open,
                               audience_parent_id=owing.open, due_on=date(2027, 3, 1) + timedelta(number))  # fmt: skip
        program.sync(TASKS)
        asked = body(program)
        with count_queries(the_app) as counted:
            answer = program.ask(method, TASKS, asked, depth)
        assert answer.status_code == 207
        assert not [s for s in counted.statements if s.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
        counts.append(counted.count)
    assert counts[0] == counts[1] <= BUDGET[name]


def test_the_home_asks_as_much_for_each_calendar(the_app, program, count_queries):
    from planner.services import personal_feeds
    from planner.services.feed_choice import Choice

    counts = []
    for number in range(3):
        with the_app.app_context():
            personal_feeds.make(program.viewer, Choice(name=f"Feed {number}"), at=clock.now())
        program.ask("PROPFIND", "/dav/calendars/", propfind("CS:getctag"), "1")
        with count_queries(the_app) as counted:
            program.ask("PROPFIND", "/dav/calendars/", propfind("CS:getctag"), "1")
        counts.append(counted.count)
    assert [after - before for before, after in pairwise(counts)] == [2, 2]
