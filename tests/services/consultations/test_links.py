"""A personal address opens one round to one person, for one stakeholder, and nothing more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from planner.models import (
    AuditEntry,
    ConsultationLink,
    MessageKind,
    MessageState,
    OutboxMessage,
    StatusPeriod,
    UserAccount,
)
from planner.services import changes, consultations, outbox, rounds

from .shared import NOW, answer_all, comment, of_key, remark, submit, version, viewer


@pytest.fixture(autouse=True)
def _site(monkeypatch):
    known = rounds.addresses._settings["links"]
    monkeypatch.setitem(rounds.addresses._settings, "links", replace(known, base_url="https://plans.example"))


def make(code: str = "XB", address: str = "desk@b.example", name: str = "Desk of B") -> int:
    return consultations.make_link(
        viewer("secretariat"), version().id, stakeholder_id=of_key(code).id, person_name=name, address=address, at=NOW
    )


def token(link_id: int) -> str:
    generation = db.session.scalar(select(ConsultationLink.generation).where(ConsultationLink.id == link_id))
    return rounds.token_of(link_id, generation or 0)


def mails() -> list[OutboxMessage]:
    db.session.expire_all()
    return list(
        db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.link_id.is_not(None)).order_by(OutboxMessage.id)
        )
    )  # fmt: skip


def sent_text() -> str:
    claimed = outbox.claim(viewer("admin"), at=NOW)
    assert claimed is not None
    return claimed.mail.text


def test_the_mail_holds_the_address_only_when_it_leaves(full_context):
    link = make()
    (message,) = mails()
    assert (message.message_kind, message.state) == (MessageKind.COMMENT_LINK, MessageState.DRAFT)
    assert (message.to_name, message.to_address, message.record_id) == ("Desk of B", "desk@b.example", version().id)
    kept = " ".join([message.text, message.html or "", outbox.get_file(viewer("secretariat"), message.id).decode()])
    history = " ".join(str(one.changes) for one in db.session.scalars(select(AuditEntry)))
    assert token(link) not in kept
    assert token(link) not in history
    assert "https://plans.example/consultations/{personal-address}" in message.text
    outbox.queue(viewer("secretariat"), message.id, rev=message.rev, at=NOW)
    assert f"https://plans.example/consultations/{token(link)}" in sent_text()


def test_what_comes_through_it_is_told_apart(full_context):
    link = make()
    opened = consultations.open_link(token(link), at=NOW)
    assert (opened.stakeholder, opened.person_name, opened.version_id) == ("Transit State B", "Desk of B", version().id)
    made = consultations.submit_comment(opened.viewer, opened.version_id, remark("From B"), at=NOW, link_id=link)
    held = comment(made.id)
    assert (held.stakeholder_id, held.link_id, held.person_id) == (of_key("XB").id, link, None)
    (row,) = consultations.get_links(viewer("chair"), version().id, at=NOW).rows
    assert (row.comment_count, row.last_used_at, row.message_state) == (1, NOW, "draft")
    found = consultations.get_round(viewer("chair"), version().id, at=NOW)
    assert {r.through for r in consultations.list_comment_rows(viewer("chair"), found) if r.id == made.id} == {
        "Desk of B"
    }
    theirs = consultations.get_round(viewer("delegate"), version().id, at=NOW)
    assert {r.through for r in consultations.list_comment_rows(viewer("delegate"), theirs)} == {None}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.record_id == made.id)).first()
    assert entry is not None
    assert entry.actor_name == "Desk of B (desk@b.example)"


def test_an_address_that_was_replaced_or_revoked_opens_nothing(full_context):
    link = make()
    first = token(link)
    consultations.rotate_link(viewer("chair"), version().id, link, at=NOW)
    second = token(link)
    with pytest.raises(NotVisible):
        consultations.open_link(first, at=NOW)
    assert consultations.open_link(second, at=NOW).link_id == link
    assert [one.state for one in mails()] == [MessageState.WITHDRAWN, MessageState.DRAFT]
    consultations.revoke_link(viewer("chair"), version().id, link, at=NOW)
    for one in (second, "nonsense", rounds.token_of(link + 99, 0), "x" * 500):
        with pytest.raises(NotVisible):
            consultations.open_link(one, at=NOW)
    assert {one.state for one in mails()} == {MessageState.WITHDRAWN}


def test_an_address_shows_what_its_stakeholder_may_see_on_that_day(full_context):
    link = make("XG", "desk@g.example")
    with changes.change(viewer("admin"), at=NOW):
        version().audience_own = 4
    assert consultations.open_link(token(link), at=NOW).viewer.stakeholders == {of_key("XG").id}
    with pytest.raises(Conflict, match="may not see this version"):
        make("XO", "desk@o.example")
    with changes.change(viewer("admin"), at=NOW):
        period = db.session.scalars(select(StatusPeriod).where(StatusPeriod.stakeholder_id == of_key("XG").id)).one()
        period.until_text, period.possible_until, period.certain_until = "2026-12-01", NOW.date(), NOW.date()
        period.until_text = NOW.date().isoformat()
    with pytest.raises(NotVisible):
        consultations.open_link(token(link), at=NOW + timedelta(days=1))


def test_what_cannot_be_right_is_said_per_field(full_context):
    make()
    with pytest.raises(Invalid) as caught:
        consultations.make_link(
            viewer("chair"), version().id, stakeholder_id=None, person_name=" ", address="nobody", at=NOW
        )
    assert caught.value.fields.keys() == {"stakeholder_id", "person_name", "address"}
    with pytest.raises(Invalid, match="has a link in the round already"):
        make(address="Desk@B.example")
    with pytest.raises(NotAllowed):
        consultations.get_links(viewer("delegate"), version().id, at=NOW)
    answer_all()
    consultations.close_round(viewer("chair"), version().id, at=NOW)
    with pytest.raises(Conflict, match="No comment is taken"):
        make(address="other@b.example")


def test_without_the_address_of_the_site_no_mail_is_drafted(full_context, monkeypatch):
    known = rounds.addresses._settings["links"]
    monkeypatch.setitem(rounds.addresses._settings, "links", replace(known, base_url=None))
    with pytest.raises(Conflict, match="PLANNER_BASE_URL"):
        make()
    db.session.rollback()
    assert db.session.scalars(select(ConsultationLink)).all() == []


def test_whoever_has_not_commented_is_reminded_once(full_context):
    link = make()
    until = version().comments_until
    assert until is not None
    admin = viewer("admin")
    assert consultations.remind(admin, at=until - timedelta(days=6), days=5) == 0
    count = consultations.remind(admin, at=until - timedelta(days=4), days=5)
    reminders = list(
        db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.message_kind == MessageKind.COMMENT_REMINDER)
        )
    )  # fmt: skip
    assert len(reminders) == count
    by_address = {one.to_address: one for one in reminders}
    assert by_address["desk@b.example"].link_id == link
    assert rounds.MARK in by_address["desk@b.example"].text
    # A commented in the illustration, and so did the signatory and civil society
    assert not {"delegate@demo.example", "signatory@demo.example", "ngo@demo.example"} & by_address.keys()
    assert f"/plan-versions/{version().id}/comments" in by_address["observer@demo.example"].text
    assert {one.state for one in reminders} == {MessageState.DRAFT}
    assert consultations.remind(admin, at=until - timedelta(days=3), days=5) == 0


def test_whoever_commented_meanwhile_is_not_reminded(full_context):
    submit("observer")
    until = version().comments_until
    assert until is not None
    consultations.remind(viewer("admin"), at=until - timedelta(days=1), days=5)
    told = set(db.session.scalars(select(OutboxMessage.to_address)))
    assert "observer@demo.example" not in told


def test_a_reminder_is_in_the_language_that_its_reader_chose(full_context):
    account = db.session.scalars(select(UserAccount).where(UserAccount.email == "observer@demo.example")).one()
    with changes.change(viewer("admin"), at=NOW):
        account.language = "fr"
    until = version().comments_until
    assert until is not None
    consultations.remind(viewer("admin"), at=until - timedelta(days=1), days=5)
    told = {one.to_address: one for one in db.session.scalars(select(OutboxMessage))}
    french = told["observer@demo.example"]
    assert (french.language, french.subject.startswith("Rappel : ")) == ("fr", True)
    assert {one.language for address, one in told.items() if address != "observer@demo.example"} == {"en"}
