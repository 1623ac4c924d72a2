"""Puts what the files say into the database, record by record, and writes only what differs.

Everything that is there is read at once in the beginning. A record is found by its kind and key; its values and the
rows that belong to it are compared before anything is set, so that an unchanged file causes no write, and a record that
a person has edited since the last import can be left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import inspect, update

from planner.core.db import db
from planner.models import AgendaItem, Office, Origin, PlanSession, Record
from planner.services.record_files.closing import held_back_of_new, left_to_change, parted
from planner.services.record_files.held import load_all
from planner.services.record_files.overlay import Entered, Key, Named, Overlay
from planner.services.record_files.report import ImportReport
from planner.services.record_files.rows import (
    Values,
    assign,
    assign_rows,
    collections,
    differs,
    new_row,
    row_differs,
    rows_differ,
)

R = TypeVar("R", bound=Record)


@dataclass
class Store:
    """The records of the database during an import."""

    report: ImportReport
    at: datetime
    overwrite: bool = False
    step: Callable[[], None] = lambda: None
    """Called once per record that was put."""
    held: dict[tuple[str, str], Record] = field(default_factory=dict)
    put_keys: set[Key] = field(default_factory=set)
    bodies: dict[str, str] = field(default_factory=dict)
    """Code of a body → its key."""
    entered: Mapping[Key, Entered] = field(default_factory=dict)
    """What people entered, laid over what the other files say."""
    overlay: Overlay = field(init=False)
    _changed: set[Key] = field(default_factory=set)
    _kept: set[Key] = field(default_factory=set)
    _stays: set[Key] = field(default_factory=set)
    """Records of which nothing may change what the files would; the rest of them is written."""
    slots: dict[Key, Sequence[Values]] = field(default_factory=dict)
    """Places of presentations by session, which are given when all are known."""
    last: list[tuple[Record, Values]] = field(default_factory=list)
    """What records get when all else is there, see `closing.py`."""

    def __post_init__(self) -> None:
        """Lay what people entered over the files."""
        self.overlay = Overlay(self.entered, self.find)

    def load(self) -> None:
        """Read all that is there."""
        self.held = {(record.kind, record.ref): record for record in load_all()}

    def find(self, named: Named) -> Any:
        """Return the record that a value names, or None where it is not there (yet)."""
        ref = self.bodies.get(named.ref) if named.kind == "body" else named.ref
        return None if ref is None else self.held.get((named.kind, ref))

    def put(self, model: type[R], ref: str, values: Values, rows: Mapping[str, Sequence[Values]] | None = None) -> R:
        """Bring one record and the rows that belong to it to what the files say; return it.

        `values` maps columns to values and links to records; `rows` maps a collection to the values of its rows, in
        order.
        """
        kind = str(inspect(model).polymorphic_identity)
        key = (kind, ref)
        self.put_keys.add(key)
        self.step()
        values = self.overlay.values_over(key, values)
        rows = {name: wanted for name, wanted in (rows or {}).items() if not self.overlay.has_rows(key, name)}
        record = self.held.get(key)
        if record is None:
            held_back = held_back_of_new(kind, values, has_texts=self.overlay.has_rows(key, "revisions"))
            given = {name: value for name, value in values.items() if value is not None}
            record = model(ref=ref, created_at=self.at, updated_at=self.at, **given)
            for name in collections(model):
                setattr(record, name, [])
            for name, wanted in rows.items():
                setattr(record, name, [new_row(record, name, row) for row in wanted])
            db.session.add(record)
            self.held[key] = record
            self.report.created.append(key)
            if held_back:
                self.last.append((record, held_back))
            return record
        self._change(key, record, values, rows)
        return record  # type: ignore[return-value]

    def put_rows(self, record: Record, name: str, wanted: Sequence[Values]) -> None:
        """Bring one more collection of a record that was put to what the files say."""
        key = (record.kind or str(inspect(type(record)).polymorphic_identity), record.ref)
        if self.overlay.has_rows(key, name):
            return
        if name == "slots":
            self.slots[key] = wanted
        else:
            self.bring_rows(key, record, name, wanted)

    def bring_rows(self, key: Key, record: Record, name: str, wanted: Sequence[Values]) -> None:
        """Bring a collection to the wanted rows, whoever gave them."""
        if name == "revisions":
            wanted = self._texts_to_write(record, wanted)
        if key in self.report.created:
            setattr(record, name, [new_row(record, name, row) for row in wanted])
        else:
            self._change(key, record, {}, {name: wanted})

    def bring_link(self, key: Key, name: str, target: Record) -> None:
        """Set a link that had to wait for its record."""
        if key in self.report.created:
            setattr(self.held[key], name, target)
        else:
            self._change(key, self.held[key], {name: target}, {})

    def mark_changed(self, record: Record) -> None:
        """Note that this import has changed a record: it is not left alone any more."""
        self._changed.add((record.kind, record.ref))

    def mark_kept(self, record: Record) -> None:
        """Note that a record stays as people have it."""
        self._kept.add((record.kind, record.ref))

    def find_office(self, body: Any, cycle: Any, role: Any, holder: Any) -> Office | None:
        """Return the office of a body, cycle, role and holder that the database holds, or None."""
        facts = (body.id, cycle.id, role, holder.id)
        offices = (one for one in self.held.values() if isinstance(one, Office))
        return next((one for one in offices if (one.body_id, one.cycle_id, one.role, one.holder_id) == facts), None)

    def _texts_to_write(self, version: Record, wanted: Sequence[Values]) -> list[Values]:
        """Return the texts of a version without those of items that people have edited: a text is a part of its item.

        An item whose text would change is noted as kept.
        """
        held = {row.item_id: row for row in getattr(version, "revisions", ())}
        written: list[Values] = []
        for values in wanted:
            item, row = values["item"], held.get(values["item"].id)
            if row is None or not row_differs(row, values):
                written.append(values)
            elif self.is_left_alone(item):
                self._kept.add((item.kind, item.ref))
            else:
                self._changed.add((item.kind, item.ref))
                written.append(values)
        return written

    def _change(self, key: Key, record: Record, values: Values, rows: Mapping[str, Sequence[Values]]) -> None:
        values, would_change_what_stays = left_to_change(record, values)
        if would_change_what_stays:
            self._stays.add(key)
            rows = {name: wanted for name, wanted in rows.items() if name != "actions"}
        whole = {name for name in rows if self.overlay.has_rows(key, name)}
        if not differs(record, values) and not any(
            rows_differ(record, name, wanted, is_whole=name in whole) for name, wanted in rows.items()
        ):
            return
        if key in self._kept or self.is_left_alone(record):
            self._kept.add(key)
            return
        self._changed.add(key)
        values = self._in_order(record, values)
        assign(record, values)
        for name, wanted in rows.items():
            assign_rows(record, name, wanted, is_whole=name in whole)
        # Rows of a record are its facts too: the record's revision tells of them.
        record.updated_at = self.at

    def _in_order(self, record: Record, values: Values) -> Values:
        """Write what comes before all else, keep what comes last for the end, and return the values between them."""
        first, between, last = parted(record, values)
        if first:
            assign(record, first)
            self.flush()
        if last:
            self.last.append((record, last))
        return between

    def get(self, kind: str, ref: str) -> Any:
        """Return a record that was put or that the database held. Raise KeyError where there is none."""
        return self.held[kind, ref]

    def of(self, model: type[R]) -> list[R]:
        """Return the records of a class that the database held or that were put."""
        return [record for record in self.held.values() if isinstance(record, model)]

    def cycle(self, code: str | None) -> Any:
        """Return a cycle by its code, or None."""
        return None if code is None else self.held["cycle", code]

    def body(self, code: str | None) -> Any:
        """Return a body by the name that the files use for it, or None."""
        return None if code is None else self.held["body", self.bodies[code]]

    def places_of(self, plan_session: PlanSession, refs: Mapping[str, int | None]) -> dict[str, int]:
        """Return the place (from 0) of each item of an agenda, around the items that people have added or edited.

        `refs` maps the keys of the items to the places that the files give, if any. Where items that are there change
        places, they are first moved out of each other's way.
        """
        items = [one for one in self.held.values() if isinstance(one, AgendaItem) and one.session_id == plan_session.id]
        own = {one.ref: one.position for one in items if one.ref not in refs or self.is_left_alone(one)}
        given = {ref: place for ref, place in refs.items() if place is not None and ref not in own}
        own |= {ref: place for ref, place in given.items() if place not in own.values()}
        free = [place for place in range(len(refs) + len(own)) if place not in own.values()]
        places = dict(zip([ref for ref in refs if ref not in own], free, strict=False)) | own
        moving = [one for one in items if places[one.ref] != one.position]
        for number, item in enumerate(moving, 1):
            self._changed.add((item.kind, item.ref))
            item.position = -number
        if moving:
            self.flush()
        return places

    def is_left_alone(self, record: Record) -> bool:
        """Say whether people have edited a record since the last import, and this one may not overwrite it."""
        edited = record.rev != record.imported_rev and (record.kind, record.ref) not in self._changed
        return edited and not self.overwrite

    def flush(self) -> None:
        """Send what was put so far, so that what follows can point to it."""
        db.session.flush()

    @property
    def session_meetings(self) -> dict[int, int]:
        """Return the id of each session's meeting, by the session's id."""
        return {one.id: one.meeting_id for one in self.held.values() if isinstance(one, PlanSession)}

    def written(self) -> set[tuple[str, str]]:
        """Return the kinds and keys of the records that this import wrote."""
        return {*self.report.created, *self._changed}

    def is_edited(self, record: Record) -> bool:
        """Say whether people have edited a record since the last import, and this one has left it alone."""
        return (record.kind, record.ref) not in self.written() and record.rev != record.imported_rev

    def finish(self) -> None:
        """Note in the report what changed, was kept and vanished."""
        self.report.updated = sorted(self._changed)
        self.report.kept = sorted(self._kept | self._stays)
        self.report.vanished = sorted(
            key
            for key, record in self.held.items()
            if key not in self.put_keys and record.origin is Origin.RECORD and record.imported_rev is not None
        )
        self.report.total = len(self.put_keys)

    def remember_revisions(self) -> None:
        """Note at each written record which revision the import left; to be done when nothing more changes it."""
        written = [*self.report.created, *self._changed]
        ids = [self.held[key].id for key in written]
        table = Record.__table__
        for start in range(0, len(ids), 500):
            db.session.execute(
                update(table).where(table.c.id.in_(ids[start : start + 500])).values(imported_rev=table.c.rev)  # type: ignore[arg-type]
            )
        for key in written:
            db.session.expire(self.held[key], ["imported_rev"])
