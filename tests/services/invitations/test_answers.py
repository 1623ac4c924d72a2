"""Answers by mail: believed only from who was invited, at the address that was invited, to what they were sent."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.core.errors import Conflict, NotVisible
from planner.models import (
    Answer,
    AuditEntry,
    Invitation,
    MailReply,
    MessageState,
    OutboxMessage,
    Person,
    PlanSession,
    ReplyOutcome,
)
from planner.rules.mail_addresses import Address
from planner.services import invitation_mail, invitations
from planner.services.accounts import load_viewer
from tests.factories.invitation import (
    Room,
    hours,
    invitation_of,
    invite,
    messages,
    release,
    reply_mail,
    reply_text,
    send_all,
)
from tests.factories.meeting import AT, WRITER
from tests.factories.user import user

LATER = AT + timedelta(hours=1)


@pytest.fixture
def invited(room: Room) -> Invitation:
    """The invitation of the party's delegate to the open session, sent."""
    invite(room, "party", "ngo")
    send_all()
    return invitation_of(room.party, room.open_session)


def take(raw: bytes, *, at=LATER) -> ReplyOutcome | None:
    return invitations.answer_mail(WRITER, raw, at=at)


def held(invitation: Invitation) -> tuple[Answer, int | None]:
    found = db.session.get_one(Invitation, invitation.id, populate_existing=True)
    return found.answer, found.answered_sequence


@pytest.mark.parametrize("answer", ["ACCEPTED", "TENTATIVE", "DECLINED"])
def test_an_answer_is_taken_once(invited: Invitation, answer: str) -> None:
    raw = reply_mail(reply_text(invited, answer), sender=invited.address)
    assert (take(raw), held(invited)) == (ReplyOutcome.TAKEN, (Answer(answer.lower()), 0))
    assert take(raw) is None
    assert len(db.session.scalars(select(MailReply)).all()) == 1


def test_an_answer_is_in_the_history_of_the_session_without_a_revision(room: Room, invited: Invitation) -> None:
    before = db.session.scalar(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1))
    rev = db.session.scalar(select(PlanSession.rev).where(PlanSession.id == room.open_session))
    take(reply_mail(reply_text(invited), sender=invited.address))
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.id > before))
    assert (entry.record_id, entry.changes) == (
        room.open_session,
        {
            f"invitation.{room.party}.invited_id": [None, room.party],
            f"invitation.{room.party}.answer": ["needs_action", "accepted"],
        },
    )
    assert db.session.scalar(select(PlanSession.rev).where(PlanSession.id == room.open_session)) == rev


def mail_without_calendar(invited: Invitation) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = invited.address, "planner@localhost", "Accepted"
    mail.set_content("I accept. BEGIN:VCALENDAR METHOD:REPLY")
    mail.add_alternative("<p>BEGIN:VCALENDAR</p>", subtype="html")
    return mail.as_bytes()


