"""The records beside a record, as far as a viewer may see them: by ids or gathered in parts, in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, null, select, union_all

from planner.access.viewer import Viewer
from planner.access.visibility import is_officer_of, title, visible
from planner.core.db import db
from planner.models import Record
from planner.rules.partial_dates import parse_partial_date

SHOWN = 60
"""How many records of a part are named; the rest are counted."""


@dataclass(frozen=True)
class Named:
    """A record by its name."""

    id: int
    kind: str
    title: str
    state: str | None


@dataclass(frozen=True)
class Entry:
    """A record of a part, with what the part says of it: its day, a word, its state in the edition of the viewer."""

    id: int
    kind: str
    title: str
    state: str | None
    on_text: str | None
    word: str | None

    @property
    def day(self) -> date | None:
        """Return the day where it is known."""
        return parse_partial_date(self.on_text).day if self.on_text else None


@dataclass(frozen=True)
class Group:
    """The records of a part that are shown, and how many there are."""

    entries: tuple[Entry, ...] = ()
    count: int = 0

    @property
    def more(self) -> int:
        """Return how many are not named."""
        return self.count - len(self.entries)


def named(viewer: Viewer, *ids: int | None) -> dict[int, Named]:
    """Return the records of the given ids that the viewer may see, by id; ids that are None are left out."""
    wanted = sorted({one for one in ids if one is not None})
    rows = db.session.execute(
        select(Record.id, Record.kind, title(viewer), Record.standing).where(Record.id.in_(wanted), visible(viewer))
    )
    return {row[0]: Named(*row) for row in rows}


def part(id_: Any, on_text: Any = None, word: Any = None, state: Any = None) -> Select[Any]:
    """Return the select of a part for `gather`: the id of its records and what is said of each, as texts."""
    return select(id_.label("id"), _text(on_text, "on_text"), _text(word, "word"), _text(state, "state"))


def gather(viewer: Viewer, parts: Mapping[str, Select[Any]]) -> dict[str, Group]:
    """Return the visible records of each part (see `part`), the latest first, in one query for all parts together."""
    near = union_all(*(select(literal(name).label("part"), *_columns(one)) for name, one in parts.items())).subquery()
    order = (near.c.on_text.is_(None), near.c.on_text.desc(), Record.id)
    found = (
        select(
            near.c.part,
            Record.id,
            Record.kind,
            title(viewer).label("title"),
            case((Record.is_withdrawn, Record.standing), else_=near.c.state).label("state"),
            near.c.on_text,
            near.c.word,
            func.row_number().over(partition_by=near.c.part, order_by=order).label("rank"),
            func.count().over(partition_by=near.c.part).label("count"),
        )
        .join(Record, Record.id == near.c.id)
        .where(visible(viewer))
        .subquery()
    )
    rows = db.session.execute(select(found).where(found.c.rank <= SHOWN).order_by(found.c.rank)).all()
    return {name: _group([row for row in rows if row.part == name]) for name in parts}


def by_edition(viewer: Viewer, record: Any, working: Any, public: Any) -> ColumnElement[Any]:
    """Return what officers of a record's body read of the working copy, everybody else of the current release."""
    return case((is_officer_of(viewer, record), working), else_=public)


def _text(value: Any, name: str) -> Any:
    return cast(null() if value is None else value, String).label(name)


def _columns(one: Select[Any]) -> Iterable[Any]:
    found = one.subquery()
    return (found.c.id, found.c.on_text, found.c.word, found.c.state)


def _group(rows: list[Any]) -> Group:
    entries = tuple(Entry(r.id, r.kind, r.title, r.state, r.on_text, r.word) for r in rows)
    return Group(entries, rows[0].count if rows else 0)
