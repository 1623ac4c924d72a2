"""Checks of what people entered against the other files: keys that are taken or missing, links into nothing."""

from __future__ import annotations

from planner.core.i18n import N_
from planner.models import OfficeRole
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.consistency import Data
from planner.services.record_files.entered import entries
from planner.services.record_files.faults import Fault
from planner.services.record_files.places import Ledger, Place
from planner.services.record_files.schema import ADDED, EDITABLE
from planner.services.record_files.session_checks import check_merged
from planner.services.record_files.trial import Facts, made_by


def faults_of_entered(record: CleanRecord) -> list[Fault]:
    """Return every fault of `additions.yaml` and `edits.yaml`; the files must be right in themselves."""
    ledger = Ledger()
    check_merged(record, ledger)
    if not record.additions and not record.edits:
        return ledger.faults
    added = {(kind, data["id"]) for kind, data in entries(record.additions, ADDED)}
    made = made_by(record, added.__contains__, _offices(record)).keys()
    for _, ref in sorted(added & made):
        Place(ledger, "additions.yaml", ref, "id").fault(
            N_("Another file holds this already; its edits may stand in “edits.yaml”.")
        )
    for kind, data in entries(record.edits, EDITABLE):
        if (kind, data["id"]) not in made:
            Place(ledger, "edits.yaml", data["id"], "id").fault(N_("No other file holds this."))
    codes = {("body", row["code"]) for row in record.bodies["bodies"]}
    known = {key for key in made if key[0] != "body"} | added | codes
    for place, kind, ref in record.links:
        if (kind, ref) not in known:
            Place(ledger, place.file, place.record, place.field, place.line).fault(
                N_("There is no {kind} “{key}”.", kind=kind.replace("_", " "), key=ref[:80])
            )
    return ledger.faults


def _offices(record: CleanRecord) -> dict[Facts, str]:
    """Return the offices that were entered by hand, by what they are."""
    keys = {row["code"]: str(row.get("id") or row["slug"]) for row in record.bodies["bodies"]}
    return {facts: data["id"] for data in record.additions.get("offices", ()) if (facts := _facts(data, keys))}


def _facts(data: Data, keys: dict[str, str]) -> Facts | None:
    if not data.keys() >= {"body", "cycle", "holder"} or data["body"][1] not in keys:
        return None
    return keys[data["body"][1]], data["cycle"][1], OfficeRole(data["role"]), data["holder"][1]
