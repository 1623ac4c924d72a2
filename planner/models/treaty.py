"""What the work rests on: Articles of the Treaty and the stages of the transfer chain."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.models.record import Record


class TreatyArticle(Record):
    """An Article or one of its paragraphs, "11(2)". Articles that are only referred to have no summary."""

    __tablename__ = "treaty_article"
    __mapper_args__ = {"polymorphic_identity": "treaty_article"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    topic: Mapped[str | None] = mapped_column(String(80))
    summary: Mapped[str | None]
    position: Mapped[int]
    """Order of the map of Articles; those only referred to follow in their own order."""


class Stage(Record):
    """A stage of the transfer chain, from the country of origin to the national stockpile."""

    __tablename__ = "stage"
    __mapper_args__ = {"polymorphic_identity": "stage"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
