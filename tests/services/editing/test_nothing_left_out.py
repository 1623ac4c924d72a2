"""Every column of every table is set by a form, or the program says why it is not."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import inspect

from planner.core.db import Base
from planner.models import PlanItemRevision, Slot
from planner.services.editing import PLACE, SPECS, Spec
from planner.services.editing.kinds import Kind, Rows
from planner.services.editing.left_out import COLUMNS, OF_EVERY_ROW, ORDER_OF_ROWS, TABLES
from planner.services.editing.references import Links

Column = tuple[str, str]


def _table(model: type) -> str:
    return str(model.__table__.name)  # type: ignore[attr-defined]


def _set_by(owner: type, name: str, kind: Kind) -> Iterator[Column]:
    """Yield the columns that a field of a form writes."""
    if isinstance(kind, Links):
        yield from ((_table(kind.row), column) for column in (kind.target, *(key for key, _ in kind.holds)))
    elif isinstance(kind, Rows):
        yield from ((_table(kind.row), key) for key, _ in kind.holds)
        for inner in kind.fields:
            yield from _set_by(kind.row, inner.name, inner.kind)
    else:
        mapper = inspect(owner)
        if name in mapper.column_attrs:
            yield from ((column.table.name, column.name) for column in mapper.column_attrs[name].columns)


def set_by_forms() -> set[Column]:
    found: set[Column] = set()
    for spec in (*SPECS.values(), PLACE):
        found |= _of_spec(spec)
    return found


def _of_spec(spec: Spec) -> set[Column]:
    owners = {"record": spec.model, "virtual": spec.model, "revision": PlanItemRevision}
    return {column for field in spec.fields for column in _set_by(owners[field.on], field.name, field.kind)}


def every_column() -> set[Column]:
    return {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name not in OF_EVERY_ROW and table.name not in TABLES
    }


def owners_of_rows() -> set[Column]:
    """The columns by which rows know the record that they belong to."""
    return {
        (mapper.class_.__table__.name, parent)
        for mapper in Base.registry.mappers
        if (parent := getattr(mapper.class_, "__audit_parent__", None))
    } | {("citation_source", "citation_id"), ("revision_article", "revision_id"), ("revision_stage", "revision_id")}


def test_each_column_is_set_by_a_form_or_left_out_with_a_reason():
    told = {(table, column) for table, columns in COLUMNS.items() for column in columns}
    lists = {table for table, _ in owners_of_rows()}
    ordered = {(table, ORDER_OF_ROWS) for table in lists}
    assert every_column() - set_by_forms() - owners_of_rows() - ordered == told


def test_what_is_left_out_is_there_and_has_a_reason():
    tables = {table.name for table in Base.metadata.tables.values()}
    assert TABLES.keys() | COLUMNS.keys() <= tables
    reasons = [*TABLES.values(), *(reason for columns in COLUMNS.values() for reason in columns.values())]
    assert [reason for reason in reasons if len(reason.split()) < 4 or not reason.endswith(".")] == []
    assert _table(Slot) not in TABLES
