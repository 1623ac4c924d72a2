"""Answers that were read in a mailbox and not taken: officers see them, set the answer by hand, or put them aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import in_replies, title
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotVisible
from planner.core.i18n import N_
from planner.models import REFUSED_OUTCOMES, Answer, Invitation, MailReply, Person, PlanSession, ReplyOutcome
from planner.services import changes
from planner.services.invitations.answering import set_answer

_person = aliased(Person, flat=True)

PER_PAGE = 50
MOST_CHOICES = 500
GIVEN = (Answer.ACCEPTED, Answer.TENTATIVE, Answer.DECLINED)


@dataclass(frozen=True)
class Refused:
    """One answer that was not taken. `name` is whose invitation it answered; `about` what a mail that names no session
    of ours called it.
    """

    id: int
    read_at: datetime
    from_address: str | None
    outcome: ReplyOutcome
    answer: Answer | None
    reason: str | None
    about: str | None
    session_id: int | None
    session: str | None
    invitation_id: int | None
    name: str | None
    handled_at: datetime | None
    handled_by: str | None


@dataclass(frozen=True)
class Found:
    """Answers of one sort, the latest first, a page of them; and how many there are of both sorts."""

    rows: tuple[Refused, ...]
    open_count: int
    done_count: int
    page: int
    pages: int


@dataclass(frozen=True)
class Choosable:
    """An invitation to which the mail may be an answer."""

    invitation_id: int
    name: str
    address: str
    session: str
    answer: Answer


@dataclass(frozen=True)
class Shown:
    """One answer with what may be done about it."""

    refused: Refused
    choices: tuple[Choosable, ...]
    may_act: bool


def list_refused(viewer: Viewer, *, is_done: bool = False, page: int = 1) -> Found:
    """Return the answers that wait for an officer, or those that were seen to, of the viewer's bodies.

    Raises NotVisible for whoever is no officer.
    """
    if not viewer.is_officer:
        raise NotVisible
    counted = select(func.count(), func.count(MailReply.handled_at)).where(*_refused(viewer))
    count, done_count = db.session.execute(counted).one()
    shown = done_count if is_done else count - done_count
    pages = max(1, -(-shown // PER_PAGE))
    page = min(max(page, 1), pages)
    rows = db.session.execute(
        _joined(viewer)
        .where(MailReply.handled_at.is_not(None) if is_done else MailReply.handled_at.is_(None))
        .order_by(MailReply.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return Found(tuple(_row(*row) for row in rows), count - done_count, done_count, page, pages)


def count_open_refused(viewer: Viewer) -> int:
    """Return how many answers wait for the viewer as an officer."""
    waiting = select(func.count()).select_from(MailReply).where(*_refused(viewer), MailReply.handled_at.is_(None))
    return (db.session.scalar(waiting) or 0) if viewer.is_officer else 0


def get_refused(viewer: Viewer, reply_id: int) -> Shown:
    """Return an answer that was not taken, with the invitations that it may mean. Raises NotVisible."""
    if not viewer.is_officer:
        raise NotVisible
    row = db.session.execute(_joined(viewer).where(MailReply.id == reply_id)).one_or_none()
    if row is None:
        raise NotVisible
    may_act = policy.may(viewer, Verb.SEND_MAIL, row.home_body_id)
    return Shown(_row(*row), _choices(viewer, row[0]) if may_act else (), may_act)


def set_by_hand(actor: Viewer, reply_id: int, *, invitation_id: int | None, answer: str, at: datetime) -> str:
    """Set the answer to an invitation for the person who gave it in a way that could not be taken; return their name.

    Raises NotVisible, NotAllowed, Invalid (`invitation`, `answer`), and Conflict where somebody has seen to it already
    or the session needs no answer any more.
    """
    with changes.change(actor, at=at) as c:
        reply = _mine(actor, reply_id)
        faults = {}
        if answer not in {one.value for one in GIVEN}:
            faults["answer"] = N_("Choose an answer.")
        choice = next((one for one in _choices(actor, reply) if one.invitation_id == invitation_id), None)
        if choice is None:
            faults["invitation"] = N_("Choose whose answer it is.")
        if faults or choice is None:
            raise Invalid(faults)
        set_answer(db.session.get_one(Invitation, choice.invitation_id, with_for_update=True), Answer(answer), c)
        _handle(reply, actor, at)
        return choice.name


def note_done(actor: Viewer, reply_id: int, *, at: datetime) -> None:
    """Put an answer aside: nothing is to be done about it, or it was done elsewhere. Raises as `set_by_hand`."""
    with changes.change(actor, at=at):
        _handle(_mine(actor, reply_id), actor, at)


def reopen(actor: Viewer, reply_id: int, *, at: datetime) -> None:
    """Have an answer wait again. What was set by hand stays set. Raises NotVisible, NotAllowed, Conflict."""
    with changes.change(actor, at=at):
        reply = _mine(actor, reply_id, is_done=True)
        reply.handled_at = reply.handled_by = None


def _handle(reply: MailReply, actor: Viewer, at: datetime) -> None:
    reply.handled_at, reply.handled_by = at, actor.name[:200]


def _mine(actor: Viewer, reply_id: int, *, is_done: bool = False) -> MailReply:
    if not actor.is_officer:
        raise NotVisible
    chosen = select(MailReply).where(MailReply.id == reply_id, *_refused(actor))
    reply = db.session.scalars(chosen.with_for_update(of=MailReply)).one_or_none()
    if reply is None:
        raise NotVisible
    of_session = select(PlanSession.home_body_id).where(PlanSession.id == reply.session_id)
    policy.require(actor, Verb.SEND_MAIL, db.session.scalar(of_session))
    if (reply.handled_at is not None) is not is_done:
        raise Conflict(N_("Somebody has seen to this answer meanwhile. Look at it again."))
    return reply


def _refused(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return MailReply.outcome.in_(REFUSED_OUTCOMES), in_replies(viewer)


def _joined(viewer: Viewer) -> Select[MailReply, str, str, int | None]:
    return (
        select(MailReply, title(viewer, PlanSession).label("session"), _person.title.label("name"),
               PlanSession.home_body_id.label("home_body_id"))
        .outerjoin(PlanSession, PlanSession.id == MailReply.session_id)
        .outerjoin(Invitation, Invitation.id == MailReply.invitation_id)
        .outerjoin(_person, _person.id == Invitation.person_id)
        .where(*_refused(viewer))
    )  # fmt: skip


def _row(reply: MailReply, session: str | None, name: str | None, _body_id: int | None) -> Refused:
    return Refused(
        reply.id, reply.read_at, reply.from_address, reply.outcome, reply.answer, reply.reason, reply.about,
        reply.session_id, session, reply.invitation_id, name, reply.handled_at, reply.handled_by,
    )  # fmt: skip


def _choices(viewer: Viewer, reply: MailReply) -> tuple[Choosable, ...]:
    """Return the invitations that an answer may mean: the one that it named, else those to the session that it named,
    else those of its sender; of bodies whose mail the viewer sends, and none that was taken back.
    """
    chosen = (
        select(Invitation, _person.title, title(viewer, PlanSession), PlanSession.home_body_id)
        .join(PlanSession, PlanSession.id == Invitation.session_id)
        .join(_person, _person.id == Invitation.person_id)
        .where(Invitation.ended_at.is_(None))
        .order_by(_person.title, Invitation.id)
        .limit(MOST_CHOICES)
    )
    if reply.invitation_id is not None and reply.outcome is not ReplyOutcome.WRONG_SENDER:
        chosen = chosen.where(Invitation.id == reply.invitation_id)
    elif reply.session_id is not None:
        chosen = chosen.where(Invitation.session_id == reply.session_id)
    else:
        chosen = chosen.where(Invitation.address == reply.from_address)
    return tuple(
        Choosable(one.id, name, one.address, session, one.answer)
        for one, name, session, body_id in db.session.execute(chosen)
        if policy.may(viewer, Verb.SEND_MAIL, body_id)
    )
