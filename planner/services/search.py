"""Search over titles and texts: what the viewer may see, in the edition that is theirs, best first.

The words of a question are looked for all together, the last one also as the beginning of a word. FTS5 answers on
SQLite, a GIN index on PostgreSQL (migration 0003); both ignore case and accents. Words of scripts without blanks are
looked for as they stand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, column, func, literal_column, or_, select, table

from planner.access.viewer import Viewer
from planner.access.visibility import searchable
from planner.core.db import db, table_of
from planner.core.i18n import N_
from planner.models import Origin, PlanItem, Record, SearchDocument
from planner.services.registers.core import LONGEST_QUERY, PER_PAGE, BadQuery
from planner.services.search_index import KINDS
from planner.services.search_marks import Piece, excerpt, mark

MOST_WORDS = 12
VECTOR = (
    "to_tsvector('simple', translate(regexp_replace("
    "normalize(search_document.title || ' ' || search_document.text, NFD), "
    "'[\u0300-\u036f]', '', 'g'), '/._:@-''’', '        '))"
)
"""The expression of the index on PostgreSQL, as migration 0003 has it (there without the table's name)."""
_INDEX = table("search_index", column("rowid"), column("rank"))
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x30FF),
    (0x3130, 0x318F),
    (0x31F0, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean: they write without blanks, or join particles to words."""


@dataclass(frozen=True)
class Hit:
    """A record that was found; `title` and `excerpt` are pieces of text, those that match marked."""

    id: int
    kind: str
    item_kind: str | None
    origin: Origin
    is_withdrawn: bool
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True)
class Results:
    """One page of what was found, and how much there is of each kind."""

    q: str
    kind: str
    page: int
    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    kinds: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return how many records fit, of the chosen kind where there is one."""
        return sum(count for kind, count in self.kinds if self.kind in ("", kind))

    @property
    def everything(self) -> int:
        """Return how many records fit, of any kind."""
        return sum(count for _, count in self.kinds)

    @property
    def pages(self) -> int:
        """Return the number of pages, at least 1."""
        return max(1, -(-self.total // PER_PAGE))


def search(viewer: Viewer, q: str, *, kind: str = "", page: int = 1) -> Results:
    """Return what fits all words of `q`, in at most two queries; nothing where `q` holds no word.

    Raises BadQuery for a question that is too long, a kind that is not there, a page that is not there.
    """
    if len(q) > LONGEST_QUERY:
        raise BadQuery(N_("A search has at most {count} characters.", count=LONGEST_QUERY))
    if kind and kind not in KINDS:
        raise BadQuery(N_("“{value}” is not a kind of record.", value=kind[:60]))
    words = words_of(q)
    if not words:
        return Results(q, kind, 1, (), (), ())
    found = _matching(words).where(searchable(viewer))
    counts = found.with_only_columns(Record.kind, func.count()).group_by(Record.kind).order_by(None)
    kinds = tuple(sorted(((kind, count) for kind, count in db.session.execute(counts)), key=lambda k: (-k[1], k[0])))
    results = Results(q, kind, page, words, (), kinds)
    if page > results.pages:
        raise BadQuery(N_("There is no page {number} of this list.", number=page))
    if kind:
        found = found.where(Record.kind == kind)
    rows = db.session.execute(found.limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    return Results(q, kind, page, words, tuple(_hit(row, words) for row in rows), kinds)


def words_of(q: str) -> tuple[str, ...]:
    """Return the words of a question: runs of letters, marks and digits, at most twelve. All else parts words."""
    text = unicodedata.normalize("NFC", q)
    parted = "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in text)
    words = (word for word in parted.split() if any(unicodedata.category(sign)[0] in "LN" for sign in word))
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def _matching(words: Sequence[str]) -> Select[Any]:
    """Return the select of what matches, best first, visibility aside."""
    indexed = [word for word in words if not _is_unspaced(word)]
    item = table_of(PlanItem)
    rows = (
        select(
            Record.id,
            Record.kind,
            item.c.item_kind,
            Record.origin,
            Record.is_withdrawn,
            SearchDocument.title,
            func.substr(SearchDocument.text, 1, 20_000).label("text"),
        )
        .select_from(SearchDocument)
        .join(Record, Record.id == SearchDocument.record_id)
        .outerjoin(item, item.c.id == Record.id)
        .where(*(_contains(word) for word in words if _is_unspaced(word)))
    )
    if not indexed:
        in_title = and_(*(SearchDocument.title.contains(word, autoescape=True) for word in words))
        return rows.order_by(case((in_title, 0), else_=1), Record.id)
    is_last_open = indexed[-1] == words[-1]
    if db.session.get_bind().dialect.name == "sqlite":
        return _on_sqlite(rows, indexed, is_last_open=is_last_open)
    return _on_postgresql(rows, indexed, is_last_open=is_last_open)


def _on_sqlite(rows: Select[Any], words: Sequence[str], *, is_last_open: bool) -> Select[Any]:
    """Ask FTS5. Words are quoted, so that nothing in them is an operator; the tokenizer folds accents and case."""
    match = " AND ".join(f'"{word}"' for word in words) + ("*" if is_last_open else "")
    return (
        rows.join(_INDEX, _INDEX.c.rowid == SearchDocument.id)
        .where(literal_column("search_index").op("MATCH")(match))
        .order_by(func.bm25(literal_column("search_index"), 10.0, 1.0), Record.id)
    )


def _on_postgresql(rows: Select[Any], words: Sequence[str], *, is_last_open: bool) -> Select[Any]:
    """Ask the GIN index. Words are quoted and folded as the index folds."""
    quoted = " & ".join(f"'{_without_accents(word)}'" for word in words) + (":*" if is_last_open else "")
    vector: ColumnElement[Any] = literal_column(VECTOR)
    query = func.to_tsquery("simple", quoted)
    return rows.where(vector.op("@@")(query)).order_by(func.ts_rank(vector, query).desc(), Record.id)


def _contains(word: str) -> ColumnElement[bool]:
    return or_(
        SearchDocument.title.contains(word, autoescape=True), SearchDocument.text.contains(word, autoescape=True)
    )


def _is_unspaced(word: str) -> bool:
    return any(first <= ord(sign) <= last for sign in word for first, last in _UNSPACED)


def _without_accents(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not "\u0300" <= sign <= "\u036f")


def _hit(row: Any, words: Sequence[str]) -> Hit:
    marked = mark(row.title, words)
    return Hit(row.id, row.kind, row.item_kind, row.origin, row.is_withdrawn, marked, excerpt(row.text, words))
