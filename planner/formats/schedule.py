"""The schedule of a meeting as XML and JSON, in the form that conference programs on phones read (c3voc, Pentabarf).

Giggity, EventFahrplan and others read it; the schemas are those of https://github.com/voc/schedule. Values in, text
out.

A session without hours has no place in the form and is left out. The form knows no states: a session that is cancelled
stays, and its title says so, because a program that no longer finds it would drop it without a word.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from lxml import etree

from planner.core.xml_text import xml_safe

XML_TYPE = "application/xml; charset=utf-8"
JSON_TYPE = "application/json"

DAY_CHANGE = time(4)
"""When a day of a schedule begins: what is later at night belongs to the day before."""
LONGEST = timedelta(hours=100)
"""A length is written with two digits of hours; a session as long as this is left out."""
_LEFT_OUT = " Sessions whose hours are not known are not in this file; the calendar of the meeting holds them. "
_SLOT = "00:05"
_SCHEMA = "https://c3voc.de/schedule/schema.json"
_ZONE_NAME = re.compile(r"([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")


@dataclass(frozen=True, kw_only=True)
class Event:
    """A session: `uid` is that of its calendar entry, `persons` are who presents (id and name), `url` is its page."""

    id: int
    uid: str
    title: str
    kind: str
    room: str
    starts: datetime
    ends: datetime
    url: str
    abstract: str = ""
    description: str = ""
    track: str = ""
    persons: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A meeting with its sessions; `days` are its own days, which stand in the schedule even where nothing is on.

    `site` is the address of the program, `url` that of the meeting's page, both absolute.
    """

    id: int
    title: str
    version: str
    zone: str
    site: str
    url: str
    events: tuple[Event, ...]
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class _Day:
    """A day with its rooms, each with its events by start."""

    index: int
    day: date
    start: datetime
    end: datetime
    rooms: dict[str, list[Event]]


def guid_of(uid: str) -> str:
    """Return the GUID of what has a UID in calendars: the same wherever and whenever it is asked for."""
    return str(uuid5(NAMESPACE_URL, f"urn:planner:{uid}"))


def fits(starts: datetime, ends: datetime) -> bool:
    """Say whether a session of these hours has a place in the form."""
    return starts < ends < starts + LONGEST


def is_sayable(schedule: Schedule) -> bool:
    """Say whether there is a day at all, without which no file is valid."""
    return bool(schedule.days or schedule.events)


def schedule_json(schedule: Schedule) -> str:
    """Return the schedule as JSON."""
    days = _days(schedule)
    rooms = dict.fromkeys(room for day in days for room in day.rooms)
    conference: dict[str, Any] = {
        "acronym": _acronym(schedule),
        "title": xml_safe(schedule.title),
        "start": days[0].day.isoformat(),
        "end": days[-1].day.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": _SLOT,
        "url": schedule.url,
        "rooms": [{"name": room, "guid": _room_guid(schedule, room)} for room in rooms],
        "days": [_json_day(schedule, day) for day in days],
    }
    if _ZONE_NAME.match(schedule.zone):  # the schema refuses names such as Etc/GMT+1
        conference["time_zone_name"] = schedule.zone
    said = {
        "$schema": _SCHEMA,
        "generator": {"name": "planner"},
        "schedule": {"version": schedule.version, "base_url": schedule.site, "conference": conference},
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _json_day(schedule: Schedule, day: _Day) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.day.isoformat(),
        "day_start": day.start.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": {room: [_json_event(schedule, one) for one in events] for room, events in day.rooms.items()},
    }


def _json_event(schedule: Schedule, one: Event) -> dict[str, Any]:
    zone = ZoneInfo(schedule.zone)
    return {
        **_texts(schedule, one),
        "id": one.id,
        "guid": guid_of(one.uid),
        "end": one.ends.astimezone(zone).isoformat(),
        "language": None,
        "persons": [{"id": number, "name": xml_safe(name)} for number, name in one.persons],
        "links": [],
    }


def schedule_xml(schedule: Schedule) -> str:
    """Return the schedule as XML."""
    days = _days(schedule)
    root = etree.Element("schedule")
    root.append(etree.Comment(_LEFT_OUT))
    _add(root, "generator", name="planner")
    _add(root, "version", schedule.version)
    conference = _add(root, "conference")
    for name, text in (
        ("acronym", _acronym(schedule)),
        ("title", schedule.title),
        ("start", days[0].day.isoformat()),
        ("end", days[-1].day.isoformat()),
        ("days", str(len(days))),
        ("timeslot_duration", _SLOT),
        ("base_url", schedule.site),
        ("url", schedule.url),
        ("time_zone_name", schedule.zone),
    ):
        _add(conference, name, text)
    for day in days:
        element = _add(
            root, "day", index=str(day.index), date=day.day.isoformat(), start=day.start.isoformat(),
            end=day.end.isoformat(),
        )  # fmt: skip
        for room, events in day.rooms.items():
            below = _add(element, "room", name=room, guid=_room_guid(schedule, room))
            for one in events:
                _xml_event(below, schedule, one)
    written: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}'


def _xml_event(room: etree._Element, schedule: Schedule, one: Event) -> None:
    element = _add(room, "event", id=str(one.id), guid=guid_of(one.uid))
    for name, text in _texts(schedule, one).items():
        _add(element, name, text)
    persons = _add(element, "persons")
    for number, name in one.persons:
        _add(persons, "person", name, id=str(number))


def _texts(schedule: Schedule, one: Event) -> dict[str, str]:
    """Return what both forms say of an event in words of the same name."""
    local = one.starts.astimezone(ZoneInfo(schedule.zone))
    minutes = int((one.ends - one.starts).total_seconds() // 60)
    said = {
        "room": one.room,
        "title": one.title,
        "subtitle": "",
        "type": one.kind,
        "date": local.isoformat(),
        "start": f"{local:%H:%M}",
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "abstract": one.abstract,
        "slug": f"{_acronym(schedule)}-session_{one.id}",
        "track": one.track,
        "description": one.description,
        "url": one.url,
    }
    return {name: xml_safe(text) for name, text in said.items()}


def _days(schedule: Schedule) -> list[_Day]:
    """Return the days in order. Raises ValueError where there is none: the form must have one."""
    zone = ZoneInfo(schedule.zone)
    by_day: dict[date, dict[str, list[Event]]] = {day: {} for day in schedule.days}
    for one in sorted(schedule.events, key=lambda one: (one.starts, one.id)):
        rooms = by_day.setdefault(_day_of(one.starts.astimezone(zone)), {})
        rooms.setdefault(xml_safe(one.room), []).append(one)
    if not by_day:
        raise ValueError("a schedule has at least one day")
    return [
        _Day(
            index,
            day,
            datetime.combine(day, DAY_CHANGE, zone),
            datetime.combine(day + timedelta(days=1), DAY_CHANGE, zone) - timedelta(minutes=1),
            dict(sorted(by_day[day].items())),
        )
        for index, day in enumerate(sorted(by_day), start=1)
    ]


def _day_of(local: datetime) -> date:
    return local.date() if local.time() >= DAY_CHANGE else local.date() - timedelta(days=1)


def _acronym(schedule: Schedule) -> str:
    return f"meeting_{schedule.id}"


def _room_guid(schedule: Schedule, room: str) -> str:
    return guid_of(f"{_acronym(schedule)}/rooms/{room}")


def _add(above: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    element = etree.SubElement(above, name, {key: xml_safe(value) for key, value in attributes.items()})
    if text is not None:
        element.text = xml_safe(text)
    return element
