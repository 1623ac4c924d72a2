"""References to other records: what a person typed or chose becomes the id of a record that they may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db, table_of
from planner.core.i18n import N_, Message
from planner.models import (
    AgendaItem,
    Body,
    Cycle,
    Document,
    Meeting,
    PlanItem,
    PlanItemRevision,
    PlanSession,
    Record,
    Stakeholder,
    TreatyArticle,
    UserAccount,
)
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds import MOST_ROWS, Kind, text_of

if TYPE_CHECKING:
    from planner.services.editing.spec import Entry

FEW = 60
"""Up to so many choices stand in a select; more are typed, with suggestions."""
MOST_SUGGESTED = 400
_MARKED = re.compile(r"(?:.*\(#|#?)([0-9]{1,10})\)?", re.DOTALL)


@dataclass(frozen=True)
class Option:
    """A record that may be chosen: its id and how it is named in a list."""

    id: int
    text: str


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
class Links(Kind):
    """An ordered list of references, kept as rows of a table of their own."""

    kinds: tuple[str, ...]
    collection: str
    row: type
    target: str
    empty: Any = ()

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


def account_id(email: str) -> int:
    """Return the id of the account of an address that was checked."""
    return db.session.scalars(select(UserAccount.id).where(UserAccount.email == email)).one()


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


def options(viewer: Viewer, kinds: tuple[str, ...]) -> list[Option]:
    """Return what the viewer may choose among, in the order of a list: at most `MOST_SUGGESTED`, the newest."""
    name, order = _naming(viewer, kinds)
    rows = (
        select(Record.id, name.label("name"))
        .where(Record.kind.in_(kinds), visible(viewer))
        .order_by(*order)
        .limit(MOST_SUGGESTED)
    )
    for model in _joined(kinds):
        rows = rows.outerjoin(table_of(model), table_of(model).c.id == Record.id)
    return [Option(row.id, row.name) for row in db.session.execute(rows)]


def names_of(viewer: Viewer, ids: set[int]) -> dict[int, str]:
    """Return the title of each of some records as the viewer may read it; those not open to them are left out."""
    if not ids:
        return {}
    document = table_of(Document)
    rows = db.session.execute(
        select(Record.id, title(viewer).label("name"), document.c.symbol)
        .outerjoin(document, document.c.id == Record.id)
        .where(Record.id.in_(ids), visible(viewer))
    )
    return {row.id: f"{row.symbol} {row.name}" if row.symbol else row.name for row in rows}


_TABLES: dict[str, type[Record]] = {
    "document": Document,
    "body": Body,
    "cycle": Cycle,
    "meeting": Meeting,
    "stakeholder": Stakeholder,
    "treaty_article": TreatyArticle,
    "plan_session": PlanSession,
    "agenda_item": AgendaItem,
    "plan_item": PlanItem,
}


def _joined(kinds: tuple[str, ...]) -> list[type[Record]]:
    return [_TABLES[kind] for kind in kinds if kind in _TABLES]


def _naming(viewer: Viewer, kinds: tuple[str, ...]) -> tuple[Any, list[Any]]:
    """Return how records of some kinds are named in a list, and the order of the list."""
    shown: Any = title(viewer)
    naming = _NAMINGS.get(kinds[0]) if len(kinds) == 1 else None
    return naming(shown) if naming else (shown, [Record.kind, func.lower(shown), Record.id])


def _name_document(shown: Any) -> tuple[Any, list[Any]]:
    table = table_of(Document)
    return func.coalesce(table.c.symbol + " ", "") + shown, [table.c.on_text.desc(), Record.id.desc()]


def _name_cycle(_shown: Any) -> tuple[Any, list[Any]]:
    table = table_of(Cycle)
    return table.c.code, [table.c.series, table.c.number.desc()]


def _name_meeting(shown: Any) -> tuple[Any, list[Any]]:
    table = table_of(Meeting)
    return shown + func.coalesce(", " + table.c.start_on, ""), [table.c.start_on.desc(), Record.id.desc()]


def _name_session(shown: Any) -> tuple[Any, list[Any]]:
    table = table_of(PlanSession)
    return shown + func.coalesce(", " + table.c.on_text, ""), [table.c.on_text.desc(), Record.id.desc()]


def _name_article(shown: Any) -> tuple[Any, list[Any]]:
    return shown, [table_of(TreatyArticle).c.position]


def _name_item(shown: Any) -> tuple[Any, list[Any]]:
    cycle = (
        select(Cycle.code)
        .join(PlanItemRevision, PlanItemRevision.cycle_id == Cycle.id)
        .where(PlanItemRevision.item_id == Record.id)
        .order_by(PlanItemRevision.is_shown.desc(), PlanItemRevision.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return shown + func.coalesce(", " + cycle, ""), [Record.id.desc()]


_NAMINGS: dict[str, Callable[[Any], tuple[Any, list[Any]]]] = {
    "document": _name_document,
    "cycle": _name_cycle,
    "meeting": _name_meeting,
    "plan_session": _name_session,
    "treaty_article": _name_article,
    "plan_item": _name_item,
}
