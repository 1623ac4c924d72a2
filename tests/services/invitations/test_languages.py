"""Mails about invitations are in the language that their reader chose for their account."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.core.db import db
from planner.formats.itip import event_in
from planner.models import MessageState, OutboxMessage, Person
from planner.services import accounts, invitations, outbox
from planner.services.outbox.mailing import mail_of
from tests.factories.invitation import Room, hours, invitation_of, invite, messages, release, send_all
from tests.factories.meeting import AT, WRITER
from tests.factories.user import user

LATER = AT + timedelta(hours=1)


def speak(person_id: int, language: str | None, *, at=AT) -> None:
    """Have a person choose a language; their account is made where there is none."""
    person = db.session.get_one(Person, person_id)
    found = accounts_of.get(person_id)
    if found is None:
        account = user(f"{person_id}@test.example", person)
        found = accounts_of[person_id] = (account.id, account.session_epoch)
    viewer = accounts.load_viewer(*found, day=AT.date())
    assert viewer
    accounts.set_profile(viewer, zone=None, language=language, at=at)


accounts_of: dict[int, tuple[int, int]] = {}


@pytest.fixture(autouse=True)
def no_accounts_yet() -> None:
    accounts_of.clear()


def of(person_id: int) -> list[OutboxMessage]:
    return [one for one in messages() if one.person_id == person_id]


def test_each_reader_gets_words_and_calendar_in_their_language(room: Room) -> None:
    release(room, state="tentative")
    speak(room.party, "fr")
    speak(room.ngo, "es_MX")
    speak(room.observer, "eo")
    invite(room, "party", "ngo", "observer", "signatory")
    french, spanish, other, nobody = (of(one)[0] for one in (room.party, room.ngo, room.observer, room.signatory))
    assert [one.language for one in (french, spanish, other, nobody)] == ["fr", "es", "en", "en"]
    assert french.subject == "Invitation\u00a0: WG: What was learned"
    assert french.text.startswith("Party,\n\nVous êtes invité à cette séance.\n\nQuoi\u00a0: WG: What was learned\n")
    assert "Quand\u00a0: dimanche 16 février 2127, 10:00–13:00 (Europe/Zurich, UTC+01:00)" in french.text
    assert "<th align=left>Où</th>" in (french.html or "")
    assert "Provisoire\u00a0: pas encore confirmé." in event_in(french.calendar or "").replace("\r\n ", "")
    assert spanish.subject == "Invitación: WG: What was learned"
    assert "Cuándo: domingo 16 de febrero de 2127, 10:00–13:00" in spanish.text
    assert "Provisional: aún sin confirmar." in event_in(spanish.calendar or "").replace("\r\n ", "")
    assert "Tentative: not confirmed yet." in event_in(nobody.calendar or "").replace("\r\n ", "")
    mail = mail_of(french)
    assert (mail.language, '<html lang="fr">' in (mail.html or "")) == ("fr", True)


def test_what_was_told_in_a_language_is_no_news_in_another(room: Room) -> None:
    release(room, state="tentative")
    speak(room.party, "fr")
    invite(room, "party")
    send_all()
    speak(room.party, "es", at=LATER)
    assert [one.state for one in of(room.party)] == [MessageState.SENT]
    assert invitations.review(WRITER, at=LATER) == 1
    assert len(of(room.party)) == 1
    release(room, at=LATER, **hours(3))
    assert [one.subject for one in of(room.party)][1:] == ["Cambio: WG: What was learned"]


def test_a_draft_follows_the_language_and_what_was_sent_on_its_way_does_not_come_back(room: Room) -> None:
    invite(room, "party", "ngo")
    speak(room.party, "fr")
    (draft,) = of(room.party)
    assert (draft.state, draft.language, draft.subject) == (
        MessageState.DRAFT, "fr", "Invitation\u00a0: WG: What was learned"
    )  # fmt: skip
    outbox.queue_all(WRITER, at=AT)
    speak(room.party, "es", at=LATER)
    claimed = outbox.claim(WRITER, at=LATER)
    assert claimed
    assert (claimed.mail.to_name, claimed.mail.language) == ("Party", "fr")


def test_a_held_message_stays_held_in_the_other_language(room: Room) -> None:
    invite(room, "party")
    (draft,) = of(room.party)
    outbox.hold(WRITER, draft.id, at=AT)
    speak(room.party, "es", at=LATER)
    assert [(one.state, one.language) for one in of(room.party)] == [(MessageState.HELD, "es")]


def test_what_an_officer_withdrew_is_not_drafted_anew_in_another_language(room: Room) -> None:
    release(room, state="tentative")
    invite(room, "party")
    outbox.withdraw(WRITER, of(room.party)[0].id, at=AT)
    speak(room.party, "fr", at=LATER)
    assert [(one.state, one.language) for one in of(room.party)] == [(MessageState.WITHDRAWN, "en")]


def test_calling_off_and_taking_back_are_told_in_the_language(room: Room) -> None:
    speak(room.party, "fr")
    speak(room.ngo, "es")
    invite(room, "party", "ngo")
    send_all()
    invitations.take_back(WRITER, invitation_of(room.ngo, room.open_session).id, at=LATER)
    release(room, at=LATER, state="cancelled")
    off, back = of(room.party)[1], of(room.ngo)[1]
    assert (off.method, off.subject) == ("CANCEL", "Annulé\u00a0: WG: What was learned")
    assert "Cette séance n’a pas lieu comme annoncé." in off.text
    assert "SUMMARY:Annulé\u00a0: WG: What was learned" in (off.calendar or "")
    assert (back.method, back.subject) == ("CANCEL", "Invitación retirada: WG: What was learned")
