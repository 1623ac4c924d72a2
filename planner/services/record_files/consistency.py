"""What must hold between records: cycles apart, trees without rings, symbols used once, hours that exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core.i18n import N_, Message
from planner.rules.partial_dates import parse_partial_date
from planner.services.record_files.local_time import hours_of
from planner.services.record_files.places import Ledger, Place

if TYPE_CHECKING:
    from planner.services.record_files.checking import CleanRecord

Data = dict[str, Any]
CONFERENCE_SERIES = "Conf"
_NEEDED = {"code", "series", "number", "until"}
_CYCLE_CODE = re.compile(r"CSP([1-9][0-9]{0,3})")


@dataclass
class Cycles:
    """The cycles of a record, in the order of their numbers."""

    rows: list[Data] = field(default_factory=list)


def find_cycles(record: CleanRecord, ledger: Ledger) -> Cycles:
    """Return the cycles that `bodies.yaml` gives, and those that follow from the Conferences.

    A cycle runs from the day after one Conference to the last day of the next (DOMAIN.md section 3); the first has no
    start.
    """
    given = [dict(cycle) for cycle in record.bodies.get("cycles", ()) if cycle.keys() >= _NEEDED]
    keys = {cycle_key(cycle) for cycle in given}
    derived = [row for row in _from_conferences(record, ledger, keys) if row["code"] not in keys]
    rows = sorted(given + derived, key=lambda row: (row["series"], row["number"]))
    taken = ledger.ids.setdefault("cycle", {})
    for meeting in record.meetings["meetings"]:
        # A Conference of which something is wrong still names its cycle: else all that belongs to it would be faults.
        if meeting.get("series") == CONFERENCE_SERIES and _CYCLE_CODE.fullmatch(meeting.get("cycle", "")):
            taken.setdefault(meeting["cycle"], "meetings.yaml")
    _add_themes(rows, record, ledger)
    return Cycles(rows)


def cycle_key(row: Data) -> str:
    """Return the key of a cycle: its code where it has none of its own."""
    return str(row.get("id") or row["code"])


def _from_conferences(record: CleanRecord, ledger: Ledger, given: set[str]) -> list[Data]:
    conferences = {body.get("code") for body in record.bodies["bodies"] if body.get("kind") == "conference"}
    ends: dict[int, tuple[date, Data]] = {}
    for meeting in record.meetings.get("meetings", ()):
        code = _CYCLE_CODE.fullmatch(meeting.get("cycle", ""))
        if code is None or meeting.get("series") != CONFERENCE_SERIES or meeting.get("body") not in conferences:
            continue
        end = parse_partial_date(meeting["end_date"]).day if "end_date" in meeting else None
        place = Place(ledger, "meetings.yaml", meeting.get("id", ""))
        if code[0] in given and (end is None or int(code[1]) in ends):
            continue  # the cycle is what its own entry says; a Conference that has no day yet is no fault
        if end is None:
            place.inside("end_date").fault(N_("The last day of a Conference must be known: it ends the cycle."))
        elif int(code[1]) in ends:
            place.inside("cycle").fault(N_("The cycle {cycle} has two Conferences.", cycle=code[0]))
        else:
            ends[int(code[1])] = (end, meeting)
    rows = []
    before: date | None = None
    for number in sorted(ends):
        end, meeting = ends[number]
        row: Data = {"code": f"CSP{number}", "series": "CSP", "number": number, "until": _next(end)}
        if before is not None:
            row["from"] = _next(before)
        row |= {key: meeting[key] for key in ("provenance", "confidence", "source") if key in meeting}
        rows.append(row)
        before = end
    return rows


def _next(day: date) -> str:
    return (day + timedelta(days=1)).isoformat()


def _add_themes(rows: list[Data], record: CleanRecord, ledger: Ledger) -> None:
    """Take the themes of the Conferences from the plans, where the files as first written have them."""
    by_key = {cycle_key(row): row for row in rows}
    for plan in record.plan.get("plans", ()):
        for cycle in plan.get("cycles", ()):
            row, theme = by_key.get(cycle.get("cycle")), cycle.get("conference_theme")
            if row is None or theme is None:
                continue
            if row.setdefault("conference_theme", theme) != theme:
                place = Place(ledger, "plan.yaml", plan.get("id", ""), "conference_theme")
                place.fault(N_("The theme of {cycle} is given twice and differs.", cycle=row["code"]))


def register_themes(record: CleanRecord, ledger: Ledger) -> None:
    """Let references name a theme, which has no key of its own in the files: plan and cycle."""
    items = ledger.ids.setdefault("item", {})
    for plan in record.plan.get("plans", ()):
        for cycle in plan.get("cycles", ()):
            items[theme_ref(plan.get("id", ""), cycle.get("cycle", ""))] = "plan.yaml"


def theme_ref(plan: str, cycle: str) -> str:
    """Return the key of the theme that a plan has in a cycle."""
    return f"{plan}/{cycle}"


def check_record(record: CleanRecord, ledger: Ledger) -> None:
    """Note every fault between records; to be called when each record is right in itself."""
    _check_cycles(record.cycles.rows, ledger)
    _check_parents(record, ledger)
    _check_rings(record, ledger)
    _check_once(record, ledger)
    _check_hours(record, ledger)


def _check_cycles(rows: list[Data], ledger: Ledger) -> None:
    last: dict[str, Data] = {}
    for row in rows:
        before = last.get(row["series"])
        place = Place(ledger, "bodies.yaml", row["code"], "from")
        if before is not None and (row["number"] == before["number"] or row.get("from", "") < before["until"]):
            place.fault(N_("The cycle overlaps with {other}.", other=before["code"]))
        if "from" in row and row["until"] <= row["from"]:
            place.fault(N_("It ends on {end}, not after {start}.", end=row["until"], start=row["from"]))
        last[row["series"]] = row


def _check_parents(record: CleanRecord, ledger: Ledger) -> None:
    """Refuse a sub-group under a body that is not its own."""
    parents = {body["code"]: body.get("parent") for body in record.bodies["bodies"]}
    named = [("documents.yaml", row) for row in record.documents["documents"]]
    named += [("plan.yaml", row) for row in record.plan["plans"]]
    for file, row in named:
        if "sub_body" in row and parents[row["sub_body"]] != row.get("body"):
            Place(ledger, file, row["id"], "sub_body").fault(
                N_("“{sub_body}” is no sub-group of {body}.", sub_body=row["sub_body"], body=row.get("body", "?"))
            )


def _check_rings(record: CleanRecord, ledger: Ledger) -> None:
    documents = record.documents["documents"]
    topics = [t for plan in record.plan["plans"] for cycle in plan["cycles"] for t in cycle.get("topics", ())]
    for file, field_name, key, rows in (
        ("bodies.yaml", "parent", "code", record.bodies["bodies"]),
        ("documents.yaml", "annex_of", "id", documents),
        ("documents.yaml", "supersedes", "id", documents),
        ("documents.yaml", "follows", "id", documents),
        ("instruments.yaml", "parent", "id", record.instruments["instruments"]),
        ("meetings.yaml", "held_during", "id", record.meetings["meetings"]),
        ("plan.yaml", "carried_over_from", "id", topics),
    ):
        upward = {row[key]: _as_list(row.get(field_name)) for row in rows}
        for ring in in_rings(upward):
            Place(ledger, file, ring, field_name).fault(N_("It hangs on itself through “{field}”.", field=field_name))


def _as_list(value: Any) -> list[str]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def in_rings(upward: Mapping[str, list[str]]) -> list[str]:
    """Return the keys that come back to themselves."""
    rings = []
    for start in upward:
        seen: set[str] = set()
        ahead = list(upward[start])
        while ahead:
            here = ahead.pop()
            if here not in seen:
                seen.add(here)
                ahead += upward.get(here, [])
        if start in seen:
            rings.append(start)
    return rings


def _check_once(record: CleanRecord, ledger: Ledger) -> None:
    """Refuse values that the database holds once, and keys that are made from places and would meet."""
    documents = record.documents["documents"]
    _once("documents.yaml", "symbol", ((row["id"], row.get("symbol")) for row in documents), ledger)
    labels = ((row["id"], _label(row)) for row in documents)
    _once("documents.yaml", "annex_label", labels, ledger)
    stages = record.plan["transfer_chain"]["stages"]
    _once("plan.yaml", "order", ((row["id"], row["order"]) for row in stages), ledger)
    for kind, name in (("agenda_items", "agenda_ref"), ("presentations", "offer_ref")):
        make = {"agenda_ref": agenda_ref, "offer_ref": offer_ref}[name]
        refs = (
            (plan_session["id"], make(plan_session["id"], number, entry))
            for _, plan_session in record.sessions()
            for number, entry in enumerate(plan_session.get(kind, ()), 1)
        )
        _once("meetings.yaml", kind, refs, ledger)


def _label(row: Data) -> Any:
    return (row["annex_of"], row["annex_label"]) if "annex_of" in row and "annex_label" in row else None


def _once(file: str, field_name: str, values: Iterable[tuple[str, Any]], ledger: Ledger) -> None:
    seen: dict[Any, str] = {}
    for key, value in values:
        if value is None:
            continue
        if value in seen:
            shown = " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            message = N_("“{value}” is used already by {other}.", value=shown[:120], other=seen[value])
            Place(ledger, file, key, field_name).fault(message)
        seen.setdefault(value, key)


def agenda_ref(plan_session: str, number: int, entry: Data) -> str:
    """Return the key of an agenda item: its own, or that of its place (from 1) in the session."""
    return str(entry.get("id") or f"{plan_session}/{number}")


def offer_ref(plan_session: str, number: int, entry: Data) -> str:
    """Return the key of a presentation: its own, or that of its place (from 1) in the session."""
    return str(entry.get("id") or f"{plan_session}/p{number}")


def _check_hours(record: CleanRecord, ledger: Ledger) -> None:
    """Refuse hours that the clocks of the place skip, and hours whose instants are not in order."""
    for meeting, plan_session in record.sessions():
        if "start" not in plan_session:
            continue
        zone = plan_session.get("timezone") or meeting.get("timezone") or record.default_zone
        place = Place(ledger, "meetings.yaml", plan_session["id"])
        hours = hours_of(plan_session["date"], plan_session["start"], plan_session["end"], zone)
        if isinstance(hours, Message):
            place.inside("start").fault(hours)
