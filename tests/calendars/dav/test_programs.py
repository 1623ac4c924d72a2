"""Two programs that people use, vdirsyncer and the caldav library, against a server of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import caldav
import pytest
from caldav.lib.error import DAVError
from sqlalchemy import select

from planner.core import clock
from planner.core.db import db
from planner.models import FollowUp, PlanSession, UserAccount
from planner.services import devices, personal_feeds
from planner.services.accounts import load_viewer
from planner.services.feed_choice import Choice
from tests.calendars.conftest import publish
from tests.conftest import NOW, on_database
from tests.factories.plan_session import edit
from tests.server.wire import Server, running

pytestmark = pytest.mark.server

EMAIL = "delegate@demo.example"
MINE = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//mine//EN\r\nBEGIN:VEVENT\r\nUID:mine\r\nDTSTAMP:20260101T000000Z\r
DTSTART:20270101T100000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


@pytest.fixture(scope="module")
def served(the_app, databases, full_template, tmp_path_factory):
    """A server over the record and the illustration, and its database."""
    url = databases.new(full_template)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "PLANNER_INSTANCE": str(tmp_path_factory.mktemp("instance")), "PLANNER_DATABASE_URL": url,
        "PLANNER_LOG_LEVEL": "ERROR", "HOST": "127.0.0.1", "PORT": str(port),
    }  # fmt: skip
    with running(["-m", "planner", "serve"], **environment) as process:
        server = Server(process, port)
        while not server.is_listening():
            assert process.poll() is None, "planner serve ended at once"
        yield f"http://127.0.0.1:{port}/", url
    databases.drop(url)


@pytest.fixture
def site(the_app, served):
    """The delegate's feed and device there; what a test does in this context happens beside the server."""
    address, url = served
    with on_database(the_app, url), the_app.app_context():
        account = db.session.scalars(select(UserAccount).where(UserAccount.email == EMAIL)).one()
        viewer = load_viewer(account.id, account.session_epoch, day=NOW.date())
        choice = Choice(name="Mine", deadlines_as_days=True, with_busy=True, with_illustration=True)
        feed_id = personal_feeds.make(viewer, choice, at=clock.now())
        secret = devices.make(viewer, "Computer", at=clock.now())
        db.session.remove()
        yield SimpleNamespace(url=address, feed_id=feed_id, secret=secret, viewer=viewer)
        personal_feeds.revoke(viewer, feed_id, at=clock.now())


def retitle(title):
    """Give the next session of the example another title, and tell everybody; return the UID of its entry."""
    chosen = select(PlanSession).where(PlanSession.ref == "ill-s-lessons")
    plan_session = db.session.scalars(chosen).one()
    edit(plan_session, at=clock.now(), title=title)
    publish(plan_session.meeting_id, clock.now())
    uid = f"session-{plan_session.ref}@planner"
    db.session.remove()
    return uid


def narrow(site):
    """Leave the example out of the feed: many entries are gone."""
    personal_feeds.change(site.viewer, site.feed_id, Choice(name="Mine"), at=clock.now())
    db.session.remove()


def follow_up(ref):
    state = db.session.execute(select(FollowUp.state, FollowUp.evidence).where(FollowUp.ref == ref)).one()
    db.session.remove()
    return tuple(state)


def test_the_caldav_library_keeps_in_step(site):
    with caldav.DAVClient(site.url + "dav/", username=EMAIL, password=site.secret) as client:
        calendars = {one.get_display_name(): one for one in client.principal().calendars()}
        assert set(calendars) == {"Mine", "Follow-ups"}
        mine, tasks = calendars["Mine"], calendars["Follow-ups"]
        uids = {event.icalendar_component["UID"] for event in mine.events()}
        assert len(uids) > 60
        year = {"start": datetime(2026, 11, 24, tzinfo=UTC), "end": datetime(2027, 11, 24, tzinfo=UTC)}
        ahead = {event.icalendar_component["UID"] for event in mine.search(event=True, **year)}
        assert 0 < len(ahead) < len(uids)
        assert ahead < uids
        first = mine.objects_by_sync_token(load_objects=True)
        assert len(list(first)) == len(uids)
        again = mine.objects_by_sync_token(first.sync_token)
        assert (len(list(again)), again.sync_token) == (0, first.sync_token)

        uid = retitle("Lessons, told anew")
        told = mine.objects_by_sync_token(first.sync_token, load_objects=True)
        texts = {one.icalendar_component["UID"]: one.data for one in told}
        assert "Lessons, told anew" in texts[uid].replace("\\,", ",")
        assert len(texts) < 4
        narrow(site)
        first.sync()
        left = {event.icalendar_component["UID"] for event in mine.events()}
        assert left < uids
        assert {one.icalendar_component["UID"] for one in first} == left

        with pytest.raises(DAVError):
            mine.save_event(MINE)
        event = mine.events()[0]
        with pytest.raises(DAVError):
            event.delete()
        event.data = event.data.replace("SUMMARY:", "SUMMARY:Mine ")
        with pytest.raises(DAVError):
            event.save()
        with pytest.raises(DAVError):
            client.principal().make_calendar(name="New", cal_id="new")
        assert {event.icalendar_component["UID"] for event in mine.events()} == left
        assert len(tasks.todos()) == len([t for t in tasks.todos(include_completed=True) if is_open(t)])


