"""The records that a programme names: stakeholders, bodies, presentations, as far as the viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from planner.access.viewer import Viewer
from planner.access.visibility import title, visible
from planner.core.db import db
from planner.models import PublishedSession, Record
from planner.services.sessions.working import Values


@dataclass(frozen=True)
class Named:
    """A stakeholder or a body beside a session; without an id where the viewer may not open it."""

    id: int | None
    kind: str
    title: str
    role: str | None = None
    note: str | None = None
    count: int | None = None
    cited_as: str | None = None
    """The field under which citations say how it is known."""


@dataclass(frozen=True)
class Names:
    """The records that a programme names and the viewer may see: by id, and stakeholders by key."""

    by_id: dict[int, Any]
    by_ref: dict[str, Any]

    def find(self, record_id: int) -> Named | None:
        """Return a record by its id, None where the viewer may not see it."""
        row = self.by_id.get(record_id)
        return Named(row.id, row.kind, row.title) if row else None

    def of(self, rows: list[Values]) -> tuple[Named, ...]:
        """Return those of the rows (with `id`) that the viewer may see."""
        found = (self.find(row["id"]) for row in rows)
        return tuple(name for name in found if name)


def look_up(viewer: Viewer, values: Values, edition: PublishedSession | None) -> Names:
    """Look up everything that the values name, as far as the viewer may see it, in one query."""
    ids = {row["id"] for key in ("hosts", "interventions", "joint_bodies", "items") for row in values[key]}
    ids |= {slot[key] for slot in values["slots"] for key in ("offer_id", "presenter_id")}
    ids |= {row["id"] for slot in values["slots"] for row in slot["co_presenters"]}
    ids |= {chair["holder_id"] for chair in values["chairings"]}
    ids |= {values["body"]["id"]} if values["body"] else set()
    if edition:
        ids |= {edition.release_id, *(slot["offer_id"] for slot in edition.programme["slots"])}
    refs = {ref for item in values["items"] for ref in item["proposed_by"] or ()}
    rows = db.session.execute(
        select(Record.id, Record.kind, Record.ref, title(viewer).label("title")).where(
            or_(Record.id.in_(ids), (Record.kind == "stakeholder") & Record.ref.in_(refs)), visible(viewer)
        )
    ).all()
    return Names({row.id: row for row in rows}, {row.ref: row for row in rows if row.kind == "stakeholder"})
