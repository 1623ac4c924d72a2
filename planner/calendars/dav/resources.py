"""What stands at the addresses of CalDAV, as values: root, principal, home, calendars and their entries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

from flask import url_for

from planner.services import dav, devices

ROOT, PRINCIPAL, HOME, CALENDAR, OBJECT = "root", "principal", "home", "calendar", "object"


@dataclass(frozen=True)
class Resource:
    """One resource as a device sees it. A calendar has its holding, an entry its item too."""

    kind: str
    href: str
    device: devices.SignedIn
    holding: dav.Holding | None = None
    item: dav.Item | None = None

    @property
    def is_collection(self) -> bool:
        """Say whether other resources are below it."""
        return self.kind in (ROOT, HOME, CALENDAR)

    @property
    def calendar(self) -> dav.Holding:
        """Return the calendar that it is, or is in."""
        if self.holding is None:
            raise ValueError(f"{self.href} is no calendar")
        return self.holding

    @cached_property
    def state(self) -> dav.State:
        """Return the state of the calendar, worked out once and only where it is asked for."""
        return dav.state_of(self.calendar)

    def href_of(self, name: str) -> str:
        """Return the address of an entry of this calendar."""
        return self.href + quote(name)

    def with_item(self, item: dav.Item) -> Resource:
        """Return an entry of this calendar."""
        return replace(self, kind=OBJECT, href=self.href_of(item.name), item=item)


def root(device: devices.SignedIn) -> Resource:
    """Return where a program begins."""
    return Resource(ROOT, url_for("calendars.dav.root"), device)


def principal(device: devices.SignedIn) -> Resource:
    """Return the person (RFC 3744 section 4)."""
    return Resource(PRINCIPAL, url_for("calendars.dav.principal"), device)


def home(device: devices.SignedIn) -> Resource:
    """Return what holds the person's calendars (RFC 4791 section 6.2.1)."""
    return Resource(HOME, url_for("calendars.dav.home"), device)


def calendar(device: devices.SignedIn, name: str) -> Resource:
    """Return one calendar. Raises NotVisible."""
    return _of(device, dav.find_holding(device.viewer, name))


def entry(device: devices.SignedIn, name: str, item_name: str) -> Resource:
    """Return one entry with its text. Raises NotVisible."""
    found = calendar(device, name)
    return found.with_item(dav.find_item(found.calendar, item_name))


def below(resource: Resource, *, with_text: bool) -> list[Resource]:
    """Return what is directly below a resource; entries with their texts where these are wanted."""
    if resource.kind == HOME:
        return [_of(resource.device, one) for one in dav.list_holdings(resource.device.viewer)]
    if resource.kind == CALENDAR:
        return [resource.with_item(item) for item in dav.list_items(resource.calendar, with_text=with_text)]
    return [principal(resource.device), home(resource.device)] if resource.kind == ROOT else []


def name_below(href: str, parent: Resource) -> str | None:
    """Return the name of the entry of a calendar that an address, or its path, names; None where it names another."""
    try:
        path = unquote(urlsplit(href.strip()).path, errors="strict")
    except ValueError:
        return None
    name = path.removeprefix(parent.href)
    return name if path != name and name and "/" not in name else None


def _of(device: devices.SignedIn, holding: dav.Holding) -> Resource:
    return Resource(CALENDAR, url_for("calendars.dav.calendar", name=holding.name), device, holding)
