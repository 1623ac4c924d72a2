"""Reads and checks all files of a directory together, and returns either the clean record or every fault of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.core.i18n import N_
from planner.core.paths import SEED
from planner.services.record_files import consistency
from planner.services.record_files.consistency import Cycles
from planner.services.record_files.faults import Fault
from planner.services.record_files.places import Ledger, Place
from planner.services.record_files.reading import Keyed, read_file
from planner.services.record_files.schema import ENTERED_FILES, FILES, OPTIONAL_FILE

_NAMES = {
    "agenda_item": N_("agenda item"), "article": N_("Article"), "body": N_("body"), "cycle": N_("cycle"),
    "document": N_("document"), "instrument": N_("instrument"), "item": N_("topic or theme"), "meeting": N_("meeting"),
    "organisation": N_("organisation"), "plan": N_("plan"), "session": N_("session"), "source": N_("source"),
    "stage": N_("stage"), "state": N_("State"), "state|organisation": N_("State or organisation"),
    "state|organisation|body": N_("State, organisation or body"),
}  # fmt: skip


@dataclass
class CleanRecord:
    """What the files say, clean: per file its mapping, the cycles that follow from it, and the Articles it names."""

    parties: dict[str, Any]
    documents: dict[str, Any]
    instruments: dict[str, Any]
    meetings: dict[str, Any]
    plan: dict[str, Any]
    bodies: dict[str, Any]
    cycles: Cycles
    additions: dict[str, Any] = field(default_factory=dict)
    edits: dict[str, Any] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)
    links: list[tuple[Place, str, str]] = field(default_factory=list)
    """Place, kind and key of each record that what people entered points to, still to be looked up."""

    @property
    def default_zone(self) -> str:
        """Return the zone of meetings that name none."""
        zone: str = self.meetings["defaults"]["timezone"]
        return zone

    def sessions(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield each session with its meeting."""
        for meeting in self.meetings["meetings"]:
            for plan_session in meeting.get("sessions", ()):
                yield meeting, plan_session


def check_directory(directory: Path) -> tuple[CleanRecord | None, list[Fault]]:
    """Return the clean record of a directory and all faults of it; there is no record where there is a fault."""
    ledger = Ledger()
    if not directory.is_dir():
        return None, [Fault(str(directory), "", "", N_("There is no such directory."))]
    clean = {name: _clean_file(name, directory, ledger) for name in FILES}
    if any(value is None or not _needed(name) <= value.keys() for name, value in clean.items()):
        # What the lost file would have defined cannot be missed by the others: that would bury the one real fault.
        _check_references(ledger, only_known=True)
        return None, ledger.faults
    record = CleanRecord(
        **{name.removesuffix(".yaml"): value for name, value in clean.items() if value is not None},
        cycles=Cycles(),
        articles=ledger.articles,
        links=ledger.links,
    )
    record.cycles = consistency.find_cycles(record, ledger)
    consistency.register_themes(record, ledger)
    _check_references(ledger)
    if not ledger.faults:
        consistency.check_record(record, ledger)
    ledger.faults.sort(key=lambda fault: (list(FILES).index(fault.file), fault.line or 0))
    return (None, ledger.faults) if ledger.faults else (record, [])


def _needed(name: str) -> set[str]:
    """Return the parts of a file without which nothing can be said of the others."""
    return set() if name in ENTERED_FILES else set(FILES[name].required) - {"schema_version"}


def _clean_file(name: str, directory: Path, ledger: Ledger) -> dict[str, Any] | None:
    path = directory / name
    if name in ENTERED_FILES and not path.exists():
        return {}
    if name == OPTIONAL_FILE and not path.exists():
        path = SEED / name
    value, faults = read_file(path)
    ledger.faults += faults
    if value is None and not faults:
        ledger.faults.append(Fault(name, "", "", N_("The file is empty.")))
    if value is None:
        return None
    if not isinstance(value, Keyed):
        ledger.faults.append(Fault(name, "", "", N_("The file must be a mapping of keys.")))
        return None
    return FILES[name].clean(value, Place(ledger, name))


def _check_references(ledger: Ledger, *, only_known: bool = False) -> None:
    for place, kinds, key in ledger.references:
        known = [ledger.ids[kind] for kind in kinds.split("|") if kind in ledger.ids]
        if only_known and len(known) < kinds.count("|") + 1:
            continue
        if not any(key in ids for ids in known):
            place.fault(N_("There is no {kind} “{key}”.", kind=_NAMES.get(kinds, kinds), key=key[:80]))
