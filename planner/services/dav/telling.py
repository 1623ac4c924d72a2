"""What has changed in a calendar since a program was told last (RFC 6578).

What a person may see changes for many reasons: a record, a grant, a status, the choice of a feed, the day. So what a
calendar holds now is compared with what was told last, under the lock of its row, and every difference gets the next
number. Where nothing differs nothing is written.

Each number has a mark, drawn at random, and a token names both: after a database was put back from a copy the same
numbers are given again to other states, and a program that was told one of the first must begin anew.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from planner.core.db import db, table_of, transaction, upsert_into
from planner.core.errors import PlannerError
from planner.models import DavCollection, DavMember, DavState
from planner.services.dav.holdings import Holding
from planner.services.dav.items import list_items

_collection = table_of(DavCollection)
_member = table_of(DavMember)
_state = table_of(DavState)

KEPT_STATES = 1000
"""How many states back a token counts; who comes with an older one begins anew."""


class UnknownToken(PlannerError):  # noqa: N818 - named after the fact
    """The token is none that this calendar gave: the program begins anew with an empty one (RFC 6578 section 3.8)."""

    status = 403


@dataclass(frozen=True)
class State:
    """A state of a calendar, by its number and its mark."""

    collection_id: int
    number: int
    mark: str

    @property
    def token(self) -> str:
        """Return the sync-token: an address that nobody opens (RFC 6578 section 3.8 asks for a URI)."""
        return f"data:,{self.collection_id}-{self.number}-{self.mark}"


@dataclass(frozen=True)
class Change:
    """An entry that is new, says something else, or is gone since."""

    name: str
    etag: str
    is_gone: bool


def state_of(holding: Holding) -> State:
    """Return the state in which a calendar is, as its next number where anything in it differs from what was told."""
    state, told = _told(holding)
    if state is not None and told == _held(holding):
        return state
    with transaction(write=True):
        return _tell(holding)


def changes_since(holding: Holding, token: str) -> tuple[State, list[Change]]:
    """Return the state of a calendar, and what changed since the state that a token names; for "" all that it holds.

    Raises UnknownToken.
    """
    state = state_of(holding)
    since = _number_of(token, state) if token else 0
    chosen = (
        select(_member.c.name, _member.c.etag, _member.c.is_gone)
        .where(_member.c.collection_id == state.collection_id, _member.c.number > since)
        # a program that comes again meanwhile is told what was counted after this state then
        .where(_member.c.number <= state.number)
        .order_by(_member.c.name)
    )
    if not token:
        chosen = chosen.where(_member.c.is_gone.is_(False))
    return state, [Change(*row) for row in db.session.execute(chosen)]


def _number_of(token: str, state: State) -> int:
    """Return the number that a token names. Raises UnknownToken, also for one of another history of the database."""
    found = re.fullmatch(r"data:,(\d{1,18})-(\d{1,9})-([0-9a-f]{16})", token, re.ASCII)
    if not found or int(found[1]) != state.collection_id or int(found[2]) > state.number:
        raise UnknownToken
    number = int(found[2])
    of_number = (_state.c.collection_id == state.collection_id, _state.c.number == number)
    if db.session.scalar(select(_state.c.mark).where(*of_number)) != found[3]:
        raise UnknownToken
    return number


def _held(holding: Holding) -> dict[str, str]:
    return {item.name: item.etag for item in list_items(holding)}


def _told(holding: Holding) -> tuple[State | None, dict[str, str]]:
    """Return the last state that was told, and the entries that it held. One query."""
    rows = db.session.execute(
        select(_collection.c.id, _collection.c.number, _state.c.mark, _member.c.name, _member.c.etag)
        .join(_state, (_state.c.collection_id == _collection.c.id) & (_state.c.number == _collection.c.number))
        .outerjoin(_member, (_member.c.collection_id == _collection.c.id) & _member.c.is_gone.is_(False))
        .where(_collection.c.user_id == holding.viewer.user_id, _collection.c.key == holding.name)
    ).all()
    state = State(rows[0].id, rows[0].number, rows[0].mark) if rows else None
    return state, {row.name: row.etag for row in rows if row.name is not None}


def _tell(holding: Holding) -> State:
    """Note under the lock of the calendar's row what differs, and return the state after it."""
    row = _locked(holding)
    known = {
        one.name: (one.etag, one.is_gone)
        for one in db.session.execute(select(_member).where(_member.c.collection_id == row.id))
    }
    held = _held(holding)  # read after the lock: two requests cannot give one number to different states
    new = [name for name in held if name not in known]
    other = {name: (etag, False) for name, etag in held.items() if name in known and known[name] != (etag, False)}
    other |= {name: (etag, True) for name, (etag, is_gone) in known.items() if name not in held and not is_gone}
    if not new and not other and row.mark:
        return State(row.id, row.number, row.mark)
    number, mark = row.number + 1, secrets.token_hex(8)
    db.session.execute(insert(_state).values(collection_id=row.id, number=number, mark=mark))
    too_old = (_state.c.collection_id == row.id, _state.c.number <= number - KEPT_STATES)
    db.session.execute(delete(_state).where(*too_old))
    db.session.execute(update(_collection).where(_collection.c.id == row.id).values(number=number))
    if new:
        db.session.execute(
            insert(_member),
            [
                {"collection_id": row.id, "name": name, "etag": held[name], "number": number, "is_gone": False}
                for name in new
            ],
        )
    if other:
        _change(row.id, number, other)
    return State(row.id, number, mark)


def _change(collection_id: int, number: int, rows: dict[str, tuple[str, bool]]) -> None:
    statement = (
        update(_member)
        .where(_member.c.collection_id == collection_id, _member.c.name == bindparam("of"))
        .values(etag=bindparam("now"), number=number, is_gone=bindparam("gone"))
    )
    values = [{"of": name, "now": etag, "gone": is_gone} for name, (etag, is_gone) in rows.items()]
    db.session.connection().execute(statement, values)


def _locked(holding: Holding) -> Any:
    """Return the row of a calendar, made where there is none, locked until the transaction ends; with the mark of its
    number, None where it has none yet.
    """
    key = {"user_id": holding.viewer.user_id, "key": holding.name}
    db.session.execute(upsert_into(_collection).values(**key, number=0).on_conflict_do_nothing())
    return db.session.execute(
        select(_collection.c.id, _collection.c.number, _state.c.mark)
        .outerjoin(_state, (_state.c.collection_id == _collection.c.id) & (_state.c.number == _collection.c.number))
        .where(_collection.c.user_id == key["user_id"], _collection.c.key == key["key"])
        .with_for_update(of=_collection)
    ).one()
