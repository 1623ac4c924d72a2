"""What officers do with the outbox: read, add words of their own, hold, send, withdraw. Each for the bodies they serve.

The facts of a message are the program's and follow what changes; an officer's note stays beside them, so that no mail
says in words what its calendar part denies.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import in_outbox, title
from planner.core.db import db
from planner.core.errors import Conflict, Invalid, NotVisible, Stale
from planner.core.i18n import N_
from planner.formats.mime import mail_bytes
from planner.messages.wording import with_note
from planner.models import OPEN_STATES, MessageKind, MessageState, OutboxMessage, Record
from planner.services import changes
from planner.services.outbox.mailing import mail_of

LONGEST_NOTE = 5000
PER_PAGE = 50
_RESENT = (MessageState.UNCLEAR, MessageState.BOUNCED)
_MAY_BE_SENT = (MessageState.DRAFT, MessageState.HELD, MessageState.FAILED, *_RESENT)
_MAY_BE_HELD = (MessageState.DRAFT, MessageState.QUEUED, MessageState.FAILED)


@dataclass(frozen=True)
class Listed:
    """One row of the list."""

    id: int
    kind: MessageKind
    state: MessageState
    to_name: str
    to_address: str
    subject: str
    about: str | None
    about_id: int | None
    changed_at: datetime
    sent_at: datetime | None
    last_error: str | None


@dataclass(frozen=True)
class Counted:
    """The messages of one state, the newest first, a page of them; and how many there are of each state."""

    rows: tuple[Listed, ...]
    counts: dict[MessageState, int]
    page: int
    pages: int
    may_send: int
    """How many drafts the viewer may send."""


@dataclass(frozen=True)
class Shown:
    """One message as it will look, and what may be done with it."""

    message: OutboxMessage
    about: str | None
    text: str
    may_act: bool
    acts: frozenset[str]


def list_messages(viewer: Viewer, state: MessageState, *, page: int = 1) -> Counted:
    """Return the messages of a state that the viewer's offices let them read. Raises NotVisible for everybody else."""
    if not viewer.is_officer:
        raise NotVisible
    counts: dict[MessageState, int] = dict.fromkeys(MessageState, 0)
    counted = select(OutboxMessage.state, func.count()).where(in_outbox(viewer)).group_by(OutboxMessage.state)
    counts |= {row[0]: row[1] for row in db.session.execute(counted)}
    pages = max(1, -(-counts[state] // PER_PAGE))
    page = min(max(page, 1), pages)
    rows = db.session.execute(
        _joined(viewer)
        .where(OutboxMessage.state == state)
        .order_by(OutboxMessage.changed_at.desc(), OutboxMessage.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return Counted(tuple(_listed(*row) for row in rows), counts, page, pages, len(_sendable(viewer, None)))


def _joined(viewer: Viewer) -> Select[OutboxMessage, str]:
    return (
        select(OutboxMessage, title(viewer).label("about"))
        .outerjoin(Record, Record.id == OutboxMessage.record_id)
        .where(in_outbox(viewer))
    )


def _listed(message: OutboxMessage, about: str | None) -> Listed:
    return Listed(
        message.id, message.message_kind, message.state, message.to_name, message.to_address, message.subject,
        about, message.record_id, message.changed_at, message.sent_at, message.last_error,
    )  # fmt: skip


def get_message(viewer: Viewer, message_id: int) -> Shown:
    """Return a message. Raises NotVisible unless the viewer is an officer of the body that it is about."""
    row = db.session.execute(_joined(viewer).where(OutboxMessage.id == message_id)).one_or_none()
    if row is None:
        raise NotVisible
    message: OutboxMessage = row[0]
    acts = {
        "send": message.state in _MAY_BE_SENT,
        "hold": message.state in _MAY_BE_HELD,
        "withdraw": message.state in OPEN_STATES,
        "edit": message.state in OPEN_STATES,
    }
    return Shown(
        message=message,
        about=row[1],
        text=with_note(message.note, message.text),
        may_act=policy.may(viewer, Verb.SEND_MAIL, _body_of(message)),
        acts=frozenset(name for name, is_open in acts.items() if is_open),
    )


def get_file(viewer: Viewer, message_id: int) -> bytes:
    """Return a message as it leaves, or left, a personal address in it apart. Raises as `get_message`."""
    return mail_bytes(mail_of(get_message(viewer, message_id).message, is_leaving=False))


def set_note(actor: Viewer, message_id: int, note: str, *, rev: int, at: datetime) -> None:
    """Have a message begin with an officer's own words; a queued one waits for a decision again.

    Raises NotVisible, NotAllowed, Invalid (`note`), Stale where the message has changed since `rev`, and Conflict.
    """
    note = note.replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid({"note": N_("At most {count} characters.", count=LONGEST_NOTE)})
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in note):
        raise Invalid({"note": N_("Plain text only.")})
    with changes.change(actor, at=at):
        message = _mine(actor, message_id, OPEN_STATES)
        if message.rev != rev:
            raise Stale(N_("This message was changed meanwhile. Look at it again."),
                        theirs={"note": message.note or ""}, yours={"note": note}, rev=message.rev)  # fmt: skip
        message.note = note or None
        if message.state is not MessageState.HELD:
            message.state, message.send_after = MessageState.DRAFT, None


def queue(actor: Viewer, message_id: int, *, rev: int, at: datetime) -> None:
    """Have a message sent. One that perhaps was sent, or came back, is sent again under the same Message-ID.

    Raises NotVisible, NotAllowed, Stale where it says something else than what was read (`rev`), and Conflict where
    there is nothing to send, or something newer waits.
    """
    with changes.change(actor, at=at) as c:
        message = _mine(actor, message_id, _MAY_BE_SENT)
        if message.rev != rev:
            raise Stale(N_("This message was changed meanwhile. Look at it again."), rev=message.rev)
        if message.state in _RESENT and _is_overtaken(message):
            raise Conflict(N_("There is a newer message for this person. Send that one."))
        _queue(actor, message, c)


def queue_all(actor: Viewer, *, at: datetime, record_id: int | None = None) -> int:
    """Have all drafts sent that the actor may send, of one record or of all; return how many. Raises NotVisible."""
    if not actor.is_officer:
        raise NotVisible
    with changes.change(actor, at=at) as c:
        messages = _sendable(actor, record_id, lock=True)
        for message in messages:
            _queue(actor, message, c)
        return len(messages)


def hold(actor: Viewer, message_id: int, *, at: datetime) -> None:
    """Keep a message back until somebody sends it. Raises NotVisible, NotAllowed, Conflict."""
    with changes.change(actor, at=at) as c:
        _set(actor, _mine(actor, message_id, _MAY_BE_HELD), MessageState.HELD, c)


def withdraw(actor: Viewer, message_id: int, *, at: datetime) -> None:
    """Not send a message; it is not drafted anew until there is something else to tell. Raises as `hold`."""
    with changes.change(actor, at=at) as c:
        _set(actor, _mine(actor, message_id, OPEN_STATES), MessageState.WITHDRAWN, c)


def _queue(actor: Viewer, message: OutboxMessage, c: changes.Changes) -> None:
    message.attempts, message.last_error = 0, None
    message.send_after = c.at
    _set(actor, message, MessageState.QUEUED, c, send_after=c.at)


def _set(
    actor: Viewer, message: OutboxMessage, state: MessageState, c: changes.Changes, send_after: datetime | None = None
) -> None:
    if message.record_id is not None:
        kind = db.session.scalars(select(Record.kind).where(Record.id == message.record_id)).one()
        row = f"outbox_message.{message.id}"
        c.note(message.record_id, kind, f"{row}.invited_id", None, message.person_id)
        c.note(message.record_id, kind, f"{row}.message_state", message.state, state)
    message.state, message.send_after, message.handled_by = state, send_after, actor.name[:200]
    db.session.flush()


def _mine(actor: Viewer, message_id: int, states: Collection[MessageState]) -> OutboxMessage:
    chosen = select(OutboxMessage).where(OutboxMessage.id == message_id, in_outbox(actor))
    message = db.session.scalars(chosen.with_for_update()).one_or_none()
    if message is None:
        raise NotVisible
    policy.require(actor, Verb.SEND_MAIL, _body_of(message))
    if message.state not in states:
        raise Conflict(N_("The message has gone on meanwhile; this cannot be done with it any more."))
    return message


def _body_of(message: OutboxMessage) -> int | None:
    return db.session.scalar(select(Record.home_body_id).where(Record.id == message.record_id))


def _sendable(viewer: Viewer, record_id: int | None, *, lock: bool = False) -> list[OutboxMessage]:
    """Return the drafts of the bodies for which the viewer may send mail."""
    chosen = (
        select(OutboxMessage, Record.home_body_id)
        .outerjoin(Record, Record.id == OutboxMessage.record_id)
        .where(OutboxMessage.state == MessageState.DRAFT, in_outbox(viewer))
        .order_by(OutboxMessage.id)
    )
    if record_id is not None:
        chosen = chosen.where(OutboxMessage.record_id == record_id)
    if lock:
        chosen = chosen.with_for_update(of=OutboxMessage)
    rows = db.session.execute(chosen).all()
    return [message for message, body_id in rows if policy.may(viewer, Verb.SEND_MAIL, body_id)]


def _is_overtaken(message: OutboxMessage) -> bool:
    """Say whether something newer was written for the same invitation."""
    if message.invitation_id is None:
        return False
    newer = select(OutboxMessage.id).where(
        OutboxMessage.invitation_id == message.invitation_id,
        OutboxMessage.id > message.id,
        OutboxMessage.state != MessageState.WITHDRAWN,
    )
    return db.session.scalar(newer.limit(1)) is not None
