"""Puts what the files say into the database, record by record, and writes only what differs.

Everything that is there is read at once in the beginning. A record is found by its kind and key; its values and the
rows that belong to it are compared before anything is set, so that an unchanged file causes no write, and a record that
a person has edited since the last import can be left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import selectin_polymorphic, selectinload

from planner.core.db import Base, db
from planner.models import (
    AgendaItem,
    Citation,
    Document,
    Meeting,
    Offer,
    Origin,
    Output,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    PlanVersion,
    Record,
    Stakeholder,
)
from planner.services.record_files.report import ImportReport

R = TypeVar("R", bound=Record)
Values = Mapping[str, Any]

KINDS = (
    "source", "treaty_article", "stage", "stakeholder", "cycle", "body", "meeting", "document", "office", "instrument",
    "plan", "plan_version", "plan_item", "output", "plan_session", "agenda_item", "offer", "decision", "reference_note",
)  # fmt: skip
"""The kinds of record that the files hold or that follow from them."""

# What names a row among the rows of its record, where it is not the record that it points to.
_ROW_KEYS: dict[str, tuple[str, ...]] = {
    "citations": ("field",),
    "chairings": ("seat", "position"),
    "statuses": ("position",),
    "attendance": ("group",),
    "interventions": ("position",),
    "languages": ("language",),
    "actions": ("verb", "cycle"),
    "revisions": ("item",),
    "source_links": ("source",),
    "hosts": ("stakeholder",),
    "article_links": ("article",),
    "stage_links": ("stage",),
    "document_links": ("document",),
    "submitters": ("stakeholder",),
    "follows": ("followed",),
    "lineage": ("from_item",),
    "meeting_links": ("meeting",),
    "item_links": ("item",),
    "co_presenters": ("stakeholder",),
    "joint_bodies": ("body",),
    "slots": ("offer",),
}

_NEVER_REMOVED = frozenset({"revisions", "slots"})
"""Rows that stay when the files no longer name them: others may hang on them, and people may have placed them."""


def subclasses() -> list[type[Record]]:
    """Return the classes of the kinds above."""
    mappers = inspect(Record).polymorphic_map
    return [mappers[kind].class_ for kind in KINDS]


def load_all() -> list[Record]:
    """Return every record of the kinds above with all rows that belong to it, ordered by kind and key."""
    select_all = (
        select(Record)
        .where(Record.kind.in_(KINDS))
        .order_by(Record.kind, Record.ref)
        .options(
            selectin_polymorphic(Record, subclasses()),
            selectinload(Record.citations).selectinload(Citation.source_links),
            selectinload(Record.chairings),
            selectinload(Record.hosts),
            selectinload(Record.article_links),
            selectinload(Record.document_links),
            selectinload(Record.actions),
            selectinload(Record.grants),
            selectinload(Stakeholder.statuses),
            selectinload(Meeting.attendance),
            selectinload(Meeting.joint_bodies),
            selectinload(Document.languages),
            selectinload(Document.submitters),
            selectinload(Document.follows),
            selectinload(PlanItem.lineage),
            selectinload(PlanItem.meeting_links),
            selectinload(PlanVersion.revisions).selectinload(PlanItemRevision.article_links),
            selectinload(PlanVersion.revisions).selectinload(PlanItemRevision.stage_links),
            selectinload(PlanSession.interventions),
            selectinload(PlanSession.item_links),
            selectinload(PlanSession.joint_bodies),
            selectinload(PlanSession.slots),
            selectinload(Offer.co_presenters),
            selectinload(Offer.item_links),
            selectinload(Output.versions),
        )
    )
    return list(db.session.scalars(select_all))


@dataclass
class Store:
    """The records of the database during an import."""

    report: ImportReport
    at: datetime
    overwrite: bool = False
    step: Callable[[], None] = lambda: None
    """Called once per record that was put."""
    held: dict[tuple[str, str], Record] = field(default_factory=dict)
    put_keys: set[tuple[str, str]] = field(default_factory=set)
    bodies: dict[str, str] = field(default_factory=dict)
    """Code of a body → its key."""
    _changed: set[tuple[str, str]] = field(default_factory=set)
    _kept: set[tuple[str, str]] = field(default_factory=set)
    _placed: dict[int, int] = field(default_factory=dict)

    def load(self) -> None:
        """Read all that is there."""
        self.held = {(record.kind, record.ref): record for record in load_all()}

    def put(self, model: type[R], ref: str, values: Values, rows: Mapping[str, Sequence[Values]] | None = None) -> R:
        """Bring one record and the rows that belong to it to what the files say; return it.

        `values` maps columns to values and links to records; `rows` maps a collection to the values of its rows, in
        order.
        """
        kind = str(inspect(model).polymorphic_identity)
        key = (kind, ref)
        self.put_keys.add(key)
        self.step()
        record = self.held.get(key)
        if record is None:
            given = {name: value for name, value in values.items() if value is not None}
            record = model(ref=ref, created_at=self.at, updated_at=self.at, **given)
            for name in _collections(model):
                setattr(record, name, [])
            for name, wanted in (rows or {}).items():
                setattr(record, name, [_new_row(record, name, row) for row in wanted])
            db.session.add(record)
            self.held[key] = record
            self.report.created.append(key)
            return record
        self._change(key, record, values, rows or {})
        return record  # type: ignore[return-value]

    def put_rows(self, record: Record, name: str, wanted: Sequence[Values]) -> None:
        """Bring one more collection of a record that was put to what the files say."""
        key = (record.kind or str(inspect(type(record)).polymorphic_identity), record.ref)
        if key in self.report.created:
            setattr(record, name, [_new_row(record, name, row) for row in wanted])
        else:
            self._change(key, record, {}, {name: wanted})

    def _change(
        self, key: tuple[str, str], record: Record, values: Values, rows: Mapping[str, Sequence[Values]]
    ) -> None:
        if not (_differs(record, values) or any(_rows_differ(record, name, wanted) for name, wanted in rows.items())):
            return
        if key in self._kept or self._is_left_alone(record):
            self._kept.add(key)
            return
        self._changed.add(key)
        _assign(record, values)
        for name, wanted in rows.items():
            _assign_rows(record, name, wanted)
        # Rows of a record are its facts too: the record's revision tells of them.
        record.updated_at = self.at

    def get(self, kind: str, ref: str) -> Any:
        """Return a record that was put or that the database held. Raise KeyError where there is none."""
        return self.held[kind, ref]

    def cycle(self, code: str | None) -> Any:
        """Return a cycle by its code, or None."""
        return None if code is None else self.held["cycle", code]

    def body(self, code: str | None) -> Any:
        """Return a body by the name that the files use for it, or None."""
        return None if code is None else self.held["body", self.bodies[code]]

    def places_of(self, plan_session: PlanSession, refs: Sequence[str]) -> dict[str, int]:
        """Return the place (from 0) of each item of an agenda, around the items that people have added or edited.

        Where items that are there change places, they are first moved out of each other's way.
        """
        items = [one for one in self.held.values() if isinstance(one, AgendaItem) and one.session_id == plan_session.id]
        own = {one.ref: one.position for one in items if one.ref not in refs or self._is_left_alone(one)}
        free = [place for place in range(len(refs) + len(own)) if place not in own.values()]
        places = dict(zip([ref for ref in refs if ref not in own], free, strict=False))
        moving = [one for one in items if one.ref in places and places[one.ref] != one.position]
        for number, item in enumerate(moving, 1):
            self._changed.add((item.kind, item.ref))
            item.position = -number
        if moving:
            self.flush()
        return places | own

    def _is_left_alone(self, record: Record) -> bool:
        edited = record.rev != record.imported_rev and (record.kind, record.ref) not in self._changed
        return edited and not self.overwrite

    def is_placed_elsewhere(self, offer: Record, plan_session: PlanSession) -> bool:
        """Say whether a person has placed an offer in another session; if so note that it stays there."""
        if not self._placed:
            sessions = [record for record in self.held.values() if isinstance(record, PlanSession)]
            self._placed = {slot.offer_id: session.id for session in sessions for slot in session.slots}
        if self._placed.get(offer.id, plan_session.id) == plan_session.id:
            return False
        self._kept.add((offer.kind, offer.ref))
        return True

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
        self.report.kept = sorted(self._kept)
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


@cache
def _collections(model: type[Base]) -> tuple[str, ...]:
    """Return the collections of a class that belong to the import."""
    relations = inspect(model).relationships
    return tuple(name for name in _ROW_KEYS if name in relations)


@cache
def _column_of(model: type[Base], name: str) -> str | None:
    """Return the column behind a link to one other record, or None where the name is a column itself."""
    mapper = inspect(model)
    relation = mapper.relationships.get(name)
    if relation is None:
        return None
    (column,) = relation.local_columns
    return mapper.get_property_by_column(column).key


def _held(row: Base, name: str) -> Any:
    column = _column_of(type(row), name)
    return getattr(row, column or name)


def _is_other(row: Base, name: str, wanted: Any) -> bool:
    if isinstance(wanted, Record):
        return wanted.id is None or bool(_held(row, name) != wanted.id)
    return bool(_held(row, name) != wanted)


def _differs(row: Base, values: Values) -> bool:
    return any(_is_other(row, name, wanted) for name, wanted in values.items() if not _is_rows(name, wanted))


def _is_rows(name: str, wanted: Any) -> bool:
    return name in _ROW_KEYS and isinstance(wanted, list)


def _assign(row: Base, values: Values) -> None:
    for name, wanted in values.items():
        if _is_rows(name, wanted):
            _assign_rows(row, name, wanted)
        elif _is_other(row, name, wanted):
            column = _column_of(type(row), name)
            if column is None:
                setattr(row, name, wanted)
            elif wanted is None or wanted.id is not None:
                setattr(row, column, None if wanted is None else wanted.id)
            else:
                setattr(row, name, wanted)


def _row_class(row: Base, name: str) -> type[Base]:
    found: type[Base] = inspect(type(row)).relationships[name].mapper.class_
    return found


def _new_row(owner: Base, name: str, values: Values) -> Base:
    model = _row_class(owner, name)
    plain = {key: value for key, value in values.items() if value is not None and not _is_rows(key, value)}
    row = model(**plain)
    for key, wanted in values.items():
        if _is_rows(key, wanted):
            setattr(row, key, [_new_row(row, key, inner) for inner in wanted])
    return row


def _key(row: Base, name: str) -> tuple[Any, ...]:
    return tuple(_held(row, key) for key in _ROW_KEYS[name])


def _wanted_key(name: str, values: Values) -> tuple[Any, ...]:
    found = (values.get(key) for key in _ROW_KEYS[name])
    return tuple((value.id or value) if isinstance(value, Record) else value for value in found)


def _is_removable(row: Base, name: str) -> bool:
    """Say whether the import may take a row away: what people added (it has an origin of its own) stays."""
    return name not in _NEVER_REMOVED and getattr(row, "origin", Origin.RECORD) is Origin.RECORD


def _rows_differ(owner: Base, name: str, wanted: Sequence[Values]) -> bool:
    held = {_key(row, name): row for row in getattr(owner, name)}
    keys = [_wanted_key(name, values) for values in wanted]
    if any(key not in keys and _is_removable(row, name) for key, row in held.items()):
        return True
    return any(
        (row := held.get(key)) is None
        or _differs(row, values)
        or any(_rows_differ(row, inner, rows) for inner, rows in values.items() if _is_rows(inner, rows))
        for key, values in zip(keys, wanted, strict=True)
    )


def _assign_rows(owner: Base, name: str, wanted: Sequence[Values]) -> None:
    rows = getattr(owner, name)
    held = {_key(row, name): row for row in rows}
    keys = [_wanted_key(name, values) for values in wanted]
    for key, values in zip(keys, wanted, strict=True):
        if key in held:
            _assign(held[key], values)
        else:
            rows.append(_new_row(owner, name, values))
    for key, row in held.items():
        if key not in keys and _is_removable(row, name):
            rows.remove(row)
