"""The words of calendar entries: plain text, in English, because a feed is one text for all who read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.core.i18n import N_, Message
from planner.rules.words import MODES

Values = Mapping[str, Any]


def paragraphs(parts: Iterable[str | Message | None]) -> str:
    """Return the parts that say something, with an empty line between."""
    return "\n\n".join(text for part in parts if part and (text := str(part).strip()))


def lines(parts: Iterable[str | Message | None]) -> str:
    """Return the parts that say something, one a line."""
    return "\n".join(text for part in parts if part and (text := str(part).strip()))


def illustration_note(*, is_illustration: bool) -> Message | None:
    """Say that an entry is of the worked example."""
    return N_("A worked example. Nothing of this was decided by the Conference.") if is_illustration else None


def recalled_note(fields: Iterable[str] | None) -> Message | None:
    """Say what of a record was recalled and not read in a source; `fields` are those of its recalled citations."""
    recalled = set(fields or ())
    if "" in recalled:
        return N_("Recalled: not checked against a document.")
    dates = {name for name in recalled if "date" in name or name in ("start", "end", "start_on", "end_on", "on_text")}
    return N_("The date is recalled: not checked against a document.") if dates else None


def state_note(state: str | None) -> Message | None:
    """Say a state that a calendar does not show, or shows in a way that may be missed."""
    return {
        "tentative": N_("Tentative: not confirmed yet."),
        "cancelled": N_("Cancelled."),
        "postponed": N_("Postponed. A new date is not known."),
    }.get(state or "")


def hours_note(*, has_hours: bool, minutes: int | None) -> Message | None:
    """Say that the hours of a day are not known, and the length where that is."""
    if has_hours:
        return None
    if minutes:
        return N_("The hours are not known. Length: {minutes} minutes.", minutes=minutes)
    return N_("The hours are not known.")


def mode_word(mode: str | None) -> Message | str | None:
    """Return the words for how a meeting is held."""
    return MODES.get(mode, mode) if mode else None


def moment(instant: datetime, zone: str) -> str:
    """Return an instant in a zone: "16 February 2027, 18:00 (Europe/Zurich, UTC+01:00)"."""
    local = instant.astimezone(ZoneInfo(zone))
    offset = local.isoformat()[-6:]
    return f"{local.day} {local:%B %Y, %H:%M} ({zone}, UTC{offset})"


def programme_text(programme: Values) -> str:
    """Return the agenda with its presentations, one a line; presentations under no item come last."""
    slots = programme["slots"]
    items = programme["items"]
    known = {item["id"] for item in items}
    agenda = [line for item in items for line in (_item_line(item), *_slot_lines(slots, {item["id"]}))]
    others = [_slot_line(slot) for slot in slots if slot["agenda_item_id"] not in known]
    return paragraphs(
        [
            lines([N_("Agenda"), *agenda]) if agenda else None,
            lines([N_("Presentations"), *others]) if others else None,
        ]
    )


def _item_line(item: Values) -> str:
    number = item["number"] or ""
    mark = f"{number} " if number.endswith((".", ")")) else f"{number}. " if number else ""
    return f"{mark}{item['title']}{_length(item['minutes'])}"


def _slot_lines(slots: Sequence[Values], items: set[int]) -> list[str]:
    return [f"   {_slot_line(slot)}" for slot in slots if slot["agenda_item_id"] in items]


def presenters_of(slot: Values) -> str:
    """Return who presents, in the order of the programme."""
    return ", ".join([slot["presenter"], *(one["title"] for one in slot["co_presenters"])])


def _slot_line(slot: Values) -> str:
    return f"- {presenters_of(slot)}: {slot['title']}{_length(slot['minutes'])}"


def _length(minutes: int | None) -> str:
    return f" ({minutes} min)" if minutes else ""
