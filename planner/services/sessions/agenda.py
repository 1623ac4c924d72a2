"""The lines of an annotated agenda, made from the values of a programme, and how it differs from the release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from planner.models import PublishedSession
from planner.rules import timetable
from planner.rules.programme import compare
from planner.services.programmes import ON_PROGRAMME
from planner.services.sessions.names import Named, Names
from planner.services.sessions.working import Values


@dataclass(frozen=True)
class Entry:
    """A line of the annotated agenda: an item, a break, or a presentation (then with an offer).

    `offset_minutes` is where it begins after the start of the session, None where a length before it is not known.
    """

    number: str | None
    title: str
    text: str | None
    minutes: int | None
    is_break: bool = False
    offer_id: int | None = None
    state: str | None = None
    presenters: tuple[Named, ...] = ()
    stakeholder_class: str | None = None
    proposed_by: tuple[Named, ...] = ()
    is_heading: bool = False
    """An item that only holds presentations: it takes no time of its own."""
    offset_minutes: int | None = None


def list_entries(values: Values, names: Names) -> tuple[Entry, ...]:
    """Return the agenda in order, each presentation under its item, those without an item last.

    What the viewer may not see takes its time all the same and is then left out.
    """
    counts: dict[int | None, int] = {}
    entries: list[tuple[int, Entry]] = []
    numbers = {item["id"]: item["number"] for item in values["items"]}
    for part, is_heading in timetable.running_order(values):
        if "offer_id" not in part:
            entries.append((part["id"], _item(part, names, is_heading=is_heading)))
            continue
        under = part["agenda_item_id"]
        place = counts[under] = counts.get(under, -1) + 1
        entries.append((part["offer_id"], _slot(part, names, _letter(numbers.get(under), place))))
    timed = [timetable.Item(n, 0 if entry.is_heading else entry.minutes) for n, (_, entry) in enumerate(entries)]
    placed = [(*entries[place.key], place.offset_minutes) for place in timetable.lay_out(timed)]
    return tuple(replace(entry, offset_minutes=at) for key, entry, at in placed if key in names.by_id)


def _letter(number: str | None, place: int) -> str | None:
    """Return "3 (a)" for the first presentation under item 3."""
    return f"{number} ({chr(ord('a') + place)})" if number and place < len("abcdefghijklmnopqrstuvwxyz") else None


def _item(item: Values, names: Names, *, is_heading: bool) -> Entry:
    proposers = tuple(
        Named(row.id, row.kind, row.title) if (row := names.by_ref.get(ref)) else Named(None, "stakeholder", ref)
        for ref in item["proposed_by"] or ()
    )
    return Entry(
        item["number"], item["title"], item["text"], item["minutes"], item["is_break"],
        proposed_by=proposers, is_heading=is_heading,
    )  # fmt: skip


def _slot(slot: Values, names: Names, number: str | None) -> Entry:
    presenter = names.find(slot["presenter_id"]) or Named(None, "stakeholder", slot.get("presenter", ""))
    return Entry(
        number, slot["title"], slot.get("summary"), slot["minutes"],
        offer_id=slot["offer_id"], state=slot["state"], presenters=(presenter, *names.of(slot["co_presenters"])),
        stakeholder_class=slot["stakeholder_class"],
    )  # fmt: skip


def differences(edition: PublishedSession, working: Values, names: Names) -> tuple[dict[str, Any], ...]:
    """Return what a release now would change of this session. Names of stakeholders are left to their ids."""
    placed = {**working, "slots": [slot for slot in working["slots"] if slot["state"] in ON_PROGRAMME]}
    sides = [_comparable(side, names) for side in (edition.programme, placed)]
    return tuple(compare({"sessions": [sides[0]]}, {"sessions": [sides[1]]}))


def _comparable(values: Values, names: Names) -> Values:
    """Return the values with every name looked up anew, so that only what is planned can differ."""

    def named(rows: list[Values]) -> list[Values]:
        return [{"id": row["id"]} for row in rows]

    def presenter(slot: Values) -> str:
        row = names.by_id.get(slot["presenter_id"])
        return row.title if row else str(slot.get("presenter", ""))

    chairs = [{key: value for key, value in chair.items() if key != "holder"} for chair in values["chairings"]]
    slots = [
        {**slot, "presenter": presenter(slot), "co_presenters": named(slot["co_presenters"])}
        for slot in values["slots"]
    ]
    return {
        **values,
        "body": named([values["body"]]) if values["body"] else None,
        "hosts": named(values["hosts"]),
        "interventions": named(values["interventions"]),
        "joint_bodies": sorted(named(values["joint_bodies"]), key=lambda row: row["id"]),
        "chairings": chairs,
        "slots": slots,
    }
