"""Atom feeds (RFC 4287): values in, text out. Section numbers are those of RFC 4287."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from planner.core.xml_text import xml_safe

MIME_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, kw_only=True)
class Item:
    """An entry: `id` for good (section 4.2.6), `updated` an aware instant, `url` the page it tells of."""

    id: str
    title: str
    updated: datetime
    url: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A feed: `url` its own address, `page` the page that says the same; `updated` where it has no entry."""

    id: str
    title: str
    author: str
    url: str
    page: str
    updated: datetime
    items: Sequence[Item]


def atom_text(channel: Channel) -> str:
    """Return the feed, its entries in the order given."""
    root = etree.Element(_name("feed"), nsmap={None: NAMESPACE})
    _add(root, "id", channel.id)
    _add(root, "title", channel.title)
    # section 4.2.15: of the feed the last change, so that equal entries give equal bytes
    _add(root, "updated", _instant(max((item.updated for item in channel.items), default=channel.updated)))
    _add(_add(root, "author"), "name", channel.author)
    _add(root, "link", rel="self", href=channel.url, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=channel.page, type="text/html")
    for item in channel.items:
        entry = _add(root, "entry")
        _add(entry, "id", item.id)
        _add(entry, "title", item.title)
        _add(entry, "updated", _instant(item.updated))
        _add(entry, "link", rel="alternate", href=item.url, type="text/html")
        _add(entry, "content", item.text, type="text")
    written: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}'


def _instant(at: datetime) -> str:
    return at.isoformat()


def _add(above: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    element = etree.SubElement(above, _name(name), attributes)
    if text is not None:
        element.text = xml_safe(text)
    return element


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
