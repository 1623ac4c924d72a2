"""How many records each register holds for a viewer, all in one query."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Select, func, literal, select, union_all

from planner.access.viewer import Viewer
from planner.core.db import db
from planner.services.registers.core import Register


def count_rows(registers: Mapping[str, Register], viewer: Viewer) -> dict[str, int]:
    """Return the number of visible records by name of register."""
    if not registers:
        return {}
    counts = union_all(*(_count(name, register, viewer) for name, register in registers.items()))
    return {row[0]: row[1] for row in db.session.execute(counts)}


def _count(name: str, register: Register, viewer: Viewer) -> Select[str, int]:
    source = register.source(viewer)
    ids = source.rows.with_only_columns(source.id.label("id"), maintain_column_froms=True).order_by(None).subquery()
    return select(literal(name), func.count(ids.c.id))
