"""References to other records: what a person typed or chose becomes the id of a record that they may see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from planner.access.visibility import visible
from planner.core.db import db, table_of
from planner.core.i18n import N_, Message
from planner.models import Body, Cycle, Document, Record, Stakeholder, TreatyArticle, UserAccount
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds import MOST_ROWS, Kind, text_of

if TYPE_CHECKING:
    from planner.services.editing.spec import Entry

_MARKED = re.compile(r"(?:.*\(#|#?)([0-9]{1,10})\)?", re.DOTALL)


@dataclass(frozen=True)
class Ref(Kind):
    """A reference to one record of some kinds; the plain value is its id."""

    kinds: tuple[str, ...]

    def clean(self, raw: Any, entry: Entry) -> int | None:
        """Return the id of the record that is meant, if the actor may see it."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, int) and not isinstance(raw, bool):
            raw = f"#{raw}"
        text = text_of(raw, 1200)
        return None if text is None else resolve(entry, self.kinds, text)


@dataclass(frozen=True)
class References(Kind):
    """An ordered list of references to records of some kinds; the plain value is the list of their ids."""

    kinds: tuple[str, ...]
    empty = ()

    def clean(self, raw: Any, entry: Entry) -> list[int]:
        """Return the ids in order; blank entries are left out."""
        if raw is None:
            return []
        if isinstance(raw, str) or not isinstance(raw, Sequence):
            raise Wrong(N_("This must be a list."))
        if len(raw) > MOST_ROWS:
            raise Wrong(N_("A list has at most {most} entries.", most=MOST_ROWS))
        ids: list[int] = []
        wrong: dict[str, Message] = {}
        for number, part in enumerate(raw):
            try:
                found = Ref(self.kinds).clean(part, entry)
            except Wrong as error:
                wrong[str(number)] = error.parts[""]
                continue
            if found is not None and found in ids:
                wrong[str(number)] = N_("This is in the list twice.")
            elif found is not None:
                ids.append(found)
        if wrong:
            raise Wrong(parts=wrong)
        return ids


@dataclass(frozen=True)
class Links(References):
    """References that are kept as rows of a table of their own.

    `holds` are columns that the rows of this list have in common, where the table keeps other rows too.
    """

    collection: str
    row: type
    target: str
    holds: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Keys(References):
    """References that a column keeps as a list of keys, those of the files of the record."""

    def column(self, value: Any) -> list[str] | None:
        """Return the keys of some ids, None for none."""
        refs = {
            row.id: row.ref for row in db.session.execute(select(Record.id, Record.ref).where(Record.id.in_(value)))
        }
        return [refs[part] for part in value] or None

    def plain(self, value: Any) -> list[int]:
        """Return the ids of some keys."""
        wanted = list(value or ())
        rows = select(Record.id, Record.ref).where(Record.kind.in_(self.kinds), Record.ref.in_(wanted))
        ids = {row.ref: row.id for row in db.session.execute(rows)} if wanted else {}
        return [ids[ref] for ref in wanted if ref in ids]


@dataclass(frozen=True)
class Account(Kind):
    """An account, named by the e-mail address of its person; the plain value is the address."""

    def clean(self, raw: Any, _entry: Entry) -> str | None:
        """Return the address of an account that is there."""
        text = text_of(raw, 254)
        if text is None:
            return None
        email = text.lower()
        if db.session.scalar(select(UserAccount.id).where(UserAccount.email == email)) is None:
            raise Wrong(N_("Nobody signs in as {email}.", email=text[:60]))
        return email

    def column(self, value: Any) -> int | None:
        """Return the id of the account."""
        return db.session.scalar(select(UserAccount.id).where(UserAccount.email == value))

    def plain(self, value: Any) -> str | None:
        """Return the address of an account."""
        return db.session.scalar(select(UserAccount.email).where(UserAccount.id == value))


def resolve(entry: Entry, kinds: tuple[str, ...], text: str) -> int:
    """Return the id of the one record that a text names: "#12", "… (#12)", a symbol, code, key or title. Raises Wrong.

    A record that is referred to already stays allowed where the actor may not see it, so that an edit keeps it.
    """
    rows = select(Record.id).where(Record.kind.in_(kinds))
    marked = _MARKED.fullmatch(text)
    if marked is not None and (text.endswith(")") or text.lstrip("#").isdigit()):
        number = int(marked[1])
        if entry.is_stored(number):
            return number
        seen = visible(entry.actor) if number < 2**31 else Record.id == -1
        found = db.session.scalar(rows.where(Record.id == min(number, 2**31 - 1), seen))
        if found is not None:
            return found
        raise Wrong(N_("There is no such record, or it is not open to you."))
    names = [Record.title == text, Record.ref == text, Record.public_title == text]
    names += [func.lower(Record.title) == text.lower()]
    for model, column in (
        (Document, "symbol"),
        (Body, "code"),
        (Cycle, "code"),
        (Stakeholder, "iso2"),
        (TreatyArticle, "number"),
    ):
        if str(model.__mapper_args__["polymorphic_identity"]) in kinds:
            table = table_of(model)
            names.append(Record.id.in_(select(table.c.id).where(table.c[column] == text)))
    ids = list(db.session.scalars(rows.where(or_(*names), visible(entry.actor)).limit(2)))
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise Wrong(N_("Several are called “{found}”. Choose one from the list.", found=text[:60]))
    raise Wrong(N_("There is nothing called “{found}”. Choose from the list.", found=text[:60]))
