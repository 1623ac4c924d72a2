"""The outbox: mail to be sent, written in the same transaction as the change that it tells of."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link

if TYPE_CHECKING:
    from planner.models.invitation import Invitation
    from planner.models.record import Record


class MessageKind(StrEnum):
    """Why a message is written."""

    INVITATION = "invitation"
    UPDATE = "update"
    CANCELLATION = "cancellation"
    COMMENT_LINK = "comment_link"
    """A personal address for a round of comments."""
    COMMENT_REMINDER = "comment_reminder"


class MessageState(StrEnum):
    """How far a message is."""

    DRAFT = "draft"
    """Written by the program; waits for an officer."""
    HELD = "held"
    """Kept back by an officer."""
    QUEUED = "queued"
    """To be sent as soon as `send_after` has come."""
    SENDING = "sending"
    """Taken by a sender, until `lease_until`."""
    SENT = "sent"
    FAILED = "failed"
    """Not sent, and not tried again by itself."""
    UNCLEAR = "unclear"
    """The connection or the program ended while the server was taking it: perhaps sent. Never sent again by itself."""
    BOUNCED = "bounced"
    """Sent, and reported back as not delivered."""
    WITHDRAWN = "withdrawn"


OPEN_STATES = (MessageState.DRAFT, MessageState.HELD, MessageState.QUEUED, MessageState.FAILED)
"""A later message about the same takes the place of one in these."""
TOLD_STATES = (MessageState.SENDING, MessageState.SENT, MessageState.UNCLEAR)
"""What such a message says counts as known to its reader."""

_STATES_OPEN = f"state IN ({', '.join(repr(state.value) for state in OPEN_STATES)})"
_OPEN = f"invitation_id IS NOT NULL AND {_STATES_OPEN}"
_LINK_OPEN = f"link_id IS NOT NULL AND {_STATES_OPEN}"


class OutboxMessage(Model):
    """One mail to one address. Facts are the program's (`text`, `html`, `calendar`), `note` is an officer's own words.

    `message_id` is given once and stays, so that whatever is handed over again can be recognised.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("(calendar IS NULL) = (method IS NULL)", name="calendar_with_method"),
        CheckConstraint("method IS NULL OR method IN ('REQUEST', 'CANCEL')", name="method_known"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        CheckConstraint("state <> 'sending' OR lease_until IS NOT NULL", name="sending_has_lease"),
        CheckConstraint("state NOT IN ('sent', 'bounced') OR sent_at IS NOT NULL", name="sent_when"),
        CheckConstraint("state <> 'queued' OR send_after IS NOT NULL", name="queued_until"),
        Index("uq_outbox_message_open", "invitation_id", unique=True,
              sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        Index("uq_outbox_message_link_open", "link_id", "message_kind", unique=True,
              sqlite_where=text(_LINK_OPEN), postgresql_where=text(_LINK_OPEN)),
        Index("ix_outbox_message_due", "state", "send_after"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    message_kind: Mapped[MessageKind] = mapped_column(enum_column(MessageKind, "message_kind"))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"), index=True)
    """What it is about: the officers of its body read it here and send it."""
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_link.id"), index=True)
    """The personal address that stands in it; `text` and `html` hold a mark in its place, put in when it is sent."""
    to_name: Mapped[str] = mapped_column(String(1000))
    to_address: Mapped[str] = mapped_column(String(254))
    reply_to: Mapped[str | None] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(1200))
    note: Mapped[str | None]
    """What an officer says before the facts."""
    text: Mapped[str]
    html: Mapped[str | None]
    calendar: Mapped[str | None]
    """A whole calendar (RFC 5545) with the METHOD of `method`."""
    method: Mapped[str | None] = mapped_column(String(10))
    sequence: Mapped[int | None]
    """SEQUENCE of the event in `calendar`."""
    language: Mapped[str] = mapped_column(String(10))
    state: Mapped[MessageState] = mapped_column(enum_column(MessageState, "message_state"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    """When what it says was written; the Date of the mail."""
    send_after: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    """When a server was about to be given the text: a sender that ends after this may have sent it."""
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(500))
    handled_by: Mapped[str | None] = mapped_column(String(200))
    """The officer who sent, held or withdrew it last; None where the program did."""
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    rev: Mapped[int] = mapped_column()

    record: Mapped[Record | None] = link(foreign_keys=[record_id])
    invitation: Mapped[Invitation | None] = link(foreign_keys=[invitation_id])

    __mapper_args__ = {"version_id_col": rev}
