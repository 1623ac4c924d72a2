"""The words of calendar entries, as texts that can be said in each language in which they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.core.i18n import N_, Joined, Message, Text
from planner.formats.prose import Block, Lines, Link, Listing
from planner.rules.day_words import day_words
from planner.rules.words import MODES

Values = Mapping[str, Any]

CANCELLED = N_("Cancelled: ")
POSTPONED = N_("Postponed: ")
MERGED = N_("Merged: ")
ILLUSTRATION = N_("Illustration: ")
REMOTE_ACCESS = N_("Remote access")


def paragraphs(parts: Iterable[Text | Block | None]) -> tuple[Block, ...]:
    """Return the parts that say something, each a paragraph unless it is a list or a link."""
    blocks = (Lines((part,)) if isinstance(part, str | Message | Joined) else part for part in parts if part)
    return tuple(block for block in blocks if block != Lines(()))


def lines(parts: Iterable[Text | None]) -> Lines:
    """Return a paragraph of the parts that say something, one a line."""
    return Lines(tuple(part for part in parts if part))


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


def remote_access(address: str | None) -> Link | None:
    """Say where to take part from afar: few programs show CONFERENCE."""
    return Link(address, REMOTE_ACCESS) if address else None


def moment(instant: datetime, zone: str) -> Message:
    """Return an instant in a zone: "16 February 2027, 18:00 (Europe/Zurich, UTC+01:00)"."""
    local = instant.astimezone(ZoneInfo(zone))
    return N_(
        "{day}, {time} ({zone}, UTC{offset})",
        day=day_words(local),
        time=f"{local:%H:%M}",
        zone=zone,
        offset=local.isoformat()[-6:],
    )


def programme_blocks(programme: Values) -> list[Block]:
    """Return the agenda with its presentations as a list, and another of the presentations under no item."""
    slots, items = programme["slots"], programme["items"]
    known = {item["id"] for item in items}
    agenda = [(_item_line(item), _slot_lines(slots, item["id"])) for item in items]
    others = [(_slot_line(slot), ()) for slot in slots if slot["agenda_item_id"] not in known]
    blocks: list[Block] = []
    if agenda:
        blocks.append(Listing(N_("Agenda"), tuple(agenda)))
    if others:
        blocks.append(Listing(N_("Presentations"), tuple(others)))
    return blocks


def presenters_of(slot: Values) -> str:
    """Return who presents, in the order of the programme."""
    return ", ".join([slot["presenter"], *(one["title"] for one in slot["co_presenters"])])


def _item_line(item: Values) -> str:
    number = item["number"] or ""
    mark = f"{number} " if number.endswith((".", ")")) else f"{number}. " if number else ""
    return f"{mark}{item['title']}{_length(item['minutes'])}"


def _slot_lines(slots: Sequence[Values], item: int) -> tuple[str, ...]:
    return tuple(_slot_line(slot) for slot in slots if slot["agenda_item_id"] == item)


def _slot_line(slot: Values) -> str:
    return f"{presenters_of(slot)}: {slot['title']}{_length(slot['minutes'])}"


def _length(minutes: int | None) -> str:
    return f" ({minutes} min)" if minutes else ""
