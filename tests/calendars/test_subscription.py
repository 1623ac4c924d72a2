"""Two hundred random edits, one after the other: whoever subscribes has exactly the programme after each.

The programme is kept a second time here, in plain values, and never asked of the program. The subscribers follow the
standards' rules: an entry is its UID; what is not in the feed any more is gone (RFC 7986 section 5.7 subscriptions); of
an entry that is held already, only a higher SEQUENCE is news, or an equal one with a later DTSTAMP (RFC 5546 section
2.1.5).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from planner.core.db import db
from planner.core.errors import Conflict, Invalid
from planner.models import Meeting, PlanSession
from planner.rules.audience import Ground
from planner.services import editing
from planner.services.releases import cancel_session_release
from tests.calendars.conftest import publish
from tests.factories.meeting import AT, WRITER, make_body, make_meeting
from tests.factories.plan_session import edit, make_plan_session

EDITS = 200
FIRST = datetime(2027, 3, 26, 8, 0, tzinfo=UTC)
"""Two days before the clocks change in Zurich, so that moves go across it."""
CLOCKS_CHANGE = date(2027, 3, 28)
PREFIX = {"cancelled": "Cancelled: ", "postponed": "Postponed: ", "merged": "Merged: "}
STATUS = {"tentative": "TENTATIVE", "confirmed": "CONFIRMED", **dict.fromkeys(PREFIX, "CANCELLED")}
LINES = ("Merged into", "Continued in", "Split from", "Takes in")
"""How lines of the text begin that say something of another session."""
ZURICH = ZoneInfo("Europe/Zurich")
Told = tuple[str, str, str, str, str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Session:
    """A session as it stands in the programme."""

    title: str
    starts: datetime
    minutes: int
    room: str
    state: str = "confirmed"
    is_open: bool = True
    into: int | None = None
    split_from: int | None = None

    def when(self) -> str:
        """Return its time in words; what is off has none."""
        if self.state in PREFIX:
            return ""
        local = self.starts.astimezone(ZURICH)
        return f", {local.day} {local:%B %Y, %H:%M} (Europe/Zurich, UTC{local.isoformat()[-6:]})"

    def may_name(self, other: Session) -> bool:
        """Say whether whoever may see this session may see the other."""
        return other.is_open or not self.is_open

    def told(self, others: dict[int, Session], uids: dict[int, str]) -> Told:
        ends = self.starts + timedelta(minutes=self.minutes)
        near = sorted(self.near(others))
        return (
            f"{PREFIX.get(self.state, '')}GROUP: {self.title}",
            self.starts.isoformat(),
            ends.isoformat(),
            self.room,
            STATUS[self.state],
            tuple(sorted(words for words, _ in near)),
            tuple(sorted({uids[key] for _, key in near if key is not None})),
        )

    def near(self, others: dict[int, Session]) -> Iterator[tuple[str, int | None]]:
        """Yield what is said of other sessions, with which one is named."""
        if self.into is not None:
            into = others[self.into]
            known = self.may_name(into)
            words = f"Merged into “{into.title}”{into.when()}." if known else "Merged into another session."
            yield words, self.into if known else None
        if self.split_from is not None and self.may_name(others[self.split_from]):
            yield f"Split from “{others[self.split_from].title}”.", self.split_from
        for key, other in others.items():
            if self.may_name(other) and others.get(other.into) is self:
                yield f"Takes in “{other.title}”.", key
            if self.may_name(other) and others.get(other.split_from) is self and other.state not in PREFIX:
                yield f"Continued in “{other.title}”{other.when()}.", key


@dataclass
class Subscriber:
    """A calendar program that reads now and then."""

    client: object
    path: str
    tag: str = ""
    held: dict[str, tuple[int, datetime, Told]] = field(default_factory=dict)
    unchanged: int = 0

    def read(self) -> None:
        answer = self.client.get(self.path, headers={"If-None-Match": self.tag} if self.tag else {}, buffered=True)
        if answer.status_code == 304:
            self.unchanged += 1
            return
        assert answer.status_code == 200
        self.tag = answer.headers["ETag"]
        found = {}
        for event in Calendar.from_ical(answer.data).walk("VEVENT"):
            if not str(event["UID"]).startswith("session-"):
                continue
            uid, sequence, stamp = str(event["UID"]), int(event["SEQUENCE"]), event["DTSTAMP"].dt
            assert uid not in found
            found[uid] = (sequence, stamp, told(event))
            held = self.held.get(uid)
            if held and held[2] != found[uid][2]:
                assert sequence > held[0], (uid, "a program may take this for old news")
            if held and (sequence, stamp) <= held[:2]:
                found[uid] = held
        self.held = found

    def programme(self) -> list[Told]:
        return sorted(told for _, _, told in self.held.values())


def told(event) -> Told:
    times = (event[name].dt.astimezone(UTC).isoformat() for name in ("DTSTART", "DTEND"))
    near = sorted(line for line in str(event["DESCRIPTION"]).split("\n") if line.startswith(LINES))
    related = event["RELATED-TO"] if isinstance(event["RELATED-TO"], list) else [event["RELATED-TO"]]
    siblings = sorted(str(one) for one in related if one.params.get("RELTYPE") == "SIBLING")
    status = str(event["STATUS"])
    return str(event["SUMMARY"]), *times, str(event.get("LOCATION", "")), status, tuple(near), tuple(siblings)


class Secretariat:
    """Edits the programme at random, in the program and in plain values."""

    def __init__(self, meeting_id: int, seed: int) -> None:
        self.meeting_id = meeting_id
        self.random = random.Random(seed)  # noqa: S311 - the same edits at every run
        self.at = AT
        self.sessions: dict[int, Session] = {}
        self.uids: dict[int, str] = {}
        self.done: Counter[str] = Counter()

    def act(self) -> None:
        self.at += timedelta(minutes=self.random.randint(0, 90))
        acts = [self.move, self.shorten, self.rename, self.give_room, self.cancel, self.postpone, self.restore,
                self.close, self.open, self.add, self.say_nothing_new, self.merge, self.merge, self.split]  # fmt: skip
        if not self.sessions:
            acts = [self.add]
        self.random.choice(acts)()

    def keep(self, made: PlanSession, new: Session) -> None:
        self.sessions[made.id] = new
        self.uids[made.id] = f"session-{made.ref}@planner"

    def add(self) -> None:
        new = Session(f"Session {len(self.sessions)}", self.some_time(), 180, "Room A")
        if len(self.sessions) < 12:
            values = {**self.columns(new), "position": len(self.sessions), "at": self.at}
            meeting = db.session.get(Meeting, self.meeting_id)
            made = make_plan_session(meeting, ref=f"s{len(self.sessions)}", **values)
            self.keep(made, new)
            self.release()

    def merge(self) -> None:
        one, into = (self.random.choice(sorted(self.sessions)) for _ in range(2))
        ahead = ("confirmed", "tentative", "postponed")
        is_off = self.sessions[into].state in ("merged", "cancelled")
        if one == into or is_off or self.sessions[one].state not in ahead:
            return
        now = self.random.random() < 0.5
        given = {"continued_in_id": into, "reason": "One is enough.", "take_over": False, "release_now": now}
        record = db.session.get(PlanSession, one)
        editing.move_record(WRITER, one, "merge", rev=record.rev, at=self.at, given=given)
        self.sessions[one] = replace(self.sessions[one], state="merged", into=into)
        self.done["merge"] += 1
        if not now:
            self.release()

    def split(self) -> None:
        one = self.random.choice(sorted(self.sessions))
        was = self.sessions[one]
        if len(self.sessions) >= 12 or was.state not in ("confirmed", "tentative") or was.minutes < 60:
            return
        cut = was.starts + timedelta(minutes=30)
        title = f"Second part {len(self.sessions)}"
        given = {"split_at": f"{cut.astimezone(ZURICH):%H:%M}", "title": title}
        record = db.session.get(PlanSession, one)
        try:
            made = editing.split_session(WRITER, one, rev=record.rev, at=self.at, given=given)
        except Invalid:  # an hour that comes twice in the night when the clocks change, or never
            assert cut.astimezone(ZURICH).date() == CLOCKS_CHANGE
            return
        self.sessions[one] = replace(was, minutes=30)
        rest = replace(was, title=title, starts=cut, minutes=was.minutes - 30, split_from=one, into=None)
        self.keep(made, rest)
        self.done["split"] += 1
        self.release()

    def move(self) -> None:
        self.change(starts=self.some_time())

    def shorten(self) -> None:
        self.change(minutes=self.random.choice([45, 90, 120, 180]))

    def rename(self) -> None:
        self.change(title=self.random.choice(["Diversion; a, b", "Contrôles à l'import 😀", "Ex\\post", "Deliveries"]))

    def give_room(self) -> None:
        self.change(room=self.random.choice(["Room A", "Salle XX", "Room B, 2nd floor"]))

    def restore(self) -> None:
        one = self.random.choice(sorted(self.sessions))
        state = self.random.choice(["confirmed", "tentative"])
        was = self.sessions[one]
        if was.state == "merged":
            verb = {"confirmed": "restore_confirmed", "tentative": "restore"}[state]
            rev = db.session.get(PlanSession, one).rev
            editing.move_record(WRITER, one, verb, rev=rev, at=self.at, given={"reason": "It is held after all."})
            self.done["undo"] += 1
        self.change(one, state=state, into=None)

    def postpone(self) -> None:
        one = self.random.choice(sorted(self.sessions))
        if self.sessions[one].state != "merged":
            self.change(one, state="postponed")

    def close(self) -> None:
        self.change(is_open=False)

    def open(self) -> None:
        self.change(is_open=True)

    def say_nothing_new(self) -> None:
        self.change()

    def cancel(self) -> None:
        one = self.random.choice(sorted(self.sessions))
        was = self.sessions[one].state
        if was == "merged":
            return
        self.sessions[one] = replace(self.sessions[one], state="cancelled")
        edit(db.session.get(PlanSession, one), state="cancelled", at=self.at)
        if was != "cancelled":
            cancel_session_release(one, name="Cancelled", actor=WRITER, at=self.at)

    def change(self, one: int | None = None, **values) -> None:
        one = one or self.random.choice(sorted(self.sessions))
        self.sessions[one] = replace(self.sessions[one], **values)
        edit(db.session.get(PlanSession, one), **self.columns(self.sessions[one]), at=self.at)
        self.release()

    def release(self) -> None:
        with suppress(Conflict):  # nothing has changed since the last release
            publish(self.meeting_id, at=self.at)

    def some_time(self) -> datetime:
        return FIRST + timedelta(minutes=15 * self.random.randint(0, 4 * 24 * 5))

    @staticmethod
    def columns(one: Session) -> dict[str, object]:
        return {
            "title": one.title,
            "on_text": one.starts.astimezone(ZURICH).date().isoformat(),
            "starts_at": one.starts,
            "ends_at": one.starts + timedelta(minutes=one.minutes),
            "room": one.room,
            "state": one.state,
            "audience_own": None if one.is_open else int(Ground.STATES),
        }

    def programme(self) -> list[Told]:
        return sorted(one.told(self.sessions, self.uids) for one in self.sessions.values() if one.is_open)


@pytest.mark.parametrize("seed", [2026])
def test_a_subscription_survives_two_hundred_edits(app, seed):
    with app.app_context():
        group = make_body("group")
        meeting_id = make_meeting(group, ref="m", start_on="2027-03-26", end_on="2027-03-31").id
    secretariat = Secretariat(meeting_id, seed)
    client = app.test_client()
    every_time, now_and_then = (Subscriber(client, "/bodies/group/calendar.ics") for _ in range(2))
    with time_machine.travel(AT, tick=False) as clock:
        for number in range(EDITS):
            with app.app_context():  # it ends before anybody reads: a request must not meet its transaction
                secretariat.act()
            clock.move_to(secretariat.at)
            every_time.read()
            assert every_time.programme() == secretariat.programme(), number
            if number % 7 == 0:
                now_and_then.read()
                assert now_and_then.programme() == secretariat.programme(), number
    assert every_time.unchanged
    assert len(secretariat.sessions) > 5
    assert min(secretariat.done[act] for act in ("merge", "split", "undo")) >= 3, secretariat.done
