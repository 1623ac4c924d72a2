"""The annotated agenda as the timetable component draws it, and the balance of its presentations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from planner.pictures.balance import Segment, balance
from planner.pictures.timetable import Item, Timetable, clock, timetable
from planner.rules import lifecycle
from planner.rules.words import CLASS_CODES, CLASSES, word
from planner.services.sessions import Entry, SessionView
from planner.web.i18n import translate
from planner.web.urls import record_url

Row = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """What the template hands to `timetable` and `balance`, and the sentences beside them."""

    rows: tuple[Row, ...]
    axis: tuple[tuple[int, str, bool], ...]
    steps: int | None
    caption: str
    summary: str
    segments: tuple[Segment, ...]
    balance_words: str


def draw(view: SessionView) -> Drawn:
    """Return a session's agenda to scale where every length and the hours are known, else as a list."""
    starts_at = minute_of_day(view.starts_at, view.values["zone"])
    timed = [entry for entry in view.entries if not entry.is_heading]
    items = [Item(entry.offset_minutes, entry.minutes) for entry in timed]
    table = timetable(items, starts_at, view.minutes) if timed else None
    # To others a gap may be an item that is closed to them.
    gap_words = _("Nothing placed") if view.edition == "working" else _("No item")
    rows = _to_scale(view.entries, table, gap_words) if table else list_rows(view.entries, starts_at)
    segments, words = _balance(view, is_whole=table is not None)
    return Drawn(
        rows=rows,
        axis=table.axis if table else (),
        steps=table.steps if table else None,
        caption=_caption(view, table) if view.entries else "",
        summary=_summary(view.entries),
        segments=segments,
        balance_words=words,
    )


def minute_of_day(starts_at: datetime | None, zone: str) -> int | None:
    """Return the minute of the day, by the clocks of an IANA zone, of an instant; None of none."""
    if starts_at is None:
        return None
    local = starts_at.astimezone(ZoneInfo(zone))
    return local.hour * 60 + local.minute


def _to_scale(entries: tuple[Entry, ...], table: Timetable, gap_words: str) -> tuple[Row, ...]:
    """Return the rows on the grid; an item that only holds presentations is named beside the first of them."""
    rows: list[Row] = []
    places = iter(table.items)
    heading: Entry | None = None
    for entry in entries:
        if entry.is_heading:
            heading = entry
            continue
        place = next(places)
        note = _note(entry)
        if heading is not None:
            note = " ".join(part for part in (_("Item: %(title)s.", title=heading.title), note) if part)
            heading = None
        row = _row(entry) | {"from_step": place.from_step, "len_step": place.len_step, "start": place.start}
        row["note"] = note
        if place.is_clash or place.is_over:
            row |= {"tone": "late", "word": _("clashes with another item") if place.is_clash else _("after the end")}
        rows.append(row)
    for gap in table.gaps:
        where = {"from_step": gap.from_step, "len_step": gap.len_step, "start": gap.start, "minutes": gap.minutes}
        rows.append({"number": "", "title": gap_words, "note": "", "tone": "gap", **where})
    return tuple(sorted(rows, key=lambda row: int(row["from_step"])))


def list_rows(entries: tuple[Entry, ...], starts_at: int | None) -> tuple[Row, ...]:
    """Return the rows of a list; `starts_at` is the minute of the day at which the session starts, if known."""
    rows = []
    for entry in entries:
        known = starts_at is not None and entry.offset_minutes is not None and not entry.is_heading
        start = clock((starts_at or 0) + (entry.offset_minutes or 0)) if known else None
        rows.append(_row(entry) | {"start": start, "note": _note(entry)})
    return tuple(rows)


def _row(entry: Entry) -> Row:
    row: Row = {"number": entry.number or "", "title": entry.title, "minutes": entry.minutes}
    if entry.is_break:
        row["tone"] = "gap"
    if entry.offer_id is None:
        return row
    stakeholder_class = entry.stakeholder_class or ""
    row["url"] = record_url("offer", entry.offer_id)
    row["who"] = CLASS_CODES.get(stakeholder_class, "xx")
    names = ", ".join(presenter.title for presenter in entry.presenters)
    row["who_name"] = _("%(name)s (%(kind)s)", name=names, kind=translate(word("class", stakeholder_class)))
    if entry.state and entry.state not in ("placed", "delivered"):
        row["word"] = translate(lifecycle.state_word("offer", entry.state))
        row["tone"] = lifecycle.tone("offer", entry.state)
    return row


def _note(entry: Entry) -> str:
    """Return the text of an item, and who proposed it."""
    parts = [entry.text] if entry.text else []
    if entry.proposed_by:
        names = ", ".join(name.title for name in entry.proposed_by)
        parts.append(_("Proposed by %(names)s.", names=names))
    return " ".join(parts)


def _summary(entries: tuple[Entry, ...]) -> str:
    items = sum(entry.offer_id is None and not entry.is_break for entry in entries)
    offers = sum(entry.offer_id is not None for entry in entries)
    parts = [ngettext("%(num)s item", "%(num)s items", items)] if items else []
    parts += [ngettext("%(num)s presentation", "%(num)s presentations", offers)] if offers else []
    return f"{', '.join(parts)}." if parts else ""


def _caption(view: SessionView, table: Timetable | None) -> str:
    if table is None:
        if view.starts_at is None:
            return str(_("The agenda in its order; the hours are not known."))
        return str(_("The agenda in its order; not every length is known, so it is not drawn to scale."))
    placed = sum(entry.minutes or 0 for entry in view.entries if not entry.is_heading)
    if table.overrun_minutes:
        fits = _("%(minutes)s minutes more than the session has.", minutes=table.overrun_minutes)
    elif placed == view.minutes:
        fits = _("all placed.")
    else:
        fits = _("%(minutes)s of them placed.", minutes=placed)
    sentence = _("Annotated agenda to scale: %(minutes)s minutes, %(fits)s", minutes=view.minutes, fits=fits)
    if view.presentations:
        sentence += " " + _("The bar at the edge of an item shows the class of its presenter.")
    return str(sentence)


def _balance(view: SessionView, *, is_whole: bool) -> tuple[tuple[Segment, ...], str]:
    """Return the bar of minutes by class, or of presentations where their lengths are not known, and its sentence."""
    offers = [offer for offer in view.presentations if offer.state != "undelivered"]
    if not offers:
        return (), ""
    codes = [CLASS_CODES.get(offer.stakeholder_class or "", "xx").upper() for offer in offers]
    counts: Counter[str] = Counter()
    if all(offer.minutes for offer in offers):
        for code, offer in zip(codes, offers, strict=True):
            counts[code] += offer.minutes or 0
        words = _("Minutes of presentation by class of stakeholder, %(total)s in all.", total=sum(counts.values()))
    else:
        counts.update(codes)
        words = _(
            "Presentations by class of stakeholder, %(total)s in all. Not every length is known.", total=len(offers)
        )
    if is_whole:
        missing = [
            translate(name)
            for code, name in CLASSES.items()
            if code != "secretariat" and CLASS_CODES[code].upper() not in counts
        ]
        words += " " + _("None in this session: %(classes)s.", classes=", ".join(missing)) if missing else ""
    return balance(counts), words
