"""Checks that look at several fields of one record. Each takes the cleaned mapping and its place and notes faults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.core.i18n import N_, Message
from planner.rules import lifecycle
from planner.rules.partial_dates import PartialDate, parse_partial_date
from planner.rules.standing import StatusPeriod, contradictions
from planner.services.record_files.kinds import Day, Id, Ref, Text, Word
from planner.services.record_files.places import Place
from planner.services.record_files.shapes import Shape, reads

Data = dict[str, Any]

_IN_ORDER = (
    ("start_date", "end_date", N_("It ends on {end}, before it starts on {start}.")),
    ("opens", "closes", N_("It closes on {end}, before it opens on {start}.")),
)


def action_shape() -> Shape:
    """Return the shape of an action of the Conference that says more than its verb."""
    return Shape(
        {
            "verb": Word(tuple(lifecycle.ConferenceVerb)),
            "cycle": Ref("cycle"),
            "document": Ref("document"),
            "paragraph": Text(20),
            "date": Day(),
        },
        ("verb", "cycle"),
    )


@reads("id", "iso2")
def state_key(data: Data, place: Place) -> None:
    """Take the key of a State: its code, or one of its own; and see that each code is used once."""
    Id("state").clean(data.get("id") or data["iso2"], place.inside("id" if "id" in data else "iso2"))
    if "id" in data:
        Id("iso2").clean(data["iso2"], place.inside("iso2"))


@reads("id", "code")
def cycle_key(data: Data, place: Place) -> None:
    """Take the key of a cycle: its code, or one of its own."""
    Id("cycle").clean(data.get("id") or data["code"], place.inside("id" if "id" in data else "code"))


@reads("provenance", "confidence")
def confidence_needs_provenance(data: Data, place: Place) -> None:
    """Refuse a confidence that belongs to nothing."""
    if "confidence" in data and "provenance" not in data:
        place.inside("confidence").fault(N_("A confidence needs a provenance beside it."))


@reads("counts")
def counts_hold(data: Data, place: Place) -> None:
    """Compare the numbers at the head of a file with what it holds: a file cut short at a line's end is found so."""
    for name, count in data.get("counts", {}).items():
        held = data.get(name)
        if len(held if isinstance(held, list) else ()) != count:
            place.inside(name).fault(
                N_("The file announces {count} entries and holds {held}.", count=count, held=len(held or ()))
            )


@reads("state", "organisation")
def one_holder(data: Data, place: Place) -> None:
    """Refuse a seat that nobody holds or that two hold."""
    if ("state" in data) == ("organisation" in data):
        place.fault(N_("Name either a State or an organisation."))


@reads("status", "from", "until", "known_on", "deposited")
def period_holds(data: Data, place: Place) -> None:
    """Refuse a status that contradicts itself."""
    keys = ("from", "until", "known_on", "deposited")
    period = StatusPeriod(data["status"], *(parse_partial_date(data[key]) if key in data else None for key in keys))
    for message in contradictions([period]):
        place.fault(message)


@reads("status", "statuses", "year", "act", "signed")
def status_once(data: Data, place: Place) -> None:
    """Refuse a State with a status in both forms, or a year of the other status."""
    if "status" in data and "statuses" in data:
        place.inside("statuses").fault(N_("Give either a status or a list of statuses."))
    for key, status in (("year", "state_party"), ("act", "state_party"), ("signed", "signatory")):
        if key in data and data.get("status") != status:
            place.inside(key).fault(N_("“{key}” belongs to the status “{status}”.", key=key, status=status))


@reads("conference_action", "cycle")
def action_is_a_verb(data: Data, place: Place) -> None:
    """Refuse an action that is none of the Conference's verbs, or one without a cycle."""
    action = data.get("conference_action")
    if action is None:
        return
    if lifecycle.verb_from_sentence(action) is None:
        place.inside("conference_action").fault(
            N_("“{found}” is none of the Conference’s verbs (“welcomed”, “endorsed”…).", found=action)
        )
    if "cycle" not in data:
        place.inside("cycle").fault(N_("An action of the Conference needs the cycle."))


@reads("start", "end")
def hours_in_order(data: Data, place: Place) -> None:
    """Refuse hours that end before they start."""
    _check_hours(data, place)


def _check_hours(data: Data, place: Place) -> None:
    if data["end"] <= data["start"]:
        place.inside("end").fault(N_("It ends at {end}, not after {start}.", end=data["end"], start=data["start"]))


