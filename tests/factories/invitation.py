"""A meeting to whose sessions people are invited, and mail that answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

from sqlalchemy import select

from planner.core.db import db
from planner.models import (
    CalendarEntry,
    Invitation,
    Meeting,
    MessageState,
    OutboxMessage,
    Person,
    PlanSession,
    Registration,
    Stakeholder,
    StakeholderClass,
)
from planner.rules.audience import Ground
from planner.services import changes, invitation_mail, invitations, outbox
from planner.services.releases import publish_release

from . import stakeholder as stakeholders
from .meeting import AT, WRITER, make_body, make_meeting
from .plan_session import edit, make_plan_session

START = datetime.fromisoformat("2127-02-16T09:00:00+00:00")
"""Ahead for long: pages ask the real clock."""


@dataclass(frozen=True)
class Room:
    """The ids of a released session that all may see, one for States alone, and of people who are registered."""

    body: int
    meeting: int
    open_session: int
    states_session: int
    party: int
    signatory: int
    observer: int
    ngo: int
    silent: int


def hours(days: int = 0) -> dict[str, object]:
    starts_at = START + timedelta(days=days)
    return {"on_text": f"{starts_at:%Y-%m-%d}", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}


def build() -> Room:
    """Make a released meeting of two sessions; five people are registered, one of them without an address."""
    body = make_body("wg", title="Working Group")
    meeting = make_meeting(body, ref="m1", title="First series", start_on="2127-02-16", city="Geneva")
    opened = make_plan_session(meeting, ref="open", title="What was learned", room="Room 3", **hours())
    states = make_plan_session(
        meeting, ref="states", title="Two closed cases", position=1, audience_own=int(Ground.STATES), **hours(1)
    )
    people = {
        "party": stakeholders.state("XA", stakeholders.status("state_party", "2015-01-01")),
        "signatory": stakeholders.state("XS", stakeholders.status("signatory", "2014-01-01")),
        "observer": stakeholders.state("XO"),
        "ngo": stakeholders.organisation("Network", StakeholderClass.CIVIL_SOCIETY),
        "silent": stakeholders.organisation("Institute", StakeholderClass.RESEARCH_ACADEMIA),
    }
    ids = {name: attend(meeting, name, one).id for name, one in people.items()}
    publish_release(meeting.id, name="First programme", actor=WRITER, at=AT)
    return Room(body=body.id, meeting=meeting.id, open_session=opened.id, states_session=states.id, **ids)


def attend(meeting: Meeting, name: str, stakeholder: Stakeholder) -> Person:
    """Make a person, registered for a meeting; the silent one has no address."""
    person = stakeholders.person(name.title(), stakeholder)
    with changes.change(WRITER, at=AT):
        person = db.session.get_one(Person, person.id)
        person.email = None if name == "silent" else f"{name}@test.example"
        person.audience_parent_id = meeting.body_id
        db.session.add(Registration(meeting_id=meeting.id, person_id=person.id))
    return person


def invite(room: Room, *names: str, session: str = "open_session", at: datetime = AT) -> None:
    invitations.invite(WRITER, getattr(room, session), [getattr(room, name) for name in names], at=at)


def release(made: Room, *, at: datetime = AT, **values: object) -> None:
    """Edit the open session and release it."""
    edit(db.session.get_one(PlanSession, made.open_session), at=at, **values)
    publish_release(made.meeting, name="Next", actor=WRITER, at=at)


def messages(*states: MessageState) -> list[OutboxMessage]:
    chosen = select(OutboxMessage).order_by(OutboxMessage.id).execution_options(populate_existing=True)
    return [one for one in db.session.scalars(chosen) if not states or one.state in states]


def send_all(at: datetime = AT) -> list[outbox.Claimed]:
    """Send all drafts as a sender would to whom every mail is welcome; return what it sent."""
    outbox.queue_all(WRITER, at=at)
    sent = []
    while (claimed := outbox.claim(WRITER, at=at)) is not None:
        outbox.hand_over(WRITER, claimed, at=at)
        outbox.note_sent(WRITER, claimed, at=at)
        sent.append(claimed)
    return sent


def sequence_of(session_id: int) -> int:
    chosen = select(CalendarEntry.sequence).where(
        CalendarEntry.record_id == session_id, CalendarEntry.component == "VEVENT"
    )
    return db.session.scalars(chosen.order_by(CalendarEntry.id)).first() or 0


def invitation_of(person_id: int, session_id: int) -> Invitation:
    chosen = select(Invitation).where(Invitation.person_id == person_id, Invitation.session_id == session_id)
    return db.session.scalars(chosen.execution_options(populate_existing=True)).one()


def reply_text(
    invitation: Invitation, answer: str = "ACCEPTED", *, sequence: int = 0, stamp: datetime = AT, **other: str
) -> str:
    """Return what a calendar program answers; `other` replaces lines by their name, an empty one leaves it out."""
    lines = {
        "ORGANIZER": f"ORGANIZER:mailto:{invitation_mail.invited_by(invitation.id).address}",
        "ATTENDEE": f"ATTENDEE;PARTSTAT={answer}:mailto:{invitation.address}",
        "UID": f"UID:{invitation.uid}",
        "SEQUENCE": f"SEQUENCE:{sequence}",
        "DTSTAMP": f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        "REQUEST-STATUS": "REQUEST-STATUS:2.0;Success",
    }
    method = other.pop("METHOD", "REPLY")
    body = [line for line in (lines | other).values() if line]
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "PRODID:-//a program//EN", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", *body,
         "END:VEVENT", "END:VCALENDAR", ""]
    )  # fmt: skip


def reply_mail(text: str, *, sender: str, to: str = "planner@localhost", method: str = "REPLY") -> bytes:
    """Return a mail with an answer as a mail program sends it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"Somebody <{sender}>", to, "Accepted: a session"
    mail.set_content("I accept.")
    mail.add_alternative(text, subtype="calendar", params={"method": method}, cte="base64")
    return mail.as_bytes()
