"""Rows of the database against values from files: what differs, and how one is brought to the other.

Values map columns to values, links to records, and collections to lists of values. Rows of a collection are matched by
a key, so that a change of order or of one value writes that and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import inspect

from planner.core.db import Base
from planner.models import AudienceGrant, Origin, Record

Values = Mapping[str, Any]

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
    "grants": ("ground", "stakeholder_id"),
    "versions": ("number",),
    "delegations": ("stakeholder",),
    "registrations": ("person",),
}
_OF_OTHERS = {("PlanItem", "revisions"), ("AgendaItem", "slots")}
"""Collections of rows that belong to another record: a text to its version, a slot to its session."""

_NEVER_REMOVED = frozenset({"revisions", "slots"})
"""Rows that stay when the files no longer name them: others may hang on them, and people may have placed them."""


@cache
def collections(model: type[Base]) -> tuple[str, ...]:
    """Return the collections of a class whose rows belong to it."""
    relations = inspect(model).relationships
    return tuple(
        name
        for name in _ROW_KEYS
        if name in relations
        and not issubclass(relations[name].mapper.class_, Record)
        and (model.__name__, name) not in _OF_OTHERS
    )


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


def differs(row: Base, values: Values) -> bool:
    """Say whether a row holds other values than are wanted; rows that belong to it are not looked at."""
    return any(_is_other(row, name, wanted) for name, wanted in values.items() if not _is_rows(row, name))


def _is_rows(row: Base, name: str) -> bool:
    return name in collections(type(row))


def assign(row: Base, values: Values) -> None:
    """Set the values that differ."""
    for name, wanted in values.items():
        if _is_rows(row, name):
            assign_rows(row, name, wanted)
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


def new_row(owner: Base, name: str, values: Values) -> Base:
    """Return a new row for a collection of its owner."""
    model = _row_class(owner, name)
    inner = collections(model)
    row = model(**{key: value for key, value in values.items() if value is not None and key not in inner})
    for key in inner:
        setattr(row, key, [new_row(row, key, each) for each in values.get(key, ())])
    return row


def _key(row: Base, name: str) -> tuple[Any, ...]:
    return tuple(_held(row, key) for key in _ROW_KEYS[name])


def _wanted_key(name: str, values: Values) -> tuple[Any, ...]:
    found = (values.get(key) for key in _ROW_KEYS[name])
    return tuple((value.id or value) if isinstance(value, Record) else value for value in found)


def _rows_of(owner: Base, name: str) -> list[Any]:
    """Return the rows of a collection that files speak of: of grants those given here, and not to an account."""
    rows = getattr(owner, name)
    return [row for row in rows if not isinstance(row, AudienceGrant) or (row.own and row.user_id is None)]


def _is_removable(row: Base, name: str, *, is_whole: bool) -> bool:
    """Say whether the import may take a row away: what people added (it has an origin of its own) stays.

    `is_whole` lists are all that people entered elsewhere: what they took away there (an act of the Conference that was
    taken back) goes here too.
    """
    is_of_people = getattr(row, "origin", Origin.RECORD) is not Origin.RECORD
    return name not in _NEVER_REMOVED and (is_whole or not is_of_people)


def rows_differ(owner: Base, name: str, wanted: Sequence[Values], *, is_whole: bool = False) -> bool:
    """Say whether a collection holds other rows than are wanted."""
    held = {_key(row, name): row for row in _rows_of(owner, name)}
    keys = [_wanted_key(name, values) for values in wanted]
    if any(key not in keys and _is_removable(row, name, is_whole=is_whole) for key, row in held.items()):
        return True
    return any(
        (row := held.get(key)) is None or row_differs(row, values) for key, values in zip(keys, wanted, strict=True)
    )


def row_differs(row: Base, values: Values) -> bool:
    """Say whether a row, or a row that belongs to it, holds other values than are wanted."""
    return differs(row, values) or any(
        rows_differ(row, inner, rows) for inner, rows in values.items() if _is_rows(row, inner)
    )


def assign_rows(owner: Base, name: str, wanted: Sequence[Values], *, is_whole: bool = False) -> None:
    """Bring a collection to the wanted rows: those of the same key stay, others come and go."""
    rows = getattr(owner, name)
    held = {_key(row, name): row for row in _rows_of(owner, name)}
    keys = [_wanted_key(name, values) for values in wanted]
    for key, values in zip(keys, wanted, strict=True):
        if key in held:
            assign(held[key], values)
        else:
            rows.append(new_row(owner, name, values))
    for key, row in held.items():
        if key not in keys and _is_removable(row, name, is_whole=is_whole):
            rows.remove(row)
