"""Registers: lists that are filtered, sorted and paged in SQL. A register of a noun is a value; this reads any of them.

A register names its columns as SQL expressions, so that a page costs the same number of queries with 1 and with 30
rows, and the CSV of a register is the same read without pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from planner.access.viewer import Viewer
from planner.core.db import db, table_of
from planner.core.errors import PlannerError
from planner.core.i18n import N_, Message
from planner.models import Origin, Record
from planner.services import chain, chain_starts

WITHDRAWN = "withdrawn"
"""The flag of a row that was withdrawn."""
PER_PAGE = 20
LONGEST_QUERY = 200
_marked = table_of(Record).alias()


class BadQuery(PlannerError):  # noqa: N818 - named after the fact, as the others are
    """A query string that cannot be right: 400."""

    status = 400


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `kind` tells the page how to print a value.

    The kinds: title text word state day instant time symbol class verb codes number. A `word` column names the list of
    words it comes from (`words`, see rules/words.py). `record` is the SQL of the id that the text links to,
    `record_kind` its kind; a `title` column links to the row's own record.
    """

    key: str
    label: Message
    value: Any
    kind: str = "text"
    words: str = ""
    sort: Any = None
    sortable: bool = True
    record: Any = None
    record_kind: Any = ""
    in_page: bool = True


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One filter: its name in the address, its label, the condition for a value, and the values to choose from.

    `options` is a select of (value, text), or a tuple of (value, Message). A filter without options takes any text.
    """

    name: str
    label: Message
    condition: Callable[[str], ColumnElement[bool]]
    options: Select[Any, Any] | Sequence[tuple[str, Message]] | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a register reads for one viewer: the rows (FROM and WHERE, visibility included), columns, filters."""

    rows: Select[Any]
    """A select without columns of its own: `select(Document).where(…)`; its columns are replaced."""
    id: Any
    kind: Any
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    search: Any = None
    """The SQL texts that `q` looks in."""
    orders: Mapping[str, Any] = field(default_factory=dict)
    """Orders that no column stands for: name in the address → SQL expression."""
    flags: Mapping[str, Any] = field(default_factory=dict)
    """Further values of a row: "origin" and "recalled" in every register, others that its page needs ("tone").

    Every row is asked whether it was withdrawn too; what was stays in its register and says so."""


@dataclass(frozen=True, kw_only=True)
class Register:
    """A register: name (that of its address), words, what it reads, how it is sorted unasked ("-date")."""

    name: str
    title: Message
    lead: Message
    empty: Message
    source: Callable[[Viewer], Source]
    default_sort: str
    tabs: tuple[str, ...] = ()
    creates: str = ""
    """Kind of record that officers may create from this page."""


@dataclass(frozen=True, kw_only=True)
class RegisterQuery:
    """What an address asks of a register."""

    filters: Mapping[str, str] = field(default_factory=dict)
    q: str = ""
    sort: str = ""
    page: int = 1
    under: int | None = None
    with_illustration: bool = True
    """Whether rows of the worked example are among them; an export holds them only where they are asked for."""

    def on_page(self, page: int) -> RegisterQuery:
        """Return the same question for another page."""
        return replace(self, page=page)


@dataclass(frozen=True)
class Cell:
    """One value of a row, with the record that it links to."""

    column: Column
    value: Any
    record_id: int | None = None
    record_kind: str = ""


@dataclass(frozen=True)
class Row:
    """One record of a register."""

    id: int
    kind: str
    cells: tuple[Cell, ...]
    flags: Mapping[str, Any]


@dataclass(frozen=True)
class FilterState:
    """A filter as the page shows it."""

    name: str
    label: Message
    value: str
    options: tuple[tuple[str, Any], ...]
    words: str = ""


