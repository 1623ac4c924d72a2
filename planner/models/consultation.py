"""Rounds of comments on a circulated version, the links by which people without an account take part, the comments."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.record import Record
from planner.models.stakeholder import StakeholderClass

if TYPE_CHECKING:
    from planner.models.plan import PlanVersion
    from planner.models.plan_item import PlanItem
    from planner.models.stakeholder import Person, Stakeholder


class CommentsShown(StrEnum):
    """When those who may read the comments of others read them."""

    NEVER = "never"
    AFTER = "after"
    """Once the round is closed."""
    AT_ONCE = "at_once"


class CommentReaders(StrEnum):
    """Who reads the comments of others, at most those who see the version."""

    STATES_PARTIES = "states_parties"
    STATES = "states"
    """States Parties and signatories."""
    ALL = "all"


class Consultation(Model):
    """The round of comments on one circulated version. Its deadline is `PlanVersion.comments_until`.

    After the deadline comments are still taken, marked as late, until officers close the round. The database closes it
    only when every comment that stands has a disposition, and takes none afterwards (migrations, 0010).
    """

    __tablename__ = "consultation"
    __table_args__ = (CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_whom"),)
    __audit_parent__ = "version_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), unique=True)
    opened_at: Mapped[datetime]
    may_comment: Mapped[list[Any]]
    """The classes of stakeholders that may comment (`StakeholderClass`), by their class on the day of the comment."""
    comments_shown: Mapped[CommentsShown] = mapped_column(enum_column(CommentsShown, "comments_shown"))
    comment_readers: Mapped[CommentReaders] = mapped_column(enum_column(CommentReaders, "comment_readers"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(200))

    version: Mapped[PlanVersion] = link(foreign_keys=[version_id])


class ConsultationLink(Model):
    """A personal address by which somebody without an account comments for a stakeholder, in one round.

    It is signed from `id` and `generation` with the key of the installation, so that no copy of the database opens it;
    another generation makes every older address void.
    """

    __tablename__ = "consultation_link"
    __table_args__ = (
        UniqueConstraint("consultation_id", "address"),
        CheckConstraint("address = lower(address)", name="address_lower"),
        CheckConstraint("length(trim(person_name)) > 0", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(254))
    generation: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = link(foreign_keys=[consultation_id])
    stakeholder: Mapped[Stakeholder] = link(foreign_keys=[stakeholder_id])


class CommentKind(StrEnum):
    """What a comment is."""

    PROPOSED_WORDING = "proposed_wording"
    QUESTION = "question"
    SUPPORT = "support"
    REMARK = "remark"


class Disposition(StrEnum):
    """What became of a comment."""

    TAKEN = "taken"
    TAKEN_IN_PART = "taken_in_part"
    NOT_TAKEN = "not_taken"


class Comment(Record):
    """What a stakeholder says on an item of a version, or on the plan as a whole (`item_id` None).

    It points to the identity of the item, so it stays with it through every redraft. Others read it as the round says;
    its stakeholder and the officers always.
    """

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("id", "version_id"),
        ForeignKeyConstraint(
            ["in_reply_to_id", "version_id"], ["comment.id", "comment.version_id"], name="fk_comment_reply_in_round"
        ),
        Index("ix_comment_version", "version_id", "item_id"),
        CheckConstraint("text IS NULL OR length(text) BETWEEN 1 AND 20000", name="text_length"),
        CheckConstraint("proposed_title IS NULL OR length(proposed_title) BETWEEN 1 AND 1000", name="wording_title"),
        CheckConstraint("proposed_text IS NULL OR length(proposed_text) BETWEEN 1 AND 20000", name="wording_text"),
        CheckConstraint(
            "CASE WHEN comment_kind = 'proposed_wording'"
            " THEN item_id IS NOT NULL AND (proposed_title IS NOT NULL OR proposed_text IS NOT NULL)"
            " ELSE text IS NOT NULL AND proposed_title IS NULL AND proposed_text IS NULL END",
            name="says_something",
        ),
        CheckConstraint("in_reply_to_id <> id", name="no_reply_to_itself"),
        CheckConstraint(
            "(disposition IS NULL) = (disposed_at IS NULL) AND (disposition IS NULL) = (disposed_by IS NULL)",
            name="disposed_by_whom",
        ),
        CheckConstraint(
            "CASE WHEN disposition IS NULL THEN disposition_reason IS NULL"
            " ELSE disposition = 'taken' OR (disposition_reason IS NOT NULL AND length(trim(disposition_reason)) > 0)"
            " END",
            name="disposition_with_reason",
        ),
        CheckConstraint(
            "applied_at IS NULL OR (disposition IS NOT NULL AND disposition <> 'not_taken'"
            " AND comment_kind = 'proposed_wording')",
            name="applied_if_taken",
        ),
    )
    __mapper_args__ = {"polymorphic_identity": "comment"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("consultation.version_id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"), index=True)
    stakeholder_id: Mapped[int] = mapped_column(ForeignKey("stakeholder.id"), index=True)
    stakeholder_class: Mapped[StakeholderClass] = mapped_column(enum_column(StakeholderClass, "commenter_class"))
    """Its class on the day of the comment."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who typed it with an account; an officer where it came by letter."""
    link_id: Mapped[int | None] = mapped_column(ForeignKey("consultation_link.id"), index=True)
    """The personal address through which it came."""
    in_reply_to_id: Mapped[int | None] = mapped_column(index=True)
    comment_kind: Mapped[CommentKind] = mapped_column(enum_column(CommentKind, "comment_kind"))
    text: Mapped[str | None]
    """Markdown."""
    proposed_title: Mapped[str | None]
    proposed_text: Mapped[str | None]
    submitted_at: Mapped[datetime]
    is_late: Mapped[bool] = mapped_column(default=False)
    """Whether it came after the deadline by the server's clock; another deadline decides it anew."""
    disposition: Mapped[Disposition | None] = mapped_column(enum_column(Disposition, "disposition"))
    disposition_reason: Mapped[str | None]
    disposed_at: Mapped[datetime | None]
    disposed_by: Mapped[str | None] = mapped_column(String(200))
    applied_at: Mapped[datetime | None]
    """When its wording was written into the working copy."""

    item: Mapped[PlanItem | None] = link(foreign_keys=[item_id])
    stakeholder: Mapped[Stakeholder] = link(foreign_keys=[stakeholder_id])
    person: Mapped[Person | None] = link(foreign_keys=[person_id])
    from_link: Mapped[ConsultationLink | None] = link(foreign_keys=[link_id])
