"""Which state the data is in: one number for the whole database."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model


class DataState(Model):
    """The one row that counts up with every write, as its last statement and under its lock.

    Whatever was worked out in a state is right as long as the number is the same: two commits never leave one number,
    and who reads the number together with the data reads both of one commit.
    """

    __tablename__ = "data_state"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
