"""Puts the records of the illustration, each once; on a refresh only what depends on the day is set again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectin_polymorphic

from planner.access.viewer import Viewer
from planner.core.db import Base, db
from planner.models import AudienceGrant, Origin, Record, Stage, TreatyArticle
from planner.rules.audience import Ground
from planner.services.demo.days import Days
from planner.services.releases import publish_release

PREFIX = "ill-"
PUBLIC = int(Ground.PUBLIC)
STATES = int(Ground.STATES)
STATES_PARTIES = int(Ground.STATES_PARTIES)
PARTICIPANTS = int(Ground.PARTICIPANTS)
OFFICERS = int(Ground.OFFICERS)
OWNER_AND_OFFICERS = int(Ground.OWNER | Ground.OFFICERS)

R = TypeVar("R", bound=Record)
B = TypeVar("B", bound=Base)


class Builder:
    """What stands of the illustration, and how to add to it. Use it inside `changes.change` alone.

    A record is found by its kind and key and then left as people may have edited it, but for the values named `dated`,
    which a refresh sets from the new day. Rows that belong to a record are added together with it only.
    """

    def __init__(self, actor: Viewer, at: datetime, days: Days, *, is_refresh: bool) -> None:
        """Read what is there of the illustration."""
        self.actor = actor
        self.at = at
        self.days = days
        self.is_refresh = is_refresh
        self.made: Counter[str] = Counter()
        self.moved: set[int] = set()
        self.released = 0
        self.new: set[int] = set()
        classes = [mapper.class_ for mapper in inspect(Record).self_and_descendants if mapper.class_ is not Record]
        rows = db.session.scalars(
            select(Record).where(Record.origin == Origin.ILLUSTRATION).options(selectin_polymorphic(Record, classes))
        )
        self.held: dict[tuple[type[Record], str], Record] = {(type(row), row.ref): row for row in rows}
        self.articles = {row.number: row.id for row in db.session.scalars(select(TreatyArticle))}
        self.stages = {row.number: row.id for row in db.session.scalars(select(Stage))}

    def put(
        self,
        model: type[R],
        ref: str,
        title: str,
        *,
        parent: Record | None = None,
        own: int | None = None,
        dated: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> R:
        """Return the record of a key, made if it is not there. `own` is its own audience, `parent` its audience parent.

        The key gets the prefix of the illustration, a State's apart, whose key is its code.
        """
        key = ref if ref.startswith("X") else PREFIX + ref
        found = self.held.get((model, key))
        if found is None:
            given = {"title": title, **values, **(dated or {})}
            record = model(
                ref=key,
                origin=Origin.ILLUSTRATION,
                audience_own=own,
                audience_parent_id=parent.id if parent else None,
                **given,
            )
            db.session.add(record)
            db.session.flush()
            self.held[model, key] = record
            self.new.add(record.id)
            self.made[record.kind] += 1
            return record
        assert isinstance(found, model)  # noqa: S101 - the key says so; this tells the type checker
        if self.is_refresh:
            self.redate(found, dated or {})
        return found

    def redate(self, record: Record, dated: Mapping[str, Any]) -> None:
        """Set the values that depend on the day, and write them at once: some are checked against other rows."""
        different = {name: value for name, value in dated.items() if getattr(record, name) != value}
        for name, value in different.items():
            setattr(record, name, value)
        if different:
            db.session.flush()
        if different and not self.is_new(record):
            self.moved.add(record.id)

    def get(self, model: type[R], ref: str) -> R:
        """Return a record that has been put before."""
        found = self.held[model, ref if ref.startswith("X") else PREFIX + ref]
        assert isinstance(found, model)  # noqa: S101 - as above
        return found

    def is_new(self, record: Record) -> bool:
        """Say whether this run made a record."""
        return record.id in self.new

    def row(self, record: Record, row: Base) -> None:
        """Add a row that belongs to a record, if the record is new."""
        if self.is_new(record):
            db.session.add(row)

    def close(self, record: Record, state: str) -> None:
        """Give a new record the state that rests on its rows, when they are there."""
        if self.is_new(record):
            db.session.flush()
            record.state = state
            db.session.flush()

    def redate_row(self, record: Record, model: type[B], dated: Mapping[str, Any], **key: Any) -> None:
        """Set the values of a row that depend on the day, on a refresh."""
        if not self.is_refresh or self.is_new(record):
            return
        for row in db.session.scalars(select(model).filter_by(**key)):
            for name, value in dated.items():
                if getattr(row, name) != value:
                    setattr(row, name, value)
                    self.moved.add(record.id)

    def grant(self, record: Record, stakeholder_id: int, ground: Ground = Ground.OWNER) -> None:
        """Let a stakeholder in by name."""
        self.row(record, AudienceGrant(record_id=record.id, ground=int(ground), stakeholder_id=stakeholder_id))

    def release(self, meeting: Record, name: str) -> None:
        """Publish the programme of a meeting that is new, or whose days have moved."""
        if not (self.is_new(meeting) or self.is_refresh):
            return
        if self.is_refresh and not self.is_new(meeting):
            name = "Dates moved to the day of the refresh"
        release = publish_release(
            meeting.id, name=name, actor=self.actor, at=self.at, origin=Origin.ILLUSTRATION, if_changed=True
        )
        self.released += release is not None