def is_open(task):
    return task.icalendar_component["STATUS"] in ("NEEDS-ACTION", "IN-PROCESS")


def test_a_task_is_marked_from_the_caldav_library(site):
    with caldav.DAVClient(site.url + "dav/", username=EMAIL, password=site.secret) as client:
        tasks = next(one for one in client.principal().calendars() if one.get_display_name() == "Follow-ups")
        task = tasks.get_todo_by_uid("follow-up-ill-f-point@planner")
        task.icalendar_component["STATUS"] = "IN-PROCESS"
        task.save()
        assert follow_up("ill-f-point") == ("in_progress", None)
        task = tasks.get_todo_by_uid("follow-up-ill-f-point@planner")
        with pytest.raises(DAVError):
            task.complete()
        assert follow_up("ill-f-point") == ("in_progress", None)
        task = tasks.get_todo_by_uid("follow-up-ill-f-point@planner")
        task.icalendar_component.add("COMMENT", "Named in note 12")
        task.complete()
        assert follow_up("ill-f-point") == ("done", "Named in note 12")


class VdirSyncer:
    """vdirsyncer with a configuration and a status folder of its own."""

    def __init__(self, folder: Path, site) -> None:
        self.folder = folder
        self.config = folder / "config"
        self.config.write_text(
            f"""[general]
status_path = "{folder}/status"
[pair planner]
a = "local"
b = "remote"
collections = ["from b"]
conflict_resolution = "b wins"
[storage local]
type = "filesystem"
path = "{folder}/local"
fileext = ".ics"
[storage remote]
type = "caldav"
url = "{site.url}"
username = "{EMAIL}"
password = "{site.secret}"
""",
            encoding="utf-8",
        )

    def run(self, *command, said=""):
        program = Path(sys.executable).parent / "vdirsyncer"
        return subprocess.run(
            [program, "-c", self.config, *command], input=said, capture_output=True, text=True, timeout=120,
            check=False, env={**os.environ, "HOME": str(self.folder), "NO_COLOR": "1"},
        )  # fmt: skip

    def sync(self, *, works=True):
        done = self.run("sync", "--force-delete")
        assert (done.returncode == 0) is works, done.stdout + done.stderr
        return [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("Syncing")]

    def files(self, name):
        return {path: path.read_text(encoding="utf-8") for path in (self.folder / "local" / name).glob("*.ics")}


def test_vdirsyncer_keeps_in_step_and_loses_nothing_of_its_own(site, tmp_path):
    program = VdirSyncer(tmp_path, site)
    found = program.run("discover", said="y\n" * 8)
    assert found.returncode == 0, found.stderr
    assert len(program.sync()) > 60
    name = str(site.feed_id)
    held, tasks = program.files(name), program.files("tasks")
    assert (len(held) > 60, len(tasks) > 8) == (True, True)
    assert program.sync() == []
    assert (program.files(name), program.files("tasks")) == (held, tasks)

    uid = retitle("Lessons, and once more")
    assert f"Copying (updating) item {uid} to local/{name}" in program.sync()
    assert program.sync() == []
    changed = program.files(name)
    assert ["Lessons\\, and once more" in text for text in changed.values() if f"UID:{uid}" in text] == [True]

    own = tmp_path / "local" / name / "mine.ics"
    own.write_text(MINE, encoding="utf-8", newline="")
    edited = next(path for path, text in changed.items() if "SUMMARY:" in text)
    edited.write_text(changed[edited].replace("SUMMARY:", "SUMMARY:Mine "), encoding="utf-8")
    refused = program.sync(works=False)
    assert sum("403" in line for line in refused) == 2
    assert (own.read_bytes().decode(), "SUMMARY:Mine " in edited.read_text()) == (MINE, True)
    own.unlink()
    edited.write_text(changed[edited], encoding="utf-8")

    narrow(site)
    gone = program.sync()
    assert gone
    assert all(line.startswith(("Deleting item", "Copying")) for line in gone)
    left = program.files(name)
    assert set(left) < set(changed)
    assert len(program.files("tasks")) < len(tasks)
    assert program.sync() == []