def forwarded(invited: Invitation) -> bytes:
    """An answer inside of a mail of somebody else."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = invited.address, "planner@localhost", "Fwd"
    mail.set_content("See below.")
    mail.add_attachment(message_from_bytes(reply_mail(reply_text(invited), sender=invited.address), policy=SMTP))
    return mail.as_bytes()


def two_senders(invited: Invitation) -> bytes:
    raw = reply_mail(reply_text(invited), sender=invited.address)
    return raw.replace(b"From: ", b"From: other@test.example, ", 1)


def two_from_headers(invited: Invitation) -> bytes:
    return b"From: other@test.example\r\n" + reply_mail(reply_text(invited), sender=invited.address)


def from_other(invited: Invitation) -> bytes:
    return reply_mail(reply_text(invited), sender="other@test.example")


def from_another_guest(invited: Invitation) -> bytes:
    return reply_mail(reply_text(invited), sender="ngo@test.example")


def other_attendee(invited: Invitation) -> bytes:
    forged = "ATTENDEE;PARTSTAT=DECLINED:mailto:ngo@test.example"
    return reply_mail(reply_text(invited, ATTENDEE=forged), sender=invited.address)


def written(invited: Invitation, method: str = "REPLY", **lines: str) -> bytes:
    return reply_mail(reply_text(invited, **lines), sender=invited.address, method=method)


def two_attendees(invited: Invitation) -> bytes:
    second = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ngo@test.example"
    return written(invited, ATTENDEE=f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{invited.address}\r\n{second}")


def two_events(invited: Invitation) -> bytes:
    text = reply_text(invited)
    event = text[text.index("BEGIN:VEVENT") : text.index("END:VCALENDAR")]
    return reply_mail(text.replace("END:VCALENDAR", event + "END:VCALENDAR"), sender=invited.address)


BAD = {
    "from somebody else": (from_other, ReplyOutcome.WRONG_SENDER),
    "from another guest": (from_another_guest, ReplyOutcome.WRONG_SENDER),
    "for another guest": (other_attendee, ReplyOutcome.WRONG_SENDER),
    "two senders": (two_senders, ReplyOutcome.WRONG_SENDER),
    "two headers From": (two_from_headers, ReplyOutcome.WRONG_SENDER),
    "words alone": (mail_without_calendar, ReplyOutcome.NO_ANSWER),
    "forwarded": (forwarded, ReplyOutcome.NO_ANSWER),
    "two attendees": (two_attendees, ReplyOutcome.UNREADABLE),
    "two events": (two_events, ReplyOutcome.UNREADABLE),
    "no attendee": (lambda one: written(one, ATTENDEE=""), ReplyOutcome.UNREADABLE),
    "an attendee without address": (lambda one: written(one, ATTENDEE="ATTENDEE:urn:x"), ReplyOutcome.UNREADABLE),
    "no stamp": (lambda one: written(one, DTSTAMP=""), ReplyOutcome.UNREADABLE),
    "a day as stamp": (lambda one: written(one, DTSTAMP="DTSTAMP;VALUE=DATE:20261124"), ReplyOutcome.UNREADABLE),
    "a floating stamp": (lambda one: written(one, DTSTAMP="DTSTAMP:20261124T090000"), ReplyOutcome.UNREADABLE),
    "delegated": (
        lambda one: written(one, ATTENDEE=f"ATTENDEE;PARTSTAT=DELEGATED:mailto:{one.address}"),
        ReplyOutcome.UNREADABLE,
    ),
    "a request": (lambda one: written(one, METHOD="REQUEST"), ReplyOutcome.UNREADABLE),
    "an unknown method": (lambda one: written(one, METHOD="SHOUT"), ReplyOutcome.UNREADABLE),
    "two methods": (lambda one: written(one, method="REQUEST"), ReplyOutcome.UNREADABLE),
    "one of a series": (lambda one: written(one, SEQUENCE="RECURRENCE-ID:21270216T090000Z"), ReplyOutcome.UNREADABLE),
    "a sequence of words": (lambda one: written(one, SEQUENCE="SEQUENCE:many"), ReplyOutcome.UNREADABLE),
    "a negative sequence": (lambda one: written(one, SEQUENCE="SEQUENCE:-1"), ReplyOutcome.UNREADABLE),
    "a sequence that was never sent": (lambda one: written(one, SEQUENCE="SEQUENCE:7"), ReplyOutcome.OUTDATED),
    "another event": (lambda one: written(one, UID="UID:other@planner"), ReplyOutcome.UNKNOWN),
    "no event": (lambda one: written(one, UID=""), ReplyOutcome.UNREADABLE),
    "broken lines": (lambda one: reply_mail("BEGIN:VCALENDAR\r\n:::\r\n", sender=one.address), ReplyOutcome.UNREADABLE),
    "no calendar": (lambda one: reply_mail("\x00\xff", sender=one.address), ReplyOutcome.UNREADABLE),
    "a large calendar": (
        lambda one: written(one, **{"REQUEST-STATUS": f"COMMENT:{'x' * 70_000}"}),
        ReplyOutcome.UNREADABLE,
    ),
    "ten megabytes": (lambda one: written(one) + b"x" * 10_000_000, ReplyOutcome.UNREADABLE),
    "no mail": (lambda _: b"\xff\xfe\x00" * 100, ReplyOutcome.NO_ANSWER),
    "nothing": (lambda _: b"", ReplyOutcome.NO_ANSWER),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_answer_of_who_was_invited_changes_nothing(invited: Invitation, name: str) -> None:
    make, outcome = BAD[name]
    before = db.session.scalar(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1))
    assert take(make(invited)) is outcome
    answers = {one.answer for one in db.session.scalars(select(Invitation).execution_options(populate_existing=True))}
    assert answers == {Answer.NEEDS_ACTION}
    assert db.session.scalar(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1)) == before


def test_a_refused_answer_is_noted_for_the_officers_of_the_session(room: Room, invited: Invitation) -> None:
    take(from_other(invited))
    (note,) = invitations.get_overview(WRITER, room.open_session, day=AT.date()).notes
    assert (note.outcome, note.from_address, note.answer, note.name) == (
        ReplyOutcome.WRONG_SENDER, "other@test.example", Answer.ACCEPTED, "Party"
    )  # fmt: skip


def noted() -> MailReply:
    """Return what was kept of the mail that was read last."""
    return db.session.scalars(select(MailReply).order_by(MailReply.id.desc())).all()[0]


def test_of_a_refused_answer_is_kept_what_helps_to_see_to_it(room: Room, invited: Invitation) -> None:
    take(written(invited, UID="UID:other@planner\r\nSUMMARY:Lunch\r\nDESCRIPTION:Secret words"))
    other = noted()
    take(reply_mail("\x00", sender="who@test.example"))
    unreadable = noted()
    take(reply_mail("\x00", sender="ngo@test.example"))
    of_guest = noted()
    take(mail_without_calendar(invited))
    words = noted()
    assert [(one.from_address, one.about, one.session_id) for one in (other, unreadable, of_guest, words)] == [
        (invited.address, "Lunch", None),
        ("who@test.example", "Accepted: a session", None),
        ("ngo@test.example", None, room.open_session),
        (None, None, None),
    ]


def test_by_hand_no_answer_is_set_to_a_session_that_is_over(invited: Invitation) -> None:
    take(from_other(invited))
    number, over = noted().id, AT + timedelta(days=40_000)
    given = {"invitation_id": invited.id, "answer": "accepted"}
    with pytest.raises(Conflict):
        invitations.set_by_hand(WRITER, number, **given, at=over)
    assert (held(invited), noted().handled_at) == ((Answer.NEEDS_ACTION, None), None)
    assert invitations.set_by_hand(WRITER, number, **given, at=LATER) == "Party"
    assert (held(invited), noted().handled_by) == ((Answer.ACCEPTED, 0), WRITER.name)


def test_an_older_mail_does_not_undo_what_was_set_by_hand(invited: Invitation) -> None:
    take(from_other(invited))
    invitations.set_by_hand(WRITER, noted().id, invitation_id=invited.id, answer="accepted", at=LATER)
    late = reply_mail(reply_text(invited, "DECLINED", stamp=AT), sender=invited.address)
    assert (take(late), held(invited)[0]) == (ReplyOutcome.OUTDATED, Answer.ACCEPTED)


def test_a_subject_that_would_add_a_header_is_harmless(invited: Invitation) -> None:
    raw = reply_mail(reply_text(invited), sender=invited.address)
    folded = raw.replace(b"Subject: Accepted: a session", b"Subject: =?utf-8?q?a=0D=0AFrom:_other@test.example?=")
    assert take(folded) is ReplyOutcome.TAKEN


def test_what_is_older_than_the_answer_is_ignored(invited: Invitation) -> None:
    def mail(answer: str, minutes: int) -> bytes:
        return reply_mail(reply_text(invited, answer, stamp=AT + timedelta(minutes=minutes)), sender=invited.address)

    assert [take(mail("DECLINED", 5)), take(mail("ACCEPTED", 4)), take(mail("TENTATIVE", 6))] == [
        ReplyOutcome.TAKEN, ReplyOutcome.OUTDATED, ReplyOutcome.TAKEN
    ]  # fmt: skip
    assert held(invited)[0] is Answer.TENTATIVE


def test_a_stamp_of_the_future_closes_no_door(invited: Invitation) -> None:
    far = reply_text(invited, "DECLINED", DTSTAMP="DTSTAMP:29991231T000000Z")
    assert take(reply_mail(far, sender=invited.address)) is ReplyOutcome.TAKEN
    later = reply_text(invited, "ACCEPTED", stamp=LATER + timedelta(minutes=1))
    assert take(reply_mail(later, sender=invited.address), at=LATER + timedelta(hours=1)) is ReplyOutcome.TAKEN


def test_another_time_is_another_question(room: Room, invited: Invitation) -> None:
    take(reply_mail(reply_text(invited), sender=invited.address))
    release(room, at=LATER, room="Room 9")
    send_all(LATER)
    assert held(invited) == (Answer.ACCEPTED, 0)
    release(room, at=LATER, **hours(3))
    assert held(invited) == (Answer.ACCEPTED, 0)
    send_all(LATER)
    assert held(invited) == (Answer.NEEDS_ACTION, None)
    old = reply_text(invited, sequence=1, stamp=LATER)
    assert take(reply_mail(old, sender=invited.address)) is ReplyOutcome.OUTDATED
    new = reply_text(invited, sequence=2, stamp=LATER)
    assert (take(reply_mail(new, sender=invited.address)), held(invited)) == (ReplyOutcome.TAKEN, (Answer.ACCEPTED, 2))


def test_where_a_code_is_asked_a_forged_sender_is_not_enough(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    known = invitation_mail.senders()
    monkeypatch.setitem(
        invitation_mail.senders.__globals__["_settings"],
        "senders",
        invitation_mail.Senders(Address("planner@test.example"), "answers+{code}@test.example", known.key),
    )
    invite(room, "party", "ngo")
    send_all()
    mine, other = invitation_of(room.party, room.open_session), invitation_of(room.ngo, room.open_session)
    right = invitation_mail.invited_by(mine.id).address
    assert right.startswith(f"answers+{mine.id}-")
    assert [one.reply_to == invitation_mail.invited_by(one.invitation_id).address for one in messages()] == [True] * 2
    plain = {"ORGANIZER": "ORGANIZER:mailto:answers@test.example"}
    wrong = reply_mail(reply_text(mine, **plain), sender=mine.address, to=invitation_mail.invited_by(other.id).address)
    assert take(wrong) is ReplyOutcome.WRONG_CODE
    assert take(reply_mail(reply_text(mine, **plain), sender=mine.address, to=right.upper())) is ReplyOutcome.TAKEN
    assert take(reply_mail(reply_text(mine, "DECLINED"), sender=mine.address, to="a@b.example")) is ReplyOutcome.TAKEN


def viewer_of(person_id: int) -> Viewer:
    account = user("signed-in@test.example", db.session.get_one(Person, person_id))
    viewer = load_viewer(account.id, account.session_epoch, day=AT.date())
    assert viewer
    return viewer


def test_who_is_signed_in_answers_on_the_page(room: Room, invited: Invitation) -> None:
    viewer = viewer_of(room.party)
    invitations.answer_on_page(viewer, room.open_session, Answer.DECLINED, at=LATER)
    assert held(invited) == (Answer.DECLINED, 0)
    assert held(invitation_of(room.ngo, room.open_session)) == (Answer.NEEDS_ACTION, None)
    with pytest.raises(NotVisible):
        invitations.answer_on_page(viewer, room.states_session, Answer.DECLINED, at=LATER)
    with pytest.raises(Conflict):
        invitations.answer_on_page(viewer, room.open_session, Answer.ACCEPTED, at=AT + timedelta(days=40_000))


def test_an_answer_on_the_page_to_the_new_time_outlives_the_mail_about_it(room: Room, invited: Invitation) -> None:
    viewer = viewer_of(room.party)
    release(room, at=LATER, **hours(3))
    invitations.answer_on_page(viewer, room.open_session, Answer.ACCEPTED, at=LATER)
    send_all(LATER)
    assert held(invited) == (Answer.ACCEPTED, 1)


REPORT = """From: MAILER-DAEMON@mail.example\r
To: planner@localhost\r
Subject: Undelivered\r
Content-Type: multipart/report; report-type=delivery-status; boundary=b\r
MIME-Version: 1.0\r
\r
--b\r
Content-Type: text/plain\r
\r
Sorry.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mail.example\r
\r
Final-Recipient: rfc822; party@test.example\r
Action: {action}\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 no such person\r
\r
--b\r
Content-Type: text/rfc822-headers\r
\r
Message-ID: {message_id}\r
\r
--b--\r
"""


def test_a_report_marks_what_came_back(invited: Invitation) -> None:
    chosen = select(OutboxMessage).where(OutboxMessage.invitation_id == invited.id)
    message = db.session.scalars(chosen).one()

    def report(action: str, message_id: str) -> bytes:
        return REPORT.format(action=action, message_id=message_id).encode()

    assert take(report("delayed", message.message_id)) is ReplyOutcome.NO_ANSWER
    assert take(report("failed", "<other@localhost>")) is ReplyOutcome.NO_ANSWER
    assert take(report("failed", message.message_id)) is ReplyOutcome.BOUNCE
    db.session.refresh(message)
    assert (message.state, message.last_error) == (MessageState.BOUNCED, "smtp; 550 no such person")
