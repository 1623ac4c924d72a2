"""The history of a record in words: who changed what, when and why, old beside new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.core.errors import NotVisible
from planner.core.i18n import N_, Message
from planner.models import AuditEntry, Record, UserAccount
from planner.rules import lifecycle
from planner.rules.audience import Ground
from planner.rules.words import WORDS, word

PER_PAGE = 50
_QUIET = frozenset(
    {
        "limit_mask",
        "own",
        "position",
        "public_title",
        "is_withdrawn",
        "imported_rev",
        "kind",
        "ref",
        "certain_from",
        "certain_until",
        "possible_from",
        "possible_until",
    }
)
_WORDS = {
    "item_kind": "item_kind",
    "doc_kind": "doc_kind",
    "mode": "mode",
    "language": "language",
    "original_language": "language",
    "region": "region",
    "role": "office_role",
    "body_kind": "body_kind",
    "series": "series",
    "contribution_kind": "contribution_kind",
    "origin": "origin",
    "output_kind": "output_kind",
    "instrument_kind": "instrument_kind",
    "binding": "binding",
    "source_kind": "source_kind",
    "extent": "extent",
    "status": "status",
    "act": "status_act",
    "stakeholder_class": "class",
    "also_class": "class",
    "session_kind": "session_kind",
    "offer_kind": "offer_kind",
    "seat": "seat",
    "lineage_kind": "lineage_kind",
    "verb": "verb",
    "provenance": "provenance",
    "confidence": "confidence",
    "field": "field",
    "group": "attendance",
    "answer": "answer",
    "comment_kind": "comment_kind",
    "disposition": "disposition",
    "comments_shown": "comments_shown",
    "comment_readers": "comment_readers",
    "message_state": "message_state",
}
_ACTS = {
    "create": N_("Created."),
    "edit": N_("Edited."),
    "publish": N_("Released."),
    "import": N_("Imported from the files of the record."),
    "demo": N_("Loaded with the illustration."),
    "place": N_("Placed in a session."),
    "split": N_("Split at a time of day."),
    "dispose": N_("Answered."),
    "take_back_answer": N_("Answer taken back."),
    "apply_comment": N_("Proposed wording written into the working copy."),
    "extend_round": N_("Deadline for comments extended."),
    "close_round": N_("Round of comments closed."),
    "make_link": N_("Personal address made."),
    "rotate_link": N_("Personal address replaced."),
    "revoke_link": N_("Personal address revoked."),
}
_MAKES = frozenset({"create", "import", "demo", "split"})
_LISTS = frozenset({"articles", "stages", "sources"})
_DATED = ("_at", "comments_until")


@dataclass(frozen=True)
class Line:
    """One field with its old and its new value, as words or values to be printed; None where there was none."""

    field: Message
    old: Any
    new: Any


@dataclass(frozen=True)
class Happened:
    """One change of a record; `is_first` where it made the record, so that all of it is new."""

    at: datetime
    who: str
    what: Message
    reason: str | None
    lines: tuple[Line, ...]
    is_first: bool = False


@dataclass(frozen=True)
class History:
    """What happened to a record, the latest first; `more` where older changes are not shown."""

    record: Record
    title: str
    entries: tuple[Happened, ...]
    page: int
    more: bool


def get_history(viewer: Viewer, record_id: int, *, page: int = 1) -> History:
    """Return the history of a record for an officer of its body. Raises NotVisible, NotAllowed."""
    row = db.session.execute(
        select(Record, title(viewer).label("shown")).where(Record.id == record_id, visible(viewer))
    ).one_or_none()
    if row is None:
        raise NotVisible
    record: Record = row[0]
    policy.require(viewer, Verb.SEE_HISTORY, record.home_body_id)
    found = list(
        db.session.scalars(
            select(AuditEntry)
            .where(AuditEntry.record_id == record_id)
            .order_by(AuditEntry.id.desc())
            .limit(PER_PAGE + 1)
            .offset((page - 1) * PER_PAGE)
        )
    )
    shown = found[:PER_PAGE]
    names = _names(viewer, shown)
    entries = tuple(_happened(record.kind, entry, names) for entry in shown)
    return History(record, row[1], entries, page, len(found) > PER_PAGE)


_Names = dict[int | str, str]
"""Titles of records by their id, addresses of accounts by "user" and their id."""


def _names(viewer: Viewer, entries: list[AuditEntry]) -> _Names:
    """Return the title of every record that the changes point to, and the address of every account."""
    ids: set[int] = set()
    users: set[int] = set()
    for entry in entries:
        for name, values in entry.changes.items():
            table, identity, column = _parts(name)
            if _points(column) or column in _LISTS:
                for value in values:
                    ids.update(_ids(value))
            if column == "user_id":
                users.update(part for value in values for part in _ids(value))
            if table and identity.isdigit():
                ids.add(int(identity))
    names: _Names = {}
    if ids:
        rows = select(Record.id, title(viewer)).where(Record.id.in_(ids), visible(viewer))
        names.update({row[0]: row[1] for row in db.session.execute(rows)})
    if users:
        accounts = select(UserAccount.id, UserAccount.email).where(UserAccount.id.in_(users))
        names.update({f"user {row[0]}": row[1] for row in db.session.execute(accounts)})
    return names


def _ids(value: Any) -> Iterator[int]:
    for part in value if isinstance(value, list) else (value,):
        if isinstance(part, int) and not isinstance(part, bool):
            yield part


def _points(column: str) -> bool:
    return column.endswith("_id") and column != "user_id"


def _parts(name: str) -> tuple[str, str, str]:
    """Return table, key of the row and column of the field of a row that belongs to a record ("", "", column else)."""
    if "." not in name:
        return "", "", name
    table, _, rest = name.partition(".")
    identity, _, column = rest.rpartition(".")
    return table, identity, column


def _happened(kind: str, entry: AuditEntry, names: _Names) -> Happened:
    lines = tuple(_lines(kind, entry, names))
    is_first = entry.action in _MAKES and all(line.old is None for line in lines)
    return Happened(entry.at, entry.actor_name, _what(kind, entry), entry.reason, lines, is_first)


def _what(kind: str, entry: AuditEntry) -> Message:
    if entry.action in _ACTS:
        return _ACTS[entry.action]
    for move in lifecycle.all_moves(kind):
        if move.verb_name == entry.action:
            return move.label
    return Message("{action}", {"action": entry.action.replace("_", " ").capitalize()})


def _lines(kind: str, entry: AuditEntry, names: _Names) -> Iterator[Line]:
    rows: dict[tuple[str, str], dict[str, list[Any]]] = {}
    for name, values in entry.changes.items():
        table, identity, column = _parts(name)
        if table:
            rows.setdefault((table, identity), {})[column] = values
        elif column not in _QUIET:
            yield Line(word("field", column), *(_printed(kind, column, value, names) for value in values))
    for (table, identity), fields in rows.items():
        yield from _row_lines(kind, (table, identity), fields, names)


def _row_lines(kind: str, row: tuple[str, str], fields: dict[str, list[Any]], names: _Names) -> Iterator[Line]:
    """Say a row that came or went in one line, a row that changed in a line for each field."""
    table, identity = row
    label = word("field", table)
    told = {column: values for column, values in fields.items() if column not in _QUIET and column != "id"}
    whole = {column: pair for column, pair in told.items() if not any(isinstance(value, bool) for value in pair)}
    came = all(old is None for old, _ in fields.values())
    went = all(new is None for _, new in fields.values())
    if came or went:
        side = 1 if came else 0
        values = [_printed(kind, column, pair[side], names) for column, pair in whole.items()]
        text = _joined(values) if values else names.get(int(identity), identity) if identity.isdigit() else identity
        yield Line(label, None if came else text, text if came else None)
        return
    for column, (old, new) in told.items():
        both = Message("{row}: {field}", {"row": label, "field": word("field", column)})
        yield Line(both, _printed(kind, column, old, names), _printed(kind, column, new, names))


def _joined(values: list[Any]) -> Message:
    places = {f"v{number}": value for number, value in enumerate(values)}
    return Message(", ".join(f"{{{name}}}" for name in places), places)


def _printed(kind: str, column: str, value: Any, names: _Names) -> Any:  # noqa: PLR0911 - one return per kind of value
    """Return a value as a reader knows it: titles for ids, words for codes, yes and no."""
    if value is None:
        return None
    if column in _LISTS and isinstance(value, list):
        return ", ".join(names.get(part, f"#{part}") for part in value)
    if _points(column) and isinstance(value, int):
        return names.get(value, N_("a record that is not open to you"))
    if column == "user_id":
        return names.get(f"user {value}", str(value))
    if column == "state" and kind in lifecycle.LIFECYCLES and lifecycle.is_state(kind, str(value)):
        return lifecycle.state_word(kind, str(value))
    if isinstance(value, bool):
        return N_("yes") if value else N_("no")
    if column in ("audience_own", "work_audience", "ground"):
        return _grounds(int(value))
    if _WORDS.get(column) in WORDS:
        return word(_WORDS[column], str(value))
    if column.endswith(_DATED) and isinstance(value, str):
        return datetime.fromisoformat(value).strftime("%Y-%m-%d %H:%M UTC")
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _grounds(mask: int) -> Message:
    known = WORDS["ground"]
    return _joined([known[str(ground.name).lower()] for ground in Ground if mask & ground])
