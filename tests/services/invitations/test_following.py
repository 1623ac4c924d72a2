"""Whatever happens to a session and to its people, and whenever mail leaves: a calendar program that follows RFC 5546
holds exactly what its person may know.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from planner.core.db import db
from planner.core.errors import Conflict, Invalid
from planner.models import CalendarEntry, EntryKind, MessageState, PlanSession, Registration
from planner.rules.audience import Ground
from planner.services import changes, invitations, outbox
from planner.services.invitation_mail.state import may_see
from planner.services.releases import cancel_session_release, publish_release
from tests.conftest import Databases, on_database
from tests.factories.invitation import Room, hours, invitation_of, invite, messages, send_all
from tests.factories.meeting import AT, WRITER
from tests.factories.plan_session import edit

NAMES = ("party", "observer", "ngo")


@dataclass
class Program:
    """A calendar that knows UID, SEQUENCE and DTSTAMP, and nothing else of its mail (RFC 5546 section 2.1.5)."""

    held: dict[str, tuple[tuple[int, Any], Any]] = field(default_factory=dict)

    def receive(self, text: str) -> None:
        calendar = Calendar.from_ical(text)
        (event,) = calendar.walk("VEVENT")
        uid = str(event["UID"])
        version = (int(event["SEQUENCE"]), event["DTSTAMP"].dt)
        if uid in self.held and version <= self.held[uid][0]:
            return
        is_off = str(calendar["METHOD"]) == "CANCEL"
        self.held[uid] = (version, None if is_off else shown(event))

    def shows(self) -> Any:
        return next((what for _, what in self.held.values() if what is not None), None)


def shown(event: Any) -> tuple[Any, ...]:
    return str(event.get("SUMMARY")), str(event.get("LOCATION")), event["DTSTART"].dt, event["DTEND"].dt


moves = st.one_of(
    st.tuples(st.just("invite"), st.sampled_from(NAMES)),
    st.tuples(st.just("take back"), st.sampled_from(NAMES)),
    st.tuples(st.just("move"), st.integers(0, 3)),
    st.tuples(st.just("rename"), st.sampled_from(["One", "Two"])),
    st.tuples(st.just("close"), st.booleans()),
    st.tuples(st.just("state"), st.sampled_from(["confirmed", "cancelled", "postponed"])),
    st.tuples(st.just("cancel at once"), st.none()),
    st.tuples(st.just("unregister"), st.sampled_from(NAMES)),
    st.tuples(st.just("register"), st.sampled_from(NAMES)),
    st.tuples(st.just("send"), st.none()),
    st.tuples(st.just("send"), st.none()),
    st.tuples(st.just("fail"), st.booleans()),
    st.tuples(st.just("hold"), st.none()),
)


@given(acts=st.lists(moves, min_size=8, max_size=16))
@settings(max_examples=8, phases=(Phase.reuse, Phase.generate), report_multiple_bugs=False)
def test_a_program_that_gets_the_mail_shows_what_its_person_may_know(
    the_app: Flask, databases: Databases, room_template: tuple[str, Room], acts: list[tuple[str, Any]]
) -> None:
    url = databases.new(room_template[0])
    with on_database(the_app, url), the_app.app_context():
        room = room_template[1]
        programs = {f"{name}@test.example": Program() for name in NAMES}
        invite(room, *NAMES)
        _send(AT, programs)
        assert all(program.shows() for program in programs.values())
        for number, act in enumerate(acts):
            at = AT + timedelta(minutes=number + 1)
            _do(room, act, at, programs)
        for message in messages(MessageState.HELD, MessageState.FAILED):
            outbox.queue(WRITER, message.id, rev=message.rev, at=AT + timedelta(hours=2))
        _send(AT + timedelta(hours=2), programs)
        assert {name: program.shows() for name, program in programs.items()} == {
            f"{name}@test.example": _should_show(room, name) for name in NAMES
        }
        db.session.remove()
    databases.drop(url)


def _should_show(room: Room, name: str) -> Any:
    person_id = getattr(room, name)
    try:
        invitation = invitation_of(person_id, room.open_session)
    except NoResultFound:
        return None
    if invitation.ended_at or person_id not in may_see(room.open_session, [person_id], day=AT.date()):
        return None
    entry = db.session.scalars(
        select(CalendarEntry).where(
            CalendarEntry.record_id == room.open_session, CalendarEntry.entry_kind == EntryKind.SESSION
        )
    ).one()
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{entry.text}END:VCALENDAR\r\n"
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    return None if str(event["STATUS"]) == "CANCELLED" else shown(event)


def _do(room: Room, act: tuple[str, Any], at: Any, programs: dict[str, Program]) -> None:
    name, value = act
    plan_session = db.session.get_one(PlanSession, room.open_session)
    if name in ("invite", "take back"):
        _invite_or_take_back(room, name, value, at)
    elif name == "send":
        _send(at, programs)
    elif name == "fail":
        _fail(at, is_final=value)
    elif name == "hold":
        for message in messages(MessageState.DRAFT)[:1]:
            outbox.hold(WRITER, message.id, at=at)
    elif name in ("register", "unregister"):
        _register(room, getattr(room, value), at, is_in=name == "register")
    elif name == "cancel at once":
        edit(plan_session, at=at, state="cancelled")
        _ignore(lambda: cancel_session_release(room.open_session, name="Off", actor=WRITER, at=at))
    else:
        _edit(room, plan_session, name, value, at)


def _edit(room: Room, plan_session: PlanSession, name: str, value: Any, at: Any) -> None:
    values: dict[str, Any] = {
        "move": lambda: hours(value),
        "rename": lambda: {"title": value},
        # for the States, or for those who are registered
        "close": lambda: {"audience_own": int(Ground.STATES if value else Ground.PARTICIPANTS)},
        "state": lambda: {"state": value},
    }[name]()
    edit(plan_session, at=at, **values)
    publish_release(room.meeting, name="Next", actor=WRITER, at=at, if_changed=True)


def _invite_or_take_back(room: Room, name: str, who: str, at: Any) -> None:
    person_id = getattr(room, who)
    if name == "invite":
        _ignore(lambda: invitations.invite(WRITER, room.open_session, [person_id], at=at))
        return
    _ignore(lambda: invitations.take_back(WRITER, invitation_of(person_id, room.open_session).id, at=at))


def _register(room: Room, person_id: int, at: Any, *, is_in: bool) -> None:
    chosen = select(Registration).where(Registration.person_id == person_id)
    held = db.session.scalars(chosen).one_or_none()
    with changes.change(WRITER, at=at):
        if is_in and held is None:
            db.session.add(Registration(meeting_id=room.meeting, person_id=person_id))
        if not is_in and held is not None:
            db.session.delete(db.session.merge(held))


def _send(at: Any, programs: dict[str, Program]) -> None:
    for claimed in send_all(at):
        programs[claimed.mail.to_address].receive(claimed.mail.calendar or "")


def _fail(at: Any, *, is_final: bool) -> None:
    outbox.queue_all(WRITER, at=at)
    claimed = outbox.claim(WRITER, at=at)
    if claimed is not None:
        outbox.note_failed(WRITER, claimed, "451", at=at, is_final=is_final, is_unclear=False)


def _ignore(act: Any) -> None:
    """Do what officers may try although it is refused."""
    with suppress(Conflict, Invalid, NoResultFound):
        act()
