"""What may be chosen for a reference: records in the order of a list, and how each is named in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db, table_of
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
    Stage,
    Stakeholder,
    TreatyArticle,
)

FEW = 60
"""Up to so many choices stand in a select; more are typed, with suggestions."""
MOST_SUGGESTED = 400


@dataclass(frozen=True)
class Option:
    """A record that may be chosen: its id and how it is named in a list."""

    id: int
    text: str


def options(viewer: Viewer, kinds: tuple[str, ...]) -> list[Option]:
    """Return what the viewer may choose among, in the order of a list: at most `MOST_SUGGESTED`, the newest.

    What was withdrawn is offered no more; where it is chosen already it stays.
    """
    name, order = _naming(viewer, kinds)
    rows = (
        select(Record.id, name.label("name"))
        .where(Record.kind.in_(kinds), visible(viewer), Record.withdrawn_because.is_(None))
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
    "stage": Stage,
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


def _name_stage(shown: Any) -> tuple[Any, list[Any]]:
    return shown, [table_of(Stage).c.number]


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
    "stage": _name_stage,
    "plan_item": _name_item,
}
