"""What each person's programs were told of their calendars last (CalDAV), so that the next time only changes move."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model


class DavCollection(Model):
    """A calendar of one person. `number` counts up with each change of what it holds for them, whatever the cause."""

    __tablename__ = "dav_collection"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        CheckConstraint("number >= 0", name="number_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    key: Mapped[str] = mapped_column(String(40))
    number: Mapped[int] = mapped_column(default=0)


class DavState(Model):
    """A state that a calendar was in, by its number. Its mark is drawn at random, so that a database which was put back
    from a copy, and counts on from there, never takes a state that programs were told of since for one of its own.
    """

    __tablename__ = "dav_state"
    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)

    collection_id: Mapped[int] = mapped_column(ForeignKey("dav_collection.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str] = mapped_column(String(16))


class DavMember(Model):
    """An entry that a calendar holds, or held: its row stays when it is gone, for programs that have it yet."""

    __tablename__ = "dav_member"
    __table_args__ = (
        CheckConstraint("number > 0", name="number_positive"),
        Index("ix_dav_member_number", "collection_id", "number"),
    )

    collection_id: Mapped[int] = mapped_column(ForeignKey("dav_collection.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(130), primary_key=True)
    etag: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    """The number of the calendar with which this state of the entry came."""
    is_gone: Mapped[bool] = mapped_column(default=False)
