"""Personal addresses: somebody without an account comments for a stakeholder in one round.

An address stands for its stakeholder, not for more: what it shows is what the stakeholder may see on that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from planner.access.viewer import Viewer
from planner.access.visibility import visible_records
from planner.core.db import db, table_of, transaction
from planner.core.errors import Conflict, Invalid, NotVisible
from planner.core.i18n import N_, Message
from planner.messages.consultation import Call
from planner.models import Comment, Consultation, ConsultationLink, MessageKind, OutboxMessage, PlanVersion
from planner.rules.mail_addresses import Address, is_plain, normal
from planner.services import changes, rounds
from planner.services.consultations.mailing import address_in_mail, draft, withdraw_drafts
from planner.services.consultations.speaking import Round, Voice, list_voices, require_running, require_taken, title_of
from planner.services.editing.faults import Wrong, guarded
from planner.services.editing.kinds import text_of
from planner.services.viewers import viewer_of_stakeholder

NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class LinkRow:
    """An address as officers see it: whose, how often used, how far its mail is. Never the address itself."""

    id: int
    stakeholder: str
    person_name: str
    address: str
    is_revoked: bool
    last_used_at: datetime | None
    comment_count: int
    message_id: int | None
    message_state: str | None


@dataclass(frozen=True)
class LinksPage:
    """The addresses of a round, and those to whom another one may be mailed."""

    round: Round
    title: str
    rows: tuple[LinkRow, ...]
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Opened:
    """What an address opened: for whom it speaks, in which round, and the viewer that it stands for on the day."""

    link_id: int
    version_id: int
    stakeholder_id: int
    stakeholder: str
    person_name: str
    viewer: Viewer
    last_used_at: datetime | None


def get_links(actor: Viewer, version_id: int, *, at: datetime) -> LinksPage:
    """Return the addresses of a round for who runs it. Raises NotVisible, NotAllowed."""
    found = require_running(actor, version_id, at=at)
    counts = (
        select(func.count()).where(Comment.link_id == ConsultationLink.id).correlate(ConsultationLink).scalar_subquery()
    )
    links = db.session.execute(
        select(ConsultationLink, counts)
        .where(ConsultationLink.consultation_id == found.held.id)
        .options(joinedload(ConsultationLink.stakeholder))
        .order_by(ConsultationLink.id)
    ).all()
    mails: dict[int, OutboxMessage] = {}
    of_round = OutboxMessage.link_id.in_([link.id for link, _ in links])
    for message in db.session.scalars(select(OutboxMessage).where(of_round).order_by(OutboxMessage.id)):
        mails[message.link_id or 0] = message
    rows = tuple(
        LinkRow(
            link.id, link.stakeholder.title, link.person_name, link.address, link.revoked_at is not None,
            link.last_used_at, count, mails[link.id].id if link.id in mails else None,
            mails[link.id].state.value if link.id in mails else None,
        )
        for link, count in links
    )  # fmt: skip
    return LinksPage(found, title_of(actor, found.version), rows, list_voices(actor, found))


def make_link(
    actor: Viewer, version_id: int, *, stakeholder_id: int | None, person_name: str, address: str, at: datetime
) -> int:
    """Make an address for somebody, draft the mail that brings it, and return the link's id.

    Raises NotVisible, NotAllowed, Conflict where the round is closed or mail knows no site, Invalid.
    """
    with guarded(), changes.change(actor, at=at, action="make_link") as change:
        found = require_running(actor, version_id, at=at)
        require_taken(found)
        voices = {one.id: one for one in list_voices(actor, found)}
        name, mail_address = _clean(found, stakeholder_id, person_name, address, voices)
        voice = voices[stakeholder_id or 0]
        _require_sight(found, voice, at)
        link = ConsultationLink(
            consultation_id=found.held.id, stakeholder_id=voice.id, person_name=name, address=mail_address,
            generation=0, created_at=at,
        )  # fmt: skip
        db.session.add(link)
        db.session.flush()
        row = f"consultation_link.{link.id}"
        for column, value in (("person_name", name), ("address", mail_address), ("stakeholder_id", voice.id)):
            change.note(version_id, "plan_version", f"{row}.{column}", None, value)
        _draft_link(actor, found, link, voice.title, at)
        return link.id


def rotate_link(actor: Viewer, version_id: int, link_id: int, *, at: datetime) -> None:
    """Make the present address void and draft a mail with another one, also where it had been revoked.

    Raises NotVisible, NotAllowed, Conflict.
    """
    with guarded(), changes.change(actor, at=at, action="rotate_link") as change:
        found, link = _own(actor, version_id, link_id, at)
        require_taken(found)
        link.generation += 1
        _note(change, version_id, link, "address", f"{link.address} ({link.generation})")
        link.revoked_at = None
        db.session.flush()
        _draft_link(actor, found, link, link.stakeholder.title, at)


def revoke_link(actor: Viewer, version_id: int, link_id: int, *, at: datetime) -> None:
    """End an address: it answers 404 from now on; its comments stand. Raises NotVisible, NotAllowed."""
    with guarded(), changes.change(actor, at=at, action="revoke_link") as change:
        _, link = _own(actor, version_id, link_id, at)
        link.revoked_at = link.revoked_at or at
        _note(change, version_id, link, "address", None)
        withdraw_drafts(link)


def open_link(token: str, *, at: datetime) -> Opened:
    """Return what a right address opens, and note that it was used.

    Raises NotVisible where it is none of this installation, was revoked or replaced, or its stakeholder may not see the
    version on this day.
    """
    link_id, generation = rounds.read_token(token)
    link = db.session.scalars(
        select(ConsultationLink)
        .where(
            ConsultationLink.id == link_id,
            ConsultationLink.generation == generation,
            ConsultationLink.revoked_at.is_(None),
        )
        .options(joinedload(ConsultationLink.stakeholder), joinedload(ConsultationLink.consultation))
    ).one_or_none()
    if link is None:
        raise NotVisible
    viewer = viewer_of_stakeholder(link.stakeholder_id, day=at.date(), name=f"{link.person_name} ({link.address})")
    version_id = link.consultation.version_id
    if db.session.scalar(visible_records(viewer, PlanVersion).where(PlanVersion.id == version_id)) is None:
        raise NotVisible
    opened = Opened(
        link.id, version_id, link.stakeholder_id, link.stakeholder.title, link.person_name, viewer, link.last_used_at
    )
    _note_use(opened, at)
    return opened


def _note_use(opened: Opened, at: datetime) -> None:
    if opened.last_used_at is not None and at - opened.last_used_at < NOTED_EVERY:
        return
    table = table_of(ConsultationLink)
    with transaction(write=True):
        db.session.execute(update(table).where(table.c.id == opened.link_id).values(last_used_at=at))


def _note(change: changes.Changes, version_id: int, link: ConsultationLink, column: str, value: str | None) -> None:
    """Put into the history of the version what became of an address; never what opens it."""
    change.note(version_id, "plan_version", f"consultation_link.{link.id}.{column}", link.address, value)


def _clean(
    found: Round, stakeholder_id: int | None, person_name: str, address: str, voices: dict[int, Voice]
) -> tuple[str, str]:
    wrong: dict[str, Message] = {}
    name = None
    try:
        name = text_of(person_name, 200)
        if name is None:
            wrong["person_name"] = N_("Give the name of the person.")
    except Wrong as error:
        wrong["person_name"] = error.parts[""]
    to = normal(address)
    if not is_plain(to):
        wrong["address"] = N_("This is not an e-mail address. It looks like name@example.org.")
    elif _is_taken(found.held, to):
        wrong["address"] = N_("This address has a link in the round already. Give it another one in the list.")
    if stakeholder_id not in voices:
        wrong["stakeholder_id"] = N_("Choose for whom the person comments.")
    if wrong:
        raise Invalid(wrong)
    return name or "", to


def _is_taken(held: Consultation, address: str) -> bool:
    taken = select(ConsultationLink.id).where(
        ConsultationLink.consultation_id == held.id, ConsultationLink.address == address
    )
    return db.session.scalar(taken) is not None


def _require_sight(found: Round, voice: Voice, at: datetime) -> None:
    """Raise Conflict where a stakeholder may not see the version: an address shows nobody more than they may see."""
    viewer = viewer_of_stakeholder(voice.id, day=at.date(), name=voice.title)
    if db.session.scalar(visible_records(viewer, PlanVersion).where(PlanVersion.id == found.version.id)) is None:
        raise Conflict(N_("{name} may not see this version, so an address would open nothing.", name=voice.title))


def _own(actor: Viewer, version_id: int, link_id: int, at: datetime) -> tuple[Round, ConsultationLink]:
    found = require_running(actor, version_id, at=at)
    link = db.session.scalars(
        select(ConsultationLink)
        .where(ConsultationLink.id == link_id, ConsultationLink.consultation_id == found.held.id)
        .options(joinedload(ConsultationLink.stakeholder))
    ).one_or_none()
    if link is None:
        raise NotVisible
    return found, link


def _draft_link(actor: Viewer, found: Round, link: ConsultationLink, stakeholder: str, at: datetime) -> None:
    version = f"{title_of(actor, found.version)}, {found.version.title}"
    call = Call(version, stakeholder, found.until, address_in_mail())
    draft(MessageKind.COMMENT_LINK, found.version, call, Address(link.address, link.person_name), at=at, link=link)
