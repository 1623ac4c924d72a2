"""Invitations to sessions with the answers to them, and the mails that were read for answers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link

if TYPE_CHECKING:
    from planner.models.plan_session import PlanSession
    from planner.models.stakeholder import Person


class Answer(StrEnum):
    """What somebody answered to an invitation: the values of PARTSTAT (RFC 5545 section 3.2.12) that an invitation
    knows.
    """

    NEEDS_ACTION = "needs_action"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class Invitation(Model):
    """A person asked to a session at one address; whoever has another address is invited anew.

    What was told is in the outbox. `asked_sequence` is the SEQUENCE from which answers count: another time of the
    session is another question.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("session_id", "address"),
        CheckConstraint("address = lower(address)", name="address_lower"),
        CheckConstraint("(answer = 'needs_action') = (answered_at IS NULL)", name="answered_when"),
        CheckConstraint("asked_sequence >= 0", name="asked_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("plan_session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    uid: Mapped[str] = mapped_column(String(120), index=True)
    """The UID of the session's calendar entry."""
    invited_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """When officers took the invitation back."""
    answer: Mapped[Answer] = mapped_column(enum_column(Answer, "answer"), default=Answer.NEEDS_ACTION)
    answered_at: Mapped[datetime | None]
    """The DTSTAMP of the answer, or when it was given on the page."""
    answered_sequence: Mapped[int | None]
    asked_sequence: Mapped[int] = mapped_column(default=0)

    plan_session: Mapped[PlanSession] = link(foreign_keys=[session_id])
    person: Mapped[Person] = link(foreign_keys=[person_id])


class ReplyOutcome(StrEnum):
    """What became of a mail that was read for an answer."""

    TAKEN = "taken"
    OUTDATED = "outdated"
    """Older than the answer that is kept, or to a time that the session no longer has."""
    WRONG_SENDER = "wrong_sender"
    WRONG_CODE = "wrong_code"
    UNKNOWN = "unknown"
    """It answers no invitation of this installation."""
    UNREADABLE = "unreadable"
    BOUNCE = "bounce"
    NO_ANSWER = "no_answer"
    """A mail for people: no answer of a calendar program in it."""


REFUSED_OUTCOMES = (
    ReplyOutcome.OUTDATED,
    ReplyOutcome.WRONG_SENDER,
    ReplyOutcome.WRONG_CODE,
    ReplyOutcome.UNKNOWN,
    ReplyOutcome.UNREADABLE,
)
"""What meant to answer, and changed nothing: an officer looks at it."""


class MailReply(Model):
    """A mail that was read, kept so that each is taken once, and that officers see what was refused. Not its text."""

    __tablename__ = "mail_reply"
    __table_args__ = (
        CheckConstraint("handled_by IS NULL OR handled_at IS NOT NULL", name="handled_when"),
        Index("ix_mail_reply_session", "session_id", "id"),
        Index("ix_mail_reply_handled", "outcome", "handled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_key: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the whole mail."""
    read_at: Mapped[datetime]
    from_address: Mapped[str | None] = mapped_column(String(254))
    outcome: Mapped[ReplyOutcome] = mapped_column(enum_column(ReplyOutcome, "reply_outcome"))
    answer: Mapped[Answer | None] = mapped_column(enum_column(Answer, "reply_answer"))
    reason: Mapped[str | None] = mapped_column(String(300))
    about: Mapped[str | None] = mapped_column(String(300))
    """Where a refused answer names no session that is known: the title that it gives, or the subject of the mail."""
    session_id: Mapped[int | None] = mapped_column(ForeignKey("plan_session.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    handled_at: Mapped[datetime | None]
    """When an officer set the answer by hand, or found that nothing is to be done."""
    handled_by: Mapped[str | None] = mapped_column(String(200))
