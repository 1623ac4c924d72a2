"""The records of the database on their way into files: which of them are written, and by which keys they are named."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar, cast

from planner.models import Body, BodyKind, Origin, Plan, PlanItem, Record, Release
from planner.services.editions import titles_of
from planner.services.record_files.frozen import named_in
from planner.services.record_files.further_kinds import Name
from planner.services.record_files.held import load_all
from planner.services.record_files.tables import table_of_kind

R = TypeVar("R", bound=Record)


class Books:
    """All records, and which of them are written: those of some origins."""

    def __init__(self, origins: Collection[Origin]) -> None:
        """Read everything once."""
        self.origins = frozenset(origins)
        self._records = load_all()
        self.refs: dict[int, str] = {record.id: record.ref for record in self._records}
        self.by_id: dict[int, Record] = {record.id: record for record in self._records}
        self.written = {record.id for record in self._records if record.origin in self.origins}
        """Ids of the records that the files hold, in whichever of them."""
        self._leave_out_what_hangs_on_others()
        self._by_class: dict[type[Record], list[Any]] = {}

    def _leave_out_what_hangs_on_others(self) -> None:
        """Leave out what cannot be without a record that is not written, and what would be open to more without it."""
        while lost := {one for one in self.written if not self._needs_of(self.by_id[one]) <= self.written}:
            self.written -= lost

    def _needs_of(self, record: Record) -> set[int]:
        table = table_of_kind(record.kind)
        needed = {getattr(record, one.name) for one in table.columns if one.is_link and not one.column.nullable}
        needed.add(record.audience_parent_id)
        if isinstance(record, Release):
            needed |= {*named_in(record.programme), *named_in(record.changes)}
        return needed - {None}

    def of(self, model: type[R]) -> list[R]:
        """Return the records of a class that are written, in the order in which they came into the database."""
        if model not in self._by_class:
            found = [record for record in self._records if isinstance(record, model) and record.id in self.written]
            self._by_class[model] = sorted(found, key=lambda record: record.id)
        return list(cast("list[R]", self._by_class[model]))

    def find(self, model: type[R], ref: str) -> R | None:
        """Return a record that is written, by its key."""
        return next((record for record in self.of(model) if record.ref == ref), None)

    def name(self, record_id: int | None) -> Name | None:
        """Return kind and key of a record that is written, of a body its code; or None."""
        if record_id is None or record_id not in self.written:
            return None
        record = self.by_id[record_id]
        return record.kind, record.code if isinstance(record, Body) else record.ref

    def released_titles(self) -> dict[int, str]:
        """Return the titles under which everybody sees sessions, items of agendas and presentations, by their ids."""
        current = (release for release in self.of(Release) if release.is_current)
        return {record_id: title for release in current for record_id, title in titles_of(release.programme)}

    def all_written(self) -> list[Record]:
        """Return all records that are written, in the order in which they came into the database."""
        return sorted((self.by_id[one] for one in self.written), key=lambda record: record.id)

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
        """Return per kind how many records of the chosen origins hang on records of others, and are not written."""
        counts: dict[str, int] = {}
        for record in sorted(self.by_id.values(), key=lambda record: record.kind):
            if record.origin in self.origins and record.id not in self.written:
                counts[record.kind] = counts.get(record.kind, 0) + 1
        return counts
