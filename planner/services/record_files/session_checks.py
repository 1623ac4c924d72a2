"""Checks of sessions that people merged or split: each goes on somewhere, and none comes back to itself."""

from __future__ import annotations

from planner.core.i18n import N_
from planner.services.record_files.checking import CleanRecord
from planner.services.record_files.consistency import in_rings
from planner.services.record_files.entered import entries
from planner.services.record_files.places import Ledger, Place


def check_merged(record: CleanRecord, ledger: Ledger) -> None:
    """Note each session that goes on in itself, over others or not, and each that is merged into none or not at all."""
    files = {data["id"]: "meetings.yaml" for _, data in record.sessions()}
    states = {data["id"]: data.get("state") for _, data in record.sessions()}
    links: dict[str, dict[str, list[str]]] = {"continued_in": {}, "split_from": {}}
    for _, data in entries(record.edits, ("plan_session",)):
        files[data["id"]] = "edits.yaml"
        states[data["id"]] = data.get("state", states.get(data["id"]))
        for field, found in links.items():
            if data.get(field):
                found[data["id"]] = [data[field][1]]
    for field, found in links.items():
        for ref in in_rings(found):
            Place(ledger, files[ref], ref, field).fault(N_("It hangs on itself through “{field}”.", field=field))
    into = links["continued_in"]
    for ref, state in states.items():
        if state == "merged" and ref not in into:
            Place(ledger, files[ref], ref, "state").fault(
                N_("A merged session says in “continued_in” where it goes on.")
            )
        elif state != "merged" and ref in into:
            Place(ledger, files[ref], ref, "continued_in").fault(N_("Only a merged session goes on in another one."))