@dataclass(frozen=True)
class RegisterPage:
    """One page of a register for one viewer."""

    register: Register
    query: RegisterQuery
    sort: str
    columns: tuple[Column, ...]
    filters: tuple[FilterState, ...]
    rows: tuple[Row, ...]
    total: int

    @property
    def pages(self) -> int:
        """Return the number of pages, at least 1."""
        return max(1, -(-self.total // PER_PAGE))

    @property
    def first(self) -> int:
        """Return the number of the first row shown, counted from 1."""
        return (self.query.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        """Return the number of the last row shown."""
        return self.first + len(self.rows) - 1

    @property
    def is_filtered(self) -> bool:
        """Say whether the address narrows the register."""
        return bool(self.query.q or self.query.under or any(self.query.filters.values()))


def read_page(register: Register, viewer: Viewer, query: RegisterQuery) -> RegisterPage:
    """Return one page. Raises BadQuery for an unknown sort, a value that is not offered, a page that is not there."""
    source = register.source(viewer)
    filters = tuple(_filter_state(item, query) for item in source.filters)
    rows, sort = _select(viewer, register, source, query)
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    if query.page > 1 and (query.page - 1) * PER_PAGE >= total:
        raise BadQuery(N_("There is no page {number} of this list.", number=query.page))
    found = db.session.execute(rows.limit(PER_PAGE).offset((query.page - 1) * PER_PAGE)).all()
    columns = tuple(column for column in source.columns if column.in_page)
    return RegisterPage(
        register, query, sort, columns, filters, tuple(_row(source, columns, row) for row in found), total
    )


def read_all(register: Register, viewer: Viewer, query: RegisterQuery) -> Iterator[Row]:
    """Yield every row that the address asks for, all columns, for an export."""
    source = register.source(viewer)
    for item in source.filters:
        _filter_state(item, query)
    rows, _ = _select(viewer, register, source, query)
    for row in db.session.execute(rows.execution_options(yield_per=500)):
        yield _row(source, tuple(source.columns), row)


def _select(viewer: Viewer, register: Register, source: Source, query: RegisterQuery) -> tuple[Select[Any], str]:
    columns = [column.value.label(f"c_{column.key}") for column in source.columns]
    links = [c.record.label(f"r_{c.key}") for c in source.columns if c.record is not None]
    links += [c.record_kind.label(f"k_{c.key}") for c in source.columns if not isinstance(c.record_kind, str)]
    withdrawn = select(_marked.c.is_withdrawn).where(_marked.c.id == source.id).scalar_subquery()
    flags = [value.label(f"f_{name}") for name, value in {**source.flags, WITHDRAWN: withdrawn}.items()]
    rows = source.rows.with_only_columns(
        source.id.label("row_id"), source.kind.label("row_kind"), *columns, *links, *flags, maintain_column_froms=True
    )
    unknown = next((name for name in query.filters if name not in {item.name for item in source.filters}), None)
    if unknown is not None:
        raise BadQuery(N_("“{name}” is no filter of this list.", name=unknown[:40]))
    for item in source.filters:
        if value := query.filters.get(item.name):
            rows = rows.where(item.condition(value))
    if not query.with_illustration:
        rows = rows.where(source.flags["origin"] != Origin.ILLUSTRATION)
    if query.q:
        if len(query.q) > LONGEST_QUERY:
            raise BadQuery(N_("A search has at most {count} characters.", count=LONGEST_QUERY))
        rows = rows.where(source.search.icontains(query.q, autoescape=True))
    if query.under is not None:
        rows = rows.where(source.id.in_(select(chain.all_below(viewer, chain_starts.below(viewer, query.under)).c.id)))
    sort = query.sort or register.default_sort
    return rows.order_by(*_order(source, sort), source.id), sort


def _order(source: Source, sort: str) -> list[Any]:
    key = sort.removeprefix("-")
    own = {c.key: c.sort if c.sort is not None else c.value for c in source.columns if c.sortable}
    for name, expression in {**own, **source.orders}.items():
        if name == key:
            ordered = expression.desc() if sort.startswith("-") else expression.asc()
            return [expression.is_(None), ordered]
    raise BadQuery(N_("The list cannot be sorted by “{name}”.", name=key[:40]))


def _filter_state(item: Filter, query: RegisterQuery) -> FilterState:
    """Return a filter with its options; a value that is not among them is a fault of the address."""
    value = query.filters.get(item.name, "")
    if item.options is None:
        options: tuple[tuple[str, Any], ...] = ()
    elif isinstance(item.options, Select):
        options = tuple((str(key), text) for key, text in db.session.execute(item.options) if key is not None)
    else:
        options = tuple(item.options)
    if value and item.options is not None and value not in {key for key, _ in options}:
        raise BadQuery(N_("“{value}” is not a choice of “{name}”.", value=value[:60], name=item.label))
    return FilterState(item.name, item.label, value, options, item.words)


def _row(source: Source, columns: Sequence[Column], row: Any) -> Row:
    values = row._mapping  # noqa: SLF001 - the public name of SQLAlchemy for a row as a mapping
    cells = tuple(_cell(column, values) for column in columns)
    return Row(
        values["row_id"], values["row_kind"], cells, {name: values[f"f_{name}"] for name in (*source.flags, WITHDRAWN)}
    )


def _cell(column: Column, values: Mapping[str, Any]) -> Cell:
    value = values[f"c_{column.key}"]
    if column.record is None:
        return Cell(column, value)
    kind = column.record_kind if isinstance(column.record_kind, str) else values[f"k_{column.key}"]
    return Cell(column, value, values[f"r_{column.key}"], kind)


__all__ = [
    "BadQuery",
    "Cell",
    "Column",
    "Filter",
    "Register",
    "RegisterPage",
    "RegisterQuery",
    "Row",
    "Source",
    "read_all",
    "read_page",
]
