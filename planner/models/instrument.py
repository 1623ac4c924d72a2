"""Instruments that complement the Treaty's work on diversion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import link
from planner.models.record import Record

if TYPE_CHECKING:
    from planner.models.stakeholder import Stakeholder


class Instrument(Record):
    """A treaty, political commitment, control regime or guideline beside the Treaty; `title` is its full name."""

    __tablename__ = "instrument"
    __mapper_args__ = {"polymorphic_identity": "instrument"}

    id: Mapped[int] = mapped_column(ForeignKey("record.id"), primary_key=True)
    short: Mapped[str] = mapped_column(String(80))
    instrument_kind: Mapped[str] = mapped_column(String(40), index=True)
    binding: Mapped[str] = mapped_column(String(20), index=True)
    region: Mapped[str | None] = mapped_column(String(40), index=True)
    adopted_year: Mapped[int | None]
    in_force_year: Mapped[int | None]
    amended_years: Mapped[list[Any] | None]
    depositary: Mapped[str | None] = mapped_column(String(120))
    party_count: Mapped[int | None]
    in_seed: Mapped[bool] = mapped_column(default=False)
    """Named in the founding paper."""
    meets: Mapped[str | None]
    """How often those who made it meet."""
    aliases: Mapped[list[Any] | None]
    alias_note: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("stakeholder.id"))

    parent: Mapped[Instrument | None] = link(foreign_keys=[parent_id], remote_side=[id])
    organisation: Mapped[Stakeholder | None] = link(foreign_keys=[organisation_id])
