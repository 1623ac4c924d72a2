"""Two transactions that change one feed at once: no reader is ever told that an older calendar is still right."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from planner.core.db import db
from planner.models import Meeting
from planner.services import changes
from tests.calendars.test_feeds import summaries
from tests.conftest import SERVER_URL
from tests.factories.meeting import AT, WRITER, make_body, make_meeting

PATIENCE = 30

pytestmark = pytest.mark.skipif(not SERVER_URL, reason="SQLite has one writer at a time: commits cannot interleave")


class Writer(threading.Thread):
    """Renames a meeting, and waits before it commits until it is let go."""

    def __init__(self, app, meeting_id, title):
        super().__init__(name=title)
        self.app, self.meeting_id, self.title = app, meeting_id, title
        self.has_begun = False
        self.has_written, self.may_commit = threading.Event(), threading.Event()

    def run(self):
        with self.app.app_context(), changes.change(WRITER, at=AT + timedelta(days=1)):
            db.session.get(Meeting, self.meeting_id).title = self.title

    def finish(self):
        self.may_commit.set()
        self.join(PATIENCE)
        assert not self.is_alive()


@contextmanager
def held_before_commit(app) -> Iterator[None]:
    def wait(_session):
        writer = threading.current_thread()
        if not isinstance(writer, Writer):
            return
        if not writer.has_begun:  # a write ends what was read before it with a commit of its own
            writer.has_begun = True
            return
        writer.has_written.set()
        assert writer.may_commit.wait(PATIENCE)

    with app.app_context():
        target = db.session
    event.listen(target, "before_commit", wait)
    try:
        yield
    finally:
        event.remove(target, "before_commit", wait)


def test_the_second_of_two_commits_is_never_missed(app):
    with app.app_context():
        body = make_body("group")
        first, second = (
            make_meeting(body, ref=ref, start_on=day).id for ref, day in (("a", "2027-02-16"), ("b", "2027-02-17"))
        )
        db.session.remove()

    def read(**headers):
        return app.test_client().get("/bodies/group/calendar.ics", headers=headers)

    before = read()
    with held_before_commit(app):
        one, other = Writer(app, first, "First renamed"), Writer(app, second, "Second renamed")
        one.start()
        assert one.has_written.wait(PATIENCE)
        other.start()
        # Neither has committed.
        assert read(**{"If-None-Match": before.headers["ETag"]}).status_code == 304
        one.finish()
        assert other.has_written.wait(PATIENCE)
        between = read(**{"If-None-Match": before.headers["ETag"]})
        assert summaries(between) == ["First renamed", "b"]
        other.finish()
    after = read(**{"If-None-Match": between.headers["ETag"]})
    assert summaries(after) == ["First renamed", "Second renamed"]
    assert len({answer.headers["ETag"] for answer in (before, between, after)}) == 3
