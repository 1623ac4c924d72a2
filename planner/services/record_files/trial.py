"""What the files would make, found out without a database: an import whose store only remembers what it was told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import inspect

from planner.models import Office, OfficeRole, PlanSession, Record
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.loading import load_files
from planner.services.record_files.overlay import Key
from planner.services.record_files.report import ImportReport
from planner.services.record_files.rows import Values
from planner.services.record_files.store import Store

R = TypeVar("R", bound=Record)
Facts = tuple[str, str, OfficeRole, str]
"""Body, cycle, role and holder of an office, by their keys."""


@dataclass
class Made:
    """What the files say of one record."""

    values: dict[str, Any]
    rows: dict[str, Sequence[Values]]


@dataclass
class Trial(Store):
    """A store that writes nothing. `known` are records that the files point to without holding them themselves."""

    known: Callable[[Key], bool] = lambda _key: False
    offices: Mapping[Facts, str] = field(default_factory=dict)
    """Offices that people entered, by what they are."""
    made: dict[Key, Made] = field(default_factory=dict)

    def put(self, model: type[R], ref: str, values: Values, rows: Mapping[str, Sequence[Values]] | None = None) -> R:
        """Remember one record."""
        kind = str(inspect(model).polymorphic_identity)
        self.made[kind, ref] = Made(dict(values), dict(rows or {}))
        record = _stand_in(model, ref)
        if "code" in values:
            record.code = values["code"]  # type: ignore[attr-defined]
        self.held[kind, ref] = record
        return record

    def put_rows(self, record: Record, name: str, wanted: Sequence[Values]) -> None:
        """Remember more rows of a record."""
        self.made[str(inspect(type(record)).polymorphic_identity), record.ref].rows[name] = list(wanted)

    def get(self, kind: str, ref: str) -> Any:
        """Return what stands in for a record."""
        if (kind, ref) not in self.held and self.known((kind, ref)):
            self.held[kind, ref] = _stand_in(inspect(Record).polymorphic_map[kind].class_, ref)
        return super().get(kind, ref)

    def find_office(self, body: Any, cycle: Any, role: Any, holder: Any) -> Office | None:
        """Return the office that people entered, or None."""
        ref = self.offices.get((body.ref, cycle.ref, role, holder.ref))
        return _stand_in(Office, ref) if ref else None

    def places_of(self, _plan_session: PlanSession, refs: Mapping[str, int | None]) -> dict[str, int]:
        """Return the places that the files give, or that follow from the order."""
        return {ref: number if place is None else place for number, (ref, place) in enumerate(refs.items())}

    def flush(self) -> None:
        """Do nothing: there is no database."""


def _stand_in(model: type[R], ref: str) -> R:
    return model(ref=ref)


def made_by(record: CleanRecord, known: Callable[[Key], bool], offices: Mapping[Facts, str]) -> dict[Key, Made]:
    """Return what the files of the record make, by kind and key; what people entered is left out.

    `known` says which further records may be pointed to, `offices` which were entered by hand.
    """
    trial = Trial(ImportReport(), datetime.min.replace(tzinfo=UTC), known=known, offices=offices)
    load_files(_without_entered(record), trial)
    return trial.made


def _without_entered(record: CleanRecord) -> CleanRecord:
    return CleanRecord(
        record.parties, record.documents, record.instruments, record.meetings, record.plan, record.bodies,
        record.cycles, articles=record.articles,
    )  # fmt: skip
