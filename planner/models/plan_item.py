"""Themes, topics, guiding questions and expected outputs: the identity that links point to, and its text in each
version.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.record import Record

if TYPE_CHECKING:
    from planner.models.body import Body, Cycle
    from planner.models.document import Document
    from planner.models.meeting import Meeting
    from planner.models.plan import Plan, PlanVersion
    from planner.models.treaty import Stage, TreatyArticle


class ItemKind(StrEnum):
    """What an item of a plan is."""

    THEME = "theme"
    TOPIC = "topic"
    QUESTION = "question"
    EXPECTED_OUTPUT = "expected_output"


class PlanItem(Record):
    """The identity of an item through all versions: sessions, offers and comments point here and survive a redraft or
    a move.

    A theme is what a plan treats in one cycle. The record's title follows the working copy, `public_title` the shown
    version.
    """

    __tablename__ = "plan_item"
    __mapper_args__ = {"polymorphic_identity": "plan_item"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    item_kind: Mapped[ItemKind] = mapped_column(enum_column(ItemKind, "item_kind"), index=True)

    plan: Mapped[Plan] = link(back_populates="items", foreign_keys=[plan_id])
    revisions: Mapped[list[PlanItemRevision]] = link(
        back_populates="item", foreign_keys="PlanItemRevision.item_id", order_by="PlanItemRevision.id"
    )
    lineage: Mapped[list[ItemLineage]] = link(
        back_populates="item",
        foreign_keys="ItemLineage.item_id",
        cascade="all, delete-orphan",
        order_by="ItemLineage.position",
    )
    continued_by: Mapped[list[ItemLineage]] = link(back_populates="from_item", foreign_keys="ItemLineage.from_item_id")
    meeting_links: Mapped[list[ThemeMeeting]] = link(
        foreign_keys="ThemeMeeting.item_id", cascade="all, delete-orphan", order_by="ThemeMeeting.position"
    )


class PlanItemRevision(Model):
    """The text and place of an item in one version of its plan.

    `is_shown` marks the one revision per item that pages show to all: that of the latest circulated version or
    reconstruction.
    """

    __tablename__ = "plan_item_revision"
    __table_args__ = (
        UniqueConstraint("item_id", "version_id"),
        Index("uq_plan_item_revision_shown", "item_id", unique=True,
              sqlite_where=text("is_shown"), postgresql_where=text("is_shown")),
        CheckConstraint("item_id <> parent_id", name="not_its_own_parent"),
    )  # fmt: skip
    __audit_parent__ = "item_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    is_shown: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(String(1000))
    text: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"), index=True)
    """The theme of a topic or of an expected output, the topic of a question."""
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"), index=True)
    last_cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    """Where an item spans several cycles, the last of them."""
    position: Mapped[int]
    years: Mapped[str | None] = mapped_column(String(20))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    related_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    output_kind: Mapped[str | None] = mapped_column(String(40))
    result: Mapped[str | None]

    item: Mapped[PlanItem] = link(back_populates="revisions", foreign_keys=[item_id])
    version: Mapped[PlanVersion] = link(back_populates="revisions", foreign_keys=[version_id])
    parent: Mapped[PlanItem | None] = link(foreign_keys=[parent_id])
    cycle: Mapped[Cycle | None] = link(foreign_keys=[cycle_id])
    last_cycle: Mapped[Cycle | None] = link(foreign_keys=[last_cycle_id])
    document: Mapped[Document | None] = link(foreign_keys=[document_id])
    related_body: Mapped[Body | None] = link(foreign_keys=[related_body_id])
    article_links: Mapped[list[RevisionArticle]] = link(
        cascade="all, delete-orphan", order_by="RevisionArticle.position", back_populates="revision"
    )
    stage_links: Mapped[list[RevisionStage]] = link(
        cascade="all, delete-orphan", order_by="RevisionStage.position", back_populates="revision"
    )


class RevisionArticle(Model):
    """An Article of the Treaty that an item treats."""

    __tablename__ = "revision_article"

    revision_id: Mapped[int] = mapped_column(ForeignKey("plan_item_revision.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("treaty_article.id"), primary_key=True, index=True)
    position: Mapped[int]

    revision: Mapped[PlanItemRevision] = link(back_populates="article_links", foreign_keys=[revision_id])
    article: Mapped[TreatyArticle] = link(foreign_keys=[article_id])


class RevisionStage(Model):
    """A stage of the transfer chain that an item belongs to."""

    __tablename__ = "revision_stage"

    revision_id: Mapped[int] = mapped_column(ForeignKey("plan_item_revision.id"), primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), primary_key=True, index=True)
    position: Mapped[int]

    revision: Mapped[PlanItemRevision] = link(back_populates="stage_links", foreign_keys=[revision_id])
    stage: Mapped[Stage] = link(foreign_keys=[stage_id])


class LineageKind(StrEnum):
    """How an item came of another."""

    CARRIED_OVER = "carried_over"
    MERGED = "merged"
    SPLIT = "split"


class ItemLineage(Model):
    """An item that carries on, or was made of, another one."""

    __tablename__ = "item_lineage"
    __table_args__ = (CheckConstraint("item_id <> from_item_id", name="not_itself"),)
    __audit_parent__ = "item_id"

    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), primary_key=True)
    from_item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), primary_key=True, index=True)
    lineage_kind: Mapped[LineageKind] = mapped_column(enum_column(LineageKind, "lineage_kind"))
    position: Mapped[int] = mapped_column(default=0)

    item: Mapped[PlanItem] = link(back_populates="lineage", foreign_keys=[item_id])
    from_item: Mapped[PlanItem] = link(back_populates="continued_by", foreign_keys=[from_item_id])


class ThemeMeeting(Model):
    """A meeting that serves a theme of the plan."""

    __tablename__ = "theme_meeting"
    __audit_parent__ = "item_id"

    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True, index=True)
    position: Mapped[int]

    meeting: Mapped[Meeting] = link(foreign_keys=[meeting_id])
