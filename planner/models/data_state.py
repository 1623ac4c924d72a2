"""Which state the data is in: one mark for the whole database."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model


class DataState(Model):
    """The one row that gets another mark with every write, as its last statement and under its lock.

    Whatever was worked out in a state is right as long as the mark is the same, and who reads the mark together with
    the data reads both of one commit. A mark is drawn at random and not counted, so that a database which was put back
    from a copy, and goes on from there, never comes to a mark that stood for something else.
    """

    __tablename__ = "data_state"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[int] = mapped_column(BigInteger)
