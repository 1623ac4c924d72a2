"""The records of the database on their way into files: which of them are written, and by which keys they are named."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import select

from planner.core.db import db
from planner.models import Body, BodyKind, Offer, Origin, Plan, PlanItem, PlanSession, PlanVersion, Record, VersionKind
from planner.services.record_files.held import load_all

R = TypeVar("R", bound=Record)


class Books:
    """All records of the kinds that files can hold, of some origins."""

    def __init__(self, origins: Collection[Origin]) -> None:
        """Read everything once."""
        self.origins = frozenset(origins)
        self._records = load_all()
        self.refs: dict[int, str] = {}
        for record_id, ref in db.session.execute(select(Record.id, Record.ref)):
            self.refs[record_id] = ref
        self.by_id: dict[int, Record] = {record.id: record for record in self._records}
        self.used: set[int] = set()
        """Ids of the records that a file holds, noted while the files are made."""
        self.written = {record.id for record in self._records if record.origin in self.origins}
        self.written -= self._without_place()

    def _without_place(self) -> set[int]:
        """Return the ids of what files cannot hold.

        These are items of which only a numbered version or the working copy has a text, and presentations without a
        session.
        """
        items = {record.id for record in self._records if isinstance(record, PlanItem)}
        held = {
            row.item_id
            for record in self._records
            if isinstance(record, PlanVersion) and record.version_kind is VersionKind.RECONSTRUCTION
            for row in record.revisions
        }
        placed = {slot.offer_id for record in self._records if isinstance(record, PlanSession) for slot in record.slots}
        offers = {record.id for record in self._records if isinstance(record, Offer)}
        return (items - held) | (offers - placed)

    def of(self, model: type[R]) -> list[R]:
        """Return the records of a class that are written, in the order in which they came into the database."""
        found = [record for record in self._records if isinstance(record, model) and record.id in self.written]
        return sorted(found, key=lambda record: record.id)

    def find(self, model: type[R], ref: str) -> R | None:
        """Return a record that is written, by its key."""
        return next((record for record in self.of(model) if record.ref == ref), None)

    def ref(self, record_id: int | None) -> str | None:
        """Return the key of a record that is written, or None: files do not point to what they do not hold."""
        return self.refs[record_id] if record_id in self.written and record_id is not None else None

    def refs_of(self, ids: Sequence[int]) -> list[str]:
        """Return the keys of those records that are written."""
        return [self.refs[record_id] for record_id in ids if record_id in self.written]

    def code(self, body_id: int | None) -> str | None:
        """Return the name that the files use for a body that is written."""
        body = self.by_id.get(body_id or 0)
        return body.code if isinstance(body, Body) and body.id in self.written else None

    def themes_of(self, meeting_id: int, body_id: int | None) -> list[str]:
        """Return the keys of the themes that a meeting serves in the plans of a body, in the order of the files."""
        if body_id is None:
            return []
        plans = {plan.id: number for number, plan in enumerate(self.of(Plan)) if plan.body_id == body_id}
        themes = [
            item
            for item in self.of(PlanItem)
            if item.plan_id in plans and any(link.meeting_id == meeting_id for link in item.meeting_links)
        ]
        return [item.ref for item in sorted(themes, key=lambda item: (plans[item.plan_id], item.id))]

    def body_data(self, body_id: int | None) -> dict[str, str | None]:
        """Return `body`, and for a sub-group `sub_body` with the body above it."""
        body = self.by_id.get(body_id or 0)
        if isinstance(body, Body) and body.body_kind is BodyKind.SUB_WORKING_GROUP and self.code(body.parent_id):
            return {"body": self.code(body.parent_id), "sub_body": self.code(body.id)}
        return {"body": self.code(body_id)}

    def left_out(self) -> dict[str, int]:
        """Return per kind how many records of the chosen origins no file holds, once all files are made."""
        counts: dict[str, int] = {}
        chosen = select(Record.id, Record.kind).where(Record.origin.in_(self.origins)).order_by(Record.kind)
        for record_id, kind in db.session.execute(chosen):
            if record_id not in self.used:
                counts[kind] = counts.get(kind, 0) + 1
        return counts
