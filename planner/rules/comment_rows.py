"""A comment of a round as plain values, and the two orders in which tables give them: by item and by State."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class CommentRow:
    """One comment. Codes are those of `rules/comment_words.py`; what is unknown, or not for the reader, is None.

    `item_number` is the place of the item in the version ("2.1"), "" for the plan as a whole; `item_place` orders.
    """

    id: int
    rev: int
    version_id: int
    item_id: int | None
    item_place: int
    item_number: str
    item_kind: str | None
    item_title: str | None
    cycle_code: str | None
    stakeholder_id: int
    stakeholder: str
    stakeholder_class: str
    kind: str
    text: str | None
    proposed_title: str | None
    proposed_text: str | None
    submitted_at: datetime
    is_late: bool
    is_withdrawn: bool
    in_reply_to_id: int | None
    through: str | None
    """Who typed it: the person, or the holder of a personal address; officers alone are told."""
    is_answered: bool
    """Whether it has a disposition, also where that is not for the reader yet: it is not changed any more."""
    disposition: str | None
    reason: str | None
    disposed_at: datetime | None
    applied_at: datetime | None


def by_item(rows: Iterable[CommentRow]) -> list[CommentRow]:
    """Return comments in the order of the items, the plan as a whole first; an answer follows what it answers."""
    known = list(rows)
    roots = root_of(known)
    first = {row.id: row for row in known}

    def key(row: CommentRow) -> tuple[int, datetime, int, bool, datetime, int]:
        root = first[roots[row.id]]
        return row.item_place, root.submitted_at, root.id, row.id != root.id, row.submitted_at, row.id

    return sorted(known, key=key)


def by_state(rows: Iterable[CommentRow]) -> list[CommentRow]:
    """Return comments by who made them, each's in the order of the items."""
    return sorted(rows, key=lambda r: (r.stakeholder.casefold(), r.stakeholder_id, r.item_place, r.submitted_at, r.id))


def root_of(rows: Iterable[CommentRow]) -> dict[int, int]:
    """Return for each comment the one at the head of its thread, as far as that is among the rows."""
    above = {row.id: row.in_reply_to_id for row in rows}
    roots: dict[int, int] = {}
    for start in above:
        one, seen = start, {start}
        while (up := above[one]) is not None and up in above and up not in seen:
            one = up
            seen.add(up)
        roots[start] = one
    return roots
