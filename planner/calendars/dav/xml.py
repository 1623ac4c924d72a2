"""XML of requests and answers: names, and the one way in which a body from outside is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from planner.core.xml_text import xml_safe

DAV = "DAV:"
CALDAV = "urn:ietf:params:xml:ns:caldav"
SERVER = "http://calendarserver.org/ns/"
PREFIXES = {"D": DAV, "C": CALDAV, "CS": SERVER}
LARGEST_BODY = 1024 * 1024
"""In bytes; a multiget of some ten thousand addresses."""
DEEPEST = 20
MOST_ELEMENTS = 50_000

Element = Any


class Unreadable(ValueError):  # noqa: N818 - named after the fact
    """A body that is not the XML it should be. Its words are shown to whoever sent it."""


def dav(name: str) -> str:
    """Return a name of RFC 4918 and its kin."""
    return f"{{{DAV}}}{name}"


def cal(name: str) -> str:
    """Return a name of RFC 4791."""
    return f"{{{CALDAV}}}{name}"


def server(name: str) -> str:
    """Return a name of Apple's extensions that most programs know."""
    return f"{{{SERVER}}}{name}"


def parse(body: bytes) -> Element:
    """Return the root of a body. Raises Unreadable.

    A DOCTYPE is refused before anything reads it: nothing of CalDAV has one, and entities are what bombs are made of.
    The search is over bytes with the zeros of UTF-16 left out; in whatever other encoding one came through, the parser
    would neither fetch nor expand, and the tree tells that it is there.
    """
    if b"<!DOCTYPE" in body.replace(b"\0", b""):
        raise Unreadable("A body with a DOCTYPE is not read.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("The body is not well-formed XML.") from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("A body with a DOCTYPE is not read.")
    if any(depth > DEEPEST or count > MOST_ELEMENTS for count, depth in _walk(root)):
        raise Unreadable("The body is nested too deeply, or holds too much.")
    return root


def _walk(root: Element) -> Iterator[tuple[int, int]]:
    """Yield how many elements were met, and how deep the latest is."""
    depth = 0
    for count, (event, _) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        yield count // 2, depth


def element(name: str, *content: Any) -> Element:
    """Return an element with texts and elements in it; None is left out."""
    made = etree.Element(name, nsmap=PREFIXES)
    for part in content:
        if part is None:
            continue
        if isinstance(part, str):
            made.text = (made.text or "") + xml_safe(part)
        else:
            made.append(part)
    return made


def write(root: Element) -> bytes:
    """Return a document as bytes, each namespace named once at its root."""
    etree.cleanup_namespaces(root, top_nsmap=PREFIXES)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return text
