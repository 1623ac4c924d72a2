"""What entries of sessions say of the sessions that they were merged into, take in, were split from or go on in.

An entry has one text for all its readers. So it names another session only where everybody who may see this one may see
that one too, and everybody who reads this entry may read of worked examples where the other is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select, union

from planner.access.readers import all_may_also_see
from planner.core.db import db, table_of
from planner.core.i18n import N_, Message
from planner.formats.prose import Block, Lines, Link
from planner.models import EntryKind, Origin, PublishedSession, Record
from planner.rules.day_words import day_words
from planner.rules.lifecycle import OFF
from planner.services.calendar_entries import wording
from planner.services.calendar_entries.fact import uid_of
from planner.services.calendar_entries.places import day_of
from planner.services.calendar_entries.source import Source

_edition, _record = table_of(PublishedSession), table_of(Record)
_MERGED_ELSEWHERE = N_("Merged into another session.")


@dataclass(frozen=True)
class Beside:
    """What one entry says of other sessions: blocks of its text, and their UIDs."""

    blocks: tuple[Block, ...] = ()
    uids: tuple[str, ...] = ()


def neighbours_of(ids: list[int]) -> Any:
    """Return the select of the ids of the sessions whose released edition names one of these, or is named by it."""
    names_one = or_(_edition.c.continued_in_id.in_(ids), _edition.c.split_from_id.in_(ids))
    return union(
        select(_edition.c.session_id.label("id")).where(names_one),
        *(
            select(column).where(_edition.c.session_id.in_(ids), column.is_not(None))
            for column in (_edition.c.continued_in_id, _edition.c.split_from_id)
        ),
    )


def read_beside(source: Source, shown: Iterable[Any]) -> dict[int, Beside]:
    """Return by id what the entries of some sessions say of others. `shown` are the rows of their editions."""
    states = {row.id: row.edition_state for row in shown}
    pairs = _pairs(list(states))
    facts = _facts({*pairs, *(other for found in pairs.values() for _, other in found)}) if pairs else {}
    said: dict[int, Beside] = {}
    for key, state in states.items():
        near = [(relation, facts[one]) for relation, one in pairs.get(key, ()) if one in facts]
        named = [(relation, other) for relation, other in near if _may_name(facts[key], other)]
        told = [(words, other) for relation, other in named if (words := _words(relation, other))]
        blocks = [_linked(source, words, other.id) for words, other in told]
        if state == "merged" and "merged" not in dict(named):
            blocks.insert(0, Lines((_MERGED_ELSEWHERE,)))
        uids = dict.fromkeys(uid_of(EntryKind.SESSION, other.ref) for _, other in told)
        said[key] = Beside(tuple(blocks), tuple(uids))
    return said


def _pairs(ids: list[int]) -> dict[int, list[tuple[str, int]]]:
    """Return by session how it hangs together with others: what became of it first, then what it is made of."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    columns = (_edition.c.session_id, _edition.c.state, _edition.c.continued_in_id, _edition.c.split_from_id)
    named = or_(*(column.in_(ids) for column in (columns[0], *columns[2:])))
    known = set(ids)
    for one, state, into, source in db.session.execute(select(*columns).where(named).order_by(columns[0])):
        if into is not None and state == "merged":
            found[one].append(("merged", into))
            found[into].append(("takes_in", one))
        if source is not None:
            found[one].append(("split", source))
            found[source].append(("continued", one))
    order = ("merged", "continued", "split", "takes_in")
    return {key: sorted(pairs, key=lambda pair: order.index(pair[0])) for key, pairs in found.items() if key in known}


def _facts(ids: Iterable[int]) -> dict[int, Any]:
    """Return what is said of sessions, and what decides who may see them; of none that has not been released."""
    edition = (_edition.c[name] for name in ("title", "state", "on_text", "starts_at", "zone"))
    of_record = (
        "id", "ref", "origin", "audience", "audience_own", "audience_parent_id", "home_body_id", "home_meeting_id",
    )  # fmt: skip
    chosen = (
        select(*edition, *(_record.c[name] for name in of_record))
        .join(_record, _record.c.id == _edition.c.session_id)
        .where(_record.c.id.in_(sorted(ids)), _record.c.published)
    )
    return {row.id: row for row in db.session.execute(chosen)}


def _may_name(one: Any, other: Any) -> bool:
    """Say whether all readers of one entry may read of another session."""
    if other.origin is Origin.ILLUSTRATION and one.origin is not Origin.ILLUSTRATION:
        return False
    return all_may_also_see(one, other)


def _words(relation: str, other: Any) -> Message | None:
    """Return how an entry names another session. Nothing goes on in one that is off."""
    if relation == "takes_in":
        return N_("Takes in “{title}”.", title=other.title)
    if relation == "split":
        return N_("Split from “{title}”.", title=other.title)
    when = _when(other)
    if relation == "merged":
        plain = N_("Merged into “{title}”.", title=other.title)
        return N_("Merged into “{title}”, {when}.", title=other.title, when=when) if when else plain
    if other.state in OFF:
        return None
    plain = N_("Continued in “{title}”.", title=other.title)
    return N_("Continued in “{title}”, {when}.", title=other.title, when=when) if when else plain


def _when(other: Any) -> Message | None:
    """Return the time of another session with its zone, its day where that alone is known, and none where it is off."""
    if other.state in OFF:
        return None
    if other.starts_at is not None:
        return wording.moment(other.starts_at, other.zone)
    day = day_of(other.on_text)
    return day_words(day) if day else None


def _linked(source: Source, words: Message, session_id: int) -> Block:
    address = source.address("sessions", session_id)
    return Link(address, words) if address else Lines((words,))
