"""What each resource tells of itself: the properties of RFC 4918 section 15 and of what builds on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC

from flask import url_for
from werkzeug.http import http_date

from planner.calendars.dav.answers import Told
from planner.calendars.dav.resources import CALENDAR, HOME, OBJECT, PRINCIPAL, ROOT, Resource
from planner.calendars.dav.xml import Element, cal, dav, element, server
from planner.web.i18n import translate

LARGEST_OBJECT = 100 * 1024
"""In bytes: of a calendar object that is sent here."""
REPORTS = ("calendar-query", "calendar-multiget", "sync-collection")
_EVERYWHERE = frozenset({ROOT, PRINCIPAL, HOME, CALENDAR, OBJECT})
_CALENDAR = frozenset({CALENDAR})
_OBJECT = frozenset({OBJECT})

Content = list[Element | str]


@dataclass(frozen=True)
class Property:
    """A property: which kinds of resource have it, what it says, and whether `allprop` tells it."""

    kinds: frozenset[str]
    content: Callable[[Resource], Content]
    in_all: bool = False


@dataclass(frozen=True)
class Wanted:
    """Which properties are wanted: these names; or all usual ones (and these), or the names of all."""

    names: tuple[str, ...] = ()
    all_usual: bool = False
    names_only: bool = False
    with_data: bool = False
    """Whether the text of entries may be told: in reports alone (RFC 4791 section 9.6)."""

    @property
    def needs_text(self) -> bool:
        """Say whether the text of entries has to be read."""
        return dav("getcontentlength") in self.names or (self.with_data and cal("calendar-data") in self.names)


def tell(resource: Resource, wanted: Wanted) -> Told:
    """Return what a resource tells of what is wanted."""
    known = {name: one for name, one in PROPERTIES.items() if resource.kind in one.kinds}
    if not wanted.with_data:
        known.pop(cal("calendar-data"), None)
    if wanted.names_only:
        return Told(resource.href, [element(name) for name in known])
    names = dict.fromkeys(wanted.names)
    if wanted.all_usual:
        names = dict.fromkeys([name for name, one in known.items() if one.in_all]) | names
    found = [element(name, *known[name].content(resource)) for name in names if name in known]
    return Told(resource.href, found, [name for name in names if name not in known])


def _type(resource: Resource) -> Content:
    if resource.kind == CALENDAR:
        return [element(dav("collection")), element(cal("calendar"))]
    if resource.kind == PRINCIPAL:
        return [element(dav("principal"))]
    return [element(dav("collection"))] if resource.is_collection else []


def _name(resource: Resource) -> Content:
    titles = {CALENDAR: lambda: translate(resource.calendar.title), PRINCIPAL: lambda: resource.device.viewer.name}
    return [titles.get(resource.kind, lambda: "planner")()]


def _privileges(resource: Resource) -> Content:
    """RFC 3744 section 5.4. What may be marked may be written; nothing is made or taken away."""
    granted = ["read", "read-current-user-privilege-set"]
    if resource.holding is not None and resource.holding.may_mark:
        granted.append("write-content")
    return [element(dav("privilege"), element(dav(name))) for name in granted]


def _reports(resource: Resource) -> Content:
    if resource.kind != CALENDAR:
        return []
    names = [(dav if name == "sync-collection" else cal)(name) for name in REPORTS]
    return [element(dav("supported-report"), element(dav("report"), element(name))) for name in names]


def _href(endpoint: str) -> Callable[[Resource], Content]:
    return lambda _: [element(dav("href"), url_for(f"calendars.dav.{endpoint}"))]


def _component(resource: Resource) -> Content:
    made = element(cal("comp"))
    made.set("name", resource.calendar.component)
    return [made]


def _data_type(_: Resource) -> Content:
    made = element(cal("calendar-data"))
    made.set("content-type", "text/calendar")
    made.set("version", "2.0")
    return [made]


def _content_type(resource: Resource) -> Content:
    return [content_type(resource)]


def content_type(resource: Resource) -> str:
    """Return the type of an entry with its kind (RFC 5545 section 8.1)."""
    return f"text/calendar; charset=utf-8; component={resource.calendar.component}"


def quoted(etag: str) -> str:
    """Return a strong entity tag (RFC 9110 section 8.8.3)."""
    return f'"{etag}"'


def _tag(resource: Resource) -> Content:
    return [quoted(resource.item.etag)] if resource.item else []


def _modified(resource: Resource) -> Content:
    return [http_date(resource.item.changed_at.astimezone(UTC))] if resource.item else []


def _length(resource: Resource) -> Content:
    return [str(len(resource.item.text.encode()))] if resource.item and resource.item.entry else []


def _data(resource: Resource) -> Content:
    return [resource.item.text] if resource.item else []


def _collations(_: Resource) -> Content:
    return [element(cal("supported-collation"), name) for name in ("i;ascii-casemap", "i;octet")]


PROPERTIES: dict[str, Property] = {
    dav("resourcetype"): Property(_EVERYWHERE, _type, in_all=True),
    dav("displayname"): Property(_EVERYWHERE - _OBJECT, _name, in_all=True),
    dav("getetag"): Property(_OBJECT, _tag, in_all=True),
    dav("getcontenttype"): Property(_OBJECT, _content_type, in_all=True),
    dav("getlastmodified"): Property(_OBJECT, _modified, in_all=True),
    dav("getcontentlength"): Property(_OBJECT, _length),
    dav("current-user-principal"): Property(_EVERYWHERE, _href("principal")),  # RFC 5397
    dav("principal-URL"): Property(frozenset({PRINCIPAL}), _href("principal")),  # RFC 3744 section 4.2
    dav("owner"): Property(_EVERYWHERE - {ROOT}, _href("principal")),  # RFC 3744 section 5.1
    dav("principal-collection-set"): Property(_EVERYWHERE, _href("principals")),  # RFC 3744 section 5.8
    dav("current-user-privilege-set"): Property(_EVERYWHERE, _privileges),
    dav("supported-report-set"): Property(_EVERYWHERE, _reports),  # RFC 3253 section 3.1.5
    dav("sync-token"): Property(_CALENDAR, lambda resource: [resource.state.token]),  # RFC 6578 section 4
    server("getctag"): Property(_CALENDAR, lambda resource: [resource.state.token]),
    cal("calendar-home-set"): Property(frozenset({PRINCIPAL}), _href("home")),  # RFC 4791 section 6.2.1
    cal("calendar-user-address-set"): Property(  # RFC 6638 section 2.4.1
        frozenset({PRINCIPAL}), lambda resource: [element(dav("href"), f"mailto:{resource.device.email}")]
    ),
    cal("supported-calendar-component-set"): Property(_CALENDAR, _component),  # RFC 4791 section 5.2.3
    cal("supported-calendar-data"): Property(_CALENDAR, _data_type),  # section 5.2.4
    cal("max-resource-size"): Property(_CALENDAR, lambda _: [str(LARGEST_OBJECT)]),  # section 5.2.5
    cal("supported-collation-set"): Property(_CALENDAR, _collations),  # section 7.5.1
    cal("calendar-data"): Property(_OBJECT, _data),  # section 9.6
}


def tell_all(resources: Iterable[Resource], wanted: Wanted) -> list[Told]:
    """Return what several resources tell."""
    return [tell(resource, wanted) for resource in resources]
