"""Finished calendar text of dated records, and the revisions that feeds rest on."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.core.db import Model, enum_column, link
from planner.models.record import Origin

if TYPE_CHECKING:
    from planner.models.record import Record


class EntryKind(StrEnum):
    """What an entry tells of."""

    SESSION = "session"
    MEETING = "meeting"
    CALL = "call"
    FOLLOW_UP = "follow_up"
    DEADLINE = "deadline"
    """A follow-up as an all-day event, for programs that show no tasks; in feeds of persons who ask for it."""
    BUSY = "busy"
    """The hours of a closed session and nothing else, for those who may know its meeting and ask for it."""
    CONSULTATION = "consultation"
    REGISTRATION_OPENS = "registration_opens"
    REGISTRATION_CLOSES = "registration_closes"
    PRESENTATION = "presentation"
    """A presentation whose hours follow from the agenda before it; it is in the text of its session anyway."""


PERSONAL = frozenset({EntryKind.DEADLINE, EntryKind.BUSY})
"""Entries that only feeds of persons hold: public feeds do not rest on them."""
ON_REQUEST = PERSONAL | {EntryKind.PRESENTATION}
"""Entries that a feed holds only where its reader asks for them: they say again what another entry says."""
GONE = "-" * 64
"""The digest of an entry whose record has no day any more: kept for its UID and SEQUENCE, in no feed and on no page."""


class CalendarEntry(Model):
    """One finished component (RFC 5545) of one record, written when the record changes and never when a feed is read.

    `sequence` rises with every change that a reader's calendar must notice; `digest` is of the facts without
    sequence and stamps,
    so that an unchanged record writes nothing. Keys that feeds filter on stand beside the text.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (
        UniqueConstraint("record_id", "entry_kind", "component"),
        CheckConstraint("component IN ('VEVENT', 'VTODO')", name="component_known"),
        CheckConstraint("sequence >= 0", name="sequence_not_negative"),
        # in the order of feeds: sorting texts costs more than reading a few rows too many
        Index("ix_calendar_entry_feed", "component", "starts_on", "id"),
        Index("ix_calendar_entry_meeting", "meeting_id", "starts_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"))
    entry_kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind, "entry_kind"))
    component: Mapped[str] = mapped_column(String(10))
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    origin: Mapped[Origin] = mapped_column(enum_column(Origin, "entry_origin"))
    audience: Mapped[int]
    home_body_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"))
    home_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    sequence: Mapped[int]
    changed_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))
    zones: Mapped[str] = mapped_column(String(200), default="")
    """Zone names that the text refers to, parted by blanks."""
    text: Mapped[str]
    """In English; see `CalendarEntryText` for the other languages."""

    record: Mapped[Record] = link(foreign_keys=[record_id])


class CalendarEntryText(Model):
    """The same component in another language: with the same UID, SEQUENCE and stamps, titles as they are in the record,
    and the program's words translated. Where it has none, as an entry of titles alone, there is no row.
    """

    __tablename__ = "calendar_entry_text"

    entry_id: Mapped[int] = mapped_column(ForeignKey("calendar_entry.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    text: Mapped[str]


class FeedRevision(Model):
    """Counts up with each change of the entries of one body for one audience, in the same transaction and under its
    row's lock.
    """

    __tablename__ = "feed_revision"
    __table_args__ = (UniqueConstraint("body_id", "origin", "audience"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    origin: Mapped[Origin] = mapped_column(enum_column(Origin, "revision_origin"))
    audience: Mapped[int]
    number: Mapped[int]
    changed_at: Mapped[datetime]