@reads("start", "end", "date")
def session_hours(data: Data, place: Place) -> None:
    """Refuse a start without end or day, and an end before the start."""
    if ("start" in data) != ("end" in data):
        missing = "end" if "start" in data else "start"
        place.inside(missing).fault(
            N_("A start needs an end, and an end a start; leave both out where one is unknown.")
        )
    elif "start" in data:
        _check_hours(data, place)
        if "date" not in data or parse_partial_date(data["date"]).day is None:
            place.inside("date").fault(N_("Hours need a whole day."))


@reads("latitude", "longitude")
def place_is_whole(data: Data, place: Place) -> None:
    """Refuse half of a place."""
    for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if one in data and other not in data:
            place.inside(other).fault(N_("A place has both a latitude and a longitude."))


@reads("agenda_items", "presentations")
def slots_have_items(data: Data, place: Place) -> None:
    """Refuse a presentation under an item of the agenda that is not there."""
    items = len(data.get("agenda_items", ()))
    for number, presentation in enumerate(data.get("presentations", ()), 1):
        if presentation.get("agenda_item", 1) > max(items, 1) or (not items and "agenda_item" in presentation):
            place.inside(f"presentations.{number}.agenda_item").fault(
                N_("The session has {items} agenda items.", items=items)
            )


@reads("presenter", "co_presenter", "co_presenters")
def presents_once(data: Data, place: Place) -> None:
    """Refuse a presenter that stands beside itself."""
    others = [*data.get("co_presenters", ()), *([data["co_presenter"]] if "co_presenter" in data else ())]
    if data["presenter"] in others or len(set(others)) != len(others):
        place.inside("co_presenter").fault(N_("A presenter is named twice."))


@reads("state", "correction_reason")
def correction_has_reason(data: Data, place: Place) -> None:
    """Refuse a corrected decision without its reason."""
    if data.get("state") == "corrected" and "correction_reason" not in data:
        place.inside("correction_reason").fault(N_("A corrected decision needs the reason."))


@reads("start_date", "end_date", "opens", "closes")
def days_in_order(data: Data, place: Place) -> None:
    """Refuse an end that is certainly before the start, and an end without a start."""
    for first, last, message in _IN_ORDER:
        if last not in data:
            continue
        if first not in data:
            if first == "start_date":
                place.inside(first).fault(N_("An end needs a start."))
            continue
        start, end = parse_partial_date(data[first]), parse_partial_date(data[last])
        if _certainly_before(end, start):
            place.inside(last).fault(Message(message.text, {"start": start.text, "end": end.text}))


def _certainly_before(one: PartialDate, other: PartialDate) -> bool:
    return one.latest < other.earliest


@reads("status", "by")
def acted_on_by_a_cycle(data: Data, place: Place) -> None:
    """Refuse a version on which the Conference acted without the cycle, and a cycle without an action."""
    acted = data["status"] in lifecycle.PLAN_STATE_OF_VERB.values()
    if acted and "by" not in data:
        place.inside("by").fault(
            N_("A version that is “{status}” needs the cycle of the Conference.", status=data["status"])
        )


@reads("id", "carried_over_from")
def not_from_itself(data: Data, place: Place) -> None:
    """Refuse a topic that carries on itself."""
    if data["id"] in data.get("carried_over_from", ()):
        place.inside("carried_over_from").fault(N_("A topic cannot be carried over from itself."))


@reads("versions", "cycles")
def versions_and_cycles_once(data: Data, place: Place) -> None:
    """Refuse two versions of one number and two themes in one cycle."""
    for name, key in (("versions", "version"), ("cycles", "cycle")):
        for value in _twice([entry[key] for entry in data[name] if key in entry]):
            place.inside(name).fault(N_("“{value}” stands twice in the plan.", value=value))


def _twice(values: Sequence[Any]) -> list[Any]:
    return [value for number, value in enumerate(values) if value in values[:number]]


@reads("adopted", "in_force")
def in_force_after_adoption(data: Data, place: Place) -> None:
    """Refuse an instrument in force before it was adopted."""
    adopted, in_force = data.get("adopted"), data.get("in_force")
    if adopted and in_force and in_force < adopted:
        place.inside("in_force").fault(
            N_("In force in {in_force}, before {adopted}.", in_force=in_force, adopted=adopted)
        )


@reads("from", "until")
def cycle_in_order(data: Data, place: Place) -> None:
    """Refuse a cycle that ends before it begins."""
    if "from" in data and data["until"] <= data["from"]:
        place.inside("until").fault(N_("It ends on {end}, not after {start}.", end=data["until"], start=data["from"]))
