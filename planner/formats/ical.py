"""Calendar text (RFC 5545): the values of one record to a finished entry, finished entries to a whole feed.

Not here: which entries a feed holds and who may read it (`calendars/feeds.py`), the rules of zones (`zones.py`).
Nothing is invented: no UID, no clock, so equal values give equal bytes. Section numbers without a name are those of RFC
5545.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from icalendar import Calendar, vUri
from icalendar.prop import vInline

from planner.formats.component import Property, component_texts
from planner.formats.entry import Entry, Wording, uid_faults, url_faults
from planner.formats.zones import local_time, zone_block

__all__ = [
    "PRODUCT",
    "Entry",
    "Wording",
    "entry_text",
    "entry_texts",
    "feed_parts",
    "feed_text",
    "object_text",
    "zones_in",
]

_BEGINS = ("BEGIN:VEVENT\r\n", "BEGIN:VTODO\r\n")
_ENDS = ("END:VEVENT\r\n", "END:VTODO\r\n")
_END = "END:VCALENDAR\r\n"
_REFRESH = "PT1H"
PRODUCT = "-//planner//multi-year work plan//EN"  # section 3.7.3: any text, but readers refuse a calendar without it


def entry_text(entry: Entry, wording: Wording) -> str:
    """Write one entry as a finished VEVENT or VTODO: lines ended by CRLF, folded at 75 octets, no VTIMEZONE inside.

    The zones it needs are those of `zones_in`.
    """
    return entry_texts(entry, [wording])[0]


def entry_texts(entry: Entry, wordings: Iterable[Wording]) -> list[str]:
    """Write one entry in several languages: the same but for the words, so that a reader may change the language.

    No LANGUAGE parameter (section 3.2.10) is written: titles stay as they are in the record, in whatever language.
    """
    shared = chain(_identity(entry), _times(entry), _place(entry), _links(entry))
    return component_texts(entry.component, shared, (_words(entry, wording) for wording in wordings))


def feed_text(
    texts: Iterable[str],
    *,
    name: str,
    uid: str,
    zones: Iterable[str],
    description: str | None = None,
    refresh: str = _REFRESH,
    url: str | None = None,
) -> str:
    """Join finished entries to a whole calendar.

    `zones` are all zones that the entries use, `url` is the page about the calendar, `refresh` a duration (section
    3.3.6). Raises ValueError for a text that is not one finished entry and for a zone without a block. There is no
    partial result: what fails while `texts` are read fails here, so that a failure never looks like a calendar from
    which everything was deleted.

    A calendar that truly holds nothing is written with the block of Etc/UTC, which no entry needs: section 3.6 asks for
    at least one component, and a VTIMEZONE is one, so that strict parsers read it and find no entry.

    Left out on purpose: METHOD (section 3.7.2; RFC 5546: it makes the file a message, and RFC 4791 section 4.1 forbids
    it in CalDAV), SOURCE (RFC 7986 section 5.8: the address of a personal feed is a secret), X-WR-TIMEZONE (it would
    only matter for floating times).
    """
    finished = list(texts)
    _refuse_unfinished(finished)
    head = _calendar_head(name=name, uid=uid, description=description, refresh=refresh, url=url)
    return "".join([head, _zone_blocks(zones, is_empty=not finished), *finished, _END])


def feed_parts(batches: Iterable[Sequence[tuple[str, str]]], *, name: str, uid: str) -> list[bytes]:
    """Return the same calendar in parts, as they are sent, of finished entries with the names of their zones (blanks
    between).

    Entries come in batches, and each is written before the next is asked for: of a calendar of megabytes there is never
    more than one copy. And encoded one by one: a single letter beyond Latin-1 would make a text of megabytes twice as
    long, and slow to encode.
    """
    written: list[bytes] = []
    named: set[str] = set()
    for batch in batches:
        texts = [text for text, _ in batch]
        _refuse_unfinished(texts)
        written.append(b"".join(map(str.encode, texts)))
        named.update([names for _, names in batch])
    head = _calendar_head(name=name, uid=uid, description=None, refresh=_REFRESH, url=None)
    blocks = _zone_blocks((zone for names in named for zone in names.split()), is_empty=not any(written))
    return [(head + blocks).encode(), *written, _END.encode()]


def object_text(text: str, *, zones: Iterable[str]) -> str:
    """Return a finished entry as a calendar object of its own (RFC 4791 section 4.1): no METHOD, nothing but the entry
    and the blocks of its zones, so that equal entries give equal bytes. Raises ValueError as `feed_text` does.
    """
    _refuse_unfinished([text])
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\nCALSCALE:GREGORIAN\r\n"
    return "".join(chain([head], map(zone_block, sorted(set(zones))), [text, _END]))


def _zone_blocks(zones: Iterable[str], *, is_empty: bool) -> str:
    names = sorted(set(zones)) or (["Etc/UTC"] if is_empty else [])
    return "".join(map(zone_block, names))


def _refuse_unfinished(texts: Iterable[str]) -> None:
    broken = [text for text in texts if not (text.startswith(_BEGINS) and text.endswith(_ENDS))]
    if broken:
        raise ValueError(f"not a finished entry: {broken[0][:40]!r}")


def zones_in(text: str) -> tuple[str, ...]:
    """Return the zones that a finished entry uses, each once, sorted: the VTIMEZONE blocks its calendar must hold."""
    # Anchored at the start of a line, where no text of a person can stand: folded lines go on with a space.
    return tuple(sorted(set(re.findall(r"^(?:DTSTART|DTEND|DUE);TZID=([^:;\r\n]+):", text, re.MULTILINE))))


def _identity(entry: Entry) -> Iterator[Property]:
    """Which record, and which state of it."""
    stamp = _utc(entry.last_modified)
    yield "UID", {}, entry.uid  # section 3.8.4.7; the record's, so that a moved session stays one entry
    yield "DTSTAMP", {}, stamp  # section 3.8.7.2: without METHOD the last change, not the reading
    yield "CREATED", {}, _utc(entry.created)  # section 3.8.7.1
    yield "LAST-MODIFIED", {}, stamp  # section 3.8.7.3
    yield "SEQUENCE", {}, str(entry.sequence)  # section 3.8.7.4
    if entry.status:
        yield "STATUS", {}, entry.status  # section 3.8.1.11
    if entry.component == "VEVENT":
        # Section 3.8.2.7. A meeting of whole days must not make those days busy, and one that is off takes no time.
        is_free = entry.transparent or entry.status == "CANCELLED" or not isinstance(entry.starts, datetime)
        yield "TRANSP", {}, "TRANSPARENT" if is_free else "OPAQUE"
    if entry.status == "COMPLETED":
        yield "PERCENT-COMPLETE", {}, "100"  # section 3.8.1.8; some task lists look at this alone
    if entry.completed:
        yield "COMPLETED", {}, _utc(entry.completed)  # section 3.8.2.1: always UTC


def _times(entry: Entry) -> Iterator[Property]:
    """When: sections 3.8.2.4 (DTSTART), 3.8.2.2 (DTEND, after the last day) and 3.8.2.3 (DUE)."""
    ends = entry.ends
    if entry.component == "VEVENT" and not isinstance(entry.starts, datetime):
        # Written for a single day too: it is the default of section 3.6.1, but not every reader's.
        ends = (entry.ends or entry.starts or date.min) + timedelta(days=1)
    values = [
        (name, value) for name, value in (("DTSTART", entry.starts), ("DTEND", ends), ("DUE", entry.due)) if value
    ]
    local = _local_times(entry.zone, [value for _, value in values if isinstance(value, datetime)])
    for name, value in values:
        if not isinstance(value, datetime):
            yield name, {"VALUE": "DATE"}, _day(value)  # section 3.3.4
        elif local is None:
            yield name, {}, _utc(value)  # section 3.3.5, form 2
        else:
            yield name, {"TZID": entry.zone or ""}, _instant(local[value])  # section 3.3.5, form 3


def _words(entry: Entry, wording: Wording) -> Iterator[Property]:
    """What people read: sections 3.8.1.12 (SUMMARY) and 3.8.1.5 (DESCRIPTION)."""
    prefix = wording.cancelled if entry.status == "CANCELLED" else ""
    texts = (
        ("SUMMARY", _one_line(wording.label + prefix + wording.summary)),
        ("DESCRIPTION", _clean(wording.description)),
    )
    for name, text in texts:
        if text:
            yield name, {}, _escaped(text)
    if wording.html:
        # What Outlook reads. STYLED-DESCRIPTION (RFC 9073 section 6.5) says the same, and no program reads it yet. Not
        # as ALTREP of DESCRIPTION (section 3.2.1): that names an address, which readers would have to fetch.
        yield "X-ALT-DESC", {"FMTTYPE": "text/html"}, _escaped(_clean(wording.html))
    if entry.conference:
        # RFC 7986 section 5.11, with VALUE as it demands. Without FEATURE: what the address offers is not known.
        label = re.sub(r'["\x00-\x1f\x7f]', "", wording.conference)  # section 3.1: no quotes inside quotes
        yield "CONFERENCE", {"VALUE": "URI"} | ({"LABEL": label} if label else {}), entry.conference


def _place(entry: Entry) -> Iterator[Property]:
    """Where it is, and what it belongs to: sections 3.8.1.7 (LOCATION), 3.8.1.6 (GEO) and 3.8.1.2 (CATEGORIES)."""
    if entry.position:
        # Six decimals are a tenth of a metre; the section asks readers for no more.
        yield "GEO", {}, ";".join(f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in entry.position)
    location = _one_line(entry.location)
    if location:
        yield "LOCATION", {}, _escaped(location)
    categories = dict.fromkeys(filter(None, map(_one_line, entry.categories)))
    if categories:
        yield "CATEGORIES", {}, ",".join(map(_escaped, categories))


def _links(entry: Entry) -> Iterator[Property]:
    """Where it belongs: sections 3.8.4.6 (URL) and 3.8.4.5 (RELATED-TO; without RELTYPE it names the parent).

    What it hangs together with beside it is a SIBLING (section 3.2.15). RELTYPE=NEXT of RFC 9253 would say more, but a
    reader that does not know it must take it for PARENT.

    And its papers: section 3.8.1.1 (ATTACH) as addresses, never as content, so that each read asks who is reading;
    section 3.2.8 (FMTTYPE).
    """
    if entry.url:
        yield "URL", {}, entry.url
    for uid in entry.related_to:
        yield "RELATED-TO", {}, uid
    for uid in entry.siblings:
        yield "RELATED-TO", {"RELTYPE": "SIBLING"}, uid
    for one in entry.attachments:
        yield "ATTACH", {"FMTTYPE": one.media_type} if one.media_type else {}, one.url


def _calendar_head(*, name: str, uid: str, description: str | None, refresh: str, url: str | None) -> str:
    """Return what begins a calendar; each fact of RFC 7986 beside the older name that Outlook and Apple read."""
    if not re.fullmatch(r"P(\d+W|(?=.)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)", refresh):
        raise ValueError(f"not a duration (section 3.3.6): {refresh!r}")
    fault = next(chain(uid_faults(uid), url_faults(url)), None)
    if fault:
        raise ValueError(f"calendar {name!r}: {fault}")
    properties = {
        "PRODID": vInline(PRODUCT),
        "VERSION": vInline("2.0"),  # section 3.7.4
        "CALSCALE": vInline("GREGORIAN"),  # section 3.7.1
        "UID": vInline(uid),  # RFC 7986 section 5.3
        "NAME": _text(_one_line(name)),  # RFC 7986 section 5.1
        "X-WR-CALNAME": _text(_one_line(name)),
        "REFRESH-INTERVAL": vInline(refresh, params={"VALUE": "DURATION"}),  # RFC 7986 section 5.7
        "X-PUBLISHED-TTL": vInline(refresh),
    }
    if description:
        properties |= {"DESCRIPTION": _text(_clean(description)), "X-WR-CALDESC": _text(_clean(description))}  # 5.2
    calendar = Calendar()
    for key, value in properties.items():
        calendar.add(key, value, encode=False)
    if url:
        calendar.add("URL", vUri(url), encode=False)  # RFC 7986 section 5.5
    text: str = calendar.to_ical().decode()
    return text.removesuffix(_END)


def _local_times(zone: str | None, instants: list[datetime]) -> dict[datetime, datetime] | None:
    """Return the wall times in which all instants of an entry can be written rightly, None where only UTC says them.

    All or none: a start in a zone and an end in UTC would be right, but no program's own files look so.
    """
    if zone is None or zone in {"UTC", "Etc/UTC"}:
        return None
    found = {instant: local_time(zone, instant) for instant in instants}
    known = {instant: local for instant, local in found.items() if local is not None}
    return known if len(known) == len(found) else None


def _utc(instant: datetime) -> str:
    return _instant(instant.astimezone(UTC)) + "Z"


def _instant(at: datetime) -> str:
    return f"{_day(at)}T{at.hour:02}{at.minute:02}{at.second:02}"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> vInline:
    r"""Return a TEXT value. The library's `vText` would take the `\N` of `C:\New` for a line break, hence `vInline`."""
    return vInline(_escaped(text))


def _escaped(text: str) -> str:
    r"""Escape as section 3.3.11 says; line breaks are LF before and `\n` after."""
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", r"\n")


# Section 3.3.11 allows no control characters but the tab, and UTF-8 knows no surrogates. What some program takes for a
# line break becomes one: readers that split lines as Python's `splitlines` does would cut the entry there.
_BREAKS = dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_CONTROLS: dict[int, str | None] = dict.fromkeys(i for i in range(0xA0) if (i < 32 or i >= 127) and i not in (9, 10))
_FORBIDDEN = _CONTROLS | dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | _BREAKS


def _clean(text: str) -> str:
    """Return a text without what a calendar cannot hold, line breaks as LF, no white space around."""
    return text.replace("\r\n", "\n").translate(_FORBIDDEN).strip()


def _one_line(text: str) -> str:
    """Return a text for a place where programs show one line."""
    return re.sub(r"[\n\t]+", " ", _clean(text))
