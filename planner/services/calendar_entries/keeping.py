"""The rows of calendar entries and of their texts: read before, written together at the end.

Past the session, which would look at every attribute of every row: when ten thousand entries are written anew that
takes longer than to work them out. What it holds of entries it reads again when it is asked next.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from planner.core.db import db, table_of
from planner.core.i18n import LANGUAGES
from planner.formats.ical import zones_in
from planner.models import GONE, CalendarEntry, CalendarEntryText, EntryKind
from planner.rules.audience import Ground
from planner.services.calendar_entries.fact import Fact, says_the_same

Held = dict[tuple[int, EntryKind, str], Any]
"""What is kept of entries, their texts apart, by record, kind and component."""

_UNREAD = frozenset({"text", "zones"})
_entry, _text = table_of(CalendarEntry), table_of(CalendarEntryText)


def held_of(record_ids: Iterable[int]) -> Held:
    """Return what is kept of the entries of some records. One query."""
    columns = [getattr(CalendarEntry, column.key) for column in _entry.c if column.key not in _UNREAD]
    rows = db.session.execute(select(*columns).where(CalendarEntry.record_id.in_(record_ids)))
    return {(row.record_id, row.entry_kind, row.component): row for row in rows}


class Writing:
    """Entries that are to be written as changed at `at`, until `finish` writes them."""

    def __init__(self, at: datetime) -> None:
        """Begin with none."""
        self.at = at
        self._new: list[dict[str, Any]] = []
        self._changed: list[dict[str, Any]] = []
        self._moved: list[dict[str, Any]] = []
        self._others_of_new: list[dict[str, str]] = []
        self._others_of_changed: list[dict[str, str]] = []

    def add(self, fact: Fact) -> None:
        """Write the first entry of this kind that a record has."""
        record_id, kind, component = fact.key
        names = {"record_id": record_id, "entry_kind": kind, "component": component, "uid": fact.saying.uid}
        text, others = self._said(fact, 0)
        self._new.append({**names, **text, **_keys(fact)})
        self._others_of_new.append(others)

    def change(self, row: Any, fact: Fact) -> None:
        """Write what an entry says now, or only where it belongs if it says the same."""
        if says_the_same(row.digest, fact.digest):
            self._moved.append({"row": row.id, **_keys(fact)})
            return
        text, others = self._said(fact, row.sequence + 1)
        self._changed.append({"row": row.id, "uid": fact.saying.uid, **text, **_keys(fact)})
        self._others_of_changed.append(others)

    def hide(self, row: Any) -> None:
        """Take an entry out of all feeds, and keep it where only officers are let in: its SEQUENCE goes on later."""
        keys = {column: getattr(row, column) for column in _KEYS}
        self._moved.append({"row": row.id, **keys, "audience": int(Ground.OFFICERS), "digest": GONE})

    def finish(self) -> int:
        """Write all of it; return the number of entries that say something else now, or were not there."""
        # by number: two transactions that write the same rows wait for each other in one order
        changed = sorted(zip(self._changed, self._others_of_changed, strict=True), key=lambda pair: pair[0]["row"])
        _update([row for row, _ in changed])
        _update(sorted(self._moved, key=lambda row: row["row"]))
        translated = [(row["row"], row["text"], others) for row, others in changed]
        if self._new:
            ids = db.session.scalars(insert(_entry).returning(_entry.c.id, sort_by_parameter_order=True), self._new)
            translated += [
                (number, row["text"], others)
                for number, row, others in zip(ids, self._new, self._others_of_new, strict=True)
            ]
        _keep_texts(translated)
        for one in list(db.session.identity_map.values()):
            if isinstance(one, CalendarEntry):
                db.session.expire(one)
        return len(translated)

    def _said(self, fact: Fact, sequence: int) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the columns of what is said in English, and the texts in the other languages."""
        others = fact.texts(sequence=sequence, at=self.at)
        text = others.pop(LANGUAGES[0])
        said = {"sequence": sequence, "changed_at": self.at, "text": text, "zones": " ".join(zones_in(text))}
        return {**said, "starts_on": fact.starts_on, "ends_on": fact.ends_on}, others


_KEYS = (
    "digest", "origin", "audience", "home_body_id", "home_meeting_id", "body_id", "meeting_id", "cycle_id",
)  # fmt: skip


def _keys(fact: Fact) -> dict[str, Any]:
    return {"digest": fact.digest, **{key: getattr(fact.keys, key) for key in _KEYS[1:]}}


def _update(rows: list[dict[str, Any]]) -> None:
    if rows:
        values: dict[str, Any] = {column: bindparam(column) for column in rows[0] if column != "row"}
        db.session.execute(update(_entry).where(_entry.c.id == bindparam("row")).values(values), rows)


def _keep_texts(translated: list[tuple[int, str, dict[str, str]]]) -> None:
    """Keep the texts of entries in the other languages in place of those they had, where they are not the English."""
    rows = [
        {"entry_id": number, "language": language, "text": text}
        for number, english, others in translated
        for language, text in others.items()
        if text != english
    ]
    if translated:
        db.session.execute(delete(_text).where(_text.c.entry_id.in_([number for number, *_ in translated])))
    if rows:
        db.session.execute(insert(_text), rows)
